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
});

/** The form filled in as a task is. */
export function formOf(task) {
  const labels = Object.entries(task.labels ?? {}).map((pair) => pair.join('='));
  return {
    ...EMPTY_FORM,
    name: task.name,
    plugin: task.plugin,
    action: task.action,
    labels: labels.join(', '),
    timeout: task.timeout == null ? '' : String(task.timeout),
    ...ownerFields(task.owner),
  };
}

export function ownerFields(owner) {
  return owner === 'ALL' || owner === 'Anyone' ? { owner } : { owner: 'client', client: owner };
}

/** The task as the API takes it; what is left empty is left to the server's defaults. */
export function bodyOf({ name, plugin, action, owner, client, labels, timeout }, { args, kwargs }) {
  const body = { plugin, action, owner: owner === 'client' ? client : owner, type: 'Adhoc', args };
  const limit = timeout.trim();
  if (Object.keys(kwargs).length) body.kwargs = kwargs;
  if (name.trim()) body.name = name.trim();
  if (owner !== 'client' && labels.trim()) body.labels = labelsOr(labels, {});
  if (limit) body.timeout = /^\d+(\.\d+)?$/.test(limit) ? Number(limit) : limit;
  return body;
}

/** What is wrong with the form, by field, as far as that shows without the server. */
export function errorsOf({ plugin, owner, client, labels }) {
  const errors = {};
  if (!plugin) errors.plugin = 'Choose what to run.';
  if (owner === 'client' && !client) errors.owner = 'Choose a client.';
  if (owner !== 'client' && labelsOr(labels, null) === null) {
    errors.labels = 'Labels are written as key=value, key=value.';
  }
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
