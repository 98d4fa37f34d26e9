import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { cancelTask, deleteTask, runTask, setPaused } from '../actions.js';
import { PageElement } from '../element.js';
import { counted, interval } from '../format.js';
import { LiveItem } from '../live/live-item.js';
import { LiveList } from '../live/live-list.js';
import { countsInWords, labelBadges, ownerBadge, stateBadge } from '../parts/badges.js';
import { copyButton } from '../parts/copy.js';
import { executionsTable } from '../parts/executions-table.js';
import { crumbs, facts } from '../parts/facts.js';
import { binIcon, playIcon, stopIcon } from '../parts/icons.js';
import { olderRows } from '../parts/list-foot.js';
import { empty, failure, missing, skeletonBlock } from '../parts/states.js';
import { navigate } from '../router.js';
import { markOf, reasonInWords } from '../words.js';

const ofTask = (item, { task_id: task }) => item.task_id === task;

/** One task: its definition, its latest result, its runs and its executions. */
class OctopusTask extends PageElement {
  static properties = { taskId: { attribute: false } };
  task = new LiveItem(this, { kind: 'task', path: (id) => `/tasks/${id}` });
  runs = new LiveList(this, { kind: 'run', path: '/runs', accepts: ofTask });
  executions = new LiveList(this, { kind: 'execution', path: '/executions', accepts: ofTask });

  willUpdate(changed) {
    if (changed.has('taskId')) {
      this.task.load(this.taskId);
      this.runs.load({ task_id: this.taskId });
      this.executions.load({ task_id: this.taskId });
    }
    const { value } = this.task;
    document.title = `${markOf(value?.status)} ${value?.name ?? this.taskId} – Octopus`.trim();
  }

  async #delete() {
    if (await deleteTask(this.task.value)) navigate('/');
  }

  render() {
    const { state, value, error } = this.task;
    if (state === 'loading') return skeletonBlock();
    if (state === 'missing') return missing('task', this.taskId);
    const problem = failure(error, {
      what: 'The task could not be loaded',
      retry: () => this.task.refresh(),
    });
    if (!value) return problem;
    return html`${crumbs('/', 'Tasks', value.name)} ${problem} ${this.#head(value)}
      <div class="columns">
        <div class="column">${latestResult(this.executions)} ${this.#executions()} ${this.#runs()}</div>
        <div class="column side">${definition(value)}</div>
      </div>`;
  }

  #head(task) {
    const active = task.status === 'Active' || task.status === 'Created';
    return html`<header class="page-head">
      <div>
        <h1>${task.name} ${stateBadge(task.status)}${task.paused ? stateBadge('Paused') : nothing}</h1>
        <p class="sub mono">${task.id} ${copyButton(task.id, 'id')}</p>
        ${task.description ? html`<p>${task.description}</p>` : nothing}
      </div>
      <div class="page-acts">
        <button type="button" class="btn btn-primary" @click=${() => runTask(task)}>${playIcon()}Run now</button>
        <button type="button" class="btn" ?disabled=${!active} @click=${() => cancelTask(task)}>
          ${stopIcon()}Cancel
        </button>
        ${task.cron || task.interval != null
          ? html`<button type="button" class="btn" @click=${() => setPaused(task, !task.paused)}>
              ${task.paused ? 'Resume' : 'Pause'}
            </button>`
          : nothing}
        <a class="btn" href="/ui/tasks/${task.id}/edit">Edit</a>
        <a class="btn" href="/ui/new?from=${task.id}">Duplicate</a>
        <button type="button" class="btn" @click=${this.#delete}>${binIcon()}Delete</button>
      </div>
    </header>`;
  }

  #executions() {
    const { executions } = this;
    return html`<section class="card list" aria-labelledby="executions-title">
      <div class="list-head"><h2 id="executions-title">Executions</h2></div>
      ${failure(executions.error, {
        what: 'The executions could not be loaded',
        retry: () => executions.refresh(),
      })}
      ${executions.state === 'ready' && !executions.items.length
        ? empty({ title: 'It has not run yet' })
        : executionsTable(executions, { caption: 'Executions of this task', showTask: false })}
      ${olderRows(executions)}
    </section>`;
  }

  #runs() {
    const { runs } = this;
    if (!runs.items.length) return nothing;
    return html`<section class="card list" aria-labelledby="runs-title">
      <div class="list-head"><h2 id="runs-title">Runs</h2></div>
      <table class="table rows">
        <caption class="visually-hidden">Runs of this task</caption>
        <thead>
          <tr>
            <th scope="col">Run</th>
            <th scope="col">Started by</th>
            <th scope="col">State</th>
            <th scope="col">Executions</th>
            <th scope="col">When</th>
          </tr>
        </thead>
        <tbody>
          ${repeat(runs.items, (run) => run.id, runRow)}
        </tbody>
      </table>
      ${olderRows(runs)}
    </section>`;
  }
}

