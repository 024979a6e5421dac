// What does serving cost? `v` are the inputs, `r` is the result;
// names after an arrow are formulas of fieldguide/records/formulas/, which cite their sources.

import { count, dated, digits, money, percent, some } from '../../assets/js/lab/words.mjs';
import { bandOf, measuredAlong } from '../../assets/js/lab/checks.mjs';
import { BITS, limits, memoryOf, reached, read, speedOf, stepOf } from './machine.mjs';

const SHAPE = ['parameters', 'active', 'experts', 'chosen', 'layers', 'kv_heads', 'head_size', 'vectors'];
const CHIP = ['memory', 'bandwidth', 'rate16', 'rate8'];
const PRICES = ['input_price', 'cached_price', 'output_price'];
/** What the speed of a machine depends on, besides the users at once and the efficiencies. */
const WORK = ['prompt', 'answer', 'cached', 'chips', 'bits', 'cache_bits', 'reserve', 'speed', ...SHAPE, ...CHIP];
const POINTS = 40;
const { ceil, floor, max, min } = Math;

export const headline = { key: 'times', name: 'the API’s bill', say: (value) => `${digits(value, 2)} times yours`, zero: 1, log: true };

const whole = (volume, capacity) => max(1, ceil(volume / capacity - 1e-9)); // → whole_machines
/** USD per million tokens of the prompt, of which a part may come from a cache → blended_cost. */
export const inputPrice = (v, prices) => (prices.input_price * (100 - v.cached) + prices.cached_price * v.cached) / 100;
const mixed = (v, prices) => (v.prompt * inputPrice(v, prices) + v.answer * prices.output_price) / (v.prompt + v.answer); // → mixed_price
export const quarter = (v) => v.salary * 25 / 100 / 12; // of an engineer, a month
const fixedOf = (v, r) => v.spares * r.machine + r.people;

/** Where stairs and line first meet; with a machine `ahead`, from where no further step lifts the bill above the line → stairs_meet, stairs_stay_below. */
function meet(r, fixed, price, ahead = 0) {
  const gain = r.capacity * price / 1e6 - r.machine;
  return gain > 0 ? (fixed + max(1, ceil((fixed + ahead) / gain - 1e-9)) * r.machine) / price * 1e6 : null;
}

/** Memory and speed: GB, ms (`first` in seconds), tokens a second; `out` is null if the model does not fit. */
function speed(v, lab) {
  const r = { ...memoryOf(v), out: null };
  return r.places ? speedOf(v, r, lab.tables.wait.ms) : r;
}

/** Measured speeds divided by ours: [lowest, highest] of published tests of this kind of model. */
export const band = (v, lab) => (v.speed === 'measured' ? [1, 1] : bandOf(lab, speed, v.chosen < v.experts ? 'experts' : 'dense'));

/** In GB, ms (`first` in seconds), tokens a second, USD, tokens a month; `out` and `times` are null if the model does not fit. */
export function work(v, lab) {
  const api = mixed(v, v);
  const r = {
    ...speed(v, lab), machine: v.chips * v.rent * v.hours, people: v.salary * v.people / 100 / 12, api, api_bill: v.volume * api / 1e6, times: null,
  };
  if (r.out === null) return r;
  r.capacity = r.all * 3600 * v.hours * v.utilization / 100;
  r.machines = whole(v.volume, r.capacity);
  const fixed = fixedOf(v, r);
  r.bill = fixed + r.machines * r.machine;
  r.cost = r.bill / v.volume * 1e6;
  [r.slow, r.fast] = band(v, lab).map((part) => part * r.out);
  [r.cost_high, r.cost_low] = [r.slow, r.fast].map((out) => (fixed + whole(v.volume, r.capacity * out / r.out) * r.machine) / v.volume * 1e6);
  r.written = r.cost * (v.prompt + v.answer) / v.answer;
  r.saving = r.api_bill - r.bill;
  r.times = r.bill ? r.api_bill / r.bill : null;
  r.even = meet(r, fixed, api);
  r.good = meet(r, fixed, api, r.machine);
  r.backed = meet(r, r.machine + quarter(v), api, r.machine);
  r.least_cost = r.machine / r.capacity * 1e6;
  r.full = r.even === null ? null : 100 * r.even / (whole(r.even, r.capacity) * r.all * 3600 * v.hours);
  const found = sellers(v, lab).map((row) => [mixed(v, row.values), row.note]).toSorted(([one], [other]) => one - other);
  r.rivals = found.map(([, name]) => name);
  r.rival_prices = found.map(([price]) => price);
  r.rival_evens = found.map(([price]) => meet(r, fixed, price));
  return r;
}

