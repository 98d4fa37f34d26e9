// One labelled control with its help and its error, tied together for screen readers.
import { html, nothing } from 'lit';

/**
 * @param {{id: string, label: unknown, help?: unknown, error?: string, required?: boolean,
 *     control: (attributes: {id: string, invalid: any, describedBy: any, css: string}) => unknown}} field
 */
export function field({ id, label, help = '', error = '', required = false, control }) {
  const helpId = help ? `${id}-help` : '';
  const errorId = error ? `${id}-error` : '';
  const describedBy = [helpId, errorId].filter(Boolean).join(' ') || nothing;
  return html`<div class="field">
    <label class="form-label" for=${id}>${label}${required ? html`<span class="needed">needed</span>` : nothing}</label>
    ${control({ id, invalid: error ? 'true' : nothing, describedBy, css: error ? 'is-invalid' : '' })}
    ${help ? html`<p class="help" id=${helpId}>${help}</p>` : nothing}
    ${error ? html`<p class="field-error" id=${errorId}>${error}</p>` : nothing}
  </div>`;
}

/** A text input as the control of a field. */
export function textControl({ value, input, placeholder = '', mono = false, numeric = false }) {
  return ({ id, invalid, describedBy, css }) => html`<input
    class="form-control ${mono ? 'mono' : ''} ${css}"
    id=${id}
    type="text"
    inputmode=${numeric ? 'decimal' : nothing}
    autocomplete="off"
    spellcheck="false"
    placeholder=${placeholder || nothing}
    aria-invalid=${invalid}
    aria-describedby=${describedBy}
    .value=${value}
    @input=${(event) => input(event.target.value)}
  />`;
}

/** A box for JSON as the control of a field. */
export function jsonControl({ value, input, rows = 2, placeholder = '' }) {
  return ({ id, invalid, describedBy, css }) => html`<textarea
    class="form-control mono ${css}"
    id=${id}
    rows=${rows}
    spellcheck="false"
    placeholder=${placeholder || nothing}
    aria-invalid=${invalid}
    aria-describedby=${describedBy}
    .value=${value}
    @input=${(event) => input(event.target.value)}
  ></textarea>`;
}

/** A drop-down as the control of a field. */
export function selectControl({ value, options, change }) {
  return ({ id, invalid, describedBy, css }) => html`<select
    class="form-select ${css}"
    id=${id}
    aria-invalid=${invalid}
    aria-describedby=${describedBy}
    @change=${(event) => change(event.target.value)}
  >
    ${options.map(([option, text]) => html`<option value=${option} .selected=${option === value}>${text}</option>`)}
  </select>`;
}
