import { html } from 'lit';
import { PageElement } from '../element.js';

let asked = null;

/**
 * Asks before something is ended or deleted.
 *
 * @param {{title: string, text: string, yes: string}} question
 * @returns {Promise<boolean>}
 */
export function confirmed(question) {
  return asked ? asked.ask(question) : Promise.resolve(false);
}

class OctopusConfirm extends PageElement {
  static properties = { question: { state: true } };
  #answer = null;

  connectedCallback() {
    super.connectedCallback();
    asked = this;
  }

  async ask(question) {
    this.question = question;
    await this.updateComplete;
    const dialog = this.querySelector('dialog');
    dialog.returnValue = '';
    dialog.showModal();
    return new Promise((resolve) => (this.#answer = resolve));
  }

  #closed(event) {
    this.#answer?.(event.target.returnValue === 'yes');
    this.#answer = null;
  }

  #close(answer) {
    this.querySelector('dialog').close(answer);
  }

  render() {
    const { title = '', text = '', yes = 'Yes' } = this.question ?? {};
    return html`<dialog class="ask" aria-labelledby="ask-title" @close=${this.#closed}>
      <h2 id="ask-title">${title}</h2>
      <p>${text}</p>
      <div class="ask-buttons">
        <button type="button" class="btn" autofocus @click=${() => this.#close('no')}>Keep it</button>
        <button type="button" class="btn btn-danger" @click=${() => this.#close('yes')}>${yes}</button>
      </div>
    </dialog>`;
  }
}

customElements.define('octopus-confirm', OctopusConfirm);
