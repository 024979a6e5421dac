// Numbers as fields show them, and the stops of a slider. Pure.

import { tidy } from './state.mjs';

const PLAIN = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 12 });
const STOPS = 160;

/** A number as a field shows it, which `parse` reads back: 1,000, 0.35, 70B, 15T, 3.8e25. */
export function show(value) {
  const size = Math.abs(value);
  let text = '';
  for (const [scale, name] of [[1e12, 'T'], [1e9, 'B']]) {
    if (!text && size >= scale && size < 1e16 && tidy(Number((size / scale).toPrecision(4)) * scale) === size) text = `${PLAIN.format(size / scale)}${name}`;
  }
  text ||= size >= 1e15 || (size && size < 1e-6) ? size.toExponential().replace('e+', 'e') : PLAIN.format(size);
  return value < 0 ? `−${text}` : text;
}

/** A number with the digits that a page shows: four of a number from a record or a sum, all of one that somebody chose. The value itself does not change. */
export const brief = (value, known) => ((known || Number(value.toPrecision(6)) !== value) && !(Number.isInteger(value) && Math.abs(value) < 1e6) ? Number(value.toPrecision(4)) : value);

/** The same with its unit, as screen readers say it: $30 a month, 60% of input, 8,000 tokens. */
export function spoken(value, unit = '') {
  const text = show(value);
  if (unit.startsWith('$')) return `${value < 0 ? '−' : ''}$${text.replace('−', '')}${unit.slice(1)}`;
  return unit.startsWith('%') ? text + unit : `${text} ${unit}`.trim();
}

/** The values at which a slider stops: round steps, closer together for small numbers on a logarithmic scale. */
export function stopsOf({ from, to, scale, whole }) {
  const least = (to - from) / STOPS;
  const power = 10 ** Math.floor(Math.log10(least));
  const step = Math.max([1, 2, 5, 10].find((times) => times * power >= least * (1 - 1e-9)) * power, whole ? 1 : 0);
  const values = scale === 'log'
    ? Array.from({ length: STOPS + 1 }, (_, at) => Number((from * (to / from) ** (at / STOPS)).toPrecision(2)))
    : Array.from({ length: Math.ceil((to - from) / step) + 1 }, (_, at) => tidy(from + at * step));
  const inside = values.map((value) => (whole ? Math.round(value) : value)).filter((value) => value > from && value < to);
  return [from, ...new Set(inside), to];
}

/** The position of a value among the stops, including fractions of a step; values beyond them are at the end. */
export function place(stops, value) {
  const at = stops.findIndex((stop) => stop >= value);
  if (at < 1) return at ? stops.length - 1 : 0;
  return at - (stops[at] - value) / (stops[at] - stops[at - 1]);
}

/** The value at a position: the reverse. */
export function valueAt(stops, spot, whole) {
  const at = Math.floor(spot);
  const value = stops[at] + ((stops[at + 1] ?? stops[at]) - stops[at]) * (spot - at);
  return whole ? Math.round(value) : value;
}
