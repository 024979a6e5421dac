// Reads numbers that readers type; fetched when a reader is about to type.

import { line, make } from './elements.mjs';
import { show, spoken } from './numbers.mjs';
import { tidy } from './state.mjs';

const SCALES = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6, b: 1e9, bn: 1e9, billion: 1e9, t: 1e12, trillion: 1e12 };
const WAIT = 500; // milliseconds during which a number may be incomplete
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹';
const TYPED = /^([-+]?)\s*(\$|us\$|usd)?\s*([-+]?)([\d., ]*\d\.?)\s*(?:e([-+]?\d{1,3}))?\s*(.*)$/i;
const GROUPED = /^[1-9]\d{0,2}([, ]\d{3})+(\.\d*)?$/;
const EITHER = /^[1-9]\d{0,2}\.\d{3}$/; // 1.500: one and a half, or as Europeans write fifteen hundred
const WORD = /[\p{L}₂]+|[$%/×]/gu;
const SAME = { us: '$', usd: '$', dollar: '$', percent: '%', pct: '%', mo: 'month', h: 'hour', hr: 'hour', yr: 'year', x: '×' };
const FILLING = new Set(['a', 'an', 'per', 'of', 'the', 'in', '/']);

const range = ({ low, high, unit }) => `from ${show(low)} to ${spoken(high, unit)}`;

/** The words of a unit as people may write it: “$ per GPU-hour”, “USD/GPU hour” and “dollars per GPU-hour” have the same. */
const wordsOf = (text) => (text.toLowerCase().match(WORD) ?? []).map((word) => (word.length > 2 ? word.replace(/s$/, '') : word)).map((word) => SAME[word] ?? word).filter((word) => !FILLING.has(word));

/** The content of a number field as {value}, or as {wrong}, a message for the reader. */
export function parse(text, input) {
  const clean = text.replace(/×\s*10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/u, (_, raised) => `e${[...raised].map((sign) => (sign === '⁻' ? '-' : RAISED.indexOf(sign))).join('')}`)
    .replace(/[−–]/g, '-').replace(/\s/gu, ' ').trim();
  if (!clean) return { wrong: `Enter a number ${range(input)}.` };
  const found = TYPED.exec(clean);
  const junk = { wrong: `“${clean.length > 24 ? `${clean.slice(0, 24)}…` : clean}” is not a valid number. Enter one ${range(input)}.` };
  if (!found) return junk;
  const [, sign, dollar, inner, digits, exponent, after] = found;
  const [, first, more] = /^(\p{L}*)(.*)$/u.exec(after);
  const scale = SCALES[first.toLowerCase()];
  const unit = new Set(wordsOf(input.unit ?? ''));
  const said = wordsOf(`${dollar ?? ''} ${scale ? more : after}`);
  if ((sign && inner) || !said.every((word) => unit.has(word)) || after.replace(WORD, '').replace(/[ .-]/g, '')) return junk;
  const grouped = GROUPED.test(digits);
  if (!grouped && /[, ]|\..*\./.test(digits)) return { wrong: `“${digits.slice(0, 24)}” is ambiguous. Use a point for decimals, as in 1.5, and commas only between thousands, as in 1,500.` };
  if (EITHER.test(digits) && !scale && !exponent && Number(digits.replace('.', '')) <= input.high) return { wrong: `“${digits}” can be read two ways. Enter ${digits.replace('.', ',')} or ${Number(digits)}.` };
  const value = tidy(Number(`${sign || inner}${grouped ? digits.replace(/[, ]/g, '') : digits}e${exponent ?? 0}`) * (scale ?? 1)) || 0;
  if (!(value >= input.low && value <= input.high)) return { wrong: `Enter a number ${range(input)}.` };
  return input.whole && !Number.isInteger(value) ? { wrong: `Enter a whole number ${range(input)}.` } : { value };
}

/** What somebody who typed a share such as 0.4 into a field of percent may have meant, in percent; nothing if the number is clear. */
export function meant(text, value, { unit, high }) {
  const percent = tidy(100 * value);
  return unit?.startsWith('%') && value > 0 && value < 1 && percent <= high && !/[%a-z]/i.test(text) ? percent : undefined;
}

/** The handlers of a number's field: {type of event: function}. */
export function handlersOf(made) {
  const { input, text, stops } = made;
  let wait = 0;
  const hint = made.hint = line('hint');
  hint.setAttribute('role', 'status');
  made.node.append(hint);
  const ask = (percent) => {
    if (hint.firstChild) return; // somebody may be pressing it, which leaves the field
    const button = make('button', { type: 'button', class: 'fg-labs__back' }, `${show(percent)}%`);
    button.addEventListener('click', () => {
      made.set(percent);
      text.focus(); // the button is about to disappear
    });
    hint.replaceChildren(`You entered ${show(made.value)}%. Did you mean `, button, '?');
  };
  /** Reads what is typed; an incomplete number is not an error yet. */
  const check = (event) => {
    clearTimeout(wait);
    const { wrong = '', value } = text.value === show(made.value) ? { value: made.value } : parse(text.value, input);
    const percent = meant(text.value, value, input);
    if (event?.type === 'input' && (wrong || percent)) wait = setTimeout(check, WAIT);
    if (!wrong || event?.type !== 'input') {
      made.own = value;
      made.say(wrong);
      made.put(wrong ? {} : { [input.id]: value });
      if (event?.type === 'change' && !wrong) made.write();
      if (percent && event?.type !== 'input') ask(percent);
    }
  };
  let before = made.value; // what the field had when it was entered, to which Escape goes back
  return {
    input: check, change: check,
    focus: () => { before = made.value; },
    keydown(event) {
      if (event.key === 'Escape') {
        made.set(before);
        made.write();
        return;
      }
      const next = event.key === 'ArrowUp' ? stops.find((stop) => stop > made.value) : event.key === 'ArrowDown' ? stops.findLast((stop) => stop < made.value) : undefined;
      if (next === undefined) return;
      event.preventDefault();
      made.set(next);
    },
  };
}
