// Follows the reader: marks the section in view in the contents beside the text. In a narrow window its title
// is in a bar under the header, which opens the contents; on touch screens, the bar also shares the section. kept.mjs stores the place.

import { keepPlace } from './kept.mjs';

const wide = matchMedia('(min-width: 76.25em)');
const header = document.querySelector('.fg-header');
const bar = document.querySelector('.fg-toc') && build();
const contents = document.querySelector('.fg-contents');
const parts = [...document.querySelectorAll('.fg-contents__link')].map((link) => [link, document.getElementById(decode(link.hash.slice(1)))]);
let waiting = false;
let reached = null;

function build() {
  const [box, button, title, share, list] = ['div', 'button', 'span', 'button', 'nav'].map((tag) => document.createElement(tag));
  box.className = 'fg-bar';
  box.hidden = true;
  button.className = 'fg-bar__button';
  button.type = 'button';
  button.setAttribute('aria-expanded', 'false');
  title.className = 'fg-bar__title';
  list.className = 'fg-bar__list';
  list.setAttribute('aria-label', 'On this page');
  list.popover = 'auto';
  button.popoverTargetElement = list;
  button.append(title);
  share.className = 'fg-bar__share';
  share.type = 'button';
  share.dataset.fgShare = '';
  share.setAttribute('aria-haspopup', 'dialog');
  share.setAttribute('aria-label', 'Share this page or section');
  box.append(button, share);
  header.after(box, list); // where they come first for keyboards
  list.addEventListener('beforetoggle', (event) => {
    if (event.newState === 'open') list.replaceChildren(contents.cloneNode(true));
  });
  list.addEventListener('toggle', (event) => {
    button.setAttribute('aria-expanded', event.newState === 'open');
    list.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
  });
  list.addEventListener('click', (event) => {
    if (event.target.closest('a')) list.hidePopover();
  });
  return { box, button, title, list };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function follow() {
  waiting = false;
  const edge = header.offsetHeight + (wide.matches ? 40 : 60);
  // At the end of a page the last headings may not reach the top: there the one that was asked for, else the last.
  const ended = scrollY > 0 && innerHeight + scrollY > document.documentElement.scrollHeight - 2;
  const passed = parts.filter(([, heading]) => heading && heading.getBoundingClientRect().top < (ended ? innerHeight : edge));
  const asked = ended && passed.find(([link, heading]) => link.hash === location.hash && heading.getBoundingClientRect().top > 0);
  const now = (asked || passed.at(-1))?.[0] ?? null;
  if (bar) bar.box.hidden = !now || stands(document.querySelector('[data-fg-bar]'));
  if (now !== reached) {
    reached?.removeAttribute('aria-current');
    now?.setAttribute('aria-current', 'location');
    reached = now;
    if (now) show(now);
  }
  keepPlace(now?.hash ?? '');
}

/** Whether the page's own bar, a worksheet's progress, is in the window; only one bar is shown at a time. */
function stands(own) {
  const { height, top, bottom } = own?.getBoundingClientRect() ?? {};
  return height > 0 && top < innerHeight && bottom > header.offsetHeight;
}

function show(link) {
  if (bar) {
    bar.title.textContent = link.textContent;
    bar.button.setAttribute('aria-label', `On this page: ${link.textContent}`);
  }
  const column = link.closest('.fg-side');
  column.scrollTop = link.offsetTop - column.offsetTop - column.clientHeight / 2; // scrolls only if it is longer than the window
}

function scrolled() {
  if (!waiting) requestAnimationFrame(follow);
  waiting = true;
}

addEventListener('scroll', scrolled, { passive: true });
wide.addEventListener('change', () => {
  bar?.list.hidePopover();
  scrolled();
});
follow();
