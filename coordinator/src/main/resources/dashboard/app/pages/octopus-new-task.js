import { html, nothing } from 'lit';
import { get, newIdempotencyKey, post, put } from '../api.js';
import { PageElement } from '../element.js';
import { copyButton } from '../parts/copy.js';
import { crumbs } from '../parts/facts.js';
import { field, selectControl, textControl } from '../parts/field.js';
import { limitFields } from '../parts/limit-fields.js';
import '../parts/octopus-arguments.js';
import '../parts/octopus-preview.js';
import { ownerChoice, targetsInWords } from '../parts/owner-choice.js';
import { toast } from '../parts/octopus-toasts.js';
import { failure } from '../parts/states.js';
import { whenChoice } from '../parts/when-choice.js';
import { navigate } from '../router.js';
import { EMPTY_FORM, bodyOf, curlOf, errorsOf, formOf, ownerFields } from '../task-form.js';

/** The form that creates or edits a task, with what it will do and the call that does the same. */
class OctopusNewTask extends PageElement {
  static properties = {
    query: { attribute: false },
    taskId: { attribute: false },
    plugins: { state: true },
    clients: { state: true },
    form: { state: true },
    preset: { state: true },
    given: { state: true },
    problem: { state: true },
    checked: { state: true },
    sending: { state: true },
  };
  #sent = { text: '', key: '' };

  constructor() {
    super();
    this.query = {};
    this.taskId = '';
    this.version = 0;
    this.plugins = null;
    this.clients = [];
    this.form = EMPTY_FORM;
    this.preset = {};
    this.given = { args: [], kwargs: {}, errors: {} };
    this.checked = false;
    this.sending = false;
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = `${this.#title} – Octopus`;
    this.#begin();
  }

