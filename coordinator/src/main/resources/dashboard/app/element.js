import { LitElement } from 'lit';

/** A custom element that renders into the page itself, so that the page's style sheets apply. */
export class PageElement extends LitElement {
  createRenderRoot() {
    return this;
  }
}
