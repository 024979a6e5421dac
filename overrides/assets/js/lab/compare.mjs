// Two scenarios side by side in words: fetched when a reader keeps one.

import { chosenOf, inputsOf } from './state.mjs';
import { digits, fixed } from './words.mjs';
import { show } from './typed.mjs';

const SCALES = { ' million': 1e6, ' billion': 1e9, ' trillion': 1e12 };
const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The number in a reading, and what stands about it: “−$1.2 million” is [-1200000, '$', '']. Nothing where there is none. */
function numberIn(text) {
  const found = /^(−?)(\$?)([\d,]+(?:\.\d+)?|[a-z]+\b)( million| billion| trillion)?(.*)$/.exec(text);
  if (!found) return null;
  const [, sign, before, number, scale, after] = found;
  const size = /\d/.test(number) ? Number(number.replaceAll(',', '')) : SMALL.indexOf(number);
  return size < 0 ? null : [(sign ? -1 : 1) * size * (SCALES[scale] ?? 1), before, after.replace(/s$/, '')];
}

/** How the second of two readings differs from the first: “12 points less”, “30% more”, “3.4 times as much”, “the same”. */
export function difference(first, second) {
  if (first === second) return 'the same';
  const [one, other] = [numberIn(first), numberIn(second)];
  if (!one || !other || one[1] !== other[1] || one[2] !== other[2]) return '';
  const more = other[0] > one[0] ? 'more' : 'less';
  if (one[2].startsWith('%')) {
    const points = digits(Math.abs(other[0] - one[0]), 3);
    return `${points} ${points === '1' ? 'point' : 'points'} ${more}`;
  }
  const ratio = other[0] / one[0];
  if (!(ratio > 0) || !Number.isFinite(ratio)) return '';
  if (ratio >= 2) return `${digits(ratio, 2)} times as much`;
  const percent = Math.abs(ratio - 1) * 100;
  return percent < .5 ? '' : `${fixed(percent, percent < 10 ? 1 : 0).replace(/\.0$/, '')}% ${more}`;
}

const said = (input, values) => (input.kind === 'number' ? show(values[input.id]) : chosenOf(input, values)?.name ?? 'none');

/** What the second scenario has otherwise: “Price per seat 30 → 45; Model …”. */
export function changes(lab, a, b) {
  const found = inputsOf(lab).filter(({ id }) => a[id] !== b[id]).map((input) => `${input.label} ${said(input, a)} → ${said(input, b)}`);
  return found.length ? `B differs in ${found.slice(0, 6).join('; ')}${found.length > 6 ? ` and ${found.length - 6} more` : ''}.` : 'A and B are the same as yet: change something.';
}
