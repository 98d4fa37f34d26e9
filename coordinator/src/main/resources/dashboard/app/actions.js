// What a user can do to tasks and executions: asks where it must, calls the API, says what came of it.
import { post, remove } from './api.js';
import { confirmed } from './parts/octopus-confirm.js';
import { toast, toastProblem } from './parts/octopus-toasts.js';

const address = (collection, id, action = '') =>
  `/${collection}/${encodeURIComponent(id)}${action && `/${action}`}`;

async function attempt(what, call) {
  try {
    return (await call()) ?? true;
  } catch (error) {
    toastProblem(what, error);
    return false;
  }
}

const runLink = (runId) => `/ui/executions?run_id=${encodeURIComponent(runId)}`;

function sayStarted(name, answer) {
  toast(`${name} was started`, { href: runLink(answer.run_id), linkText: answer.run_id });
}

export async function runTask(task) {
  const answer = await attempt(`${task.name} was not started`, () =>
    post(address('tasks', task.id, 'run')),
  );
  if (answer) sayStarted(task.name, answer);
}

export async function cancelTask(task) {
  const sure = await confirmed({
    title: `Cancel ${task.name}?`,
    text: 'What waits is dropped and what runs is stopped, on every client.',
    yes: 'Cancel the task',
  });
  if (!sure) return;
  const done = await attempt(`${task.name} was not cancelled`, () =>
    post(address('tasks', task.id, 'cancel')),
  );
  if (done) toast(`${task.name} was cancelled`);
}

/** Stops a task's schedule for now, or lets it go on. */
export async function setPaused(task, paused) {
  const done = await attempt(`${task.name} was not changed`, () =>
    post(address('tasks', task.id, paused ? 'pause' : 'resume')),
  );
  if (done) toast(paused ? `${task.name} is paused` : `${task.name} goes on`);
}

/** Whether the task is gone. */
export async function deleteTask(task) {
  const sure = await confirmed({
    title: `Delete ${task.name}?`,
    text: 'It runs no more and what runs is stopped. Its executions stay readable.',
    yes: 'Delete the task',
  });
  if (!sure) return false;
  const done = await attempt(`${task.name} was not deleted`, () =>
    remove(address('tasks', task.id)),
  );
  if (done) toast(`${task.name} was deleted`);
  return Boolean(done);
}

export async function cancelExecution(execution) {
  const sure = await confirmed({
    title: `Cancel ${execution.id}?`,
    text: execution.status === 'Running' ? 'The plugin is stopped on its client.' : 'It will not run.',
    yes: 'Cancel the execution',
  });
  if (!sure) return;
  const done = await attempt(`${execution.id} was not cancelled`, () =>
    post(address('executions', execution.id, 'cancel')),
  );
  if (done) toast(`${execution.id} is being cancelled`);
}

export async function retryExecution(execution) {
  const answer = await attempt(`${execution.id} was not started again`, () =>
    post(address('executions', execution.id, 'retry')),
  );
  if (answer) sayStarted(execution.id, answer);
}

/** Gives a client no new work, or lets it have work again. */
export async function setDraining(client, draining) {
  const done = await attempt(`${client.name} was not changed`, () =>
    post(address('clients', client.name, draining ? 'drain' : 'resume')),
  );
  if (done) toast(draining ? `${client.name} gets no new work` : `${client.name} gets work again`);
  return Boolean(done);
}

/** Whether another version serves now. */
export async function rollBackPlugin(name, { number, sha256 }) {
  const sure = await confirmed({
    title: `Serve version ${number} of ${name}?`,
    text: 'Every client runs it from its next execution. What runs and what is retried keeps its version.',
    yes: `Serve version ${number}`,
  });
  if (!sure) return false;
  const done = await attempt(`${name} was not changed`, () =>
    post(address('plugins', name, 'rollback'), { version: sha256 }),
  );
  if (done) toast(`Version ${number} of ${name} serves now`);
  return Boolean(done);
}

/** Deletes a plugin; answers null when that was not wanted, otherwise what was wrong or true. */
export async function deletePlugin(name, { force }) {
  const sure = await confirmed({
    title: force ? `Delete ${name} although it is used?` : `Delete ${name}?`,
    text: force
      ? 'Executions that wait for it fail. Its versions stay, so that it can be brought back.'
      : 'New tasks cannot use it any more. Its versions stay, so that it can be brought back.',
    yes: 'Delete the plugin',
  });
  if (!sure) return null;
  try {
    await remove(address('plugins', name) + (force ? '?force=true' : ''));
    toast(`${name} was deleted`);
    return true;
  } catch (error) {
    return error;
  }
}

/** Whether the client is forgotten. */
export async function forgetClient(client) {
  const sure = await confirmed({
    title: `Forget ${client.name}?`,
    text: 'It leaves the list. When it joins again it is back.',
    yes: 'Forget the client',
  });
  if (!sure) return false;
  const done = await attempt(`${client.name} was not forgotten`, () =>
    remove(address('clients', client.name)),
  );
  if (done) toast(`${client.name} was forgotten`);
  return Boolean(done);
}
