// Leads an old anchor of this page to what answers it now. The script's own element carries {old anchor: link}, from data/redirects.yml.

const moved = new Map(Object.entries(JSON.parse(document.querySelector('script[data-moved]').dataset.moved)));

function forward() {
  const link = moved.get(location.hash.slice(1));
  if (link) location.replace(new URL(link, location.href));
}

addEventListener('hashchange', forward);
forward();
