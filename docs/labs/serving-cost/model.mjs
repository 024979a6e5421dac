// What does serving cost? `v` are the inputs, `s` the inputs as case.mjs settles them, `r` is the result;
// names after an arrow are formulas of fieldguide/records/formulas/, which cite their sources.

import { bandOf } from '../../assets/js/lab/checks.mjs';
import { count, dated, digits, money, percent, some } from '../../assets/js/lab/words.mjs';
import { CHIP, SHAPE, settled, whole } from './case.mjs';
import { BITS, memoryOf, reached, speedOf, stepOf } from './machine.mjs';
import { drawings } from './drawings.mjs';

const OTHER = 'the price is for a different model';
const { abs, ceil, max } = Math;

export const headline = { key: 'times', name: 'the API’s bill', say: (value) => `${digits(value, 2)} times yours`, zero: 1, log: true };

/** USD per million tokens of the prompt, of which a part may come from a cache → blended_cost. */
export const inputPrice = (v, prices) => (prices.input_price * (100 - v.cached) + prices.cached_price * v.cached) / 100;
const mixed = (s, prices) => (s.prompt * inputPrice(s, prices) + s.answer * prices.output_price) / (s.prompt + s.answer); // → mixed_price

/** Where stairs and line first meet; with a machine `ahead`, from where no further step lifts the bill above the line → stairs_meet, stairs_stay_below. */
function meet({ machine, fixed }, capacity, price, ahead = 0) {
  const gain = capacity * price / 1e6 - machine;
  return gain > 0 ? (fixed + max(1, ceil((fixed + ahead) / gain - 1e-9)) * machine) / price * 1e6 : null;
}

/** Memory and speed: GB, ms (`first` in seconds), tokens a second; `out` is null if the model does not fit or does not take so long a request. */
function speed(s, lab) {
  const r = { ...memoryOf(s), out: null };
  return r.places && s.prompt + s.answer <= s.window ? speedOf(s, r, lab.tables.wait.ms) : r;
}

/** Measured speeds divided by ours: [lowest, highest] of published tests of this kind of model. */
const band = (v, lab) => (v.speed === 'measured' ? [1, 1] : bandOf(lab, (given) => speed(settled(given, lab), lab), v.chosen < v.experts ? 'experts' : 'dense'));

/** Requests at once, and tokens a second for each of them, when the machine writes `load` tokens a second. */
function usual(s, r, load) {
  const out = (users) => reached(s, users, r.prefill, stepOf(s, users, r.middle));
  let [low, high] = [1, r.users];
  if (load > 0.95 * r.out) return { usual: r.users, pace: r.each };
  if (load <= out(1)) return { usual: 1, pace: out(1) };
  for (let turn = 0; turn < 60; turn += 1) {
    const middle = (low + high) / 2;
    if (out(middle) < load) low = middle;
    else high = middle;
  }
  return { usual: high, pace: load / high };
}

/** In GB, ms (`first` in seconds), tokens a second, USD, tokens a month; `out` is null if the model does not fit, `times` then too and if the price is another model's. */
export function work(v, lab) {
  const s = settled(v, lab);
  const { prompt, answer, volume, chips, hour } = s;
  const api = mixed(s, s);
  const machine = chips * hour * s.hours;
  const people = s.salary * s.people / 100 / 12;
  const priced = !priceNotes(s, lab).includes(OTHER);
  const r = {
    ...speed(s, lab), prompt, answer, volume, chips, hour, machine, people, fixed: s.spares * machine + people, api, priced, api_bill: volume * api / 1e6, times: null,
  };
  if (r.out === null) return r;
  r.capacity = r.all * 3600 * s.hours * s.utilization / 100;
  r.machines = whole(volume, r.capacity);
  r.bill = r.fixed + r.machines * machine;
  r.cost = r.bill / volume * 1e6;
  [r.slow, r.fast] = band(v, lab).map((part) => part * r.out);
  const capacities = [r.slow, r.fast].map((out) => r.capacity * out / r.out);
  [r.bill_high, r.bill_low] = capacities.map((capacity) => r.fixed + whole(volume, capacity) * machine);
  [r.cost_high, r.cost_low] = [r.bill_high, r.bill_low].map((bill) => bill / volume * 1e6);
  r.written = r.cost * (prompt + answer) / answer;
  r.saving = r.api_bill - r.bill;
  r.times = priced && r.bill ? r.api_bill / r.bill : null;
  r.even = meet(r, r.capacity, api);
  r.good = meet(r, r.capacity, api, machine);
  [r.good_high, r.good_low] = capacities.map((capacity) => meet(r, capacity, api, machine));
  r.least_cost = machine / r.capacity * 1e6;
  Object.assign(r, r.first === null ? { usual: r.users, pace: r.each } : usual(s, r, volume / r.machines / (s.hours * 3600) * answer / (prompt + answer)));
  const found = sellers(s, lab).map((row) => [mixed(s, row.values), row.note]).toSorted(([one], [other]) => one - other);
  r.rivals = found.map(([, name]) => name);
  r.rival_prices = found.map(([price]) => price);
  r.rival_evens = found.map(([price]) => meet(r, r.capacity, price));
  [r.rival_high, r.rival_low] = capacities.map((capacity) => (found.length ? meet(r, capacity, found[0][0], machine) : null));
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
  if (row && !sold.has(row)) sold.set(row, rows(lab, 'api').filter(({ name, origins }) => name.startsWith(row.name) && 'input_price' in origins && 'output_price' in origins));
  return row ? sold.get(row) : [];
}

