// Which page an address means, and going from one to the next without loading the document again.
const PAGES = [
  [/^\/(?:ui(?:\/tasks)?\/?)?$/, 'tasks'],
  [/^\/ui\/new\/?$/, 'new-task'],
  [/^\/ui\/tasks\/([^/]+)\/?$/, 'task'],
  [/^\/ui\/tasks\/([^/]+)\/edit\/?$/, 'edit-task'],
  [/^\/ui\/executions\/?$/, 'executions'],
  [/^\/ui\/executions\/([^/]+)\/?$/, 'execution'],
  [/^\/ui\/clients\/?$/, 'clients'],
  [/^\/ui\/clients\/([^/]+)\/?$/, 'client'],
  [/^\/ui\/plugins\/?$/, 'plugins'],
  [/^\/ui\/plugins\/([^/]+)\/?$/, 'plugin'],
];

/** The page that an address shows: its name, the id in its path and its query. */
export function currentPage() {
  for (const [pattern, name] of PAGES) {
    const match = pattern.exec(location.pathname);
    if (match) return { name, id: decode(match[1]), query: currentQuery() };
  }
  return { name: 'unknown', id: '', query: {} };
}

function decode(part = '') {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function currentQuery() {
  return Object.fromEntries(new URLSearchParams(location.search));
}

export const router = new EventTarget();

function changed(kind) {
  router.dispatchEvent(new CustomEvent('change', { detail: kind }));
}

/** Goes to an address of the dashboard. */
export function navigate(address, { replace = false } = {}) {
  if (replace) history.replaceState(null, '', address);
  else history.pushState(null, '', address);
  changed(replace ? 'replace' : 'push');
}

/** Puts filters into the address, without a new entry in the history; empty ones are left out. */
export function setQuery(query) {
  navigate(location.pathname + queryText(query), { replace: true });
}

/** `?a=1&b=2` of the filled entries, or nothing. */
export function queryText(query) {
  const filled = Object.entries(query).filter(([, value]) => value !== '' && value != null);
  return filled.length ? `?${new URLSearchParams(filled)}` : '';
}

addEventListener('popstate', () => changed('pop'));

document.addEventListener('click', (event) => {
  if (event.defaultPrevented || event.button !== 0) return;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
  if (!(link instanceof HTMLAnchorElement) || link.target || link.hasAttribute('download')) return;
  if (link.origin !== location.origin) return;
  if (link.pathname !== '/' && !link.pathname.startsWith('/ui')) return;
  if (link.pathname === location.pathname && link.hash) return;
  event.preventDefault();
  navigate(link.pathname + link.search + link.hash);
});