const known = new WeakMap();
const rows = (lab, pick) => {
  if (!known.has(lab)) known.set(lab, Object.fromEntries(lab.groups.flatMap(({ inputs }) => inputs.map((input) => [input.id, input.rows]))));
  return known.get(lab)[pick];
};

/** The selected record, as long as its numbers are unchanged. */
function picked(v, lab, pick, names) {
  const row = rows(lab, pick).find(({ id }) => id === v[pick]);
  return row && names.every((name) => (row.values[name] ?? v[name]) === v[name]) ? row : null;
}

const sold = new WeakMap();
/** The list prices of the selected model: those whose name begins with its name. */
function sellers(v, lab) {
  const row = picked(v, lab, 'model', SHAPE);
  if (row && !sold.has(row)) sold.set(row, rows(lab, 'api').filter(({ name, origins }) => name.startsWith(row.name) && PRICES.every((price) => price in origins)));
  return row ? sold.get(row) : [];
}

const modelOf = (v, lab) => picked(v, lab, 'model', SHAPE)?.name ?? `a model of ${count(v.parameters)} parameters`;
const chips = (v, lab, number) => {
  const row = picked(v, lab, 'offer', CHIP);
  const name = row ? `${row.name.replace(', one', '')} chip` : 'accelerator';
  return some(number, name, `${name}s`);
};
const sameModel = (row, model) => model && row.name.startsWith(model.name);
const sourced = (row) => PRICES[0] in row.origins;
/** The seller of the API: that of the selected model, the name of another model's record, or just “the API”. */
const sellerOf = (v, lab) => {
  const [row, model] = [picked(v, lab, 'api', PRICES), picked(v, lab, 'model', SHAPE)];
  return !row || !sourced(row) ? 'the API' : sameModel(row, model) ? row.note : row.name;
};
/** The API's price with its date, if a record gives one, and whether it is the price of another model. */
function priceOf(r, v, lab) {
  const [row, model] = [picked(v, lab, 'api', PRICES), picked(v, lab, 'model', SHAPE)];
  const day = row && sourced(row) && lab.origins[row.origins[PRICES[0]]].as_of;
  const notes = row ? [day ? `list price on ${dated(day)}` : !sourced(row) && 'assumption, no list price', model && !sameModel(row, model) && 'the price is for another model'].filter(Boolean) : [];
  return `${sellerOf(v, lab)}’s ${money(r.api)}${notes.length ? ` (${notes.join('; ')})` : ''}`;
}
const capital = (text) => text.replace(/^./, (first) => first.toUpperCase());
export const gb = (value) => `${digits(value, 3)} GB`;

export function problems(v) {
  return [
    v.active > v.parameters && { id: 'active', message: 'A token cannot use more parameters than the model has.' },
    v.chosen > v.experts && { id: 'chosen', message: 'A token cannot use more experts than a layer has.' },
  ].filter(Boolean);
}

/** The verdict first, then the two prices, then what they assume. */
export function sentence(r, v, lab) {
  const what = `${modelOf(v, lab)} in ${BITS[v.bits]} bits`;
  const where = chips(v, lab, v.chips);
  if (r.out === null) {
    const kept = v.reserve ? `, with ${percent(v.reserve)} of the memory kept free` : '';
    return r.least > v.chips ? `On ${where}, ${what} does not fit: ${gb(r.weights)} of weights need at least ${chips(v, lab, r.least)}${kept}.`
      : `On ${where}, ${what} leaves no room for one user’s cache of ${gb(r.cache)}: together they need at least ${chips(v, lab, r.one)}${kept}.`;
  }
  const room = r.users < v.users ? ` There is room for ${count(r.users)} of ${count(v.users)} concurrent users.` : '';
  const counted = `${v.spares ? some(v.spares, 'spare machine', 'spare machines') : 'no spare machine'} and ${r.people ? `${money(r.people)} for staff` : 'no staff'}`;
  return `${verdict(r, v, lab)}. At ${count(v.volume)} tokens a month, you would pay ${money(r.cost)} per million on ${some(r.machines + v.spares, 'machine', 'machines')} of your own, compared with ${priceOf(r, v, lab)}. This assumes ${what} on ${where} at ${money(v.rent)} an hour${v.chips > 1 ? ' each' : ''}, ${percent(v.utilization)} utilization, prompts of ${some(v.prompt, 'token', 'tokens')}, answers of ${some(v.answer, 'token', 'tokens')}, ${counted}.${room}${range(r)}${others(r)}`;
}

