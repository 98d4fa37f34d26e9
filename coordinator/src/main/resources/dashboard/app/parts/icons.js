// The few signs the pages use, drawn on a 24 by 24 grid.
import { html, svg } from 'lit';

const icon = (drawing) =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${drawing}</svg>`;

export const playIcon = () => icon(svg`<path d="M8 5.5v13l10.5-6.5z"/>`);
export const stopIcon = () => icon(svg`<circle cx="12" cy="12" r="8.5"/><path d="M6 18 18 6"/>`);
export const binIcon = () =>
  icon(svg`<path d="M4.5 7h15M9.5 7V4.5h5V7M6.5 7l1 13h9l1-13M10 11v5.5M14 11v5.5"/>`);
export const copyIcon = () =>
  icon(svg`<rect x="8.5" y="8.5" width="11" height="11" rx="2"/>
    <path d="M15.5 8.5V6.5a2 2 0 0 0-2-2h-7a2 2 0 0 0-2 2v7a2 2 0 0 0 2 2h2"/>`);
export const plusIcon = () => icon(svg`<path d="M12 5v14M5 12h14"/>`);
export const againIcon = () =>
  icon(svg`<path d="M19.5 12a7.5 7.5 0 1 1-2.2-5.3"/><path d="M19.5 3.5v4h-4"/>`);
export const sunIcon = () =>
  icon(svg`<circle cx="12" cy="12" r="4"/>
    <path d="M12 3v1.5M12 19.5V21M3 12h1.5M19.5 12H21M5.6 5.6l1.1 1.1M17.3 17.3l1.1 1.1M18.4 5.6l-1.1 1.1M6.7 17.3l-1.1 1.1"/>`);
export const moonIcon = () =>
  icon(svg`<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>`);
export const screenIcon = () =>
  icon(svg`<rect x="3.5" y="5" width="17" height="11.5" rx="2"/><path d="M9 20h6M12 16.5V20"/>`);
