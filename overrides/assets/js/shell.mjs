// What every page needs and CSS cannot do: the choice of colors, the menu as a modal dialog, the contents that follow the
// reading, and the opening of search. Nothing here is needed to read a page or to reach another.

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
  scheme.setAttribute('aria-label', `Colors: ${chosen()}. Change to ${next()}`);
  scheme.title = `Colors: ${chosen()}`;
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
  drawer.querySelector('.fg-nav__link[aria-current]')?.scrollIntoView({ block: 'center' });
  menu.setAttribute('aria-expanded', 'true');
});
drawer.addEventListener('click', (event) => {
  const leaves = event.target instanceof Element && event.target.closest('.fg-drawer__close, a[href]');
  if (leaves?.matches('.fg-drawer__close')) event.preventDefault();
  if (leaves || event.target === drawer) drawer.close(); // a press beside it falls on the dialog itself
});
drawer.addEventListener('close', () => menu.setAttribute('aria-expanded', 'false'));
wide.addEventListener('change', () => drawer.close()); // its button is gone

// ---- contents that follow the reading, and the header's line, which the row of tabs draws while it is in view

const header = document.querySelector('.fg-header');
const tabs = document.querySelector('.fg-tabs');
const parts = [...document.querySelectorAll('.fg-contents__link')].map((link) => [link, document.getElementById(decode(link.hash.slice(1)))]);
let waiting = false;

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function follow() {
  waiting = false;
  if (!wide.matches) return;
  header.classList.toggle('fg-header--line', scrollY > (tabs?.offsetHeight ?? 0));
  const edge = header.offsetHeight + 40;
  const read = parts.findLast(([, heading]) => heading && heading.getBoundingClientRect().top < edge)?.[0];
  for (const [link] of parts) {
    if (link !== read) link.removeAttribute('aria-current');
    else if (!link.hasAttribute('aria-current')) {
      link.setAttribute('aria-current', 'location');
      const column = link.closest('.fg-side');
      column.scrollTop = link.offsetTop - column.offsetTop - column.clientHeight / 2; // moves only where it is longer than the window
    }
  }
}

function scrolled() {
  if (!waiting) requestAnimationFrame(follow);
  waiting = true;
}

addEventListener('scroll', scrolled, { passive: true });
wide.addEventListener('change', scrolled);
follow();

// ---- search, fetched when it is opened

const opener = document.querySelector('.fg-search-open');

async function search() {
  const { openSearch } = await import('./search.mjs');
  openSearch(opener);
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
