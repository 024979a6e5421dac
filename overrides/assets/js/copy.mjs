// A link a.fg-copy copies its own address and says what it copied; if copying is not allowed, it shows the address.
// The address is built from the canonical link, so that it is right on copies of the site too;
// a link to the page itself includes ?evidence while sources are shown. data-copy gives another address, data-copied what was copied if the link's name does not say it.
// On touch screens, the title's link opens a menu instead: the section in view, the page, and its other sections.
// A button with data-fg-share opens the same menu.

const WAIT = 4000;
let timer = 0;

/** Exists from the start, empty, since screen readers announce only changes. */
const status = document.createElement('p');
status.className = 'fg-copied';
status.setAttribute('role', 'status');
document.body.append(status);

/** Shows `words` for a few seconds, and announces them to screen readers. */
export function say(words) {
  clearTimeout(timer);
  status.textContent = words;
  timer = setTimeout(() => { status.textContent = ''; }, WAIT);
}

function addressOf(link) {
  const page = document.querySelector('link[rel=canonical]')?.href ?? location.href;
  const address = new URL(link.dataset.copy ?? link.getAttribute('href'), page);
  address.pathname = address.pathname.replace(/index\.html$/, '');
  const shown = document.documentElement.hasAttribute('data-evidence') && document.querySelector('.fg-evidence');
  if (shown && address.pathname === new URL(page).pathname) address.search = '?evidence';
  return address.href;
}

async function copy(link) {
  const address = addressOf(link);
  if (link.closest('.fg-share') && navigator.share) {
    navigator.share({ title: link.textContent, url: address }).catch(() => {}); // the reader canceled
    return;
  }
  try {
    await navigator.clipboard.writeText(address);
  } catch {
    say(`Your browser blocked copying. The address is ${address}`);
    return;
  }
  say(`Copied the link to ${link.dataset.copied ?? link.getAttribute('aria-label')?.replace('Link to ', '') ?? address}`);
}

const touch = matchMedia('(hover: none)');
const title = document.querySelector('.fg-head--h1 > a.fg-copy');

function name() {
  const what = document.querySelector('h1').textContent;
  title.setAttribute('aria-label', touch.matches ? `Share the page “${what}” or a section of it` : `Link to the page “${what}”`);
  if (touch.matches) title.setAttribute('aria-haspopup', 'dialog');
  else title.removeAttribute('aria-haspopup');
}

if (title) {
  name();
  touch.addEventListener('change', name);
}

/** Opens the menu; its module is fetched on first use. */
async function share() {
  const { openMenu } = await import('./share.mjs');
  openMenu();
}

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  if (event.target.closest('[data-fg-share]')) share();
  const link = event.target.closest('a.fg-copy');
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  if (link === title && touch.matches) {
    share();
    return;
  }
  const anchor = new URL(link.href);
  const scenario = location.hash.includes('='); // the state of a lab stays in the address
  if (anchor.hash && anchor.pathname === location.pathname && !scenario) history.replaceState(history.state, '', anchor.hash);
  copy(link);
});
