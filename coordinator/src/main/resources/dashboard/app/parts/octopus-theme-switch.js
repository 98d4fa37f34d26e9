import { html } from 'lit';
import { PageElement } from '../element.js';
import { chooseTheme, chosenTheme } from '../theme.js';
import { moonIcon, screenIcon, sunIcon } from './icons.js';

const THEMES = {
  system: { next: 'light', icon: screenIcon, words: 'as the system has it' },
  light: { next: 'dark', icon: sunIcon, words: 'light' },
  dark: { next: 'system', icon: moonIcon, words: 'dark' },
};

/** One button that goes through the themes: system, light, dark. */
class OctopusThemeSwitch extends PageElement {
  #next() {
    chooseTheme(THEMES[chosenTheme()].next);
    this.requestUpdate();
  }

  render() {
    const theme = THEMES[chosenTheme()];
    const words = `Theme: ${theme.words}`;
    return html`<button type="button" class="btn-icon" title=${words} aria-label=${words} @click=${this.#next}>
      ${theme.icon()}
    </button>`;
  }
}

customElements.define('octopus-theme-switch', OctopusThemeSwitch);
