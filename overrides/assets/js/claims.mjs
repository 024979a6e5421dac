// The ledger of claims. A record opens when the filter narrows the list, or when a link leads to it. On the overview, which has
// no rows of its own, the filter loads the rows of all sections, each claim once, and old anchors of claims lead to their pages.

import { mark } from './age.mjs';

const CLAIM = /^[a-z0-9-]+\.[a-z0-9-]+$/;
const LIST = /<div class="fg-claims__list"[^]*?(?=<\/section>)/;
const form = document.querySelector('form.fg-filter[data-for=claims]');
const all = document.querySelector('.fg-claims__all');

/** Whether the filter hides anything. */
const narrows = () => [...form.elements].some((control) => control.name && control.value && (control.type !== 'radio' || control.checked));

function unfold() {
  const open = narrows();
  if (all) {
    all.hidden = !open;
    all.previousElementSibling.hidden = open && all.hasChildNodes();
  }
  for (const group of document.querySelectorAll('.fg-claims__list details')) group.open = open;
}

function reveal() {
  const id = location.hash.slice(1);
  const moved = JSON.parse(document.querySelector('script[data-moved]')?.dataset.moved ?? '{}');
  if (all && CLAIM.test(id) && !Object.hasOwn(moved, id)) location.replace(new URL(`../../go/${id}/`, location.href));
  const group = id && document.getElementById(id)?.closest('.fg-claims__list details');
  if (group) {
    group.open = true;
    group.scrollIntoView();
  }
}

// ---- the overview

async function pageOf(link) {
  const answer = await fetch(link.href);
  if (!answer.ok) throw new Error(`${link.href}: ${answer.status}`);
  return answer.text();
}

/** Every section's list, with links that work here and each claim once; a claim remembers all sections that state it. */
async function bring() {
  const rows = new Map();
  const lists = [];
  const links = [...document.querySelectorAll('.fg-claims__sections tbody a')];
  const pages = await Promise.all(links.map(pageOf));
  for (const [at, link] of links.entries()) {
    const [text] = pages[at].match(LIST); // parsing the whole page would make the policy refuse, and report, its styles
    const list = new DOMParser().parseFromString(text, 'text/html').body.firstElementChild;
    for (const row of list.querySelectorAll('[data-search]')) {
      const anchor = row.querySelector('a');
      anchor.href = new URL(anchor.getAttribute('href'), link.href).href;
      const known = rows.get(anchor.href);
      if (known) {
        known.dataset.section += `|${link.textContent}`;
        row.remove();
      } else {
        row.dataset.section = link.textContent;
        rows.set(anchor.href, row);
      }
    }
    for (const record of list.querySelectorAll('[id]')) record.removeAttribute('id'); // it may appear under several sections
    for (const group of list.querySelectorAll('[data-group]')) {
      if (!group.querySelector('[data-search]')) group.remove();
    }
    list.dataset.group = '';
    list.removeAttribute('data-filter');
    lists.push(list);
  }
  all.hidden = true; // until they are filtered
  all.append(...lists);
  mark(all);
  all.dataset.filter = 'claims';
  await import('./filter.mjs');
}

let brought = null;

/** Writes the choice into the address, where the filter reads it once it is loaded. */
function note({ target }) {
  if (all.dataset.filter || !target.name) return;
  const address = new URL(location.href);
  if (target.value) address.searchParams.set(target.name, target.value);
  else address.searchParams.delete(target.name);
  history.replaceState(history.state, '', address);
}

/** Loads the rows as soon as somebody begins to filter. */
function begin() {
  const count = form.querySelector('.fg-filter__count');
  brought ??= bring().then(unfold, (fault) => {
    brought = null;
    count.textContent = 'The claims could not load';
    throw fault;
  });
}

if (form && all) {
  const asked = new URL(location.href).searchParams;
  if ([...form.elements].some((control) => control.name && asked.has(control.name))) begin();
  form.addEventListener('input', (event) => {
    begin();
    note(event);
  });
  form.addEventListener('submit', (event) => event.preventDefault());
}
if (form) {
  // After the filter, which listens on the document.
  addEventListener('input', (event) => { if (form.contains(event.target)) unfold(); });
  addEventListener('reset', (event) => { if (event.target === form) setTimeout(unfold); });
  if (narrows()) unfold();
}
addEventListener('hashchange', reveal);
reveal();
// Home's “Check a number” leads to the field. Once the page is loaded, the browser has gone to the anchor and takes no focus away.
addEventListener('load', () => form?.closest(':target')?.querySelector('[type=search]').focus({ preventScroll: true }));
