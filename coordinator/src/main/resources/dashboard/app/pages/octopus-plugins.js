import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../element.js';
import { counted } from '../format.js';
import { LiveList } from '../live/live-list.js';
import { empty, failure, skeletonBlock } from '../parts/states.js';

/** Every plugin with its actions and what they take; one of them may be asked for by name. */
class OctopusPlugins extends PageElement {
  static properties = { name: { attribute: false } };
  plugins = new LiveList(this, { kind: 'plugin', path: '/plugins', key: 'name' });

  constructor() {
    super();
    this.name = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.plugins.load();
  }

  willUpdate() {
    document.title = `${this.name || 'Plugins'} – Octopus`;
  }

  render() {
    const { plugins } = this;
    const shown = [...plugins.items]
      .filter((plugin) => !this.name || plugin.name === this.name)
      .sort((a, b) => a.name.localeCompare(b.name));
    return html`<header class="page-head">
        <div>
          <h1>${this.name || 'Plugins'}</h1>
          <p class="sub">
            ${this.name
              ? html`<a href="/ui/plugins">All plugins</a>`
              : plugins.state === 'ready'
                ? counted(shown.length, 'plugin')
                : nothing}
          </p>
        </div>
      </header>
      ${failure(plugins.error, {
        what: 'The plugins could not be loaded',
        staleSince: plugins.items.length ? plugins.staleSince : null,
        retry: () => plugins.refresh(),
      })}
      ${plugins.state === 'loading' ? skeletonBlock() : nothing}
      ${plugins.state === 'ready' && !shown.length ? this.#empty() : nothing}
      <div class="plugins">${repeat(shown, (plugin) => plugin.name, card)}</div>`;
  }

  #empty() {
    if (this.name) return empty({ title: `There is no plugin ${this.name}` });
    return empty({
      title: 'No plugins yet',
      text: html`Put a Python file into the folder <code>plugins</code>: it is here a moment later.`,
    });
  }
}

function card(plugin) {
  return html`<section class="card plugin" aria-label=${plugin.name}>
    <div class="client-head">
      <h2><a href="/ui/plugins/${encodeURIComponent(plugin.name)}">${plugin.name}</a></h2>
      <span class="sub">${[plugin.language, plugin.version && `version ${plugin.version}`].filter(Boolean).join(' · ')}</span>
    </div>
    ${plugin.error ? html`<p class="field-error">Its file is broken: ${plugin.error}</p>` : nothing}
    ${plugin.description ? html`<p class="doc">${plugin.description}</p>` : nothing}
    <ul class="actions">
      ${(plugin.actions ?? []).map((action) => actionItem(plugin, action))}
    </ul>
  </section>`;
}

function actionItem(plugin, action) {
  const parameters = (action.parameters ?? []).map(parameterInWords).join(', ');
  return html`<li>
    <div>
      <code>${action.name}(${parameters})</code>
      ${action.description ? html`<span class="sub doc">${action.description}</span>` : nothing}
    </div>
    <a class="btn btn-sm" href="/ui/new?plugin=${plugin.name}&action=${action.name}"
      aria-label="New task with ${plugin.name}.${action.name}">New task</a>
  </li>`;
}

function parameterInWords({ name, type, default: preset, required }) {
  const typed = type ? `${name}: ${type}` : name;
  return required || preset === undefined ? typed : `${typed} = ${JSON.stringify(preset)}`;
}

customElements.define('octopus-plugins', OctopusPlugins);
