import { html, nothing } from 'lit';
import { deletePlugin, rollBackPlugin } from '../actions.js';
import { get, readText } from '../api.js';
import { PageElement } from '../element.js';
import { counted, size } from '../format.js';
import { LiveItem } from '../live/live-item.js';
import { crumbs, facts } from '../parts/facts.js';
import '../parts/octopus-plugin-editor.js';
import '../parts/octopus-test-run.js';
import { actionItem } from '../parts/plugin-actions.js';
import { diffCard, versionsTable } from '../parts/plugin-versions.js';
import { toastProblem } from '../parts/octopus-toasts.js';
import { failure, missing, skeletonBlock } from '../parts/states.js';

/** One plugin: its source, what it was, who uses it; edited, rolled back, tried and deleted here. */
class OctopusPlugin extends PageElement {
  static properties = {
    name: { attribute: false },
    versions: { state: true },
    diff: { state: true },
    refusal: { state: true },
  };
  plugin = new LiveItem(this, { kind: 'plugin', path: (name) => `/plugins/${name}`, key: 'name' });
  #cursor = null;
  #listed = '';

  constructor() {
    super();
    this.versions = [];
    this.diff = null;
    this.refusal = null;
  }

  willUpdate(changed) {
    if (changed.has('name')) this.plugin.load(this.name);
    document.title = `${this.name} – Octopus`;
    const { state, value } = this.plugin;
    const seen = `${this.name} ${state} ${value?.sha256} ${value?.updated_at}`;
    if ((state === 'ready' || state === 'missing') && seen !== this.#listed) {
      this.#listed = seen;
      this.#list();
    }
  }

