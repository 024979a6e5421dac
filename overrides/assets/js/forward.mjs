// Redirects old anchors of this page. The script's own element has {old anchor: link}, from
// data/redirects.yml; in an index with data-forward, the anchor of each line leads to the target of the line's link.

const moved = new Map(Object.entries(JSON.parse(document.querySelector('script[data-moved]')?.dataset.moved ?? '{}')));

/** The anchor in the address, or nothing if it is malformed. */
function anchor() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return '';
  }
}

function forward() {
  const name = anchor();
  const link = moved.get(name) ?? document.getElementById(name)?.closest('[data-forward] li')?.querySelector('a').href;
  if (link) location.replace(new URL(link, location.href));
}

addEventListener('hashchange', forward);
forward();
