import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { cancelTask, deleteTask, runTask } from '../actions.js';
import { PageElement } from '../element.js';
import { interval } from '../format.js';
import { LiveList } from '../live/live-list.js';
import { countsInWords, labelBadges, ownerBadge, stateBadge } from '../parts/badges.js';
import { clearFilters, isFiltered, selectFilter, textFilter } from '../parts/filters.js';
import { binIcon, playIcon, stopIcon } from '../parts/icons.js';
import { heldRows, olderRows } from '../parts/list-foot.js';
import '../parts/octopus-overview.js';
import { empty, failure, skeletonRows } from '../parts/states.js';
import { TASK_STATUSES, statusInWords } from '../words.js';

const COLUMNS = 6;
const TYPES = ['Adhoc', 'Scheduled', 'Interval'];

/** The home page: figures of the moment, and every task with its state and its last run. */
class OctopusTasks extends PageElement {
  static properties = { query: { attribute: false } };
  tasks = new LiveList(this, { kind: 'task', path: '/tasks', accepts });

  constructor() {
    super();
    this.query = {};
  }

  connectedCallback() {
    super.connectedCallback();
    document.title = 'Tasks – Octopus';
  }

  willUpdate(changed) {
    if (changed.has('query')) this.tasks.load(this.query);
  }

  async #delete(task) {
    if (await deleteTask(task)) this.tasks.drop(task.id);
  }

  render() {
    const { query, tasks } = this;
    return html`<h1 class="visually-hidden">Tasks</h1>
      <octopus-overview></octopus-overview>
      <section class="card list" aria-labelledby="tasks-title">
        <div class="list-head">
          <h2 id="tasks-title">Tasks</h2>
          <div class="filters">
            ${textFilter({ query, name: 'q', label: 'Filter by name or id' })}
            ${selectFilter({ query, name: 'status', label: 'State', all: 'Any state', options: pairs(TASK_STATUSES) })}
            ${selectFilter({ query, name: 'type', label: 'Type', all: 'Any type', options: pairs(TYPES) })}
          </div>
        </div>
        ${failure(tasks.error, {
          what: 'The tasks could not be loaded',
          staleSince: tasks.items.length ? tasks.staleSince : null,
          retry: () => tasks.refresh(),
        })}
        ${heldRows(tasks)} ${this.#table()} ${olderRows(tasks)}
      </section>`;
  }

  #table() {
    const { state, items } = this.tasks;
    if (state === 'failed') return nothing;
    if (state === 'ready' && !items.length) return this.#empty();
    return html`<table class="table rows tasks" aria-busy=${state === 'loading'}>
      <caption class="visually-hidden">Tasks, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Task</th>
          <th scope="col">Owner</th>
          <th scope="col">When</th>
          <th scope="col">Last run</th>
          <th scope="col">State</th>
          <th scope="col"><span class="visually-hidden">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${state === 'loading' ? skeletonRows(COLUMNS) : nothing}
        ${repeat(items, (task) => task.id, (task) => this.#row(task))}
      </tbody>
    </table>`;
  }

  #row(task) {
    return html`<tr>
      <th scope="row" class="what">
        <a href="/ui/tasks/${task.id}">${task.name}</a>
        <span class="sub mono">${task.id} · ${task.plugin}.${task.action}</span>
      </th>
      <td data-name="Owner">${ownerBadge(task.owner)} ${labelBadges(task.labels)}</td>
      <td data-name="When">${when(task)}</td>
      <td data-name="Last run">${lastRun(task)}</td>
      <td data-name="State">${stateBadge(task.status)}${task.paused ? stateBadge('Paused') : nothing}</td>
      <td class="acts">${this.#actions(task)}</td>
    </tr>`;
  }

  #actions(task) {
    const active = task.status === 'Active' || task.status === 'Created';
    return html`<div class="acts-row">
      <button type="button" class="btn btn-sm" @click=${() => runTask(task)} aria-label="Run now: ${task.name}">
        ${playIcon()}Run now
      </button>
      <button type="button" class="btn-icon" ?disabled=${!active} title="Cancel"
        aria-label="Cancel ${task.name}" @click=${() => cancelTask(task)}>
        ${stopIcon()}
      </button>
      <button type="button" class="btn-icon" title="Delete" aria-label="Delete ${task.name}"
        @click=${() => this.#delete(task)}>
        ${binIcon()}
      </button>
    </div>`;
  }

  #empty() {
    if (isFiltered(this.query)) {
      return empty({ title: 'No task fits these filters', action: clearFilters() });
    }
    return empty({
      title: 'No tasks yet',
      text: 'A task says what to run, where and when: one plugin on one, any or all of your machines.',
      action: html`<a class="btn btn-primary" href="/ui/new">Create the first task</a>`,
    });
  }
}

const pairs = (values) => values.map((value) => [value, value]);

/** What the server filters by, for tasks that arrive by themselves. */
function accepts(task, { q = '', status = '', type = '', owner = '', plugin = '' }) {
  const text = `${task.name} ${task.id} ${task.plugin} ${task.description ?? ''}`.toLowerCase();
  return (
    text.includes(q.toLowerCase()) &&
    (!status || task.status === status) &&
    (!type || task.type === type) &&
    (!owner || task.owner === owner) &&
    (!plugin || task.plugin === plugin)
  );
}

function when(task) {
  const next = task.next_run_at
    ? html`<span class="sub">next <octopus-time .at=${task.next_run_at}></octopus-time></span>`
    : nothing;
  return html`${schedule(task)}${next}`;
}

function schedule({ type, cron, time_zone: zone, interval: every }) {
  if (type === 'Interval') return html`<span class="code">every ${interval(every)}</span>`;
  if (cron) return html`<span class="code" title=${zone ?? ''}>${cron}</span>`;
  return type;
}

function lastRun({ last_run: run }) {
  if (!run) return html`<span class="text-secondary">never run</span>`;
  const at = run.finished_at ? html`, <octopus-time .at=${run.finished_at}></octopus-time>` : nothing;
  return html`<a class="state plain state-${run.status.toLowerCase()}" href="/ui/executions?run_id=${run.id}"
      ><span>${statusInWords(run.status)}${at}</span></a
    >
    <span class="sub">${countsInWords(run.counts)}</span>`;
}

customElements.define('octopus-tasks', OctopusTasks);
