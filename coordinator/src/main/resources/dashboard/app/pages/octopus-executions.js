import { html, nothing } from 'lit';
import { get } from '../api.js';
import { PageElement } from '../element.js';
import { LiveList } from '../live/live-list.js';
import { executionsTable } from '../parts/executions-table.js';
import { clearFilters, isFiltered, selectFilter, textFilter } from '../parts/filters.js';
import { heldRows, olderRows } from '../parts/list-foot.js';
import { empty, failure } from '../parts/states.js';
import { setQuery } from '../router.js';
import { EXECUTION_STATUSES, statusInWords } from '../words.js';

const WINDOWS = { '1h': 'Last hour', '24h': 'Last 24 hours', '7d': 'Last 7 days' };
const HOURS = { '1h': 1, '24h': 24, '7d': 168 };

/** Every execution, the newest first; the filters are in the address. */
class OctopusExecutions extends PageElement {
  static properties = { query: { attribute: false }, clients: { state: true } };
  executions = new LiveList(this, { kind: 'execution', path: '/executions', accepts, toApi });

  constructor() {
    super();
    this.query = {};
    this.clients = [];
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Executions – Octopus';
    this.#readClients();
  }

  async #readClients() {
    try {
      this.clients = (await get('/clients?limit=500')).items.map((client) => client.name).sort();
    } catch {
      // the filter then offers no names; the list itself says what is wrong
    }
  }

  willUpdate(changed) {
    if (changed.has('query')) this.executions.load(this.query);
  }

  render() {
    const { query, executions } = this;
    return html`<section class="card list" aria-labelledby="executions-title">
      <div class="list-head">
        <h1 id="executions-title">Executions</h1>
        <div class="filters">
          ${textFilter({ query, name: 'task_id', label: 'Task id' })}
          ${selectFilter({ query, name: 'status', label: 'State', all: 'Any state', options: STATUSES })}
          ${selectFilter({ query, name: 'client', label: 'Client', all: 'Any client', options: pairs(this.clients) })}
          ${selectFilter({ query, name: 'window', label: 'Time', all: 'Any time', options: Object.entries(WINDOWS) })}
        </div>
      </div>
      ${this.#chips()}
      ${failure(executions.error, {
        what: 'The executions could not be loaded',
        staleSince: executions.items.length ? executions.staleSince : null,
        retry: () => executions.refresh(),
      })}
      ${heldRows(executions)} ${this.#table()} ${olderRows(executions)}
    </section>`;
  }

  #chips() {
    const { run_id: run, ...others } = this.query;
    if (!run) return nothing;
    return html`<p class="chips">
      Run <span class="mono">${run}</span>
      <button type="button" class="btn-quiet" aria-label="Show the executions of all runs" @click=${() => setQuery(others)}>
        ×
      </button>
    </p>`;
  }

  #table() {
    const { state, items } = this.executions;
    if (state === 'failed') return nothing;
    if (state === 'ready' && !items.length) {
      return isFiltered(this.query)
        ? empty({ title: 'No execution fits these filters', action: clearFilters() })
        : empty({
            title: 'Nothing has run yet',
            text: 'Each time a task runs on a client, the execution with its result and its log is here.',
            action: html`<a class="btn btn-primary" href="/ui/new">Create a task</a>`,
          });
    }
    return executionsTable(this.executions, { caption: 'Executions, the newest first' });
  }
}

const STATUSES = EXECUTION_STATUSES.map((status) => [status, statusInWords(status)]);
const pairs = (values) => values.map((value) => [value, value]);

/** The address says "the last hour"; the API wants a moment. */
function toApi({ window, ...query }) {
  const hours = HOURS[window];
  return hours ? { ...query, since: new Date(Date.now() - hours * 3600000).toISOString() } : query;
}

function accepts(execution, query) {
  return ['task_id', 'run_id', 'client', 'status'].every(
    (name) => !query[name] || execution[name] === query[name],
  );
}

customElements.define('octopus-executions', OctopusExecutions);
