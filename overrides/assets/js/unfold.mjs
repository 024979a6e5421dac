// On a phone a row of a list is one line. Its details element (.fg-unfold) says whether it is open, and the style sheet keeps
// back what has the class fg-kept until then. Here a link to a row opens it, and the browser's own search finds what is kept
// back (hidden="until-found") and opens it. Without this script a row opens by a press, and by being what the address names.

const rowOf = (element) => element?.closest('[data-search]');
const switchOf = (row) => row?.querySelector('.fg-unfold');
const searches = 'onbeforematch' in document.documentElement;

/** Keep the row's parts back so that the browser's search still reads them. What is open shows all the same. */
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

/** The row that the address names, or nothing where the address is malformed. */
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

/** While the page comes, its sheet and its fonts move what is above: the row stays in view until the reader moves or all has come. */
function hold(row) {
  const watch = new ResizeObserver(() => row.scrollIntoView());
  watch.observe(document.body);
  for (const move of ['wheel', 'touchstart', 'keydown', 'pointerdown']) addEventListener(move, () => watch.disconnect(), { once: true, passive: true });
  addEventListener('load', () => setTimeout(() => watch.disconnect(), 2000), { once: true });
}

document.addEventListener('beforematch', (event) => open(rowOf(event.target)));
document.addEventListener('toggle', (event) => {
  if (event.target.matches('.fg-unfold:not([open])')) keep(rowOf(event.target)); // the search has shown a part for good
}, true);
document.querySelectorAll('.fg-unfold').forEach((unfold) => keep(rowOf(unfold)));
addEventListener('hashchange', follow);
follow();
