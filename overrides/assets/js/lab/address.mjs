// Converts the state of a lab to an address and back. Fetched if the address contains a state, and when a reader changes something or asks for a link.
// An address is `#v1&price=30&model=some-record…` with every input, so that it keeps its meaning when a record changes; a second scenario
// has the same names after `b.`, and `b.=1` if it is the one in view. What cannot be read is named, and the rest is used.

import { change, defaults, inputsOf, tidy } from './state.mjs';
import { show } from './numbers.mjs';

const START = /^#v(\d+)(?:&|$)/;
const NUMBER = /^-?\d{1,40}(?:\.\d{1,40})?(?:e[+-]?\d{1,3})?$/i;
const LONGEST = 8000;
const NAMED = 5; // unknown inputs of a link that are named

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

const cut = (text) => (text.length > 24 ? `${text.slice(0, 24)}…` : text);
const quoted = (names) => names.map((name) => `“${name}”`).join(', ');

/** What has changed since a link was made, and what it has that this lab cannot use, in sentences; empty if there is nothing. */
function complaints(lab, version, refused, unknown) {
  const newer = Number(version) > lab.version;
  return [
    lab.older?.[Number(version)]?.say,
    newer && `This link names version ${cut(version)} of this lab, but the newest is version ${lab.version}. Check that each number means what you expect.`,
    refused.length > 0 && `This link gives ${quoted(refused.map(({ label }) => label))} a value that this lab can’t use, so the default is used instead.`,
    unknown.length > 0 && `Some parts of this link are ignored, because this lab has no such inputs: ${quoted(unknown.slice(0, NAMED).map(cut))}${unknown.length > NAMED ? ` and ${unknown.length - NAMED} more` : ''}.`,
  ].filter(Boolean).join(' ');
}

/** The reverse, with what was refused, in words: {a, b, second, said}; null if the fragment is not for a lab. */
export function decode(lab, fragment) {
  const version = START.exec(fragment)?.[1];
  if (!version) return null;
  if (fragment.length > LONGEST) return { a: defaults(lab), b: null, second: false, said: `This link is longer than ${show(LONGEST)} characters, so it could not be read. You see the default values.` };
  const found = new URLSearchParams(fragment.slice(version.length + 2));
  const refused = new Set();
  const known = new Set(['']);
  const take = (base, before) => {
    const given = {};
    for (const input of inputsOf(lab)) {
      const older = Number(version) < lab.version ? Object.keys(lab.moved ?? {}).filter((name) => lab.moved[name] === input.id) : [];
      const names = [input.id, ...older];
      for (const name of names) known.add(name);
      const text = names.map((name) => found.get(before + name)).find((one) => one !== null);
      if (text === undefined) continue;
      const value = input.kind === 'number' && NUMBER.test(text) ? tidy(Number(text)) : text;
      if (fits(input, value)) given[input.id] = value;
      else refused.add(input);
    }
    return change(lab, base, given);
  };
  const a = take({ ...defaults(lab), ...lab.older?.[Number(version)]?.values }, '');
  const b = found.has('b.') ? take(a, 'b.') : null;
  const unknown = [...new Set([...found.keys()].map((name) => name.replace(/^b\./, '')))].filter((name) => !known.has(name));
  return { a, b, second: Boolean(b) && found.get('b.') === '1', said: complaints(lab, version, [...refused], unknown) };
}

/** Applies the address to a lab's page; returns whether it contains anything for it. */
export async function follow(page) {
  const found = decode(page.lab, location.hash);
  if (!found) return false;
  if (found.b) await page.compared();
  const { said, ...state } = found;
  page.state = state;
  page.came.textContent = said;
  page.show(true);
  return true;
}
