// What the pages listen to: 'event' (one object of the API changed), 'reset' (read again), 'state'.
import { EventStream } from './event-stream.js';

const HIDDEN_TOO_LONG = 30000;
const RESETS_APART = 1000;

class Feed extends EventTarget {
  state = { state: 'connecting', since: Date.now() };
  #port = null;
  #hiddenAt = 0;
  #resetAt = 0;
  #nextReset = 0;

  start() {
    this.#connect();
    addEventListener('pagehide', () => this.#port?.postMessage('bye'));
    addEventListener('pageshow', (event) => {
      if (!event.persisted) return;
      if (this.#port) this.#connect();
      this.#reset();
    });
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#hiddenAt = Date.now();
      else if (Date.now() - this.#hiddenAt > HIDDEN_TOO_LONG) this.#reset();
    });
  }

  #connect() {
    const worker = this.#sharedWorker();
    if (!worker) {
      new EventStream((message) => this.#receive(message)).open();
      return;
    }
    this.#port = worker.port;
    this.#port.onmessage = ({ data }) => this.#receive(data);
    this.#port.start();
  }

  #sharedWorker() {
    if (typeof SharedWorker === 'undefined') return null;
    try {
      const address = new URL('./shared-worker.js', import.meta.url);
      return new SharedWorker(address, { type: 'module', name: 'octopus-events' });
    } catch {
      return null;
    }
  }

  #receive(message) {
    if (message.type === 'state') {
      this.state = message;
      this.dispatchEvent(new Event('state'));
    } else if (message.type === 'reset') {
      this.#reset();
    } else {
      this.dispatchEvent(new CustomEvent('event', { detail: message }));
    }
  }

  /** The first one at once, those that follow closely together: a reset reads whole lists. */
  #reset() {
    const pause = RESETS_APART - (Date.now() - this.#resetAt);
    if (pause > 0) {
      this.#nextReset ||= setTimeout(() => {
        this.#nextReset = 0;
        this.#reset();
      }, pause);
      return;
    }
    this.#resetAt = Date.now();
    this.dispatchEvent(new Event('reset'));
  }
}

export const feed = new Feed();
