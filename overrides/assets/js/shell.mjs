// What every page needs and CSS cannot do: the choice of colors, the menu as a modal dialog, and the opening of what is
// fetched later: search, and what follows the reading. Nothing here is needed to read a page or to reach another.

const page = document.documentElement;
const wide = matchMedia('(min-width: 76.25em)');

// ---- what is kept: a reader may forbid it, and another page of the host may have written anything there

function kept(key) {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch {
    // it holds for this page
  }
}

// ---- colors: the system's, or light or dark for good. The head of the page has set what was kept.

const dark = matchMedia('(prefers-color-scheme: dark)');
const scheme = document.querySelector('.fg-scheme');

/** The choices in the order of the switch: the system's, then the other one, so that the first press changes something. */
const choices = () => (dark.matches ? ['system', 'light', 'dark'] : ['system', 'dark', 'light']);
const chosen = () => page.dataset.scheme ?? 'system';
const next = () => choices()[(choices().indexOf(chosen()) + 1) % 3];

function name() {
  scheme.setAttribute('aria-label', `Theme: ${chosen()}. Switch to ${next()}`);
  scheme.title = `Theme: ${chosen()}`;
}

function choose(choice) {
  if (choice === 'system') delete page.dataset.scheme;
  else page.dataset.scheme = choice;
  keep('fg-scheme', choice === 'system' ? null : choice);
  name();
}

scheme.addEventListener('click', () => choose(next()));
dark.addEventListener('change', name);
name();

// ---- the menu

const drawer = document.getElementById('fg-drawer');
const menu = document.querySelector('.fg-menu');

menu.setAttribute('aria-expanded', 'false');
menu.addEventListener('click', (event) => {
  event.preventDefault(); // in place of the popover, which leaves the page behind it alive
  drawer.showModal();
  drawer.querySelector('.fg-nav__link[aria-current]')?.scrollIntoView({ block: 'nearest' });
  menu.setAttribute('aria-expanded', 'true');
});
drawer.addEventListener('click', (event) => {
  const leaves = event.target instanceof Element && event.target.closest('.fg-drawer__close, a[href]');
  if (leaves?.matches('.fg-drawer__close')) event.preventDefault();
  if (leaves || event.target === drawer) drawer.close(); // a press beside it falls on the dialog itself
});
drawer.addEventListener('close', () => menu.setAttribute('aria-expanded', 'false'));
wide.addEventListener('change', () => drawer.close()); // its button is gone

// ---- the header's line, which the row of tabs draws while it is in view

const header = document.querySelector('.fg-header');
const tabs = document.querySelector('.fg-tabs');
const line = () => header.classList.toggle('fg-header--line', wide.matches && scrollY > (tabs?.offsetHeight ?? 0));

addEventListener('scroll', line, { passive: true });
wide.addEventListener('change', line);
line();

// ---- what follows the reading, and what is kept of it: fetched when reading begins, or where something is kept

const read = () => import('./reading.mjs');

if (page.dataset.kept !== undefined || scrollY > 0) read();
else if (document.querySelector('.fg-contents, .fg-quiz')) addEventListener('scroll', read, { once: true, passive: true });

// ---- search, fetched when it is opened

const opener = document.querySelector('.fg-search-open');

async function search() {
  try {
    const { openSearch } = await import('./search.mjs');
    openSearch(opener);
  } catch { // it could not be fetched: the link leads to the page of results
    location.assign(opener.href);
  }
}

opener.addEventListener('click', (event) => {
  if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  search();
});
document.addEventListener('keydown', (event) => {
  const slash = event.key === '/' && !event.metaKey && !event.ctrlKey && !event.altKey;
  const controlK = event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey) && !event.shiftKey && !event.altKey;
  const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]');
  if (!(slash || controlK) || typing || event.defaultPrevented || document.querySelector('dialog:modal') || kept('fg-keys') === 'off') return;
  event.preventDefault();
  search();
});