/** Where your own machines cost less, or why they never do. */
function verdict(r, v, lab) {
  const seller = sellerOf(v, lab);
  if (r.even === null) return `Your own machines never cost less than ${seller}, because at this utilization a million tokens cost at least ${money(r.least_cost)} on them`;
  const [first, always] = [count(r.even), count(r.good)];
  return `${r.even ? `Above ${first} tokens a month` : 'At any volume'}, your own machines cost less than ${seller}${r.even && first !== always ? ` at some volumes, and at all volumes above ${always}` : ''}`;
}

/** What a million tokens would cost at the speeds of the slowest and the fastest measured machines. */
function range(r) {
  const [low, high] = [r.cost_low, r.cost_high].map(money);
  return low === high ? '' : ` Measured machines were between ${digits(r.slow / r.out, 2)} and ${digits(r.fast / r.out, 2)} times as fast as we calculate, so a million tokens may cost ${low} to ${high}.`;
}

function others({ rivals, rival_evens: evens }) {
  const never = evens.filter((even) => even === null).length;
  const said = `${some(rivals.length, 'list price', 'list prices')} on record for this model`;
  if (rivals.length < 2) return '';
  if (!never) return ` Each of the ${said} is higher than your cost at some volume.`;
  return never === rivals.length ? ` Each of the ${said} is lower than your cost at every volume.` : ` Of the ${said}, ${some(never, 'is', 'are')} lower than your cost at every volume.`;
}

export function readings(r, v, lab) {
  if (r.out === null) return [{ name: 'of weights', text: gb(r.weights) }, { name: 'of usable memory', text: gb(r.usable) }, { name: `needed for ${some(v.users, 'concurrent user', 'concurrent users')}`, text: chips(v, lab, r.needed) }];
  const size = Math.abs(r.saving);
  const saved = money(size < 999_500 ? Number(digits(size, 3).replaceAll(',', '')) : size);
  const lost = r.saving < 0 && saved !== '$0';
  const [first, always] = [count(r.even), count(r.good)];
  const more = (first === always ? '' : `; at some volumes from ${first}`) + (r.even ? `, at ${percent(r.full)} of capacity` : '');
  return [
    r.even === null ? { name: 'volume at which your machines cost less', text: 'none' } : { name: `tokens a month, above which your machines always cost less${more}`, text: always },
    { name: `per million tokens; at least ${money(r.least_cost)} at any volume`, text: money(r.cost) },
    { name: `${lost ? 'more' : 'less'} per month than the API`, text: saved, ...(lost && { tone: 'bad' }) },
    { name: `output tokens per second for ${r.users === 1 ? 'one user' : `each of ${count(r.users)} users, ${count(r.out)} in total`}`, text: count(r.each) },
    ...(r.good === null || v.spares || v.people ? [] : [{ name: 'the same volume, if you add one spare machine and a quarter of an engineer', text: count(r.backed) }]),
  ];
}

export function charts(r, v, lab) {
  return r.out === null ? [] : [stairs(r, v, lab), batch(r, v, lab), roof(r, v, lab)];
}

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

