import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../element.js';

const GONE_AFTER = 6000;
const notes = new EventTarget();

/**
 * Says something at the corner of the page. Bad news stay until they are closed.
 *
 * @param {string} text
 * @param {{bad?: boolean, href?: string, linkText?: string}} options
 */
export function toast(text, { bad = false, href = '', linkText = 'Show' } = {}) {
  notes.dispatchEvent(new CustomEvent('note', { detail: { text, bad, href, linkText } }));
}

/** Says that a call did not work. */
export function toastProblem(what, error) {
  toast(`${what}: ${error.message}`, { bad: true });
}

class OctopusToasts extends PageElement {
  static properties = { shown: { state: true } };
  #next = 1;

  constructor() {
    super();
    this.shown = [];
  }

  connectedCallback() {
    super.connectedCallback();
    notes.addEventListener('note', ({ detail }) => this.#add(detail));
  }

  #add(note) {
    const id = this.#next++;
    this.shown = [...this.shown.slice(-3), { ...note, id }];
    if (!note.bad) setTimeout(() => this.#close(id), GONE_AFTER);
  }

  #close(id) {
    this.shown = this.shown.filter((note) => note.id !== id);
  }

  render() {
    const good = this.shown.filter((note) => !note.bad);
    const bad = this.shown.filter((note) => note.bad);
    return html`<div role="status">${this.#notes(good)}</div>
      <div role="alert">${this.#notes(bad)}</div>`;
  }

  #notes(list) {
    return repeat(
      list,
      (note) => note.id,
      (note) => html`<div class="note ${note.bad ? 'note-bad' : ''}">
        <span>${note.text}</span>
        ${note.href ? html`<a href=${note.href}>${note.linkText}</a>` : nothing}
        <button type="button" class="btn-quiet" aria-label="Close" @click=${() => this.#close(note.id)}>
          ×
        </button>
      </div>`,
    );
  }
}

customElements.define('octopus-toasts', OctopusToasts);
