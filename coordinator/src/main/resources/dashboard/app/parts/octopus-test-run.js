import { html, nothing } from 'lit';
import { get, newIdempotencyKey, post } from '../api.js';
import { PageElement } from '../element.js';
import { field, selectControl } from './field.js';
import './octopus-arguments.js';

const ANYONE = 'Anyone';

/** Runs one action of a plugin once, on a client of one's choice, and leads to the execution. */
class OctopusTestRun extends PageElement {
  static properties = {
    plugin: { attribute: false },
    clients: { state: true },
    action: { state: true },
    owner: { state: true },
    given: { state: true },
    checked: { state: true },
    problem: { state: true },
    started: { state: true },
    sending: { state: true },
  };

  constructor() {
    super();
    this.clients = [];
    this.action = '';
    this.owner = ANYONE;
    this.given = { args: [], kwargs: {}, errors: {} };
    this.checked = false;
    this.problem = null;
    this.started = null;
    this.sending = false;
  }

  async connectedCallback() {
    super.connectedCallback();
    try {
      this.clients = (await get('/clients?limit=500')).items.filter(({ status }) => status === 'Online');
    } catch (error) {
      this.problem = error;
    }
  }

  get #actions() {
    return this.plugin.actions ?? [];
  }

  get #chosen() {
    const usual = ['main', 'run'].find((name) => this.#actions.some((action) => action.name === name));
    const name = this.action || usual || this.#actions[0]?.name || 'main';
    return this.#actions.find((action) => action.name === name) ?? { name };
  }

  async #run(event) {
    event.preventDefault();
    this.checked = true;
    if (Object.keys(this.given.errors).length) return;
    this.sending = true;
    this.problem = null;
    this.started = null;
    const { name } = this.#chosen;
    const task = {
      name: `Test of ${this.plugin.name}.${name}`.slice(0, 200),
      owner: this.owner,
      plugin: this.plugin.name,
      action: name,
      args: this.given.args,
      kwargs: this.given.kwargs,
      retry: { max_attempts: 1 },
    };
    try {
      const { id } = await post('/tasks', task, { headers: { 'Idempotency-Key': newIdempotencyKey() } });
      const { items } = await get(`/executions?task_id=${encodeURIComponent(id)}`);
      this.started = { task: id, execution: items[0]?.id };
    } catch (error) {
      this.problem = error;
    }
    this.sending = false;
  }

  render() {
    const action = this.#chosen;
    const names = this.#actions.map(({ name }) => [name, name]);
    const owners = [[ANYONE, 'Any client'], ...this.clients.map(({ name }) => [name, name])];
    return html`<section class="card form-card" aria-labelledby="test-title">
      <h2 id="test-title">Test run</h2>
      <form @submit=${this.#run}>
        ${names.length > 1
          ? field({
              id: 'test-action',
              label: 'Action',
              control: selectControl({ value: action.name, options: names, change: (name) => (this.action = name) }),
            })
          : nothing}
        ${field({
          id: 'test-client',
          label: 'Client',
          control: selectControl({ value: this.owner, options: owners, change: (owner) => (this.owner = owner) }),
        })}
        <octopus-arguments .parameters=${this.plugin.language === 'python' ? (action.parameters ?? null) : null}
          .preset=${NO_ARGUMENTS} ?checked=${this.checked} @arguments=${(event) => (this.given = event.detail)}>
        </octopus-arguments>
        <button type="submit" class="btn btn-primary wide" ?disabled=${this.sending}>Run once</button>
      </form>
      <p class="help" role="status">${this.#outcome()}</p>
      ${this.problem ? html`<p class="form-problem" role="alert">It was not started: ${this.problem.message}</p>` : nothing}
    </section>`;
  }

  #outcome() {
    if (!this.started) return nothing;
    const { task, execution } = this.started;
    return execution
      ? html`It was started: <a href="/ui/executions/${execution}">${execution}</a>`
      : html`It was started: <a href="/ui/tasks/${task}">${task}</a>`;
  }
}

const NO_ARGUMENTS = {};

customElements.define('octopus-test-run', OctopusTestRun);