const modelOf = (v, lab) => picked(v, lab, 'model', SHAPE)?.name ?? `a model of ${count(v.parameters)} parameters`;
const chipsOf = (v, lab, number) => {
  const row = picked(v, lab, 'offer', CHIP);
  const name = row ? `${row.name.replace(', one', '')} chip` : 'accelerator';
  return some(number, name, `${name}s`);
};
const sameModel = (row, model) => model && row.name.startsWith(model.name);
const sourced = (row) => 'input_price' in row.origins;
const paid = ({ cached }) => ['input_price', 'output_price', ...(cached ? ['cached_price'] : [])];
const pricedOf = (v, lab) => [picked(v, lab, 'api', paid(v)), picked(v, lab, 'model', SHAPE)];
/** The seller of the API: that of the selected model, the name of another model's record, or just “the API”. */
function sellerOf(v, lab) {
  const [row, model] = pricedOf(v, lab);
  return !row || !sourced(row) ? 'the API' : sameModel(row, model) ? row.note : row.name;
}
/** What the API's price rests on: its date, if a record gives one, and whether it is the price of another model. */
function priceNotes(v, lab) {
  const [row, model] = pricedOf(v, lab);
  const day = row && sourced(row) && lab.origins[row.origins.input_price].as_of;
  return row ? [day ? `list price on ${dated(day)}` : !sourced(row) && 'assumption, no list price', !sameModel(row, model) && OTHER].filter(Boolean) : [];
}
const capital = (text) => text.replace(/^./, (first) => first.toUpperCase());
const three = (value) => money(abs(value) < 999_500 ? Number(digits(value, 3).replaceAll(',', '')) : value);
export const gb = (value) => `${digits(value, 3)} GB`;

export function problems(v) {
  return [
    v.active > v.parameters && { id: 'active', message: 'A token cannot use more parameters than the model has.' },
    v.chosen > v.experts && { id: 'chosen', message: 'A token cannot use more experts than a layer has.' },
    v.bill === 'own' && !v.price && { id: 'price', message: 'We have no purchase price on record for this accelerator. Enter one.' },
  ].filter(Boolean);
}

/** A volume as users, or as tokens a month if nobody said how many users there are, rounded up so that what is said of it is true there. */
function reachedAt(volume, s) {
  const value = s.product ? volume / s.volume * s.audience : volume;
  const step = max(1, 10 ** Math.floor(Math.log10(value) - 1));
  return count(Number((ceil(value / step - 1e-9) * step).toPrecision(12)));
}

/** Where a model runs that is not bought by the token. */
const onMachines = ({ bill }) => (bill === 'own' ? 'on your own machines' : 'on rented machines');

/** From where machines always cost less, in words: between the fastest measured speed and the slowest. */
function wins(first, last, s) {
  if (first === null) return 'never';
  const [low, high, unit] = [reachedAt(first, s), last === null ? null : reachedAt(last, s), s.product ? 'users' : 'tokens a month'];
  if (high === null) return `at ${low} ${unit} at the earliest`;
  return low === high ? `at ${low} ${unit}` : `between ${low} and ${high} ${unit}`;
}

/** One line that decides; without a price of this model, only what is known. */
export function sentence(r, v, lab) {
  const s = settled(v, lab);
  if (r.out === null) return unfit(r, s, lab);
  if (r.priced) return verdict(r, s, lab);
  const model = picked(s, lab, 'model', SHAPE);
  const asked = r.rivals.length ? `Choose a price of ${model.name}` : `Enter ${model ? `the price of ${model.name}` : 'your model’s own price'}`;
  return `${asked} to see whether an API costs less than the ${three(r.bill)} a month ${onMachines(s)}. The price of ${sellerOf(s, lab)} is for a different model.`;
}

