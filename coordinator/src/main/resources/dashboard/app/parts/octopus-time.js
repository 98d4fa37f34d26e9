import { html } from 'lit';
import { PageElement } from '../element.js';
import { duration, fullTime, relative } from '../format.js';

const shown = new Set();
setInterval(() => shown.forEach((element) => element.tick()), 1000);

/**
 * A moment as "2 min ago", which goes on counting; its full time is the title. With `since` it is
 * the time that has passed until now, for work that is going on.
 */
class OctopusTime extends PageElement {
  static properties = { at: {}, since: { type: Boolean }, text: { state: true } };

  connectedCallback() {
    super.connectedCallback();
    shown.add(this);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    shown.delete(this);
  }

  willUpdate() {
    this.text = this.#words();
  }

  tick() {
    const words = this.#words();
    if (words !== this.text) this.requestUpdate();
  }

  #words() {
    if (!this.at) return '–';
    return this.since ? duration(Date.now() - new Date(this.at).getTime()) : relative(this.at);
  }

  render() {
    if (!this.at) return '–';
    return html`<time datetime=${this.at} title=${fullTime(this.at)}>${this.text}</time>`;
  }
}

customElements.define('octopus-time', OctopusTime);
