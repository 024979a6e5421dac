// Leads an old anchor of this page to what answers it now. A script's own element carries {old anchor: link}, from
// data/redirects.yml; an index with data-forward leads each of its lines to where the line's link leads.

const moved = new Map(Object.entries(JSON.parse(document.querySelector('script[data-moved]')?.dataset.moved ?? '{}')));

/** The anchor in the address, or nothing where it is malformed. */
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
