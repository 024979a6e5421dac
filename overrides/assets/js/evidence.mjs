// The effect of the switch “Show sources”; popover.mjs fetches this module at the first press.

import { say } from './copy.mjs';

function keep(on) {
  try {
    if (on) localStorage.setItem('fg-evidence', 'on');
    else localStorage.removeItem('fg-evidence');
  } catch {
    // storage is forbidden: it lasts for this page only
  }
}

/** Writes the choice into the address, so that it can be shared; the rest of the address stays. */
function tell(on) {
  const rest = location.search.slice(1).split('&').filter((part) => part && !/^evidence(=|$)/.test(part));
  if (on) rest.push('evidence');
  history.replaceState(history.state, '', `${location.pathname}${rest.length ? '?' : ''}${rest.join('&')}${location.hash}`);
}

/** Shows or hides the names of sources and the kind of every number, depending on `button`. */
export function toggle(button) {
  const on = document.documentElement.toggleAttribute('data-evidence');
  button.setAttribute('aria-pressed', on);
  keep(on);
  tell(on);
  say(on ? 'Showing full sources, and a mark for the type of every checked number' : 'Source details hidden');
}
