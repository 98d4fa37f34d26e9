// Above and below the rows of a list: new ones that wait, and the way to older ones.
import { html, nothing } from 'lit';
import { count } from '../format.js';

export function heldRows(list) {
  if (!list.held.length) return nothing;
  const show = () => {
    list.showHeld();
    scrollTo({ top: 0 });
  };
  return html`<button type="button" class="held" @click=${show}>${list.held.length} new – show</button>`;
}

export function olderRows(list) {
  if (list.state !== 'ready' || !list.items.length) return nothing;
  const shown = html`<span class="text-secondary">${count(list.items.length)} shown</span>`;
  const more = html`<button type="button" class="btn btn-sm" @click=${() => list.more()}>Load older</button>`;
  return html`<div class="list-foot">${shown}${list.hasMore ? more : nothing}</div>`;
}
