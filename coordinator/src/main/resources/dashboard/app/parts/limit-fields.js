// What a task may take: time, attempts, waiting, and what happens when its firings meet or come late.
import { html } from 'lit';
import { field, selectControl, textControl } from './field.js';

const OVERLAPS = [
  ['skip', 'leave that client out'],
  ['queue_one', 'wait until it is done'],
  ['allow', 'run beside it'],
  ['cancel_previous', 'cancel the earlier one'],
];

const MISFIRES = [
  ['fire_once', 'catch up once'],
  ['skip', 'leave them out'],
  ['fire_all', 'run each of them'],
];

export function limitFields({ form, errors, set }) {
  const written = (id, label, name, placeholder, help = '') =>
    field({
      id,
      label,
      help,
      error: errors[name],
      control: textControl({ value: form[id], placeholder, input: (value) => set({ [id]: value }) }),
    });
  const chosen = (id, label, options) =>
    field({
      id,
      label,
      error: errors[id],
      control: selectControl({ value: form[id], options, change: (value) => set({ [id]: value }) }),
    });
  return html`<div class="pair">
    ${written('timeout', 'Time limit', 'timeout', 'the server’s default', 'Seconds, or 90s, 5m, 2h. After it the plugin is stopped.')}
    ${written('attempts', 'Attempts', 'retry', 'the server’s default', 'How often it is tried when it fails.')}
    ${chosen('overlap', 'When a client is still busy with it', OVERLAPS)}
    ${chosen('misfire', 'When times were missed', MISFIRES)}
    ${written('expires', 'May wait', 'expires_after', form.type === 'Adhoc' ? '7d' : 'until the next time')}
    ${written('maxRuns', 'Runs at once', 'max_concurrent_runs', 'any number')}
  </div>`;
}
