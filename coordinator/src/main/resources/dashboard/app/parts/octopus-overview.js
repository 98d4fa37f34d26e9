import { html, nothing } from 'lit';
import { get } from '../api.js';
import { PageElement } from '../element.js';
import { count, counted, duration } from '../format.js';
import { feed } from '../live/feed.js';

const AT_MOST_EVERY = 1500;
const AT_LEAST_EVERY = 15000;

/** The strip above the tasks: what runs, what waits, who is there, how the last day went. */
class OctopusOverview extends PageElement {
  static properties = { status: { state: true } };
  #timer = 0;
  #next = 0;

  connectedCallback() {
    super.connectedCallback();
    feed.addEventListener('event', this.#soon);
    feed.addEventListener('reset', this.#soon);
    this.#timer = setInterval(() => this.#read(), AT_LEAST_EVERY);
    this.#read();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    feed.removeEventListener('event', this.#soon);
    feed.removeEventListener('reset', this.#soon);
    clearInterval(this.#timer);
    clearTimeout(this.#next);
  }

  #soon = () => {
    this.#next ||= setTimeout(() => this.#read(), AT_MOST_EVERY);
  };

  async #read() {
    this.#next = 0;
    try {
      this.status = await get('/status');
    } catch {
      // the live badge says that the server is away; the last figures stay
    }
  }

  render() {
    const { executions, clients, queue, last_24h: day } = this.status ?? {};
    return html`<section class="overview" aria-label="Overview" aria-busy=${!this.status}>
      ${tile('Running now', executions && count(executions.running), '/ui/executions?status=Running', waiting(queue))}
      ${tile(
        'Clients online',
        clients && `${count(clients.online)} / ${count(everyone(clients))}`,
        '/ui/clients',
        clients && `${count(clients.idle)} idle · ${count(clients.offline)} offline`,
      )}
      ${tile('Success, 24 h', day && share(day), '/ui/executions?window=24h', day && failures(day))}
      ${tile('p95 duration, 24 h', day && duration(day.p95_duration_ms), '', day && '95 of 100 were faster')}
    </section>`;
  }
}

function tile(name, figure, href, small) {
  const shown = figure ?? html`<span class="skeleton-figure"></span>`;
  return html`<div class="card tile">
    <span class="tile-name">${name}</span>
    <b>${href ? html`<a href=${href}>${shown}</a>` : shown}</b>
    <small>${small || nothing} </small>
  </div>`;
}

function everyone({ online = 0, idle = 0, offline = 0 }) {
  return online + idle + offline;
}

function waiting(queue) {
  if (!queue) return '';
  if (!queue.length) return 'nothing waits';
  const oldest = queue.oldest_wait_ms;
  return html`<a href="/ui/executions?status=Pending">${count(queue.length)} waiting</a>${oldest
      ? `, the oldest for ${duration(oldest)}`
      : ''}`;
}

/** What ended well and what did not, of the last day; cancelled and skipped work counts for neither. */
function ended({ completed = 0, failed = 0, timed_out: late = 0, lost = 0 }) {
  const bad = failed + late + lost;
  return { bad, total: completed + bad, share: (100 * completed) / (completed + bad) };
}

function share(day) {
  const { total, share: percent } = ended(day);
  return total ? `${percent.toFixed(1)} %` : '–';
}

function failures(day) {
  const { bad, total } = ended(day);
  if (!total) return 'nothing ran';
  if (!bad) return `no failure in ${counted(total, 'execution')}`;
  return html`<a href="/ui/executions?status=Failed&window=24h">${counted(bad, 'failure')}</a> in ${count(total)}`;
}

customElements.define('octopus-overview', OctopusOverview);
