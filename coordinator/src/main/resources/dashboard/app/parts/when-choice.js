// When a task fires: once, by cron, or every so often; and between which times.
import { html, nothing } from 'lit';
import { UNITS } from '../task-form.js';
import { field, selectControl, textControl } from './field.js';

const CHOICES = [
  ['Adhoc', 'Once', 'At once, or at a time'],
  ['Scheduled', 'Scheduled', 'By a cron expression in a time zone'],
  ['Interval', 'Interval', 'Every so many seconds, minutes, hours'],
];

const PRESETS = [
  ['', 'Choose one, or write your own'],
  ['0 * * * *', 'Every hour'],
  ['*/15 * * * *', 'Every 15 minutes'],
  ['30 2 * * *', 'Every night at 02:30'],
  ['0 9 * * MON-FRI', 'On weekdays at 09:00'],
  ['0 6 * * MON', 'Every Monday at 06:00'],
  ['0 0 1 * *', 'On the first of the month'],
  ['0 0 L * *', 'On the last day of the month'],
];

const MODES = [
  ['fixed_rate', 'from start to start'],
  ['fixed_delay', 'from the end of a run'],
];

export function whenChoice({ form, errors, set }) {
  return html`<fieldset class="choices">
      <legend class="visually-hidden">When</legend>
      ${CHOICES.map(
        ([value, name, words]) => html`<label class="choice">
          <input class="form-check-input" type="radio" name="type" value=${value}
            .checked=${form.type === value} @change=${() => set({ type: value })} />
          <span><strong>${name}</strong><small>${words}</small></span>
        </label>`,
      )}
    </fieldset>
    ${errors.type ? html`<p class="field-error">${errors.type}</p>` : nothing}
    ${form.type === 'Scheduled' ? cronFields(form, errors, set) : nothing}
    ${form.type === 'Interval' ? intervalFields(form, errors, set) : nothing} ${bounds(form, errors, set)}`;
}

function cronFields(form, errors, set) {
  const preset = PRESETS.some(([cron]) => cron === form.cron) ? form.cron : '';
  return html`<div class="pair">
    ${field({
      id: 'cron',
      label: 'Cron expression',
      help: 'Minute, hour, day of month, month, day of week; or @daily.',
      error: errors.cron,
      control: textControl({
        value: form.cron, placeholder: '30 2 * * MON-FRI', mono: true, input: (cron) => set({ cron }),
      }),
    })}
    ${field({
      id: 'preset',
      label: 'Usual ones',
      control: selectControl({ value: preset, options: PRESETS, change: (cron) => cron && set({ cron }) }),
    })}
  </div>`;
}

function intervalFields(form, errors, set) {
  return html`<div class="pair">
    ${field({
      id: 'every',
      label: 'Every',
      error: errors.interval,
      control: textControl({ value: form.every, placeholder: '5', numeric: true, input: (every) => set({ every }) }),
    })}
    ${field({
      id: 'unit',
      label: 'Unit',
      control: selectControl({ value: form.unit, options: UNITS, change: (unit) => set({ unit }) }),
    })}
    ${field({
      id: 'mode',
      label: 'Counted',
      error: errors.interval_mode,
      control: selectControl({ value: form.mode, options: MODES, change: (mode) => set({ mode }) }),
    })}
  </div>`;
}

function bounds(form, errors, set) {
  const isOnce = form.type === 'Adhoc';
  return html`<div class="pair">
    ${field({
      id: 'start',
      label: isOnce ? 'At' : 'Not before',
      help: isOnce ? 'Leave it empty for at once.' : '',
      error: errors.execution_start_time,
      control: timeControl(form.start, (start) => set({ start })),
    })}
    ${isOnce
      ? nothing
      : field({
          id: 'end',
          label: 'Not after',
          error: errors.execution_end_time,
          control: timeControl(form.end, (end) => set({ end })),
        })}
    ${field({
      id: 'zone',
      label: 'Time zone',
      error: errors.time_zone,
      control: selectControl({ value: form.zone, options: zones(form.zone), change: (zone) => set({ zone }) }),
    })}
  </div>`;
}

function timeControl(value, change) {
  return ({ id, invalid, describedBy, css }) => html`<input
    class="form-control ${css}"
    id=${id}
    type="datetime-local"
    step="1"
    aria-invalid=${invalid}
    aria-describedby=${describedBy}
    .value=${value}
    @change=${(event) => change(event.target.value)}
  />`;
}

/** The zones that the browser knows, and the one that is chosen. */
function zones(chosen) {
  const known = Intl.supportedValuesOf?.('timeZone') ?? [];
  return [...new Set(['UTC', chosen, ...known])].sort().map((zone) => [zone, zone]);
}
