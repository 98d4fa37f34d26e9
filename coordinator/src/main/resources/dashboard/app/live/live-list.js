import { get } from '../api.js';
import { queryText } from '../router.js';
import { feed } from './feed.js';

const PAGE = 50;
const MOST = 500;
const GATHER = 150;

/**
 * A list of the API that an element shows and that keeps itself up to date.
 *
 * Rows change in place. New rows come on top, except while the reader has scrolled down: then they
 * wait in `held`, so that nothing moves under the eyes. A failed read keeps the old rows.
 */
export class LiveList {
  /**
   * @param host the element that is drawn again when the list changes
   * @param {{kind: string, path: string, key?: string, accepts?: (item: any, query: any) => boolean,
   *     toApi?: (query: any) => any}} options
   */
  constructor(host, { kind, path, key = 'id', accepts = () => true, toApi = (query) => query }) {
    Object.assign(this, { host, kind, path, key, accepts, toApi });
    this.items = [];
    this.held = [];
    this.query = {};
    this.state = 'idle';
    this.error = null;
    this.staleSince = null;
    this.cursor = null;
    this.gathered = new Map();
    this.timer = 0;
    this.reading = null;
    this.asked = false;
    this.again = false;
    host.addController(this);
  }

  hostConnected() {
    feed.addEventListener('event', this.#onEvent);
    feed.addEventListener('reset', this.#onReset);
  }

  hostDisconnected() {
    feed.removeEventListener('event', this.#onEvent);
    feed.removeEventListener('reset', this.#onReset);
    clearTimeout(this.timer);
    this.reading?.abort();
    this.reading = null;
  }

  /** Reads the list from its beginning, with these filters; the rows of before stay until then. */
  load(query = {}) {
    this.query = query;
    this.asked = true;
    if (!this.items.length) this.state = 'loading';
    return this.#read(PAGE);
  }

  /** Reads again what is shown, quietly. While a read is under way the next one waits for it. */
  refresh() {
    if (this.state === 'idle') return Promise.resolve();
    if (this.reading) {
      this.again = true;
      return Promise.resolve();
    }
    return this.#read(Math.min(Math.max(this.items.length, PAGE), MOST));
  }

  /** Whether older rows can be added; beyond a limit a filter is the better way. */
  get hasMore() {
    return this.cursor !== null && this.items.length < MOST;
  }

  /** Adds the next page of older rows. */
  async more() {
    if (!this.hasMore) return;
    try {
      const address = this.path + queryText(this.#parameters(PAGE, this.cursor));
      const page = await get(address);
      const known = new Set(this.items.map((item) => item[this.key]));
      this.items = [...this.items, ...page.items.filter((item) => !known.has(item[this.key]))];
      this.cursor = page.next_cursor;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.host.requestUpdate();
  }

  /** Puts the rows that waited on top. */
  showHeld() {
    this.items = [...this.held, ...this.items].slice(0, MOST);
    this.held = [];
    this.host.requestUpdate();
  }

  drop(key) {
    this.items = this.items.filter((item) => item[this.key] !== key);
    this.held = this.held.filter((item) => item[this.key] !== key);
    this.host.requestUpdate();
  }

  #parameters(limit, cursor = null) {
    return { ...this.toApi(this.query), limit, cursor };
  }

  async #read(limit) {
    this.reading?.abort();
    const reading = new AbortController();
    this.reading = reading;
    this.host.requestUpdate();
    try {
      const address = this.path + queryText(this.#parameters(limit));
      const page = await get(address, { signal: reading.signal });
      this.items = page.items;
      this.held = [];
      this.cursor = page.next_cursor;
      this.state = 'ready';
      this.error = null;
      this.staleSince = null;
    } catch (error) {
      if (reading.signal.aborted) return;
      this.error = error;
      this.staleSince ??= Date.now();
      // rows of other filters are not old, they are wrong
      if (this.asked) this.items = [];
      if (!this.items.length) this.state = 'failed';
    }
    this.asked = false;
    this.reading = null;
    if (this.gathered.size) this.#flush();
    this.host.requestUpdate();
    if (this.again) {
      this.again = false;
      this.refresh();
    }
  }

  #onReset = () => this.refresh();

  #onEvent = ({ detail }) => {
    if (detail.kind !== this.kind || !detail.data) return;
    this.gathered.set(detail.data[this.key], detail.data);
    // many changes at once are drawn once
    this.timer ||= setTimeout(() => this.#flush(), GATHER);
  };

  #flush() {
    this.timer = 0;
    // what is being read may be older than what has come: it goes on top of that
    if (this.state === 'idle' || this.reading) return;
    const fresh = [];
    for (const [key, item] of this.gathered) {
      const wanted = !item.deleted && !item.deleted_at && this.accepts(item, this.query);
      const at = this.items.findIndex((row) => row[this.key] === key);
      const heldAt = this.held.findIndex((row) => row[this.key] === key);
      if (at >= 0) this.items = replaced(this.items, at, wanted ? item : null);
      else if (heldAt >= 0) this.held = replaced(this.held, heldAt, wanted ? item : null);
      else if (wanted && this.#isNewerThanShown(item)) fresh.unshift(item);
    }
    this.gathered.clear();
    if (fresh.length) this.#add(fresh);
    this.host.requestUpdate();
  }

  /** An old row beyond the loaded pages also changes; it must not jump to the top. */
  #isNewerThanShown(item) {
    const last = this.items.at(-1);
    return !this.cursor || !last?.created_at || item.created_at >= last.created_at;
  }

  #add(fresh) {
    if (scrollY > 240) {
      this.held = [...fresh, ...this.held].slice(0, MOST);
    } else {
      this.items = [...fresh, ...this.items].sort(newestFirst).slice(0, MOST);
    }
  }
}

function newestFirst(a, b) {
  return String(b.created_at ?? '').localeCompare(String(a.created_at ?? ''));
}

function replaced(items, at, item) {
  const copy = [...items];
  if (item) copy[at] = item;
  else copy.splice(at, 1);
  return copy;
}
