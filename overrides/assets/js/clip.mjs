// A button with data-clip copies the text of the element with that id and says what it copied.
// A link to a folded part of the page opens it, for browsers that do not do so by themselves.

import { say } from './copy.mjs';

async function clip(button) {
  const source = document.getElementById(button.dataset.clip);
  try {
    await navigator.clipboard.writeText(source.textContent.replaceAll('\u00A0', ' ').trim());
    say(`Copied ${button.dataset.clipped}`);
  } catch {
    getSelection().selectAllChildren(source);
    say(`Your browser blocked copying. The text is selected: press Ctrl+C or ⌘C`);
  }
}

/** The element that a link of this page leads to, or nothing if its address is malformed. */
function target(link) {
  try {
    return document.getElementById(decodeURIComponent(link.hash.slice(1)));
  } catch {
    return null;
  }
}

const quoted = document.querySelector('[data-quote]'); // on a claim's page
if (quoted) import('./quote.mjs').then(({ claimQuote, quoteLine }) => quoted.append(quoteLine(() => claimQuote(quoted.dataset))));

document.addEventListener('click', (event) => {
  if (!(event.target instanceof Element)) return;
  const button = event.target.closest('button[data-clip]');
  if (button) clip(button);
  const link = event.target.closest('a[href^="#"]');
  const folded = link && target(link)?.closest('details:not([open])');
  if (folded) folded.open = true;
});
