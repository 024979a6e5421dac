// What the switch “Show sources” does; popover.mjs fetches it at the first press.

import { say } from './copy.mjs';

function keep(on) {
  try {
    if (on) localStorage.setItem('fg-evidence', 'on');
    else localStorage.removeItem('fg-evidence');
  } catch {
    // it holds for this page
  }
}

/** The address says what is shown, so that it can be passed on; whatever else stands in it stays. */
function tell(on) {
  const rest = location.search.slice(1).split('&').filter((part) => part && !/^evidence(=|$)/.test(part));
  if (on) rest.push('evidence');
  history.replaceState(history.state, '', `${location.pathname}${rest.length ? '?' : ''}${rest.join('&')}${location.hash}`);
}

/** Shows the names of sources, and the kind of every number, or hides them; `button` says which. */
export function toggle(button) {
  const on = document.documentElement.toggleAttribute('data-evidence');
  button.setAttribute('aria-pressed', on);
  keep(on);
  tell(on);
  say(on ? 'Showing full sources, and a mark for the type of every checked number' : 'Source details hidden');
}
