// On a phone each row of a list is one line. Its details element (.fg-unfold) says whether it is open; until then, the style sheet
// hides elements of the class fg-kept. This script opens a row when a link leads to it, and lets the browser's own search find hidden
// parts (hidden="until-found") and open them. Without it, a row opens when pressed, or when the address names it.

const rowOf = (element) => element?.closest('[data-search]');
const switchOf = (row) => row?.querySelector('.fg-unfold');
const searches = 'onbeforematch' in document.documentElement;

/** Hides the row's parts in a way that the browser's search can find. Open rows stay visible. */
function keep(row) {
  if (!searches) return;
  for (const part of row.querySelectorAll('.fg-kept')) part.setAttribute('hidden', 'until-found');
}

function open(row) {
  const unfold = switchOf(row);
  if (!unfold || unfold.open) return false;
  unfold.open = true;
  return true;
}

/** The row that the address names, or nothing if the address is malformed. */
function named() {
  try {
    return rowOf(document.getElementById(decodeURIComponent(location.hash.slice(1))));
  } catch {
    return null;
  }
}

function follow() {
  const row = named();
  if (!open(row)) return;
  row.scrollIntoView();
  if (document.readyState !== 'complete') hold(row);
}

/** While the page loads, its sheet and fonts move the content above: keeps the row in view until the reader scrolls or everything is loaded. */
function hold(row) {
  const watch = new ResizeObserver(() => row.scrollIntoView());
  watch.observe(document.body);
  for (const move of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(move, () => watch.disconnect(), { once: true, passive: true });
  addEventListener('load', () => setTimeout(() => watch.disconnect(), 2000), { once: true });
}

document.addEventListener('beforematch', (event) => open(rowOf(event.target)));
document.addEventListener('toggle', (event) => {
  if (event.target.matches('.fg-unfold:not([open])')) keep(rowOf(event.target)); // the browser's search has revealed a part
}, true);
document.querySelectorAll('.fg-unfold').forEach((unfold) => keep(rowOf(unfold)));
addEventListener('hashchange', follow);
follow();
