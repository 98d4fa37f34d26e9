// From the form of a new task to the body of POST /tasks, and back. No page in here, only values.

/** @typedef {typeof EMPTY_FORM} TaskForm */

export const EMPTY_FORM = Object.freeze({
  name: '',
  plugin: '',
  action: '',
  owner: 'Anyone',
  client: '',
  labels: '',
  timeout: '',
  type: 'Adhoc',
  start: '',
  end: '',
  zone: ownZone(),
  cron: '',
  every: '',
  unit: 'm',
  mode: 'fixed_rate',
  attempts: '',
  overlap: 'skip',
  misfire: 'fire_once',
  expires: '',
  maxRuns: '',
  kept: Object.freeze({}),
});

/** The form filled in as a task is; what it has no field for is kept, to be sent back as it was. */
export function formOf(task) {
  const labels = Object.entries(task.labels ?? {}).map((pair) => pair.join('='));
  const zone = task.time_zone ?? EMPTY_FORM.zone;
  return {
    ...EMPTY_FORM,
    name: task.name,
    plugin: task.plugin,
    action: task.action,
    labels: labels.join(', '),
    timeout: text(task.timeout),
    type: task.type,
    start: localTime(task.execution_start_time, zone),
    end: localTime(task.execution_end_time, zone),
    zone,
    cron: task.cron ?? '',
    ...rhythmOf(task.interval),
    mode: task.interval_mode ?? 'fixed_rate',
    attempts: text(task.retry?.max_attempts),
    overlap: task.overlap ?? 'skip',
    misfire: task.misfire ?? 'fire_once',
    expires: text(task.expires_after),
    maxRuns: text(task.max_concurrent_runs),
    kept: { description: task.description, retry: task.retry },
    ...ownerFields(task.owner),
  };
}

const text = (value) => (value == null ? '' : String(value));

export const UNITS = [
  ['s', 'seconds', 1],
  ['m', 'minutes', 60],
  ['h', 'hours', 3600],
  ['d', 'days', 86400],
];

function rhythmOf(seconds) {
  if (seconds == null) return {};
  const [unit, , size] = UNITS.findLast(([, , length]) => seconds % length === 0) ?? UNITS[0];
  return { every: String(seconds / size), unit };
}

export function ownZone() {
  return Intl.DateTimeFormat().resolvedOptions().timeZone ?? 'UTC';
}

/** What clocks in a zone show, as the browser's field for times takes it. */
export function localTime(when, zone) {
  if (!when) return '';
  const shown = new Intl.DateTimeFormat('sv-SE', {
    timeZone: zone, dateStyle: 'short', timeStyle: 'medium', hourCycle: 'h23',
  }).format(new Date(when));
  return shown.replace(' ', 'T').replace(/:00$/, '');
}

export function ownerFields(owner) {
  return owner === 'ALL' || owner === 'Anyone' ? { owner } : { owner: 'client', client: owner };
}

/** The task as the API takes it; what is left empty is left to the server's defaults. */
export function bodyOf(form, { args, kwargs }) {
  const { name, plugin, action, owner, client, labels } = form;
  const body = { plugin, action, owner: owner === 'client' ? client : owner, ...scheduleOf(form), args };
  if (Object.keys(kwargs).length) body.kwargs = kwargs;
  if (name.trim()) body.name = name.trim();
  if (form.kept.description) body.description = form.kept.description;
  if (owner !== 'client' && labels.trim()) body.labels = labelsOr(labels, {});
  if (form.timeout.trim()) body.timeout = numberOr(form.timeout);
  if (form.kept.retry) body.retry = { ...form.kept.retry };
  if (form.attempts.trim()) body.retry = { ...body.retry, max_attempts: numberOr(form.attempts) };
  if (form.expires.trim()) body.expires_after = numberOr(form.expires);
  if (form.maxRuns.trim()) body.max_concurrent_runs = numberOr(form.maxRuns);
  return body;
}

function scheduleOf({ type, start, end, zone, cron, every, unit, mode, overlap, misfire }) {
  const schedule = { type };
  if (start) schedule.execution_start_time = start;
  if (end && type !== 'Adhoc') schedule.execution_end_time = end;
  if (type === 'Scheduled' && cron.trim()) schedule.cron = cron.trim();
  if (type === 'Interval') {
    schedule.interval = unit === 's' ? numberOr(every) : `${every.trim()}${unit}`;
    if (mode !== 'fixed_rate') schedule.interval_mode = mode;
  }
  if (schedule.cron || start || end) schedule.time_zone = zone;
  if (overlap !== 'skip') schedule.overlap = overlap;
  if (misfire !== 'fire_once') schedule.misfire = misfire;
  return schedule;
}

/** A number where one is written; anything else is for the server to judge. */
function numberOr(written) {
  const trimmed = written.trim();
  return /^\d+(\.\d+)?$/.test(trimmed) ? Number(trimmed) : trimmed;
}

/** What is wrong with the form, by field, as far as that shows without the server. */
export function errorsOf({ plugin, owner, client, labels, type, cron, start, every }) {
  const errors = {};
  if (!plugin) errors.plugin = 'Choose what to run.';
  if (owner === 'client' && !client) errors.owner = 'Choose a client.';
  if (owner !== 'client' && labelsOr(labels, null) === null) {
    errors.labels = 'Labels are written as key=value, key=value.';
  }
  if (type === 'Scheduled' && !cron.trim() && !start) errors.cron = 'Say when: a cron expression, or a start.';
  if (type === 'Interval' && !every.trim()) errors.interval = 'Say how often.';
  return errors;
}

function labelsOr(text, otherwise) {
  try {
    return readLabels(text);
  } catch {
    return otherwise;
  }
}

/** `os=linux, zone=eu` as an object. */
export function readLabels(text) {
  const labels = {};
  for (const part of text.split(',')) {
    if (!part.trim()) continue;
    const [key, ...rest] = part.split('=');
    if (!key.trim() || !rest.length) throw new Error('Labels are written as key=value, key=value.');
    labels[key.trim()] = rest.join('=').trim();
  }
  return labels;
}

/** The call that creates this task, for a shell. */
export function curlOf(body) {
  const data = JSON.stringify(body).replaceAll("'", "'\\''");
  return `curl -X POST ${location.origin}/tasks \\\n  -H 'Content-Type: application/json' \\\n  -d '${data}'`;
}
