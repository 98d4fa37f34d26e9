// What the API's codes mean, in words for a reader.

const REASONS = {
  no_client_online: 'No client is online that may run this',
  client_offline: 'Waits for its client, which is not online',
  no_free_slot: 'Waits for a free slot',
  label_mismatch: 'No online client has the labels asked for',
  draining: 'The client takes no new work (draining)',
  retry_at: 'Waits for its next attempt',
  expired: 'Not started in time, so not started at all',
  overlap: 'An earlier run was still going on',
  misfire: 'The time to start was missed',
  paused: 'The task is paused',
  plugin_missing: 'The plugin could not be loaded',
  action_missing: 'The plugin has no such action',
  bad_arguments: 'The arguments do not fit the action',
  exception: 'The plugin raised an exception',
  exit_code: 'The plugin ended with an error code',
  bad_result: 'The plugin’s result says that it failed, or could not be read',
  result_too_large: 'The result was too large',
  worker_lost: 'The client was lost while it ran this',
  superseded: 'A newer attempt took its place',
  no_targets: 'There was no client to run on',
};

/** A reason code in words; an unknown code is shown as it is. */
export function reasonInWords(code) {
  return code ? (REASONS[code] ?? String(code).replaceAll('_', ' ')) : '';
}

const MARKS = {
  Completed: '✓',
  Failed: '✗',
  TimedOut: '⏱',
  Lost: '?',
  Cancelled: '⊘',
  Skipped: '⤼',
  Running: '▶',
  Active: '▶',
  Pending: '…',
  Created: '…',
};

/** One sign for a status, for the window's title. */
export const markOf = (status) => MARKS[status] ?? '';

const SPOKEN = { TimedOut: 'Timed out' };

export const statusInWords = (status) => SPOKEN[status] ?? status;

const FINAL = new Set(['Completed', 'Failed', 'TimedOut', 'Cancelled', 'Lost', 'Skipped']);

/** Whether an execution or a run with this status will change no more. */
export const isFinal = (status) => FINAL.has(status);

export const EXECUTION_STATUSES = [
  'Pending',
  'Running',
  'Completed',
  'Failed',
  'TimedOut',
  'Cancelled',
  'Lost',
  'Skipped',
];

export const TASK_STATUSES = ['Created', 'Active', 'Completed', 'Failed', 'Cancelled'];
