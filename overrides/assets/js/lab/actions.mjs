// What a row of buttons says, the way back from what they did, and copying, with the text to copy where that is refused.

import { buttonRow, make, press } from './elements.mjs';

/** A row of buttons, each by its name with its words and what it does, which speaks: {node, say, copy, undo, again}. */
export const actions = (presses, block) => speaking(buttonRow(Object.fromEntries(Object.entries(presses).map(([name, [words]]) => [name, words])), (name) => presses[name][1](), block), block);

/** Lets a row speak. `undo(words, back, below)` says words and offers a way back, the button `again`, which stands with the words above `below` where that is given. */
export function speaking(node, block = 'fg-labs') {
  const status = node.querySelector('[role=status]');
  const spot = status.parentNode;
  const plain = make('textarea', { class: `${block}__plain`, readonly: true, rows: 8, 'aria-label': 'Text to copy', hidden: true });
  const near = make('p', { class: `${block}__near` });
  let back = null;
  let pressed = null;
  const again = press('Undo', () => {
    say('Restored.');
    (pressed?.isConnected ? pressed : spot.previousElementSibling).focus({ preventScroll: true }); // its own goes
    back();
  }, 'undo', block);
  const say = (words) => {
    status.textContent = words;
    again.hidden = true;
    near.remove();
  };
  again.hidden = true;
  spot.append(' ', again);
  node.append(plain);
  return {
    node, say, again,
    undo(words, way, below) {
      say(words);
      plain.hidden = true;
      back = way;
      pressed = below && document.activeElement.closest('button, select');
      again.hidden = false;
      if (below) {
        near.replaceChildren(words, ' ', again);
        below.before(near);
      } else spot.append(again);
    },
    async copy(text, done) {
      plain.hidden = true;
      try {
        await navigator.clipboard.writeText(text);
        say(done);
      } catch {
        plain.value = text;
        plain.hidden = false;
        plain.focus();
        plain.select();
        say('Your browser blocked copying. The text is selected below.');
      }
    },
  };
}
