import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { readLog } from '../api.js';
import { PageElement } from '../element.js';
import { isFinal } from '../words.js';
import { failure } from './states.js';

const PIECE = 256 * 1024;
const LAST_LINES = 2000;
const EVERY = 800;
const MOST_PIECES = 400;
const AT_THE_END = 24;
// colours and cursor movements of terminals; the text stays readable without them
const ESCAPES = /\u001b\[[0-9;?]*[ -/]*[@-~]/g;

/**
 * What an execution printed: its last lines, and what comes while it runs. Follows the end until
 * the reader scrolls up. Only pieces near the view are laid out (style sheet), so long logs stay fast.
 */
class OctopusLog extends PageElement {
  static properties = {
    executionId: { attribute: false },
    status: { attribute: false },
    follows: { state: true },
  };
  pieces = [];
  offset = 0;
  attempt = '';
  whole = false;
  isCut = false;
  error = null;
  #timer = 0;
  #reading = false;
  #ended = false;

  constructor() {
    super();
    this.follows = true;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  willUpdate(changed) {
    if (changed.has('status') && changed.get('status') && isFinal(this.status)) this.#read();
  }

  async #read() {
    if (this.#reading || this.#ended || !this.executionId) return;
    this.#reading = true;
    clearTimeout(this.#timer);
    // asked before the read: what was printed until the end is then surely in it
    const last = isFinal(this.status);
    const whole = this.whole;
    let more = false;
    try {
      const part = this.offset || this.whole ? { offset: this.offset } : { tail: LAST_LINES };
      const piece = await readLog(this.executionId, { ...part, limit: PIECE });
      if (whole !== this.whole) return this.#readAgain();
      const again = this.attempt !== '' && piece.attempt !== this.attempt;
      if (again) this.#restart();
      more = again || piece.next > this.offset;
      if (!again && more) this.#add(piece.text, piece.next);
      if (!again && more && part.tail) this.isCut = sizeOf(piece.text) < piece.next;
      this.attempt = piece.attempt;
      this.error = null;
    } catch (error) {
      this.error = error.status === 404 ? null : error;
    }
    this.#reading = false;
    this.#ended = last && !more && !this.error;
    if (!this.#ended && this.isConnected) {
      this.#timer = setTimeout(() => this.#read(), more ? 0 : EVERY);
    }
    this.requestUpdate();
  }

  /** What was under way when the reader asked for the beginning is thrown away. */
  #readAgain() {
    this.#reading = false;
    return this.#read();
  }

  /** A new attempt prints from its own beginning. */
  #restart() {
    this.pieces = [];
    this.offset = 0;
    this.isCut = false;
  }

  /** Reads all of it; at first only the end was read. */
  #readWhole() {
    this.whole = true;
    this.follows = false;
    this.#ended = false;
    this.#restart();
    this.#read();
  }

  #add(text, next) {
    this.pieces = [...this.pieces, { at: this.offset, text: text.replace(ESCAPES, '') }];
    this.pieces = this.pieces.slice(-MOST_PIECES);
    this.offset = next;
  }

  updated() {
    if (this.follows) this.#toEnd();
  }

  #toEnd() {
    const box = this.querySelector('.log-box');
    if (box) box.scrollTop = box.scrollHeight;
  }

  #scrolled({ target }) {
    this.follows = target.scrollHeight - target.scrollTop - target.clientHeight < AT_THE_END;
  }

  #follow({ target }) {
    this.follows = target.checked;
  }

  render() {
    const path = `/executions/${encodeURIComponent(this.executionId)}/log`;
    return html`<section class="card" aria-labelledby="log-title">
      <div class="list-head">
        <h2 id="log-title">Log${Number(this.attempt) > 1 ? ` of attempt ${this.attempt}` : ''}</h2>
        <div class="filters">
          <label class="form-check form-switch follow">
            <input class="form-check-input" type="checkbox" .checked=${this.follows} @change=${this.#follow} />
            <span class="form-check-label">Follow</span>
          </label>
          <a class="btn btn-sm" href=${path} download="${this.executionId}.log">Download</a>
        </div>
      </div>
      ${failure(this.error, { what: 'The log could not be read', retry: () => this.#read() })}
      ${this.pieces.length ? this.#text() : this.#nothing()}
    </section>`;
  }

  #text() {
    return html`<div class="log-box" tabindex="0" role="log" aria-live="off" aria-label="Log" @scroll=${this.#scrolled}>
      ${this.isCut
        ? html`<button type="button" class="btn btn-sm" @click=${this.#readWhole}>Show it from the beginning</button>`
        : nothing}
      ${repeat(this.pieces, (piece) => piece.at, (piece) => html`<pre>${piece.text}</pre>`)}
    </div>`;
  }

  #nothing() {
    if (this.error) return nothing;
    return html`<p class="log-empty">${isFinal(this.status) ? 'It printed nothing.' : 'Nothing printed yet.'}</p>`;
  }
}

const sizeOf = (text) => new TextEncoder().encode(text).length;

customElements.define('octopus-log', OctopusLog);
