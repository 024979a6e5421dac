// A link with data-copy copies that address, says which, and leaves the link to work as a link where copying is not allowed.
// The address is the site's own, so that what is pasted is right on a copy of the site as well.

const WAIT = 4000;
let status = null;
let timer = 0;

function say(words) {
  if (!status?.isConnected) {
    status = document.createElement('p');
    status.className = 'fg-copied';
    status.setAttribute('role', 'status');
    document.body.append(status);
  }
  clearTimeout(timer);
  status.textContent = words;
  timer = setTimeout(() => { status.textContent = ''; }, WAIT);
}

async function copy(link) {
  try {
    await navigator.clipboard.writeText(link.dataset.copy);
    say(`Copied the link to ${link.dataset.copied}`);
  } catch {
    say(`The browser did not let the page copy. The address: ${link.dataset.copy}`);
  }
}

document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-copy]') : null;
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  const anchor = new URL(link.href);
  if (anchor.hash && anchor.pathname === location.pathname) history.replaceState(history.state, '', anchor.hash);
  copy(link);
});
