import { html, nothing } from 'lit';
import { PageElement } from '../element.js';
import { copyButton } from './copy.js';

/** A JSON value, indented and coloured, with a button that copies it. */
class OctopusJson extends PageElement {
  static properties = { value: { attribute: false }, what: {} };

  shouldUpdate() {
    // a live update brings an equal value again and again: the selection of a reader stays
    const text = JSON.stringify(this.value, null, 2) ?? 'null';
    if (text === this.text) return false;
    this.text = text;
    return true;
  }

  render() {
    return html`<div class="json">
      <pre tabindex="0" aria-label=${this.what ?? 'JSON'}><code>${coloured(this.text)}</code></pre>
      ${copyButton(this.text, this.what ?? 'JSON')}
    </div>`;
  }
}

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;
const TOO_LONG_TO_COLOUR = 60000;

function coloured(text) {
  if (text.length > TOO_LONG_TO_COLOUR) return text;
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    parts.push(text.slice(end, match.index), token(match));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

function token([, string, colon, word, number]) {
  if (colon) return html`<span class="json-key">${string}</span>${colon}`;
  if (string) return html`<span class="json-string">${string}</span>`;
  if (word) return html`<span class="json-word">${word}</span>`;
  return number ? html`<span class="json-number">${number}</span>` : nothing;
}

customElements.define('octopus-json', OctopusJson);
