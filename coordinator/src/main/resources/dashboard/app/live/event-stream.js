// One connection to GET /events that reopens itself. Runs in the shared worker, or in the page.

export const KINDS = ['task', 'run', 'execution', 'client', 'plugin'];
const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 8000;
const POLL_EVERY = 2000;
const LOOK_AGAIN_AFTER = 60000;

/**
 * @typedef {{type: 'event', kind: string, data: any}
 *   | {type: 'reset'}
 *   | {type: 'state', state: 'connecting'|'live'|'lost'|'polling', since: number}} Message
 */

/** Says what arrives, and whether the connection stands, to one listener. */
export class EventStream {
  /** @param {(message: Message) => void} listener */
  constructor(listener) {
    this.listener = listener;
    this.pause = FIRST_PAUSE;
    this.timer = 0;
    this.poll = 0;
    this.source = null;
    this.state = { type: 'state', state: 'connecting', since: Date.now() };
  }

  open() {
    clearTimeout(this.timer);
    this.source?.close();
    const source = new EventSource('/events');
    this.source = source;
    source.onopen = () => {
      this.pause = FIRST_PAUSE;
      this.#stopPolling();
      this.#say('live');
      // what happened while there was no connection is unknown: whoever shows a list reads it again
      this.listener({ type: 'reset' });
    };
    for (const kind of KINDS) {
      source.addEventListener(kind, (event) => {
        this.listener({ type: 'event', kind, data: JSON.parse(event.data) });
      });
    }
    source.addEventListener('reset', () => this.listener({ type: 'reset' }));
    source.onerror = () => this.#lost(source);
  }

  /** The browser's own retry gives up for good after some answers; this one never does. */
  async #lost(source) {
    source.close();
    if (source !== this.source) return;
    this.source = null;
    if (this.state.state !== 'polling') this.#say('lost');
    const missing = await this.#isMissing();
    if (missing) this.#startPolling();
    const pause = missing ? LOOK_AGAIN_AFTER : this.pause;
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE);
    this.timer = setTimeout(() => this.open(), pause * (0.8 + Math.random() * 0.4));
  }

  /** An EventSource does not say why it failed; a server without a live feed answers 404. */
  async #isMissing() {
    const probe = new AbortController();
    try {
      const response = await fetch('/events', {
        headers: { Accept: 'text/event-stream' },
        signal: probe.signal,
      });
      return response.status === 404;
    } catch {
      return false;
    } finally {
      probe.abort();
    }
  }

  #startPolling() {
    if (this.poll) return;
    this.#say('polling');
    this.poll = setInterval(() => this.listener({ type: 'reset' }), POLL_EVERY);
  }

  #stopPolling() {
    clearInterval(this.poll);
    this.poll = 0;
  }

  #say(state) {
    if (this.state.state === state) return;
    this.state = { type: 'state', state, since: Date.now() };
    this.listener(this.state);
  }
}
