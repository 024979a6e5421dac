// A button with data-picture copies the figure as a picture in the page's colors: the slide that the link beside it leads to.
// In browsers that cannot copy pictures, the button is removed.

import { say } from './copy.mjs';

const slide = (button) => button.parentElement.querySelector('a[href$="-light.png"]').href;
const dark = () => (document.documentElement.dataset.scheme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

async function load(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status}`);
  return answer.blob();
}

async function copy(button) {
  const picture = load(dark() ? slide(button).replace(/-light\.png$/, '-dark.png') : slide(button));
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': picture })]); // at once, since browsers allow copying only right after a press
    say(`Copied the picture of ${button.dataset.picture}`);
  } catch {
    say('Your browser blocked copying the picture. Use “Slide” to save it as a file');
  }
  picture.catch(() => {}); // reported above
}

for (const button of document.querySelectorAll('button[data-picture]')) {
  if (globalThis.ClipboardItem && navigator.clipboard?.write) button.addEventListener('click', () => copy(button));
  else button.remove();
}
