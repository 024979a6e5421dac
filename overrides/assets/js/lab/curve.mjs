// The curve under an input: the answer over the slider's range with all other inputs fixed. All curves have the same vertical scale, so a flat one shows
// that its input hardly matters. The few points far off are cut at the edge of the curve's box.

import { draw, make } from './elements.mjs';
import { place, valueAt } from './numbers.mjs';

const POINTS = 33;
const HEIGHT = 24;
const EDGE = 2;
/** The share of all points that may lie beyond either edge. */
const BEYOND = .02;
/** Milliseconds of work before checking whether a newer request has come. */
const SLICE = 8;

/** The answer at each point of an input's range, or null. */
export function sample(model, lab, values, input, stops) {
  const trial = { ...values };
  return Array.from({ length: POINTS }, (_, at) => {
    trial[input.id] = valueAt(stops, at * (stops.length - 1) / (POINTS - 1), input.whole);
    const answer = model.problems?.(trial, lab).length ? null : model.work(trial, lab)[model.headline.key];
    return Number.isFinite(answer) ? answer : null;
  });
}

/** The scale that all curves share: value → distance from the top of the box. `now` is the current answer. */
function heightOf(curves, now, { log = false }) {
  const on = (value) => (log ? Math.log10(Math.max(value, 1e-300)) : value);
  const all = curves.flat().filter((value) => value !== null).map(on).toSorted((one, other) => one - other);
  const low = Math.min(all[Math.floor(all.length * BEYOND)] ?? 0, on(now ?? all[0] ?? 0));
  const high = Math.max(all[Math.ceil(all.length * (1 - BEYOND)) - 1] ?? 0, on(now ?? all.at(-1) ?? 0));
  const span = high - low;
  return (value) => {
    const share = span > 1e-9 * Math.max(Math.abs(high), Math.abs(low)) ? (on(value) - low) / span : .5;
    return EDGE + (HEIGHT - 2 * EDGE) * (1 - Math.min(1, Math.max(0, share)));
  };
}

/** One curve as a drawing; `spot` is the current position from 0 to 1, `now` the answer there. */
function curve(points, up, { zero }, spot, now) {
  let path = '';
  points.forEach((value, at) => { if (value !== null) path += `${path && points[at - 1] !== null ? 'L' : 'M'}${at} ${up(value).toFixed(2)}`; });
  const stretch = { viewBox: `0 0 ${POINTS - 1} ${HEIGHT}`, preserveAspectRatio: 'none', width: '100%', height: HEIGHT, overflow: 'visible' };
  const known = points.filter((value) => value !== null);
  const crossed = zero !== undefined && Math.min(...known) < zero && Math.max(...known) > zero;
  return draw('svg', { class: 'fg-labs__line', width: '100%', height: HEIGHT, 'aria-hidden': 'true', focusable: 'false' },
    crossed && draw('line', { x1: 0, x2: '100%', y1: up(zero), y2: up(zero), stroke: 'var(--fg-rule-strong)', 'stroke-width': .75 }),
    draw('svg', stretch, draw('path', { d: path, fill: 'none', stroke: 'var(--fg-ink-2)', 'stroke-width': 1.5, 'vector-effect': 'non-scaling-stroke' })),
    now !== null && draw('circle', { cx: `${(100 * spot).toFixed(2)}%`, cy: up(now).toFixed(2), r: 3.2, fill: 'var(--fg-ink)', stroke: 'var(--fg-paper)', 'stroke-width': 1.5 }));
}

/** The same in one line of words. */
export function words(points, { name, say }) {
  const known = points.filter((value) => value !== null);
  if (!known.length) return `Over this range ${name} has no value.`;
  const [first, last] = [say(known[0]), say(known.at(-1))];
  const some = known.length < points.length ? ', where there is one' : '';
  if (first !== last) return `Over this range ${name} ${known.at(-1) > known[0] ? 'rises' : 'falls'} from ${first} to ${last}${some}.`;
  const far = say(known.reduce((one, other) => (Math.abs(other - known[0]) > Math.abs(one - known[0]) ? other : one)));
  return far === first ? `Over this range ${name} stays at ${first}${some}.` : `Over this range ${name} goes from ${first} to ${far} and back${some}.`;
}

/** The curves of all inputs: calculated a few at a time after the page is painted, cached, and interrupted by newer requests. */
export class Curves {
  #kept = new Map();
  #asked = 0;

  constructor(model, lab) {
    Object.assign(this, { model, lab });
  }

  stop() {
    this.#asked += 1;
  }

  draw(fields, values, now) {
    const mine = this.#asked += 1;
    const { headline } = this.model;
    const found = [];
    const step = () => {
      const end = performance.now() + SLICE;
      while (found.length < fields.length && performance.now() < end) found.push(this.#points(fields[found.length], values));
      if (found.length < fields.length) setTimeout(() => mine === this.#asked && step());
      else {
        const up = heightOf(found, now, headline);
        fields.forEach(({ stops, input, line }, at) => line.replaceChildren(curve(found[at], up, headline, place(stops, values[input.id]) / (stops.length - 1), now), make('span', { class: 'fg-sr' }, words(found[at], headline))));
      }
    };
    setTimeout(() => mine === this.#asked && step());
  }

  #points({ input, stops }, values) {
    const key = JSON.stringify({ ...values, [input.id]: null });
    if (this.#kept.get(input.id)?.key !== key) this.#kept.set(input.id, { key, points: sample(this.model, this.lab, values, input, stops) });
    return this.#kept.get(input.id).points;
  }
}
