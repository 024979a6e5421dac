// The charts of the lab. `s` are the inputs as case.mjs settles them, `r` is the result, `seller` that of the API.

import { measuredAlong } from '../../assets/js/lab/checks.mjs';
import { count, money, some } from '../../assets/js/lab/words.mjs';
import { CHIP, SHAPE, whole } from './case.mjs';
import { limits, reached, read, stepOf } from './machine.mjs';

/** What the speed of a machine depends on, besides the users at once and the efficiencies. */
const WORK = ['prompt', 'answer', 'cached', 'chips', 'bits', 'cache_bits', 'reserve', 'speed', ...SHAPE, ...CHIP];
const POINTS = 40;
const { ceil, floor, max, min } = Math;

const capital = (text) => text.replace(/^./, (first) => first.toUpperCase());
const tens = (value) => Number(value.toExponential().split('e')[1]);

/** A scale from zero to the first round number at or above `most`, in five to ten steps. */
function axis(most, name, say) {
  const power = Number(`1e${tens(most)}`);
  const step = power * [0.2, 0.5, 1].find((one) => most / power <= one * 10 * (1 + 1e-9));
  const number = ceil(most / step - 1e-9);
  return { low: 0, high: number * step, type: 'linear', name, ticks: Array.from({ length: number + 1 }, (_, at) => ({ at: at * step, label: say(at * step) })) };
}

/** A logarithmic scale between the powers of ten around some numbers. */
function decades(numbers, name) {
  const [low, high] = [tens(min(...numbers)), tens(max(...numbers)) + 1];
  const ends = Array.from({ length: high - low + 1 }, (_, at) => Number(`1e${low + at}`));
  return { low: ends[0], high: ends.at(-1), type: 'log', name, ticks: ends.map((at) => ({ at, label: count(at) })) };
}

const mark = (x, y, label) => ({ x, y, basis: 'derived', name: label, label });
const series = (name, curve, marks, look) => ({ id: name, name, curve, join: curve.length > 0, marks, ...look });
const chart = (title, context, x, y, drawn, rules = [], key = {}) => ({ title, context, scene: { kind: 'xy', panels: [{ title: '', x, y, series: drawn, rules, regions: [], said: [] }], key, point: '' } });
const steps = (number, at) => Array.from({ length: number }, (_, nth) => at(nth));

export const drawings = (r, s, lab, seller) => [stairs(r, seller, lab), batch(r, s, lab), roof(r, s, lab)];

/** The bill by volume: stairs of whole machines, or a line if there are too many to tell apart, the band of measured speeds, and the line of an API that sells this model. */
function stairs(r, seller, lab) {
  const { capacity } = r;
  const [price, even, good] = r.priced ? [r.api, r.even, r.good] : [0, null, null];
  const x = axis(1.3 * max(r.volume, good ?? 0, capacity), lab.words.volume, count);
  const number = ceil(x.high / capacity - 1e-9);
  const bill = (machines) => r.fixed + machines * r.machine;
  const at = steps(POINTS + 1, (nth) => nth * x.high / POINTS);
  const curve = number > POINTS ? at.map((volume) => [volume, bill(whole(volume, capacity))]) : steps(2 * number, (nth) => [min(ceil(nth / 2) * capacity, x.high), bill(floor(nth / 2) + 1)]);
  const api = x.high * price / 1e6;
  const y = axis(max(curve.at(-1)[1], api) || 1, '$ a month', money);
  const around = r.slow < r.fast ? { band: steps(4 * POINTS + 1, (nth) => nth * x.high / POINTS / 4).map((volume) => [volume, ...[r.fast, r.slow].map((out) => min(y.high, bill(whole(volume, capacity * out / r.out))))]) } : {};
  const met = even === null ? [] : [...new Map([[count(even), even], [count(good), good]])].map(([words, volume]) => mark(volume, volume * price / 1e6, words));
  const title = !r.priced ? `One machine handles up to ${count(capacity)} tokens a month` : even === null ? 'The API is cheaper at every volume' : even ? `The API ${met.length > 1 ? 'always ' : ''}costs more above ${count(good)} tokens a month` : 'The API costs more at every volume';
  return chart(title, lab.words.stairs, x, y, [
    series('Your machines', curve, [mark(r.volume, r.bill, money(r.bill))], { layer: 'infrastructure', ...around }),
    ...(r.priced ? [series(`${seller} at ${money(price)}`, [[0, 0], [x.high, api]], [mark(r.volume, r.api_bill, money(r.api_bill)), ...met], { layer: 'model' })] : []),
  ]);
}

/** Output tokens per second by concurrent users: the theoretical maximum, the part of it that we expect, the band around it, and what was measured. */
function batch(r, s, lab) {
  const { words } = lab;
  const tested = measuredAlong(lab, s, 'users', WORK, 'out').map(([users, out]) => [min(users, r.places), out]);
  const most = max(1, min(s.users * 2, r.places), ...tested.map(([users]) => users));
  const measured = r.first === null;
  const at = steps(POINTS + 1, (nth) => 1 + nth * (most - 1) / POINTS).map((users) => [users, stepOf(s, users, r.middle)]);
  const bound = at.map(([users, step]) => [users, reached({ ...s, reading: 100, writing: 100 }, users, r.prefill, step)]);
  const here = [mark(r.users, r.out, count(r.out))];
  const expected = measured ? [] : at.map(([users, step]) => [users, reached(s, users, r.prefill, step)]);
  const [low, high] = [r.slow / r.out, r.fast / r.out];
  const x = axis(1.1 * max(min(s.users, 2 * r.places), most), words.users, count);
  const y = axis(max(bound.at(-1)[1], r.out, ...tested.map(([, out]) => out)), words.speed, count);
  return chart(capital(`${some(r.users, 'user gets', 'users together get')} ${count(r.out)} tokens per second`), words.batch, x, y, [
    series('Theoretical maximum', bound, [], { strong: false, dash: '6 4' }),
    measured ? series('From your benchmark', [], here) : series('Expected', expected, here, low < high ? { band: expected.map(([users, out]) => [users, out * low, min(out * high, y.high)]) } : {}),
    ...(tested.length ? [series('', [], tested.map(([users, out]) => ({ x: users, y: out, basis: 'disclosed', name: words.measured })))] : []),
  ], r.places <= x.high ? [{ at: r.places, across: false, label: `memory full at ${count(r.places)}` }] : [], { disclosed: words.measured, derived: words.computed });
}

/** The roofline of the machine, and the positions of three kinds of work on it. */
function roof(r, s, { words }) {
  const [rate, bandwidth] = limits(s);
  const ridge = rate / bandwidth;
  const works = [['decode for one user', 1, r.middle], ['decode for all users', r.users, r.users * r.middle], ['prefill', s.prompt, 0]];
  const places = works.map(([, tokens, cache]) => 2 * s.active * tokens / ((read(s, tokens) + cache) * 1e9));
  const x = decades([...places, ridge], words.intensity);
  const [, writing, reading] = places.map((at) => (at >= ridge ? 'arithmetic' : 'memory'));
  return chart(reading === writing ? `Prefill and decode both wait for ${reading}` : `Prefill waits for ${reading}, while decode waits for ${writing}`, words.roof, x, decades([rate, x.low * bandwidth], 'TFLOP/s'), [
    series('The machine', [[x.low, x.low * bandwidth], [ridge, rate], [x.high, rate]], []), series('', [], places.map((at, nth) => mark(at, min(rate, at * bandwidth), works[nth][0]))),
  ]);
}
