import { html, nothing } from 'lit';
import { post } from '../api.js';
import { PageElement } from '../element.js';
import { localTime, ownZone } from '../task-form.js';

const QUIET = 400;

/** When a task in the making fires and what may surprise, as the server says it. */
class OctopusPreview extends PageElement {
  static properties = { body: { attribute: false }, zone: {}, preview: { state: true }, problem: { state: true } };
  #asked = '';
  #timer = 0;
  #call = new AbortController();

  constructor() {
    super();
    this.body = null;
    this.preview = null;
    this.problem = null;
  }

  willUpdate() {
    const text = this.body ? JSON.stringify(this.body) : '';
    if (text === this.#asked) return;
    this.#asked = text;
    clearTimeout(this.#timer);
    this.#call.abort();
    if (text) this.#timer = setTimeout(() => this.#ask(), QUIET);
    else this.preview = this.problem = null;
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
    this.#call.abort();
  }

  async #ask() {
    this.#call = new AbortController();
    const { signal } = this.#call;
    try {
      const preview = await post('/tasks/preview', this.body, { signal });
      if (!signal.aborted) [this.preview, this.problem] = [preview, null];
    } catch (error) {
      if (!signal.aborted) [this.preview, this.problem] = [null, error];
    }
  }

  render() {
    return html`<div class="preview" aria-live="polite">${this.#content()}</div>`;
  }

  #content() {
    if (this.problem) return html`<p class="field-error">${this.problem.message}</p>`;
    if (!this.preview) return nothing;
    const { description, next_fire_times: times, warnings } = this.preview;
    return html`<p><strong>${description}</strong></p>
      ${this.body.type === 'Adhoc' && !this.body.execution_start_time ? nothing : this.#times(times)}
      ${warnings.map((warning) => html`<p class="warning">${warning}</p>`)}`;
  }

  #times(times) {
    if (!times.length) return nothing;
    const mine = ownZone();
    const other = this.zone && this.zone !== mine;
    return html`<ol class="fire-times" aria-label="Next fire times">
      ${times.map(
        (time) => html`<li>
          <time datetime=${time}>${shown(time, other ? this.zone : mine)}</time>
          ${other ? html`<small>${shown(time, mine)} here</small>` : nothing}
        </li>`,
      )}
    </ol>`;
  }
}

const shown = (time, zone) => localTime(time, zone).replace('T', ' ');

customElements.define('octopus-preview', OctopusPreview);
