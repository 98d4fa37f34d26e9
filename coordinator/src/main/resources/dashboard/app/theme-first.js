// Sets the theme before the first paint; a classic script because modules run after it.
(() => {
  let chosen = null;
  try {
    chosen = localStorage.getItem('octopus.theme');
  } catch {
    // storage is switched off: follow the system
  }
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const theme = chosen === 'light' || chosen === 'dark' ? chosen : dark ? 'dark' : 'light';
  document.documentElement.dataset.bsTheme = theme;
})();
