// A link a.fg-copy copies its own address and says of what; where copying is not allowed it shows the address.
// The address is the site's own, from the canonical link, so that what is pasted is right on a copy of the site as well;
// a link to the page itself asks for the evidence while it is shown. data-copy names another address, data-copied what it is of where the link's name does not say.
// On touch, where nothing can be pointed at, the title's link opens a menu in its place: the section in view, the page, and its other sections.
// A button with data-fg-share opens the same menu, wherever it stands.

const WAIT = 4000;
let timer = 0;

/** It is there from the start, empty, since a screen reader tells only of what changes. */
const status = document.createElement('p');
status.className = 'fg-copied';
status.setAttribute('role', 'status');
document.body.append(status);

/** Says `words` to eyes and to screen readers, for a few seconds. */
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
    navigator.share({ title: link.textContent, url: address }).catch(() => {}); // the reader thought better of it
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

/** Opens the menu, which is fetched when it is first asked for. */
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
  const scenario = location.hash.includes('='); // a lab's state, which stays in the address
  if (anchor.hash && anchor.pathname === location.pathname && !scenario) history.replaceState(history.state, '', anchor.hash);
  copy(link);
});
