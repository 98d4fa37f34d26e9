// Every version that a plugin has had, and what differs between two of them.
import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { size } from '../format.js';
import { stateBadge } from './badges.js';
import { empty } from './states.js';

const SOURCES = { folder: 'from the folder', push: 'pushed', rollback: 'rolled back' };

/**
 * @param {any[]} versions
 * @param {{compare: (version: any) => void, serve: (version: any) => void, more: (() => void)|null}} can
 */
export function versionsTable(versions, { compare, serve, more }) {
  return html`<section class="card list" aria-labelledby="versions-title">
    <div class="list-head"><h2 id="versions-title">Versions</h2></div>
    <table class="table rows versions">
      <caption class="visually-hidden">Versions, the newest first</caption>
      <thead>
        <tr>
          <th scope="col">Version</th>
          <th scope="col">Came</th>
          <th scope="col">Began to serve</th>
          <th scope="col" class="num">Size</th>
          <th scope="col"><span class="visually-hidden">Actions</span></th>
        </tr>
      </thead>
      <tbody>
        ${repeat(versions, ({ sha256 }) => sha256, (version) => row(version, { compare, serve })) }
      </tbody>
    </table>
    ${more
      ? html`<div class="list-foot"><span class="text-secondary">${versions.length} shown</span>
          <button type="button" class="btn btn-sm" @click=${more}>Load older</button></div>`
      : nothing}
  </section>`;
}

function row(version, { compare, serve }) {
  const { number, sha256, serving, source } = version;
  return html`<tr>
    <th scope="row" class="what">
      ${number}: ${version.version ?? sha256.slice(0, 12)} ${serving ? stateBadge('Serving') : nothing}
      <span class="sub mono" title=${sha256}>${sha256.slice(0, 12)}</span>
    </th>
    <td data-name="Came"><octopus-time .at=${version.created_at}></octopus-time>
      <span class="sub">by ${version.created_by}</span></td>
    <td data-name="Began to serve"><octopus-time .at=${version.served_at}></octopus-time>
      <span class="sub">${SOURCES[source] ?? source} by ${version.served_by}</span></td>
    <td data-name="Size" class="num">${size(version.size)}</td>
    <td class="acts"><div class="acts-row">
      <a class="btn btn-sm" download href="/plugins/${encodeURIComponent(version.plugin)}/content?version=${sha256}"
        aria-label="Download version ${number}">Download</a>
      <button type="button" class="btn btn-sm" aria-label="Compare version ${number}" @click=${() => compare(version)}>
        Compare</button>
      ${serving
        ? nothing
        : html`<button type="button" class="btn btn-sm" aria-label="Serve version ${number}" @click=${() => serve(version)}>
            Serve</button>`}
    </div></td>
  </tr>`;
}

/** @param {{from: number, to: number, text: string}} diff */
export function diffCard(diff, close) {
  return html`<section class="card form-card" aria-labelledby="diff-title">
    <div class="client-head">
      <h2 id="diff-title" class="client-name">From version ${diff.from} to version ${diff.to}</h2>
      <button type="button" class="btn btn-sm" @click=${close}>Close</button>
    </div>
    ${diff.text
      ? html`<pre class="source diff" role="region" tabindex="0" aria-label="Differences">${diff.text
          .replace(/\n$/, '')
          .split('\n')
          .map((line) => html`<span class=${kindOfLine(line)}>${line}\n</span>`)}</pre>`
      : empty({ title: 'Nothing differs' })}
  </section>`;
}

function kindOfLine(line) {
  if (line.startsWith('+++') || line.startsWith('---')) return 'diff-name';
  if (line.startsWith('@@')) return 'diff-place';
  if (line.startsWith('+')) return 'diff-new';
  return line.startsWith('-') ? 'diff-old' : 'diff-same';
}
