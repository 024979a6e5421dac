// What every page needs and CSS cannot do: the choice of colors, the menu as a modal dialog, and the start of modules that are
// fetched later: search, and the marking of the section in view. Reading and navigation work without this script.

const page = document.documentElement;
const wide = matchMedia('(min-width: 76.25em)');

// ---- storage: readers may forbid it, and other pages of the host may have written anything there

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
    // storage is forbidden: it lasts for this page only
  }
}

// ---- colors: the system's, or always light or dark. A script in the page's head applies the stored choice.

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
  event.preventDefault(); // instead of the popover, which would leave the page behind it active
  drawer.showModal();
  drawer.querySelector('.fg-nav__link[aria-current]')?.scrollIntoView({ block: 'nearest' });
  menu.setAttribute('aria-expanded', 'true');
});
drawer.addEventListener('click', (event) => {
  const leaves = event.target instanceof Element && event.target.closest('.fg-drawer__close, a[href]');
  if (leaves?.matches('.fg-drawer__close')) event.preventDefault();
  if (leaves || event.target === drawer) drawer.close(); // the target of a press beside it is the dialog itself
});
drawer.addEventListener('close', () => menu.setAttribute('aria-expanded', 'false'));
wide.addEventListener('change', () => drawer.close()); // its button is hidden there

// ---- the line below the header, which the row of tabs has while it is in view

const header = document.querySelector('.fg-header');
const tabs = document.querySelector('.fg-tabs');
const line = () => header.classList.toggle('fg-header--line', wide.matches && scrollY > (tabs?.offsetHeight ?? 0));

addEventListener('scroll', line, { passive: true });
wide.addEventListener('change', line);
line();

// ---- marking the section in view and storing progress: fetched when reading begins, or if something is stored

const read = () => import('./reading.mjs');

if (page.dataset.kept !== undefined || scrollY > 0) read();
else if (document.querySelector('.fg-contents, .fg-quiz')) addEventListener('scroll', read, { once: true, passive: true });

// ---- search, fetched when it is opened

const opener = document.querySelector('.fg-search-open');

async function search() {
  try {
    const { openSearch } = await import('./search.mjs');
    openSearch(opener);
  } catch { // the module cannot be fetched: follow the link to the page of results
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
