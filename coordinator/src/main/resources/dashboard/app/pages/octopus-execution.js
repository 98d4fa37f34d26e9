import { html, nothing } from 'lit';
import { get } from '../api.js';
import { cancelExecution, retryExecution } from '../actions.js';
import { PageElement } from '../element.js';
import { duration, size } from '../format.js';
import { LiveItem } from '../live/live-item.js';
import { stateBadge } from '../parts/badges.js';
import { copyButton } from '../parts/copy.js';
import { clientLink, elapsed } from '../parts/executions-table.js';
import { crumbs, facts } from '../parts/facts.js';
import { againIcon, stopIcon } from '../parts/icons.js';
import '../parts/octopus-log.js';
import { failure, missing, skeletonBlock } from '../parts/states.js';
import { isFinal, markOf, reasonInWords } from '../words.js';

/** The type of an error that is no exception: the plugin's result said so. */
const REPORTED = 'ReportedFailure';

/** One execution: how it went and why, its result or error, its attempts, and its log. */
class OctopusExecution extends PageElement {
  static properties = { executionId: { attribute: false }, files: { state: true } };
  execution = new LiveItem(this, { kind: 'execution', path: (id) => `/executions/${id}` });

  willUpdate(changed) {
    if (changed.has('executionId')) this.execution.load(this.executionId);
    const { value } = this.execution;
    this.#loadFiles(value);
    document.title = `${markOf(value?.status)} ${this.executionId} – Octopus`.trim();
  }

