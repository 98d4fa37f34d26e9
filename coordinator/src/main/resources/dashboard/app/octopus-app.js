import { html, nothing } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import { PageElement } from './element.js';
import { feed } from './live/feed.js';
import { plusIcon } from './parts/icons.js';
import { empty } from './parts/states.js';
import { currentPage, router } from './router.js';
import './pages/octopus-tasks.js';
import './pages/octopus-task.js';
import './pages/octopus-new-task.js';
import './pages/octopus-executions.js';
import './pages/octopus-execution.js';
import './pages/octopus-clients.js';
import './pages/octopus-client.js';
import './pages/octopus-plugins.js';
import './pages/octopus-plugin.js';

const TABS = [
  ['Tasks', '/', ['tasks', 'task', 'new-task', 'edit-task']],
  ['Executions', '/ui/executions', ['executions', 'execution']],
  ['Clients', '/ui/clients', ['clients', 'client']],
  ['Plugins', '/ui/plugins', ['plugins', 'plugin']],
];

const PAGES = {
  tasks: ({ query }) => html`<octopus-tasks .query=${query}></octopus-tasks>`,
  task: ({ id }) => html`<octopus-task .taskId=${id}></octopus-task>`,
  'new-task': ({ query }) => html`<octopus-new-task .query=${query}></octopus-new-task>`,
  'edit-task': ({ id }) => html`<octopus-new-task .taskId=${id}></octopus-new-task>`,
  executions: ({ query }) => html`<octopus-executions .query=${query}></octopus-executions>`,
  execution: ({ id }) => html`<octopus-execution .executionId=${id}></octopus-execution>`,
  clients: () => html`<octopus-clients></octopus-clients>`,
  client: ({ id }) => html`<octopus-client .name=${id}></octopus-client>`,
  plugins: () => html`<octopus-plugins></octopus-plugins>`,
  plugin: ({ id }) => html`<octopus-plugin .name=${id}></octopus-plugin>`,
  unknown: () =>
    empty({ title: 'There is no such page', action: html`<a class="btn" href="/">To the tasks</a>` }),
};

/** The whole page: the bar at the top, the page of the address, dialogs and notes. */
class OctopusApp extends PageElement {
  static properties = { page: { state: true } };
  #visit = 0;

  constructor() {
    super();
    this.page = currentPage();
  }

  connectedCallback() {
    super.connectedCallback();
    router.addEventListener('change', ({ detail }) => this.#go(detail));
    feed.addEventListener('state', () => this.requestUpdate());
    feed.start();
  }

  async #go(kind) {
    this.page = currentPage();
    if (kind === 'replace') return;
    this.#visit++;
    await this.updateComplete;
    if (kind === 'push') scrollTo(0, 0);
    // a reader of the screen hears where he is; sighted users see no ring on a heading
    this.querySelector('main')?.focus({ preventScroll: true });
  }

  render() {
    return html`<a class="skip" href="#content">Skip to the content</a>
      <header class="top">
        <a class="brand" href="/"><img src="/assets/favicon.svg" alt="" width="28" height="28" />Octopus</a>
        <nav class="tabs" aria-label="Main">${TABS.map((tab) => this.#tab(tab))}</nav>
        <div class="top-right">
          <octopus-live-badge></octopus-live-badge>
          <octopus-theme-switch></octopus-theme-switch>
          <a class="btn btn-primary" href="/ui/new">${plusIcon()}<span>New task</span></a>
        </div>
      </header>
      ${this.#disconnected()}
      <main id="content" tabindex="-1">
        ${keyed(`${this.page.name}/${this.page.id}/${this.#visit}`, PAGES[this.page.name](this.page))}
      </main>
      <octopus-confirm></octopus-confirm>
      <octopus-toasts></octopus-toasts>`;
  }

  #tab([text, href, names]) {
    const current = names.includes(this.page.name) ? 'page' : nothing;
    return html`<a href=${href} aria-current=${current}>${text}</a>`;
  }

  #disconnected() {
    if (feed.state.state !== 'lost') return nothing;
    return html`<div class="disconnected">
      <span>The connection to the server broke. What you see may be old; this page tries again by itself.</span>
    </div>`;
  }
}

customElements.define('octopus-app', OctopusApp);
