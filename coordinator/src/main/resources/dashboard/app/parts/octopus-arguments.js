import { html, nothing } from 'lit';
import { isDemanded, kindOf, readFields, readRaw, textsOf } from '../arguments.js';
import { PageElement } from '../element.js';
import { field, jsonControl, selectControl, textControl } from './field.js';

/**
 * The arguments of an action: a field for each parameter, or two boxes of raw JSON.
 *
 * Says `arguments` with `{args, kwargs, errors}` at every change; errors are shown once the form was
 * sent (`checked`), or when they come from the server (`problems`, by field).
 */
class OctopusArguments extends PageElement {
  static properties = {
    parameters: { attribute: false },
    preset: { attribute: false },
    checked: { type: Boolean },
    problems: { attribute: false },
    raw: { state: true },
    texts: { state: true },
  };
  argsText = '';
  kwargsText = '';
  #errors = {};

  constructor() {
    super();
    this.parameters = null;
    this.preset = {};
    this.problems = {};
    this.raw = false;
    this.texts = {};
  }

  willUpdate(changed) {
    if (!changed.has('parameters') && !changed.has('preset')) return;
    if (changed.has('preset')) this.#take(this.preset ?? {});
    this.#say();
  }

  #take({ args = [], kwargs = {} }) {
    const texts = this.parameters ? textsOf(this.parameters, { args, kwargs }) : null;
    this.texts = texts ?? {};
    this.raw = texts === null && (args.length > 0 || Object.keys(kwargs).length > 0);
    this.#fillRaw({ args, kwargs });
  }

  #fillRaw({ args, kwargs }) {
    this.argsText = args.length ? JSON.stringify(args) : '';
    this.kwargsText = Object.keys(kwargs).length ? JSON.stringify(kwargs) : '';
  }

  get #isRaw() {
    return this.raw || !this.parameters;
  }

  #read() {
    return this.#isRaw
      ? readRaw(this.argsText, this.kwargsText)
      : readFields(this.parameters, this.texts);
  }

  #say() {
    const read = this.#read();
    this.#errors = read.errors;
    this.dispatchEvent(new CustomEvent('arguments', { detail: read }));
    this.requestUpdate();
  }

  #toggle() {
    const read = this.#read();
    if (this.#isRaw) {
      this.texts = textsOf(this.parameters, read) ?? this.texts;
      this.raw = false;
    } else {
      this.#fillRaw(read);
      this.raw = true;
    }
    this.#say();
  }

  #set(name, text) {
    this.texts = { ...this.texts, [name]: text };
    this.#say();
  }

  #error(name, at = -1) {
    const own = this.checked ? this.#errors[name] : '';
    return own || this.problems[`kwargs.${name}`] || this.problems[`args[${at}]`] || '';
  }

  render() {
    return html`<div class="arguments-head">
        <h3 id="arguments-title">Arguments</h3>
        ${this.parameters
          ? html`<button type="button" class="btn btn-sm" aria-pressed=${this.raw} @click=${this.#toggle}>
              ${this.raw ? 'Fill in fields' : 'Write JSON'}
            </button>`
          : nothing}
      </div>
      <div role="group" aria-labelledby="arguments-title">${this.#isRaw ? this.#boxes() : this.#fields()}</div>`;
  }

  #boxes() {
    const box = (id, label, value, take, placeholder) =>
      field({
        id,
        label,
        error: (this.checked && this.#errors[id]) || this.problems[id] || '',
        control: jsonControl({ value, placeholder, input: take }),
      });
    return html`${box('args', 'args, by position', this.argsText, (text) => this.#setRaw('argsText', text), '["P1", 3]')}
    ${box('kwargs', 'kwargs, by name', this.kwargsText, (text) => this.#setRaw('kwargsText', text), '{"dry_run": true}')}`;
  }

  #setRaw(name, text) {
    this[name] = text;
    this.#say();
  }

  #fields() {
    if (!this.parameters.length) return html`<p class="help">This action takes no arguments.</p>`;
    return html`${this.parameters.map((parameter, at) => this.#field(parameter, at))}
    ${this.problems.args || this.problems.kwargs
      ? html`<p class="field-error">${this.problems.args ?? this.problems.kwargs}</p>`
      : nothing}`;
  }

  #field(parameter, at) {
    const { name, type, description } = parameter;
    return field({
      id: `argument-${name}`,
      label: html`<span class="mono">${name}</span>${type ? html`<span class="type">${type}</span>` : nothing}`,
      help: description,
      error: this.#error(name, at),
      required: isDemanded(parameter),
      control: this.#control(parameter),
    });
  }

  #control(parameter) {
    const { name, default: preset, required } = parameter;
    const kind = kindOf(parameter);
    const value = this.texts[name] ?? '';
    const input = (text) => this.#set(name, text);
    const placeholder = required || preset === undefined ? '' : defaultInWords(preset);
    if (kind === 'bool') {
      const unset = [['', placeholder || 'Choose']];
      const options = [...unset, ['true', 'true'], ['false', 'false']];
      return selectControl({ value, options, change: input });
    }
    if (kind === 'list' || kind === 'dict') {
      const sample = placeholder || (kind === 'list' ? '["a", 1]' : '{"a": 1}');
      return jsonControl({ value, input, placeholder: sample });
    }
    const numeric = kind === 'int' || kind === 'float';
    return textControl({ value, input, placeholder, numeric });
  }
}

function defaultInWords(preset) {
  return `default: ${typeof preset === 'string' ? preset || '(empty)' : JSON.stringify(preset)}`;
}

customElements.define('octopus-arguments', OctopusArguments);
