// What every lab builds its page of: elements, a row of actions with what they say, and copying, with the text to copy where that is refused.

const SVG = 'http://www.w3.org/2000/svg';

function build(node, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== false && value !== null && value !== undefined) node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** An element; attributes that are false or null are left out, as are children. */
export const make = (tag, attributes = {}, ...children) => build(document.createElement(tag), attributes, children);

/** The same of SVG. */
export const draw = (tag, attributes = {}, ...children) => build(document.createElementNS(SVG, tag), attributes, children);

/** Parts of the labs' own, by their names in the sheet. */
export const div = (name, ...children) => make('div', { class: `fg-labs__${name}` }, ...children);
export const line = (name, ...children) => make('p', { class: `fg-labs__${name}` }, ...children);

/** The number of a reading, for one of two scenarios with its name. */
export const figure = ({ text, tone }, name) => make('span', { class: 'fg-labs__value', 'data-tone': tone }, name && make('small', {}, name), text);

/** A button in a row or a text; its class is of `block`, as are those of a row. */
export function press(words, act, name = null, block = 'fg-labs') {
  const node = make('button', { type: 'button', class: `${block}__button`, 'data-do': name }, words);
  node.addEventListener('click', act);
  return node;
}

/** A sheet of the site's that one kind of lab needs, fetched once. */
const sheets = new Map();
export function styles(address) {
  const { href } = address;
  if (!sheets.has(href)) {
    sheets.set(href, new Promise((done) => {
      const link = make('link', { rel: 'stylesheet', href });
      for (const end of ['load', 'error']) link.addEventListener(end, done);
      document.body.append(link); // after the sheet of all pages, of which it changes some rules
    }));
  }
  return sheets.get(href);
}

/** Gives the page a state without a step in its history; a browser that is asked too often refuses. */
export function remember(fragment) {
  try {
    history.replaceState(history.state, '', location.pathname + location.search + fragment);
  } catch { /* the next change is written again */ }
}

/** A row of buttons, each by its name with its words and what it does, and what they say: {node, say, copy, undo, again}. `undo(words, back, below)` says words and offers a way back,
 * the button `again`, which stands with the words above `below` where that is given. */
export function actions(presses, block = 'fg-labs') {
  const status = make('span', { role: 'status' });
  const plain = make('textarea', { class: `${block}__plain`, readonly: true, rows: 8, 'aria-label': 'Text to copy', hidden: true });
  const buttons = Object.entries(presses).map(([name, [words, act]]) => press(words, act, name, block));
  let back = null;
  let pressed = null;
  const again = press('Undo', () => {
    say('Everything is back.');
    (pressed?.isConnected ? pressed : buttons.at(-1)).focus({ preventScroll: true }); // its own goes
    back();
  }, 'undo', block);
  const say = (words) => {
    status.textContent = words;
    again.hidden = true;
    near.remove();
  };
  const near = make('p', { class: `${block}__near` });
  const spot = make('p', { class: `${block}__status` }, status, ' ', again);
  again.hidden = true;
  return {
    say, again, node: make('div', { class: `${block}__actions` }, ...buttons, spot, plain),
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
        say('The browser did not allow copying. The text is below, selected.');
      }
    },
  };
}