  get #title() {
    return this.taskId ? 'Edit task' : 'New task';
  }

  async #begin() {
    this.loadError = null;
    try {
      const [plugins, clients] = await Promise.all([get('/plugins?limit=500'), get('/clients?limit=500')]);
      this.plugins = plugins.items.sort((a, b) => a.name.localeCompare(b.name));
      this.clients = clients.items.sort((a, b) => a.name.localeCompare(b.name));
      await this.#prefill();
    } catch (error) {
      this.loadError = error;
      this.requestUpdate();
    }
  }

  async #prefill() {
    const { plugin = '', action = '', owner } = this.query;
    const from = this.taskId || this.query.from;
    if (from) {
      const task = await get(`/tasks/${encodeURIComponent(from)}`);
      this.version = task.version;
      this.form = formOf(task);
      this.preset = { args: task.args, kwargs: task.kwargs };
      return;
    }
    if (owner) this.#set(ownerFields(owner));
    if (plugin) this.#choosePlugin(plugin, action);
  }

  #set(change) {
    this.form = { ...this.form, ...change };
  }

  #choosePlugin(plugin, action = '') {
    const actions = this.#pluginNamed(plugin)?.actions?.map(({ name }) => name) ?? [];
    const usual = ['main', 'run'].find((name) => actions.includes(name)) ?? actions[0] ?? '';
    this.#set({ plugin, action: actions.includes(action) ? action : usual });
    this.preset = {};
  }

  #pluginNamed(name) {
    return this.plugins?.find((plugin) => plugin.name === name);
  }

  get #action() {
    return this.#pluginNamed(this.form.plugin)?.actions?.find(({ name }) => name === this.form.action);
  }

  /** Null where nothing is known about them: scripts do not say what they take. */
  get #parameters() {
    const parameters = this.#action?.parameters ?? [];
    const known = parameters.length > 0 || this.#pluginNamed(this.form.plugin)?.language === 'python';
    return this.#action && known ? parameters : null;
  }

  /** What the server said, by field; `args[0]` stays as it is, `labels.os` counts for labels. */
  get #problems() {
    const problems = {};
    for (const { field: name, message } of this.problem?.errors ?? []) {
      problems[name] = message;
      problems[name.replace(/[.[].*$/, '')] ??= message;
    }
    return problems;
  }

  get #errors() {
    return { ...this.#problems, ...(this.checked ? errorsOf(this.form) : {}) };
  }

  async #send(event) {
    event.preventDefault();
    this.checked = true;
    this.problem = null;
    const wrong = { ...errorsOf(this.form), ...this.given.errors };
    if (Object.keys(wrong).length) return this.#showFirstError();
    this.sending = true;
    try {
      const body = bodyOf(this.form, this.given);
      const task = await (this.taskId ? this.#edit(body) : this.#create(body));
      toast(`${task.name} was ${this.taskId ? 'changed' : 'created'}`);
      navigate(`/ui/tasks/${encodeURIComponent(task.id)}`);
    } catch (error) {
      this.problem = error;
      this.#showFirstError();
    } finally {
      this.sending = false;
    }
  }

  #create(body) {
    return post('/tasks', body, { headers: { 'Idempotency-Key': this.#keyFor(JSON.stringify(body)) } });
  }

  /** What somebody else changed meanwhile is not overwritten. */
  #edit(body) {
    const headers = { 'If-Match': `"${this.version}"` };
    return put(`/tasks/${encodeURIComponent(this.taskId)}`, body, { headers });
  }

  /** The same task sent again after a broken connection is created once. */
  #keyFor(text) {
    if (this.#sent.text !== text) this.#sent = { text, key: newIdempotencyKey() };
    return this.#sent.key;
  }

  async #showFirstError() {
    await this.updateComplete;
    const wrong = this.querySelector('[aria-invalid=true], .form-problem');
    wrong?.focus();
    wrong?.scrollIntoView({ block: 'center' });
  }

  render() {
    return html`${crumbs('/', 'Tasks', this.#title)}
      <header class="page-head"><h1>${this.#title}</h1></header>
      ${failure(this.loadError, { what: 'The form could not be prepared', retry: () => this.#begin() })}
      <form class="columns" novalidate @submit=${this.#send}>
        <div class="column">${this.#what()} ${this.#who()} ${this.#when()} ${this.#limits()}</div>
        <div class="column side">${this.#review()}</div>
      </form>`;
  }

  #what() {
    const plugin = this.#pluginNamed(this.form.plugin);
    const unknown = this.form.plugin && this.plugins && !plugin ? [[this.form.plugin, this.form.plugin]] : [];
    const plugins = [['', this.plugins ? 'Choose a plugin' : 'Loading…'], ...unknown, ...named(this.plugins)];
    return html`<section class="card form-card" aria-labelledby="what-title">
      <h2 id="what-title">What</h2>
      <div class="pair">
        ${field({
          id: 'plugin',
          label: 'Plugin',
          error: this.#errors.plugin,
          control: selectControl({
            value: this.form.plugin,
            options: plugins,
            change: (name) => this.#choosePlugin(name),
          }),
        })}
        ${field({
          id: 'action',
          label: 'Action',
          error: this.#errors.action,
          control: selectControl({
            value: this.form.action,
            options: plugin ? named(plugin.actions) : [[this.form.action, this.form.action || '–']],
            change: (action) => this.#set({ action }),
          }),
        })}
      </div>
      ${plugin?.description ? html`<p class="doc">${plugin.description}</p>` : nothing}
      ${this.#action?.description ? html`<p class="doc sub">${this.#action.description}</p>` : nothing}
      ${this.form.plugin
        ? html`<octopus-arguments
            .parameters=${this.#parameters}
            .preset=${this.preset}
            .problems=${this.#problems}
            ?checked=${this.checked}
            @arguments=${(event) => (this.given = event.detail)}
          ></octopus-arguments>`
        : nothing}
    </section>`;
  }

  #who() {
    return html`<section class="card form-card" aria-labelledby="who-title">
      <h2 id="who-title">Where</h2>
      ${ownerChoice({
        form: this.form,
        clients: this.clients,
        errors: this.#errors,
        set: (change) => this.#set(change),
      })}
    </section>`;
  }

  #when() {
    return html`<section class="card form-card" aria-labelledby="when-title">
      <h2 id="when-title">When</h2>
      ${whenChoice({ form: this.form, errors: this.#errors, set: (change) => this.#set(change) })}
    </section>`;
  }

  #limits() {
    return html`<section class="card form-card" aria-labelledby="limits-title">
      <h2 id="limits-title">Name and limits</h2>
      ${field({
        id: 'name',
        label: 'Name',
        error: this.#errors.name,
        control: textControl({
          value: this.form.name,
          placeholder: this.form.plugin ? `${this.form.plugin}.${this.form.action || 'main'}` : '',
          input: (name) => this.#set({ name }),
        }),
      })}
      ${limitFields({ form: this.form, errors: this.#errors, set: (change) => this.#set(change) })}
    </section>`;
  }

  /** What the server is asked to preview: nothing while it is clear that something is missing. */
  get #previewed() {
    return Object.keys(errorsOf(this.form)).length ? null : bodyOf(this.form, { args: [], kwargs: {} });
  }

  get #button() {
    if (this.taskId) return this.sending ? 'Saving…' : 'Save';
    if (this.sending) return 'Creating…';
    return this.form.type === 'Adhoc' && !this.form.start ? 'Create and run' : 'Create';
  }

  #review() {
    const body = bodyOf(this.form, this.given);
    const curl = curlOf(body);
    return html`<section class="card form-card review" aria-labelledby="review-title">
      <h2 id="review-title">Review</h2>
      <p>${targetsInWords(this.form, this.clients)}</p>
      <octopus-preview .body=${this.#previewed} .zone=${this.form.zone}></octopus-preview>
      ${this.#formProblem()}
      <button type="submit" class="btn btn-primary w-100" ?disabled=${this.sending}>
        ${this.#button}
      </button>
      ${this.taskId ? nothing : this.#shell(curl)}
    </section>`;
  }

  #shell(curl) {
    return html`<details>
        <summary>The same from a shell</summary>
        <div class="json">
          <pre tabindex="0" aria-label="curl command"><code>${curl}</code></pre>
          ${copyButton(curl, 'curl command')}
        </div>
      </details>`;
  }

  #formProblem() {
    if (!this.problem) return nothing;
    const { message, errors, requestId, status } = this.problem;
    return html`<div class="form-problem" role="alert" tabindex="-1">
      <strong>The task was not ${this.taskId ? 'changed' : 'created'}.</strong> ${message}
      ${status === 412 ? html`It was changed by someone else: reload this page to see how.` : nothing}
      ${errors.length
        ? html`<ul>
            ${errors.map((error) => html`<li><code>${error.field}</code> ${error.message}</li>`)}
          </ul>`
        : nothing}
      ${requestId ? html`<small>Request ${requestId}</small>` : nothing}
    </div>`;
  }
}

const named = (things) => (things ?? []).map(({ name }) => [name, name]);

customElements.define('octopus-new-task', OctopusNewTask);