/** The cheapest API on record if it is not the one that was chosen, and the USD a month and the name of the cheaper of the two. */
function cheapest(r, s, lab) {
  const seller = sellerOf(s, lab);
  const cheaper = r.rivals.length && r.rivals[0] !== seller && r.rival_prices[0] < r.api ? r.rivals[0] : null;
  return { seller, cheaper, least: cheaper ? r.rival_prices[0] * r.volume / 1e6 : r.api_bill, name: cheaper ?? seller };
}

function verdict(r, s, lab) {
  const own = s.bill === 'own';
  const { seller, cheaper, least, name } = cheapest(r, s, lab);
  const [mine, theirs] = [`${three(r.bill)} ${onMachines(s)}`, `${three(r.api_bill)} for ${seller}`];
  if (least > r.bill_high) return `${own ? 'Buy' : 'Rent'} machines: ${three(r.bill)} a month, instead of ${theirs}.`;
  if (least > r.bill_low) return `Too close to call: ${three(r.bill_low)} to ${three(r.bill_high)} a month ${onMachines(s)}, ${three(least)} for ${name}. Test a machine before you decide.`;
  if (r.api_bill > r.bill_low) return `Change to a cheaper API: ${three(least)} a month for ${name}, ${theirs}, ${mine}.`;
  const stay = `Stay on ${cheaper ? 'an' : 'the'} API: ${three(r.api_bill)} a month for ${seller}, ${mine}.`;
  if (r.good_low === null) return `${stay} At ${seller}’s price, ${own ? 'your own machines never cost' : 'renting never costs'} less.`;
  const chosen = `${stay} ${own ? 'Your own machines win' : 'Renting wins'} for good ${wins(r.good_low, r.good_high, s)}`;
  const other = wins(r.rival_low, r.rival_high, s);
  return cheaper ? `${chosen} against ${seller}, ${other === 'never' ? 'but never' : `and ${other}`} against ${cheaper} (${three(least)}).` : `${chosen}.`;
}

/** Why the model cannot answer these requests on this machine. */
function unfit(r, s, lab) {
  const model = modelOf(s, lab);
  if (s.prompt + s.answer > s.window) return `${capital(model)} accepts at most ${count(s.window)} tokens, and a request of yours has ${count(s.prompt + s.answer)}. Shorten it or pick another model.`;
  const [where, what] = [chipsOf(s, lab, s.chips), `${model} in ${BITS[s.bits]} bits`];
  const kept = s.reserve ? `, with ${percent(s.reserve)} of the memory kept free` : '';
  return r.least > s.chips ? `On ${where}, ${what} does not fit: ${gb(r.weights)} of weights need at least ${chipsOf(s, lab, r.least)}${kept}.`
    : `On ${where}, ${what} leaves no room for one user’s cache of ${gb(r.cache)}: together they need at least ${chipsOf(s, lab, r.one)}${kept}.`;
}

/** What the answer counts and assumes, one sentence each. */
export function details(r, v, lab) {
  const s = settled(v, lab);
  if (r.out === null) return [];
  const words = s.product ? ` About ${count(v.words_in)} words are ${count(s.prompt)} tokens, and ${count(v.words_out)} words are ${count(s.answer)}.` : '';
  const hour = v.bill === 'own' ? `${money(s.hour)} for each hour of a chip that you buy` : `a rent of ${money(s.hour)} an hour${s.chips > 1 ? ' each' : ''}`;
  const [low, high] = [r.cost_low, r.cost_high].map(money);
  return [
    `${count(r.volume)} tokens a month are ${count(r.volume / (r.prompt + r.answer))} requests with prompts of ${some(s.prompt, 'token', 'tokens')} and answers of ${some(s.answer, 'token', 'tokens')}${s.cached ? `; ${percent(s.cached)} of each prompt comes from a cache` : ''}.${words}`,
    `A machine is ${chipsOf(s, lab, s.chips)} at ${hour}, ${percent(s.utilization)} utilized, with ${modelOf(s, lab)} in ${BITS[s.bits]} bits.${r.users < s.users ? ` It has room for ${count(r.users)} of ${count(s.users)} concurrent users.` : ''}`,
    `You would pay ${money(r.cost)} per million tokens, and ${sellerOf(s, lab)} charges ${money(r.api)}${priceNotes(s, lab).length ? ` (${priceNotes(s, lab).join('; ')})` : ''}.`,
    r.slow < r.fast && `Published tests ran at ${digits(r.slow / r.out, 2)} to ${digits(r.fast / r.out, 2)} times the speed that we calculate. ${low === high ? `Your bill is the same at both ends` : `A million tokens may cost ${low} to ${high}`}${r.priced ? volumes(r) : ''}.`,
    others(r),
  ].filter(Boolean);
}

