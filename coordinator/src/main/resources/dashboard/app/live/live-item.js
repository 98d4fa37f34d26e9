import { get } from '../api.js';
import { feed } from './feed.js';

/** One object of the API that an element shows and that keeps itself up to date. */
export class LiveItem {
  /** @param {{kind: string, path: (key: string) => string, key?: string}} options */
  constructor(host, { kind, path, key = 'id' }) {
    Object.assign(this, { host, kind, path, key });
    this.value = null;
    this.wanted = '';
    this.state = 'idle';
    this.error = null;
    this.reading = null;
    host.addController(this);
  }

  hostConnected() {
    feed.addEventListener('event', this.#onEvent);
    feed.addEventListener('reset', this.#onReset);
  }

  hostDisconnected() {
    feed.removeEventListener('event', this.#onEvent);
    feed.removeEventListener('reset', this.#onReset);
    this.reading?.abort();
    this.reading = null;
  }

  load(key) {
    this.wanted = key;
    this.value = null;
    this.state = 'loading';
    return this.refresh();
  }

  async refresh() {
    if (!this.wanted) return;
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    try {
      const value = await get(this.path(encodeURIComponent(this.wanted)), {
        signal: reading.signal,
      });
      if (reading.signal.aborted) return;
      this.value = value;
      this.state = 'ready';
      this.error = null;
    } catch (error) {
      if (reading.signal.aborted) return;
      this.error = error;
      if (error.status === 404) this.value = null;
      if (!this.value) this.state = error.status === 404 ? 'missing' : 'failed';
    }
    this.host.requestUpdate();
  }

  #onReset = () => this.refresh();

  #onEvent = ({ detail }) => {
    if (detail.kind !== this.kind || detail.data?.[this.key] !== this.wanted) return;
    if (detail.data.deleted || detail.data.deleted_at) {
      this.value = null;
      this.state = 'missing';
    } else if (detail.data.result_omitted) {
      // lists and events leave a large result out; the object itself has it
      this.refresh();
      return;
    } else {
      // what is being read may be older; if it is newer, another event follows
      this.reading?.abort();
      this.value = detail.data;
      this.state = 'ready';
      this.error = null;
    }
    this.host.requestUpdate();
  };
}
