// The table of executions, as the pages of executions, of a task and of a client show it.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { duration, firstLine } from '../format.js';
import { reasonInWords } from '../words.js';
import { stateBadge } from './badges.js';
import { skeletonRows } from './states.js';

/** @param {import('../live/live-list.js').LiveList} list */
export function executionsTable(list, { caption, showTask = true, showClient = true }) {
  const columns = 5 + Number(showTask) + Number(showClient);
  return html`<table class="table rows executions" aria-busy=${list.state === 'loading'}>
    <caption class="visually-hidden">${caption}</caption>
    <thead>
      <tr>
        <th scope="col">Execution</th>
        ${showTask ? html`<th scope="col">Task</th>` : nothing}
        ${showClient ? html`<th scope="col">Client</th>` : nothing}
        <th scope="col">State</th>
        <th scope="col" class="num">Attempt</th>
        <th scope="col">Started</th>
        <th scope="col" class="num">Duration</th>
      </tr>
    </thead>
    <tbody>
      ${list.state === 'loading' ? skeletonRows(columns) : nothing}
      ${repeat(list.items, (execution) => execution.id, (execution) => row(execution, showTask, showClient))}
    </tbody>
  </table>`;
}

function row(execution, showTask, showClient) {
  const { id, task_id: task, plugin, action, client, status, attempt } = execution;
  return html`<tr>
    <th scope="row" class="what">
      <a href="/ui/executions/${id}">${plugin?.name}.${action}</a>
      <span class="sub mono">${id}</span>
    </th>
    ${showTask
      ? html`<td data-name="Task"><a class="plain-link mono" href="/ui/tasks/${task}">${task}</a></td>`
      : nothing}
    ${showClient ? html`<td data-name="Client">${clientLink(client)}</td>` : nothing}
    <td data-name="State">${stateBadge(status)}${note(execution)}</td>
    <td data-name="Attempt" class="num">${attempt || '–'}</td>
    <td data-name="Started"><octopus-time .at=${execution.started_at}></octopus-time></td>
    <td data-name="Duration" class="num">${elapsed(execution)}</td>
  </tr>`;
}

export function clientLink(client) {
  if (!client) return html`<span class="text-secondary">–</span>`;
  return html`<a class="plain-link" href="/ui/clients/${encodeURIComponent(client)}">${client}</a>`;
}

/** The first line of what went wrong, or why it waits: the question a row must answer by itself. */
function note({ status, message, error, reason, progress }) {
  if (status === 'Completed') return nothing;
  if (status === 'Running') return progress ? progressNote(progress) : nothing;
  const text = firstLine(error?.message || message || reasonInWords(reason));
  return text ? html`<span class="sub note-line" title=${text}>${text}</span>` : nothing;
}

function progressNote({ fraction, message }) {
  return html`<span class="sub note-line">
    ${fraction == null ? nothing : html`<progress max="1" .value=${fraction} aria-label="Progress"></progress>`}
    ${message ?? ''}
  </span>`;
}

export function elapsed({ status, started_at: started, duration_ms: took }) {
  if (status === 'Running' && started) return html`<octopus-time since .at=${started}></octopus-time>`;
  return duration(took);
}
