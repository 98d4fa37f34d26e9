// Controls above a list; what they are set to lives in the address.
import { html, nothing } from 'lit';
import { setQuery } from '../router.js';

const TYPING_PAUSE = 250;
let typing = 0;

/** A drop-down that sets one entry of the query. */
export function selectFilter({ query, name, label, options, all }) {
  const change = (event) => setQuery({ ...query, [name]: event.target.value });
  const value = query[name] ?? '';
  const known = options.some(([option]) => option === value);
  return html`<label class="filter">
    <span class="visually-hidden">${label}</span>
    <select class="form-select form-select-sm" .value=${value} @change=${change}>
      <option value="" ?selected=${!value}>${all}</option>
      ${value && !known ? html`<option value=${value} selected>${value}</option>` : nothing}
      ${options.map(
        ([option, text]) => html`<option value=${option} ?selected=${option === value}>${text}</option>`,
      )}
    </select>
  </label>`;
}

/** A text field that sets one entry of the query a moment after the typing stops. */
export function textFilter({ query, name, label }) {
  const change = (event) => {
    const input = event.target;
    clearTimeout(typing);
    typing = setTimeout(() => setQuery({ ...query, [name]: input.value }), TYPING_PAUSE);
  };
  return html`<label class="filter">
    <span class="visually-hidden">${label}</span>
    <input class="form-control form-control-sm" type="search" placeholder=${label} .value=${query[name] ?? ''}
      autocomplete="off" spellcheck="false" @input=${change} />
  </label>`;
}

/** Whether any filter is set. */
export const isFiltered = (query) => Object.values(query).some(Boolean);

export function clearFilters() {
  return html`<button type="button" class="btn" @click=${() => setQuery({})}>Clear the filters</button>`;
}
