// Reads numbers that readers type; fetched when a reader is about to type.

import { show, spoken } from './numbers.mjs';
import { tidy } from './state.mjs';

const SCALES = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, b: 1e9, bn: 1e9, billion: 1e9, t: 1e12, trillion: 1e12 };
const WAIT = 500; // milliseconds during which a number may be incomplete
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const TYPED = /^([-+]?)\s*(\$?)\s*([-+]?)([\d., ]*\d\.?)\s*(?:e([-+]?\d{1,3}))?\s*([a-z]*)\s*(%?)$/i;
const GROUPED = /^[1-9]\d{0,2}([, ]\d{3})+(\.\d*)?$/;

const range = ({ low, high, unit }) => `from ${show(low)} to ${spoken(high, unit)}`;

/** The content of a number field as {value}, or as {wrong}, a message for the reader. */
export function parse(text, input) {
  const clean = text.replace(/×\s*10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/u, (_, raised) => `e${[...raised].map((sign) => (sign === '⁻' ? '-' : RAISED.indexOf(sign))).join('')}`)
    .replace(/[−–]/g, '-').replace(/\s/gu, ' ').trim();
  const units = (input.unit ?? '').toLowerCase();
  if (!clean) return { wrong: `Enter a number ${range(input)}.` };
  const found = TYPED.exec(clean);
  const junk = { wrong: `“${clean.length > 24 ? `${clean.slice(0, 24)}…` : clean}” is not a valid number. Enter one ${range(input)}.` };
  if (!found) return junk;
  const [, sign, dollar, inner, digits, exponent, word, percent] = found;
  const scale = word ? SCALES[word.toLowerCase()] ?? (units.split(/[^a-z]+/).includes(word.toLowerCase()) && 1) : 1;
  if (!scale || (sign && inner) || (dollar && !units.includes('$')) || (percent && !units.includes('%'))) return junk;
  const grouped = GROUPED.test(digits);
  if (!grouped && /[, ]|\..*\./.test(digits)) return { wrong: `“${digits.slice(0, 24)}” is ambiguous. Use a point for decimals, as in 1.5, and commas only between thousands, as in 1,500.` };
  const value = tidy(Number(`${sign || inner}${grouped ? digits.replace(/[, ]/g, '') : digits}e${exponent ?? 0}`) * scale) || 0;
  if (!(value >= input.low && value <= input.high)) return { wrong: `Enter a number ${range(input)}.` };
  return input.whole && !Number.isInteger(value) ? { wrong: `Enter a whole number ${range(input)}.` } : { value };
}

/** The handlers of a number's field: {type of event: function}. */
export function handlersOf(made) {
  const { input, text, stops } = made;
  let wait = 0;
  /** Reads what is typed; an incomplete number is not an error yet. */
  const check = (event) => {
    clearTimeout(wait);
    const { wrong = '', value } = parse(text.value, input);
    if (wrong && event?.type === 'input') wait = setTimeout(check, WAIT);
    else {
      made.own = value;
      made.say(wrong);
      made.put(wrong ? {} : { [input.id]: value });
      if (event?.type === 'change' && !wrong) made.write();
    }
  };
  return {
    input: check, change: check,
    keydown(event) {
      const next = event.key === 'ArrowUp' ? stops.find((stop) => stop > made.value) : event.key === 'ArrowDown' ? stops.findLast((stop) => stop < made.value) : undefined;
      if (next === undefined) return;
      event.preventDefault();
      made.set(next);
    },
  };
}
