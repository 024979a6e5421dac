// Converts the state of a lab to an address and back. Fetched if the address contains a state, and when a reader changes something or asks for a link.
// An address is `#v1&price=30&model=some-record…` with every input, so that it keeps its meaning when a record changes; a second scenario
// has the same names after `b.`, and `b.=1` if it is the one in view. Unknown parts are ignored.

import { change, defaults, inputsOf, tidy } from './state.mjs';

const START = /^#v(\d{1,4})(?:&|$)/;
const NUMBER = /^-?\d{1,40}(?:\.\d{1,40})?(?:e[+-]?\d{1,3})?$/i;
const LONGEST = 8000;

/** Whether an input accepts a value. */
export function fits({ kind, low, high, whole, options, rows }, value) {
  if (kind === 'number') return typeof value === 'number' && value >= low && value <= high && !(whole && !Number.isInteger(value));
  return (options ?? rows).some(({ id }) => id === value);
}

const write = (value) => (typeof value === 'number' ? String(value).replace('e+', 'e') : encodeURIComponent(value));

/** {a, b, second} as a fragment; `b` and `second` only where two scenarios are compared. */
export function encode(lab, { a, b, second }) {
  const all = (values, before) => inputsOf(lab).filter(({ id }) => values[id] !== null).map(({ id }) => `${before}${id}=${write(values[id])}`);
  return `#${[`v${lab.version}`, ...all(a, ''), ...(b ? [`b.=${second ? 1 : 0}`, ...all(b, 'b.')] : [])].join('&')}`;
}

/** The reverse, with the inputs whose value was refused: {a, b, second, refused}; null if the fragment is not for a lab. */
export function decode(lab, fragment) {
  const version = START.exec(fragment)?.[1];
  if (!version || fragment.length > LONGEST) return null;
  const found = new URLSearchParams(fragment.slice(version.length + 2));
  const refused = [];
  const take = (base, before) => {
    const given = {};
    for (const input of inputsOf(lab)) {
      const older = Number(version) < lab.version ? Object.keys(lab.moved ?? {}).filter((name) => lab.moved[name] === input.id) : [];
      const text = [input.id, ...older].map((name) => found.get(before + name)).find((one) => one !== null);
      if (text === undefined) continue;
      const value = input.kind === 'number' && NUMBER.test(text) ? tidy(Number(text)) : text;
      if (fits(input, value)) given[input.id] = value;
      else refused.push(input);
    }
    return change(lab, base, given);
  };
  const a = take(defaults(lab), '');
  const b = found.has('b.') ? take(a, 'b.') : null;
  return { a, b, second: Boolean(b) && found.get('b.') === '1', refused };
}

/** Applies the address to a lab's page; returns whether it contains anything for it. */
export async function follow(page) {
  const found = decode(page.lab, location.hash);
  if (!found) return false;
  if (found.b) await page.compared();
  const { refused, ...state } = found;
  page.state = state;
  page.came.textContent = refused.length ? `This link gives ${refused.map(({ label }) => `“${label}”`).join(', ')} a value that the lab does not take: the default stands in its place.` : '';
  page.show(true);
  return true;
}
