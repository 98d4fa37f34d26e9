import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { PageElement } from '../element.js';
import { counted } from '../format.js';
import { LiveList } from '../live/live-list.js';
import { actionItem } from '../parts/plugin-actions.js';
import { empty, failure, skeletonBlock } from '../parts/states.js';

/** Every plugin with its actions and what they take. */
class OctopusPlugins extends PageElement {
  plugins = new LiveList(this, { kind: 'plugin', path: '/plugins', key: 'name' });

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Plugins – Octopus';
    this.plugins.load();
  }

  render() {
    const { plugins } = this;
    const shown = [...plugins.items].sort((a, b) => a.name.localeCompare(b.name));
    return html`<header class="page-head">
        <div>
          <h1>Plugins</h1>
          <p class="sub">${plugins.state === 'ready' ? counted(shown.length, 'plugin') : nothing}</p>
        </div>
      </header>
      ${failure(plugins.error, {
        what: 'The plugins could not be loaded',
        staleSince: plugins.items.length ? plugins.staleSince : null,
        retry: () => plugins.refresh(),
      })}
      ${plugins.state === 'loading' ? skeletonBlock() : nothing}
      ${plugins.state === 'ready' && !shown.length ? nonePresent() : nothing}
      <div class="plugins">${repeat(shown, (plugin) => plugin.name, card)}</div>`;
  }
}

function nonePresent() {
  return empty({
    title: 'No plugins yet',
    text: html`Put a Python file into the folder <code>plugins</code>: it is here a moment later.`,
  });
}

function card(plugin) {
  return html`<section class="card plugin" aria-label=${plugin.name}>
    <div class="client-head">
      <h2><a href="/ui/plugins/${encodeURIComponent(plugin.name)}">${plugin.name}</a></h2>
      <span class="sub">${[plugin.language, plugin.version && `version ${plugin.version}`].filter(Boolean).join(' · ')}</span>
    </div>
    ${plugin.error ? html`<p class="field-error">Its file is broken: ${plugin.error}</p>` : nothing}
    ${plugin.description ? html`<p class="doc">${plugin.description}</p>` : nothing}
    <p class="sub plugin-use">
      ${plugin.used_by ? `Used by ${counted(plugin.used_by, 'task')}` : 'Not used by a task'}
    </p>
    <ul class="actions">
      ${(plugin.actions ?? []).map((action) => actionItem(plugin, action))}
    </ul>
  </section>`;
}

customElements.define('octopus-plugins', OctopusPlugins);
