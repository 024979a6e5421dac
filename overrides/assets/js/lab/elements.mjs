// What every lab builds its page of: elements, and a row of buttons, which actions.mjs lets speak.

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

/** A button in a row or a text; its class begins with `block`, as those of a row do. */
export function press(words, act, name = null, block = 'fg-labs') {
  const node = make('button', { type: 'button', class: `${block}__button`, 'data-do': name }, words);
  node.addEventListener('click', act);
  return node;
}

/** Fetches a style sheet that one kind of lab needs, once. */
const sheets = new Map();
export function styles(address) {
  const { href } = address;
  if (!sheets.has(href)) {
    sheets.set(href, new Promise((done) => {
      const link = make('link', { rel: 'stylesheet', href });
      for (const end of ['load', 'error']) link.addEventListener(end, done);
      document.body.append(link); // after the sheet of all pages, since it overrides some of its rules
    }));
  }
  return sheets.get(href);
}

/** Replaces the page's state without adding to its history; browsers refuse if they are asked too often. */
export function remember(fragment) {
  try {
    history.replaceState(history.state, '', location.pathname + location.search + fragment);
  } catch { /* the next change is written again */ }
}

/** A row of buttons, {name: words}, with a place for their messages; `act` gets the name of the button that is pressed. */
export const buttonRow = (names, act, block = 'fg-labs') => make('div', { class: `${block}__actions` },
  ...Object.entries(names).map(([name, words]) => press(words, () => act(name), name, block)), make('p', { class: `${block}__status` }, make('span', { role: 'status' })));

/**
 * Leaves the events of a field's control to a module that is fetched at the first of them; its `handlersOf(field)` returns {type of event: function}.
 * Until it is loaded, `field.unread` says that something was typed.
 */
export function leave(control, field, kinds, load) {
  let handlers;
  let coming; // one promise for all events meanwhile, so that they are handled in order
  for (const kind of kinds) {
    control.addEventListener(kind, async (event) => {
      if (!handlers) {
        if (kind === 'input') field.unread = true;
        coming ??= load().catch((error) => {
          coming = null;
          throw error;
        });
        const { handlersOf } = await coming;
        handlers ??= handlersOf(field);
        if (kind === 'input') field.unread = false;
      }
      handlers[kind]?.(event);
    });
  }
}
