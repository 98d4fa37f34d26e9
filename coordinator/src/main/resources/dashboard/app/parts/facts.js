// A list of names and values.
import { html, nothing } from 'lit';

/** @param {[string, unknown][]} entries those without a value are left out */
export function facts(entries) {
  return html`<dl class="facts">
    ${entries.map(([name, value]) =>
      value == null || value === '' || value === nothing
        ? nothing
        : html`<div>
            <dt>${name}</dt>
            <dd>${value}</dd>
          </div>`,
    )}
  </dl>`;
}

/** `Tasks / nightly-backup`: where a page is, and the way back. */
export function crumbs(href, text, here) {
  return html`<nav class="crumbs" aria-label="Breadcrumb">
    <a href=${href}>${text}</a><span aria-hidden="true">/</span><span aria-current="page">${here}</span>
  </nav>`;
}