function runRow(run) {
  const skipped = run.skipped?.length
    ? html`<span class="sub">
        skipped: ${run.skipped.map(({ client, reason }) => `${client} (${reason.replaceAll('_', ' ')})`).join(', ')}
      </span>`
    : nothing;
  const span = run.fire_time_until
    ? html`<span class="sub">
        ${counted(run.skipped_count ?? 0, 'time')}, until <octopus-time .at=${run.fire_time_until}></octopus-time>
      </span>`
    : nothing;
  return html`<tr>
    <th scope="row" class="what"><a class="mono" href="/ui/executions?run_id=${run.id}">${run.id}</a></th>
    <td data-name="Started by">${run.trigger}</td>
    <td data-name="State">
      ${stateBadge(run.status)}${run.reason ? html`<span class="sub">${reasonInWords(run.reason)}</span>` : nothing}
    </td>
    <td data-name="Executions">${countsInWords(run.counts) || '–'}${skipped}</td>
    <td data-name="When"><octopus-time .at=${run.fire_time ?? run.created_at}></octopus-time>${span}</td>
  </tr>`;
}

/** The newest execution's result, so that whoever made a task sees at once what came of it. */
function latestResult({ items }) {
  const latest = items.find((execution) => execution.status === 'Completed');
  if (!latest || latest !== items[0] || latest.result_omitted) return nothing;
  return html`<section class="card" aria-labelledby="latest-title">
    <h2 id="latest-title">Latest result</h2>
    <p class="sub">
      ${latest.client}, <octopus-time .at=${latest.finished_at}></octopus-time> ·
      <a href="/ui/executions/${latest.id}">execution with its log</a>
    </p>
    <octopus-json .value=${latest.result} what="result"></octopus-json>
  </section>`;
}

function definition(task) {
  const schedule = task.cron ?? (task.interval != null ? `every ${interval(task.interval)}` : null);
  return html`<section class="card" aria-labelledby="definition-title">
    <h2 id="definition-title">Definition</h2>
    ${facts([
      ['Plugin', html`<a href="/ui/plugins/${encodeURIComponent(task.plugin)}">${task.plugin}</a>`],
      ['Action', task.action],
      ['Owner', html`${ownerBadge(task.owner)} ${labelBadges(task.labels)}`],
      ['Type', task.type],
      ['Schedule', schedule && html`<span class="code">${schedule}</span> ${task.time_zone ?? ''}`],
      ['Not before', task.execution_start_time && html`<octopus-time .at=${task.execution_start_time}></octopus-time>`],
      ['Not after', task.execution_end_time && html`<octopus-time .at=${task.execution_end_time}></octopus-time>`],
      ['Next run', task.next_run_at && html`<octopus-time .at=${task.next_run_at}></octopus-time>`],
      ['Time limit', interval(task.timeout)],
      ['Attempts', task.retry?.max_attempts && `up to ${task.retry.max_attempts}`],
      ['Overlap', schedule && task.overlap?.replaceAll('_', ' ')],
      ['Missed times', schedule && task.misfire?.replaceAll('_', ' ')],
      ['May wait', task.expires_after == null ? null : interval(task.expires_after)],
      ['Runs at once', task.max_concurrent_runs],
      ['Created', html`<octopus-time .at=${task.created_at}></octopus-time>`],
      ['By', task.created_by],
      ['Version', task.version],
    ])}
    <h3>Arguments</h3>
    <octopus-json .value=${task.args ?? []} what="args"></octopus-json>
    ${Object.keys(task.kwargs ?? {}).length
      ? html`<h3>Named arguments</h3>
          <octopus-json .value=${task.kwargs} what="kwargs"></octopus-json>`
      : nothing}
  </section>`;
}

customElements.define('octopus-task', OctopusTask);
