// Where a task runs: on one client, on all of them, on a certain one; and on whom that falls now.
import { html, nothing } from 'lit';
import { counted } from '../format.js';
import { readLabels } from '../task-form.js';
import { field, selectControl, textControl } from './field.js';

const CHOICES = [
  ['Anyone', 'Anyone', 'One client that is online and has a free slot'],
  ['ALL', 'ALL', 'Every client that is online when it starts'],
  ['client', 'A client', 'The one you name; waits until it is online'],
];

export function ownerChoice({ form, clients, errors, set }) {
  return html`<fieldset class="choices">
      <legend class="visually-hidden">Owner</legend>
      ${CHOICES.map(
        ([value, name, words]) => html`<label class="choice">
          <input class="form-check-input" type="radio" name="owner" value=${value}
            .checked=${form.owner === value} @change=${() => set({ owner: value })} />
          <span><strong>${name}</strong><small>${words}</small></span>
        </label>`,
      )}
    </fieldset>
    ${form.owner === 'client' ? clientField(form, clients, errors, set) : labelsField(form, errors, set)}
    ${errors.owner && form.owner !== 'client' ? html`<p class="field-error">${errors.owner}</p>` : nothing}`;
}

function clientField(form, clients, errors, set) {
  const options = clients.map(({ name, status }) => [name, `${name} (${status})`]);
  const known = clients.some(({ name }) => name === form.client);
  const other = form.client && !known ? [[form.client, `${form.client} (never seen)`]] : [];
  return field({
    id: 'client',
    label: 'Client',
    error: errors.owner,
    control: selectControl({
      value: form.client,
      options: [['', 'Choose a client'], ...other, ...options],
      change: (client) => set({ client }),
    }),
  });
}

function labelsField(form, errors, set) {
  return field({
    id: 'labels',
    label: 'Only clients with labels',
    help: 'Leave it empty for all of them.',
    error: errors.labels,
    control: textControl({
      value: form.labels,
      placeholder: 'os=linux, zone=eu',
      mono: true,
      input: (labels) => set({ labels }),
    }),
  });
}

/** Runs on 3 of 4 clients now: a, b, c. */
export function targetsInWords(form, clients) {
  if (form.owner === 'client') return named(form.client, clients);
  const fitting = clients.filter((client) => hasLabels(client, form.labels));
  const ready = fitting.filter(({ status, draining }) => status === 'Online' && !draining);
  if (!ready.length) {
    return form.owner === 'ALL'
      ? 'No client is online that fits: it would run nowhere.'
      : 'No client is online that fits: it waits for one.';
  }
  const names = ready.slice(0, 8).map(({ name }) => name);
  const more = ready.length > names.length ? ` and ${ready.length - names.length} more` : '';
  return form.owner === 'ALL'
    ? html`Runs on <strong>${ready.length} of ${counted(clients.length, 'client')}</strong>: ${names.join(', ')}${more}.`
    : html`Runs on <strong>one of ${counted(ready.length, 'client')}</strong>: ${names.join(', ')}${more}.`;
}

function named(name, clients) {
  if (!name) return 'No client is chosen yet.';
  const status = clients.find((client) => client.name === name)?.status;
  return status === 'Online'
    ? html`Runs on <strong>${name}</strong>.`
    : html`Waits for <strong>${name}</strong>, which is ${status ?? 'not known yet'}.`;
}

function hasLabels({ labels = {} }, text) {
  try {
    return Object.entries(readLabels(text)).every(([key, value]) => labels?.[key] === value);
  } catch {
    return true;
  }
}
