import { html, nothing } from 'lit';
import { forgetClient, setDraining } from '../actions.js';
import { PageElement } from '../element.js';
import { size } from '../format.js';
import { LiveItem } from '../live/live-item.js';
import { LiveList } from '../live/live-list.js';
import { labelBadges, stateBadge } from '../parts/badges.js';
import { executionsTable } from '../parts/executions-table.js';
import { crumbs, facts } from '../parts/facts.js';
import { olderRows } from '../parts/list-foot.js';
import { empty, failure, missing, skeletonBlock } from '../parts/states.js';
import { navigate } from '../router.js';
import { seen } from './octopus-clients.js';

const LIMITS = {
  memory: 'Memory limit',
  processes: 'Processes',
  open_files: 'Open files',
  process_tree: 'Process tree',
  user: 'Run as',
  python: 'Python',
};

/** One client: its state and why, the machine, and what it runs and ran. */
class OctopusClient extends PageElement {
  static properties = { name: { attribute: false } };
  client = new LiveItem(this, { kind: 'client', path: (name) => `/clients/${name}`, key: 'name' });
  executions = new LiveList(this, {
    kind: 'execution',
    path: '/executions',
    accepts: (execution, { client }) => execution.client === client,
  });

  willUpdate(changed) {
    if (changed.has('name')) {
      this.client.load(this.name);
      this.executions.load({ client: this.name });
    }
    document.title = `${this.name} – Octopus`;
  }

  render() {
    const { state, value, error } = this.client;
    if (state === 'loading') return skeletonBlock();
    if (state === 'missing') return missing('client', this.name);
    const problem = failure(error, {
      what: 'The client could not be loaded',
      retry: () => this.client.refresh(),
    });
    if (!value) return problem;
    return html`${crumbs('/ui/clients', 'Clients', value.name)} ${problem}
      <header class="page-head">
        <div>
          <h1>${value.name} ${stateBadge(value.status)} ${value.draining ? stateBadge('Draining') : nothing}</h1>
          <p class="sub">${value.why || seen(value)}</p>
        </div>
        <div class="page-acts">
          <a class="btn" href="/ui/new?owner=${encodeURIComponent(value.name)}">New task here</a>
          <button type="button" class="btn" @click=${() => this.#drain(!value.draining)}>
            ${value.draining ? 'Give it work again' : 'Drain'}
          </button>
          ${value.status === 'Offline'
            ? html`<button type="button" class="btn" @click=${this.#forget}>Forget</button>`
            : nothing}
        </div>
      </header>
      <div class="columns">
        <div class="column">${this.#executions()}</div>
        <div class="column side">${machine(value)} ${limits(value)}</div>
      </div>`;
  }

  async #drain(draining) {
    if (await setDraining(this.client.value, draining)) this.client.refresh();
  }

  async #forget() {
    if (await forgetClient(this.client.value)) navigate('/ui/clients');
  }

  #executions() {
    const { executions } = this;
    return html`<section class="card list" aria-labelledby="executions-title">
      <div class="list-head"><h2 id="executions-title">Executions</h2></div>
      ${failure(executions.error, {
        what: 'The executions could not be loaded',
        retry: () => executions.refresh(),
      })}
      ${executions.state === 'ready' && !executions.items.length
        ? empty({ title: 'Nothing has run here yet' })
        : executionsTable(executions, { caption: 'Executions on this client', showClient: false })}
      ${olderRows(executions)}
    </section>`;
  }
}

function machine(client) {
  const labels = Object.keys(client.labels ?? {}).length ? labelBadges(client.labels) : null;
  return html`<section class="card" aria-labelledby="machine-title">
    <h2 id="machine-title">Machine</h2>
    ${facts([
      ['Host', client.host],
      ['Address', client.address && html`<span class="mono">${client.address}</span>`],
      ['System', client.os],
      ['Cores', client.cpu],
      ['Memory', client.memory && size(client.memory)],
      ['Version', client.version],
      ['Slots', client.slots != null ? `${client.busy ?? 0} of ${client.slots} busy` : null],
      ['Labels', labels],
      ['Contact', seen(client)],
      ['Plugins', client.plugins_in_sync == null ? null : client.plugins_in_sync ? 'in sync' : 'being fetched'],
    ])}
  </section>`;
}

/** What this host enforces on plugins, in the words of its worker. */
function limits(client) {
  const words = Object.entries(client.limits ?? {});
  if (!words.length) return nothing;
  return html`<section class="card" aria-labelledby="limits-title">
    <h2 id="limits-title">Plugins here</h2>
    ${facts(words.map(([name, word]) => [LIMITS[name] ?? name, word]))}
  </section>`;
}

customElements.define('octopus-client', OctopusClient);
