// What a page shows while it has nothing to show: loading, empty, failed.
import { html, nothing } from 'lit';
import { clockTime } from '../format.js';

/** Grey bars in the place of rows; the style sheet keeps them invisible for the first moments. */
export function skeletonRows(columns, rows = 6) {
  return Array.from(
    { length: rows },
    () => html`<tr class="skeleton" aria-hidden="true">
      ${Array.from({ length: columns }, () => html`<td><span></span></td>`)}
    </tr>`,
  );
}

export function skeletonBlock() {
  return html`<div class="card skeleton-block" role="status">
    <span class="visually-hidden">Loading…</span><span></span><span></span><span></span>
  </div>`;
}

/** @param {{title: string, text?: unknown, action?: unknown}} content */
export function empty({ title, text = nothing, action = nothing }) {
  return html`<div class="empty-state">
    <p class="empty-title">${title}</p>
    <p class="empty-text">${text}</p>
    ${action}
  </div>`;
}

/** A failed read: what failed, since when the rows are old, and a button that tries again. */
export function failure(error, { retry, staleSince = null, what = 'This could not be loaded' }) {
  if (!error) return nothing;
  return html`<div class="alert-bar" role="alert">
    <div>
      <strong>${what}.</strong> ${error.message}
      ${staleSince ? html`What you see is from before ${clockTime(staleSince)}.` : nothing}
      ${error.requestId ? html`<small>Request ${error.requestId}</small>` : nothing}
    </div>
    <button type="button" class="btn btn-sm" @click=${retry}>Try again</button>
  </div>`;
}

export function missing(kind, id) {
  return empty({
    title: `There is no ${kind} ${id}`,
    text: 'It may have been deleted, or the address has a typing error.',
    action: html`<a class="btn" href="/">To the tasks</a>`,
  });
}
