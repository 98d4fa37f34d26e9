// Puts text on the clipboard, also on pages that are not served by HTTPS.
import { html } from 'lit';
import { copyIcon } from './icons.js';
import { toast } from './octopus-toasts.js';

export async function copyText(text, what) {
  try {
    if (navigator.clipboard) await navigator.clipboard.writeText(text);
    else copyBySelection(text);
    toast(`${what} copied`);
  } catch {
    toast(`${what} could not be copied`, { bad: true });
  }
}

/** The clipboard API exists on secure origins only; this older way works everywhere. */
function copyBySelection(text) {
  const area = document.createElement('textarea');
  area.value = text;
  document.body.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (!copied) throw new Error('not copied');
}

export function copyButton(text, what) {
  return html`<button
    type="button"
    class="btn-quiet"
    aria-label="Copy ${what}"
    title="Copy ${what}"
    @click=${() => copyText(text, what)}
  >
    ${copyIcon()}
  </button>`;
}
