// The menu of links to a page and its sections, for touch screens. copy.mjs fetches it and handles its links.

function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  element.append(...children);
  return element;
}

function row(address, words, what, now) {
  const link = make('a', { class: 'fg-copy fg-action', href: address, 'data-copied': what }, words);
  if (now) link.setAttribute('aria-current', 'true');
  return make('p', { class: 'fg-note__link' }, link);
}

/** The section in view first, the page, then the other sections. */
export function openMenu() {
  const title = document.querySelector('h1').textContent;
  const sections = [...document.querySelectorAll('article :is(h2, h3)[id]:not(.fg-sr)')].filter((heading) => heading.getClientRects().length);
  const marked = document.querySelector('.fg-contents__link[aria-current]')?.hash; // by reading.mjs, which names it in its bar
  const seen = sections.find((heading) => marked === `#${heading.id}`) ?? sections.findLast((heading) => heading.getBoundingClientRect().top < innerHeight / 2);
  const section = (heading) => row(`#${heading.id}`, heading.textContent, `the section “${heading.textContent}”`, heading === seen);
  const others = sections.filter((heading) => heading !== seen && heading.matches('h2'));
  const menu = make('dialog', { class: 'fg-share fg-popover fg-popover--sheet md-typeset', 'aria-label': 'Share' },
    make('p', { class: 'fg-note__name' }, 'Share'),
    make('button', { class: 'fg-popover__close', type: 'button', 'aria-label': 'Close' }),
    ...(seen ? [section(seen)] : []), row('./', `This page: ${title}`, `the page “${title}”`, !seen), ...others.map(section));
  menu.addEventListener('click', (event) => {
    if (event.target === menu || event.target.closest('a, button')) menu.close();
  });
  menu.addEventListener('close', () => menu.remove());
  document.body.append(menu);
  menu.showModal();
}
