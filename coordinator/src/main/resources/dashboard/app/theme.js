// Light, dark or as the system has it; the choice is kept in this browser.
const KEY = 'octopus.theme';
const system = matchMedia('(prefers-color-scheme: dark)');

/** What the user chose: 'light', 'dark' or 'system'. */
export function chosenTheme() {
  try {
    const stored = localStorage.getItem(KEY);
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  } catch {
    return 'system';
  }
}

/** @param {'light'|'dark'|'system'} theme */
export function chooseTheme(theme) {
  try {
    if (theme === 'system') localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, theme);
  } catch {
    // storage is switched off: the choice lasts until the page is left
  }
  apply(theme);
}

function apply(theme) {
  const shown = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
  document.documentElement.dataset.bsTheme = shown;
}

system.addEventListener('change', () => apply(chosenTheme()));
addEventListener('storage', (event) => event.key === KEY && apply(chosenTheme()));