  /** The files come with the end of an execution, or of an attempt: they are asked for once each. */
  async #loadFiles(execution) {
    const wanted = execution && `${execution.id} ${execution.attempt} ${execution.status}`;
    if (!wanted || wanted === this.#filesOf) return;
    this.#filesOf = wanted;
    try {
      const { items } = await get(`/executions/${encodeURIComponent(execution.id)}/artefacts`);
      if (wanted === this.#filesOf) this.files = { of: execution.id, items };
    } catch {
      this.#filesOf = undefined;
    }
  }

  #filesOf;

  render() {
    const { state, value, error } = this.execution;
    if (state === 'loading') return skeletonBlock();
    if (state === 'missing') return missing('execution', this.executionId);
    const problem = failure(error, {
      what: 'The execution could not be loaded',
      retry: () => this.execution.refresh(),
    });
    if (!value) return problem;
    return html`${crumbs('/ui/executions', 'Executions', value.id)} ${problem} ${head(value)}
      <div class="columns">
        <div class="column">
          ${errorCard(value)} ${resultCard(value)} ${filesCard(value, this.files)}
          <octopus-log .executionId=${value.id} .status=${value.status}></octopus-log>
        </div>
        <div class="column side">${summary(value)} ${attempts(value)}</div>
      </div>`;
  }
}

function head(execution) {
  const { id, plugin, action, status } = execution;
  const final = isFinal(status);
  return html`<header class="page-head">
    <div>
      <h1>${plugin?.name}.${action} ${stateBadge(status)}</h1>
      <p class="sub mono">${id} ${copyButton(id, 'id')}</p>
    </div>
    <div class="page-acts">
      <button type="button" class="btn" ?disabled=${!final} @click=${() => retryExecution(execution)}>
        ${againIcon()}Run again
      </button>
      <button type="button" class="btn" ?disabled=${final} @click=${() => cancelExecution(execution)}>
        ${stopIcon()}Cancel
      </button>
    </div>
  </header>`;
}

function errorCard({ error, message, status, reason }) {
  if (status === 'Completed' || status === 'Running') return nothing;
  if (!error && !message && !reason) return nothing;
  const waits = status === 'Pending';
  const reported = error?.type === REPORTED;
  return html`<section class="card ${waits ? 'card-waits' : 'card-bad'}" aria-labelledby="error-title">
    <h2 id="error-title">${waits ? 'Why it waits' : 'What went wrong'}</h2>
    <p>
      ${error?.type && !reported ? html`<strong>${error.type}:</strong> ` : nothing}${error?.message ||
      message ||
      reasonInWords(reason)}
    </p>
    ${reason
      ? html`<p class="sub">
          ${reported ? 'The plugin itself said that it failed' : reasonInWords(reason)} <code>${reason}</code>
        </p>`
      : nothing}
    ${error?.traceback
      ? html`<pre class="traceback" tabindex="0" aria-label="Traceback">${error.traceback}</pre>`
      : nothing}
  </section>`;
}

function resultCard({ status, result, message, result_omitted: omitted, progress }) {
  if (status === 'Running' && progress) return progressCard(progress);
  if (status !== 'Completed' && result == null) return nothing;
  return html`<section class="card" aria-labelledby="result-title">
    <h2 id="result-title">Result</h2>
    ${status === 'Completed' && message ? html`<p>${message}</p>` : nothing}
    ${omitted
      ? html`<p class="sub">The result is large and is not shown here.</p>`
      : html`<octopus-json .value=${result} what="result"></octopus-json>`}
  </section>`;
}

function filesCard({ id }, files) {
  if (files?.of !== id || !files.items.length) return nothing;
  return html`<section class="card" aria-labelledby="files-title">
    <h2 id="files-title">Files</h2>
    <ul class="files">
      ${files.items.map(
        (file) => html`<li>
          <a download href="/executions/${encodeURIComponent(id)}/artefacts/${encodeURIComponent(file.name)}"
            >${file.name}</a
          >
          <span class="sub">${size(file.size)}</span>
        </li>`,
      )}
    </ul>
  </section>`;
}

function progressCard({ fraction, message }) {
  return html`<section class="card" aria-labelledby="progress-title">
    <h2 id="progress-title">Progress</h2>
    ${fraction == null
      ? nothing
      : html`<progress class="wide" max="1" .value=${fraction} aria-labelledby="progress-title"></progress>`}
    <p>${message}</p>
  </section>`;
}

function summary(execution) {
  const { task_id: task, run_id: run, client, plugin, attempt, status } = execution;
  return html`<section class="card" aria-labelledby="summary-title">
    <h2 id="summary-title">Summary</h2>
    ${facts([
      ['Task', html`<a class="mono" href="/ui/tasks/${task}">${task}</a>`],
      ['Run', html`<a class="mono" href="/ui/executions?run_id=${run}">${run}</a>`],
      ['Client', clientLink(client)],
      ['Plugin', `${plugin?.name}${plugin?.version ? `, version ${plugin.version}` : ''}`],
      ['Attempt', attempt || '–'],
      ['Created', html`<octopus-time .at=${execution.created_at}></octopus-time>`],
      ['Waited', duration(execution.wait_ms)],
      ['Started', execution.started_at && html`<octopus-time .at=${execution.started_at}></octopus-time>`],
      ['Finished', execution.finished_at && html`<octopus-time .at=${execution.finished_at}></octopus-time>`],
      [status === 'Running' ? 'Running for' : 'Took', elapsed(execution)],
    ])}
    ${lifeline(execution)}
  </section>`;
}

/** Waiting and running as two pieces of one bar. */
function lifeline({ wait_ms: waited, duration_ms: took }) {
  if (waited == null || took == null || waited + took <= 0) return nothing;
  const share = Math.round((100 * waited) / (waited + took));
  return html`<div class="lifeline" role="img" aria-label="Waited ${duration(waited)}, ran ${duration(took)}">
    <svg viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="waited" width=${share} height="6" /><rect class="ran" x=${share} width=${100 - share} height="6" />
    </svg>
    <span>waited ${duration(waited)}</span><span>ran ${duration(took)}</span>
  </div>`;
}

function attempts({ attempts: list }) {
  if (!list?.length) return nothing;
  return html`<section class="card" aria-labelledby="attempts-title">
    <h2 id="attempts-title">Attempts</h2>
    <ol class="attempts">
      ${list.map(
        (attempt) => html`<li>
          <span class="attempt-number">${attempt.number}</span>
          <div>
            ${attempt.outcome ? stateBadge(attempt.outcome) : stateBadge('Running')} ${clientLink(attempt.client)}
            <span class="sub">
              <octopus-time .at=${attempt.started_at}></octopus-time>${attempt.reason
                ? ` · ${reasonInWords(attempt.reason)}`
                : nothing}
            </span>
          </div>
        </li>`,
      )}
    </ol>
  </section>`;
}

customElements.define('octopus-execution', OctopusExecution);