/** The bill by volume: stairs of whole machines, or a line if there are too many to tell apart, and the API's line. */
function stairs(r, v, lab) {
  const { capacity, even, good } = r;
  const x = axis(1.3 * max(v.volume, good ?? 0, capacity), lab.words.volume, count);
  const number = ceil(x.high / capacity - 1e-9);
  const bill = (machines) => fixedOf(v, r) + machines * r.machine;
  const curve = number > POINTS ? steps(POINTS + 1, (nth) => [nth * x.high / POINTS, bill(whole(nth * x.high / POINTS, capacity))]) : steps(2 * number, (nth) => [min(ceil(nth / 2) * capacity, x.high), bill(floor(nth / 2) + 1)]);
  const api = x.high * r.api / 1e6;
  const met = even === null ? [] : [...new Map([[count(even), even], [count(good), good]])].map(([words, volume]) => mark(volume, volume * r.api / 1e6, words));
  const title = even === null ? 'The API is cheaper at every volume' : even ? `The API ${met.length > 1 ? 'always ' : ''}costs more above ${count(good)} tokens a month` : 'The API costs more at every volume';
  return chart(title, lab.words.stairs, x, axis(max(curve.at(-1)[1], api) || 1, '$ a month', money), [
    series('Your machines', curve, [mark(v.volume, r.bill, money(r.bill))], { layer: 'infrastructure' }), series(`${sellerOf(v, lab)} at ${money(r.api)}`, [[0, 0], [x.high, api]], [mark(v.volume, r.api_bill, money(r.api_bill)), ...met], { layer: 'model' }),
  ]);
}

/** Output tokens per second by concurrent users: the theoretical maximum, the part of it that we expect, the band around it, and what was measured. */
function batch(r, v, lab) {
  const { words } = lab;
  const tested = measuredAlong(lab, v, 'users', WORK, 'out');
  const most = max(1, min(v.users * 2, r.places), ...tested.map(([users]) => min(users, r.places)));
  const measured = r.first === null;
  const at = steps(POINTS + 1, (nth) => 1 + nth * (most - 1) / POINTS).map((users) => [users, stepOf(v, users, r.middle)]);
  const bound = at.map(([users, step]) => [users, reached({ ...v, reading: 100, writing: 100 }, users, r.prefill, step)]);
  const here = [mark(r.users, r.out, count(r.out))];
  const expected = measured ? [] : at.map(([users, step]) => [users, reached(v, users, r.prefill, step)]);
  const [low, high] = band(v, lab);
  const x = axis(1.1 * max(v.users, most, ...tested.map(([users]) => users)), words.users, count);
  const y = axis(max(bound.at(-1)[1], r.fast, ...tested.map(([, out]) => out)), words.speed, count);
  return chart(capital(`${some(r.users, 'user gets', 'users together get')} ${count(r.out)} tokens per second`), words.batch, x, y, [
    series('Theoretical maximum', bound, [], { strong: false, dash: '6 4' }),
    measured ? series('From your benchmark', [], here) : series('Expected', expected, here, low < high ? { band: expected.map(([users, out]) => [users, out * low, min(out * high, y.high)]) } : {}),
    ...(tested.length ? [series('', [], tested.map(([users, out]) => ({ x: users, y: out, basis: 'disclosed', name: words.measured })))] : []),
  ], r.places <= x.high ? [{ at: r.places, across: false, label: `memory full at ${count(r.places)}` }] : [], { disclosed: words.measured, derived: words.computed });
}

/** The roofline of the machine, and the positions of three kinds of work on it. */
function roof(r, v, { words }) {
  const [rate, bandwidth] = limits(v);
  const ridge = rate / bandwidth;
  const works = [['decode for one user', 1, r.middle], ['decode for all users', r.users, r.users * r.middle], ['prefill', v.prompt, 0]];
  const places = works.map(([, tokens, cache]) => 2 * v.active * tokens / ((read(v, tokens) + cache) * 1e9));
  const x = decades([...places, ridge], words.intensity);
  const [, writing, reading] = places.map((at) => (at >= ridge ? 'arithmetic' : 'memory'));
  return chart(reading === writing ? `Prefill and decode both wait for ${reading}` : `Prefill waits for ${reading}, while decode waits for ${writing}`, words.roof, x, decades([rate, x.low * bandwidth], 'TFLOP/s'), [
    series('The machine', [[x.low, x.low * bandwidth], [ridge, rate], [x.high, rate]], []), series('', [], places.map((at, nth) => mark(at, min(rate, at * bandwidth), works[nth][0]))),
  ]);
}
