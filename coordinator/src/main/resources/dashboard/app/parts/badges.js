// Small coloured words: a state, an owner, labels. The word is always there; colour only helps.
import { html, nothing } from 'lit';
import { statusInWords } from '../words.js';

export function stateBadge(status) {
  if (!status) return nothing;
  return html`<span class="state state-${String(status).toLowerCase()}"
    >${statusInWords(status)}</span
  >`;
}

export function ownerBadge(owner) {
  const kind = owner === 'ALL' ? 'all' : owner === 'Anyone' ? 'anyone' : 'named';
  return html`<span class="owner owner-${kind}">${owner}</span>`;
}

export function labelBadges(labels) {
  const entries = Object.entries(labels ?? {});
  if (!entries.length) return nothing;
  return html`<span class="labels"
    >${entries.map(([key, value]) => html`<span class="label">${key}=${value}</span>`)}</span
  >`;
}

/** 11 ok · 1 failed · 1 running, leaving out what is zero. */
export function countsInWords(counts) {
  if (!counts) return '';
  const words = { completed: 'ok', timed_out: 'timed out' };
  return Object.entries(counts)
    .filter(([name, number]) => number > 0 && name !== 'total')
    .map(([name, number]) => `${number} ${words[name] ?? name.replaceAll('_', ' ')}`)
    .join(' · ');
}
