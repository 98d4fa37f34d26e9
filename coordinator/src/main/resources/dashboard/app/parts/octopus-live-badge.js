import { html } from 'lit';
import { PageElement } from '../element.js';
import { clockTime } from '../format.js';
import { feed } from '../live/feed.js';

const STALE_AFTER = 10000;

/** Whether what the page shows is true now: Live, Reconnecting…, or Stale since hh:mm. */
class OctopusLiveBadge extends PageElement {
  #timer = 0;

  connectedCallback() {
    super.connectedCallback();
    feed.addEventListener('state', this.#changed);
    this.#timer = setInterval(() => feed.state.state === 'lost' && this.requestUpdate(), 1000);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    feed.removeEventListener('state', this.#changed);
    clearInterval(this.#timer);
  }

  #changed = () => this.requestUpdate();

  render() {
    const [kind, text, title] = describe(feed.state);
    return html`<span class="live live-${kind}" role="status" title=${title}>${text}</span>`;
  }
}

function describe({ state, since }) {
  if (state === 'live') return ['on', 'Live', 'Changes are shown as they happen'];
  if (state === 'polling') return ['on', 'Live', 'Read again every 2 seconds'];
  if (state === 'connecting') return ['lost', 'Connecting…', 'Waiting for the server'];
  if (Date.now() - since < STALE_AFTER) {
    return ['lost', 'Reconnecting…', 'The connection to the server broke'];
  }
  return ['stale', `Stale since ${clockTime(since)}`, 'The server cannot be reached; still trying'];
}

customElements.define('octopus-live-badge', OctopusLiveBadge);