/** From which volume your own machines always cost less, at the fastest and the slowest measured speed. */
function volumes({ good_low: low, good_high: high }) {
  if (low === null) return ', and your own machines never cost less';
  return `, and your own machines always cost less above ${count(low)} tokens a month at the fastest speed, ${high === null ? 'but never at the slowest' : `or ${count(high)} at the slowest`}`;
}

function others({ rivals, rival_evens: evens }) {
  const never = evens.filter((even) => even === null).length;
  const said = `${some(rivals.length, 'list price', 'list prices')} on record for this model`;
  if (rivals.length < 2) return '';
  if (!never) return `Each of the ${said} is higher than your cost at some volume.`;
  return never === rivals.length ? `Each of the ${said} is lower than your cost at every volume.` : `Of the ${said}, ${some(never, 'is', 'are')} lower than your cost at every volume.`;
}

/** At most three: your bill and the API's, first the one that the answer advises, and how fast answers come. */
export function readings(r, v, lab) {
  const s = settled(v, lab);
  if (r.out === null) return s.prompt + s.answer > s.window ? [] : [{ name: 'of weights', text: gb(r.weights) }, { name: 'of usable memory', text: gb(r.usable) }, { name: `needed for ${some(s.users, 'concurrent user', 'concurrent users')}`, text: chipsOf(s, lab, r.needed) }];
  const counted = [s.spares && some(s.spares, 'spare', 'spares'), r.people && `${three(r.people)} for people`].filter(Boolean).join(' and ');
  const range = r.bill_low === r.bill_high ? '' : `; ${three(r.bill_low)} to ${three(r.bill_high)} at measured speeds`;
  const { seller, cheaper, least } = cheapest(r, s, lab);
  const tested = r.slow < r.fast ? `; published tests ran at ${digits(r.slow / r.out, 2)} to ${digits(r.fast / r.out, 2)} times that` : '';
  const cautions = priceNotes(s, lab).filter((one) => one.includes('model') || one.includes('assumption'));
  const noted = `${seller}${cautions.length ? ` (${cautions.join('; ')})` : ''}`;
  const mine = { name: `a month on ${s.bill === 'own' ? some(r.machines + s.spares, 'machine of your own', 'machines of your own') : some(r.machines + s.spares, 'rented machine', 'rented machines')}${counted ? `, including ${counted}` : ''}${range}`, text: three(r.bill) };
  const theirs = cheaper && r.api_bill > r.bill_low ? { name: `a month for ${cheaper}, the cheapest on record; ${three(r.api_bill)} for ${noted}`, text: three(least) }
    : { name: `a month for ${noted}${cheaper ? `; ${three(least)} for ${cheaper}, the cheapest on record` : ''}`, text: three(r.api_bill) };
  return [
    ...(least > r.bill_high || !r.priced ? [mine, theirs] : [theirs, mine]),
    r.first === null || r.usual >= r.users ? { name: `tokens per second for ${r.users === 1 ? 'one user' : `each of ${count(r.users)} users at once`}${tested}`, text: count(r.each) }
      : { name: `tokens per second for each user in an average hour, and ${count(r.each)} with ${count(r.users)} at once${tested}`, text: count(r.pace) },
  ];
}

/** {input: what it comes to}, beside the inputs. */
export function notes(r, v, lab) {
  const s = settled(v, lab);
  return {
    ...(s.product && { words_in: `about ${some(s.prompt, 'token', 'tokens')}`, words_out: `about ${some(s.answer, 'token', 'tokens')}`, daily: `${count(s.volume)} tokens a month` }),
    ...(v.sizing === 'fit' && { sizing: `${chipsOf(s, lab, s.chips)}` }),
    ...(v.bill === 'own' && { bill: `${money(s.hour)} per accelerator-hour` }),
  };
}

export const charts = (r, v, lab) => (r.out === null ? [] : drawings(r, settled(v, lab), lab, sellerOf(v, lab)));