  get #path() {
    return `/plugins/${encodeURIComponent(this.name)}`;
  }

  async #list() {
    try {
      const page = await get(`${this.#path}/versions`);
      this.versions = page.items;
      this.#cursor = page.next_cursor;
    } catch (error) {
      if (error.status !== 404) toastProblem('The versions could not be loaded', error);
      this.versions = [];
    }
  }

  async #older() {
    try {
      const page = await get(`${this.#path}/versions?cursor=${this.#cursor}`);
      this.#cursor = page.next_cursor;
      this.versions = [...this.versions, ...page.items];
    } catch (error) {
      toastProblem('Older versions could not be loaded', error);
    }
  }

  /** With what serves; what serves itself, and a deleted plugin, with what came before. */
  async #compare(version) {
    const serving = this.versions.find((other) => other.serving);
    const before = this.versions.find((other) => other.number < version.number);
    const from = serving && serving !== version ? version : (before ?? version);
    const to = serving ?? version;
    try {
      const text = await readText(`${this.#path}/diff?from=${from.sha256}&to=${to.sha256}`);
      this.diff = { from: from.number, to: to.number, text };
      await this.updateComplete;
      this.querySelector('#diff-title')?.scrollIntoView({ block: 'nearest' });
    } catch (error) {
      toastProblem('They cannot be compared', error);
    }
  }

  async #serve(version) {
    if (await rollBackPlugin(this.name, version)) {
      this.diff = null;
      this.plugin.refresh();
    }
  }

  async #delete(force) {
    const done = await deletePlugin(this.name, { force });
    if (done === null) return;
    this.refusal = done === true ? null : done;
    if (done === true) this.plugin.refresh();
  }

  render() {
    const { state, value, error } = this.plugin;
    if (state === 'loading') return skeletonBlock();
    const problem = failure(state === 'missing' ? null : error, {
      what: 'The plugin could not be loaded',
      retry: () => this.plugin.refresh(),
    });
    if (state === 'missing') return this.#gone();
    if (!value) return problem;
    return html`${crumbs('/ui/plugins', 'Plugins', value.name)} ${problem} ${this.#head(value)}
      <div class="columns">
        <div class="column">
          <octopus-plugin-editor .plugin=${value} @saved=${() => this.plugin.refresh()}></octopus-plugin-editor>
          ${this.#history()}
        </div>
        <div class="column side">
          ${about(value)}
          ${value.sha256 ? html`<octopus-test-run .plugin=${value}></octopus-test-run>` : nothing}
          ${actions(value)}
        </div>
      </div>`;
  }

  #head(plugin) {
    return html`<header class="page-head">
        <div>
          <h1>${plugin.name}</h1>
          ${plugin.description ? html`<p class="sub doc">${plugin.description}</p>` : nothing}
        </div>
        <div class="page-acts">
          ${plugin.sha256
            ? html`<a class="btn" href="/ui/new?plugin=${encodeURIComponent(plugin.name)}">New task</a>`
            : nothing}
          <button type="button" class="btn" @click=${() => this.#delete(false)}>Delete</button>
        </div>
      </header>
      ${plugin.error
        ? html`<div class="alert-bar" role="alert"><div>
            <strong>The file in the folder is broken.</strong> <span class="mono">${plugin.error}</span>
            <small>${plugin.sha256 ? 'The last good version goes on serving.' : 'There is no good version yet.'}</small>
          </div></div>`
        : nothing}
      ${this.#refused()}`;
  }

  #refused() {
    if (!this.refusal) return nothing;
    const inUse = this.refusal.status === 409;
    return html`<div class="alert-bar" role="alert">
      <div>
        <strong>It was not deleted.</strong> ${this.refusal.message}
        ${inUse ? html`<small>${this.refusal.errors.map(({ field, message }) => useLink(field, message))}</small>` : nothing}
      </div>
      ${inUse
        ? html`<button type="button" class="btn btn-sm" @click=${() => this.#delete(true)}>Delete it anyway</button>`
        : nothing}
    </div>`;
  }

  #history() {
    if (!this.versions.length) return nothing;
    return html`${this.diff ? diffCard(this.diff, () => (this.diff = null)) : nothing}
    ${versionsTable(
      this.versions.map((version) => ({ ...version, plugin: this.name })),
      {
        compare: ({ sha256 }) => this.#compare(this.versions.find((version) => version.sha256 === sha256)),
        serve: (version) => this.#serve(version),
        more: this.#cursor ? () => this.#older() : null,
      },
    )}`;
  }

  #gone() {
    if (!this.versions.length) return missing('plugin', this.name);
    return html`${crumbs('/ui/plugins', 'Plugins', this.name)}
      <header class="page-head">
        <div>
          <h1>${this.name}</h1>
          <p class="sub">It is deleted. Let a version serve again to bring it back.</p>
        </div>
      </header>
      ${this.#history()}`;
  }
}

function useLink(kind, id) {
  const href = kind === 'task' ? `/ui/tasks/${id}` : `/ui/executions/${id}`;
  return html`<a class="use" href=${href}>${kind} ${id}</a> `;
}

function about(plugin) {
  const needs = plugin.requirements ?? [];
  return html`<section class="card" aria-labelledby="about-title">
    <h2 id="about-title">About</h2>
    ${facts([
      ['Version', plugin.version],
      ['Hash', plugin.sha256 && html`<span class="mono" title=${plugin.sha256}>${plugin.sha256.slice(0, 16)}…</span>`],
      ['Language', plugin.language],
      ['File', `${plugin.file_name}, ${size(plugin.size)}`],
      ['Serves', plugin.sha256 && html`since <octopus-time .at=${plugin.updated_at}></octopus-time>, by ${plugin.updated_by}`],
      ['Requires', needs.length ? html`<span class="mono">${needs.join(', ')}</span>` : null],
      ['Used by', counted(plugin.used_by ?? 0, 'task')],
    ])}
  </section>`;
}

function actions(plugin) {
  if (!plugin.actions?.length) return nothing;
  return html`<section class="card" aria-labelledby="actions-title">
    <h2 id="actions-title">Actions</h2>
    <ul class="actions">${plugin.actions.map((action) => actionItem(plugin, action))}</ul>
  </section>`;
}

customElements.define('octopus-plugin', OctopusPlugin);
