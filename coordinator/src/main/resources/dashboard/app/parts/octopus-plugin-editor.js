import { html, nothing } from 'lit';
import { get, putForm, readText } from '../api.js';
import { PageElement } from '../element.js';
import { confirmed } from './octopus-confirm.js';
import { copyButton } from './copy.js';
import { field, jsonControl } from './field.js';
import { toast } from './octopus-toasts.js';
import { failure } from './states.js';

/**
 * A plugin's source, which can be edited. What is saved becomes the version that serves, unless
 * somebody else was faster.
 */
class OctopusPluginEditor extends PageElement {
  static properties = {
    plugin: { attribute: false },
    source: { state: true },
    editing: { state: true },
    text: { state: true },
    needed: { state: true },
    problem: { state: true },
    sending: { state: true },
  };
  #shown = '';

  constructor() {
    super();
    this.source = null;
    this.editing = null;
    this.text = '';
    this.needed = '';
    this.problem = null;
    this.sending = false;
  }

  connectedCallback() {
    super.connectedCallback();
    addEventListener('beforeunload', this.#onLeave);
    document.addEventListener('click', this.#onLink, true);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    removeEventListener('beforeunload', this.#onLeave);
    document.removeEventListener('click', this.#onLink, true);
  }

  #onLeave = (event) => {
    if (this.#isChanged) event.preventDefault();
  };

  /** Going to another page of the dashboard does not unload this one. */
  #onLink = async (event) => {
    const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
    if (!link || link.hasAttribute('download') || !this.#isChanged) return;
    event.preventDefault();
    event.stopPropagation();
    if (!(await this.#mayForget())) return;
    this.editing = null;
    link.click();
  };

  #mayForget() {
    return confirmed({
      title: 'Leave without saving?',
      text: 'What you changed in the file is lost.',
      yes: 'Forget the changes',
    });
  }

  get #isChanged() {
    return Boolean(this.editing) && (this.text !== this.editing.text || this.needed !== this.editing.needed);
  }

  willUpdate(changed) {
    if (changed.has('plugin') && this.plugin.sha256 && this.plugin.sha256 !== this.#shown) this.#load();
  }

  get #path() {
    return `/plugins/${encodeURIComponent(this.plugin.name)}`;
  }

  async #load() {
    const { sha256 } = this.plugin;
    this.#shown = sha256;
    try {
      const [text, needed] = await Promise.all([
        readText(`${this.#path}/content?version=${sha256}`),
        readText(`${this.#path}/requirements?version=${sha256}`),
      ]);
      if (this.#shown === sha256) this.source = { sha256, text, needed: needed ?? '' };
    } catch (error) {
      this.problem = error;
    }
  }

  #edit() {
    this.editing = { ...this.source, windows: this.source.text.includes('\r\n') };
    this.editing.text = this.editing.text.replaceAll('\r\n', '\n');
    this.text = this.editing.text;
    this.needed = this.editing.needed.replaceAll('\r\n', '\n');
    this.editing.needed = this.needed;
    this.problem = null;
    this.updateComplete.then(() => this.querySelector('#source')?.focus());
  }

  async #cancel() {
    if (this.#isChanged && !(await this.#mayForget())) return;
    this.editing = null;
    this.problem = null;
  }

  async #save(over = this.editing.sha256) {
    this.sending = true;
    this.problem = null;
    const { name, file_name: fileName } = this.plugin;
    const form = new FormData();
    const text = this.editing.windows ? this.text.replaceAll('\n', '\r\n') : this.text;
    form.append('file', new File([text], fileName));
    if (this.needed !== this.editing.needed) form.append('requirements', new File([this.needed], 'requirements'));
    try {
      const saved = await putForm(`${this.#path}?filename=${encodeURIComponent(fileName)}`, form, {
        headers: { 'If-Match': `"${over}"` },
      });
      this.editing = null;
      toast(`${name} ${saved.version} serves now`);
      this.dispatchEvent(new CustomEvent('saved', { detail: saved }));
    } catch (error) {
      this.problem = error;
    }
    this.sending = false;
  }

  /** Saves over what somebody else saved meanwhile. */
  async #overwrite() {
    try {
      const { sha256 } = await get(this.#path);
      await this.#save(sha256);
    } catch (error) {
      this.problem = error;
    }
  }

  render() {
    if (!this.plugin.sha256) return nothing;
    return html`<section class="card form-card" aria-labelledby="source-title">
      <div class="client-head">
        <h2 id="source-title" class="client-name">Source</h2>
        ${this.editing ? this.#editButtons() : this.#viewButtons()}
      </div>
      ${this.#problem()} ${this.editing ? this.#fields() : this.#view()}
    </section>`;
  }

  #viewButtons() {
    const { source } = this;
    if (source?.text == null) return nothing;
    return html`${copyButton(source.text, 'source')}
      <button type="button" class="btn btn-sm" @click=${this.#edit}>Edit</button>`;
  }

  #editButtons() {
    return html`<button type="button" class="btn btn-sm" @click=${this.#cancel}>Cancel</button>
      <button type="button" class="btn btn-sm btn-primary" ?disabled=${this.sending || !this.#isChanged}
        @click=${() => this.#save()}>Save and serve</button>`;
  }

  #view() {
    const { source } = this;
    if (!source) return nothing;
    if (source.text === null) {
      return html`<p class="help">This file is no text.
        <a download href="${this.#path}/content">Download it</a> to look into it.</p>`;
    }
    return html`<pre class="source" role="region" tabindex="0" aria-label="Source of ${this.plugin.file_name}">${source.text}</pre>
      ${source.needed
        ? html`<h3 class="beside">Requirements</h3>
            <pre class="source" role="region" tabindex="0" aria-label="Requirements">${source.needed}</pre>`
        : nothing}`;
  }

  #fields() {
    const wrong = Object.fromEntries((this.problem?.errors ?? []).map(({ field: name, message }) => [name, message]));
    return html`${field({
      id: 'source',
      label: this.plugin.file_name,
      error: wrong.body ?? '',
      control: jsonControl({ value: this.text, rows: 22, input: (text) => (this.text = text) }),
    })}
    ${this.plugin.language === 'python'
      ? field({
          id: 'requirements',
          label: 'Requirements',
          help: 'Packages to install before it runs, one a line, as pip takes them.',
          error: wrong.requirements ?? '',
          control: jsonControl({ value: this.needed, rows: 3, placeholder: 'requests>=2', input: (text) => (this.needed = text) }),
        })
      : nothing}`;
  }

  #problem() {
    const { problem } = this;
    if (!problem || (this.editing && problem.errors?.length)) return nothing;
    if (problem.status !== 412) return failure(problem, { what: 'That did not work', retry: () => this.#again() });
    return html`<div class="alert-bar" role="alert">
      <div><strong>Somebody else changed it while you edited.</strong> Your text is still here.</div>
      <button type="button" class="btn btn-sm" @click=${this.#overwrite}>Save mine over it</button>
    </div>`;
  }

  #again() {
    if (this.editing) this.#save();
    else this.#load();
  }
}

customElements.define('octopus-plugin-editor', OctopusPluginEditor);
