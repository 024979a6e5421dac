// One request, followed. The build says the same in fieldguide/records/cases/one_request.py, and a test compares the two. `v` is what is put in, `r` what
// follows; names after an arrow are formulas of fieldguide/records/formulas/. Money is USD for one request.

import { count, digits, fixed, money, percent, some } from '../../assets/js/lab/words.mjs';
import { BITS, limits, memoryOf, read, speedOf, stepOf } from '../serving-cost/machine.mjs';

const NONE = 'no record';
const SEATS = 1000;
const MACHINE = [
  'answer', 'users', 'api', 'input_price', 'output_price', 'model', 'bits', 'cache_bits', 'offer', 'chips', 'rent', 'reading', 'writing', 'utilization',
  'parameters', 'active', 'experts', 'chosen', 'layers', 'kv_heads', 'head_size', 'vectors', 'memory', 'bandwidth', 'rate16', 'rate8',
];
const { abs, ceil, floor, max, min } = Math;

export const headline = { key: 'shown', name: 'what the application keeps', say: (value) => (value > -100 ? percent(value) : '−100% or less'), zero: 0 };

const of = (whole, share) => whole * share / 100; // → percent_of
const part = (amount, whole) => 100 * amount / whole; // → share
const perMillion = (tokens, price) => tokens * price / 1e6; // → cost_per_million
const rental = (hour, speed, use) => hour * 1e6 / (speed * 3600 * use / 100); // → rental_cost_per_million
const givenOf = (v) => ({ ...v, prompt: v.tokens + v.context, reserve: 0, speed: 'bound' });

/** A request counts only where the whole of its cache fits. */
function memory(v) {
  const m = memoryOf(v);
  return { ...m, places: floor(m.seats + 1e-9), one: ceil((m.weights + m.cache) / v.memory - 1e-9) };
}

/** GB, ms but seconds for `first` and `wait`, USD, cents; `out` and `shown` are null where the model does not fit. */
export function work(values) {
  const v = givenOf(values);
  const r = { ...memory(v), prompt: v.prompt, out: null, shown: null };
  return r.places ? dollar(v, paid(v, alone(v, speedOf(v, r)))) : r;
}

/** What a request alone moves and waits for, and what one that shares does. */
function alone(v, r) {
  const [rate, moves] = limits(v);
  const [passed, own, { users, middle, prefill }] = [read(v, v.prompt), read(v, 1), r];
  const load = passed / moves;
  return Object.assign(r, {
    rate, moves, load, take: max(prefill, load), passed, lone_moved: own + middle, lone_read: own, lone: stepOf(v, 1, middle), sum: 2 * v.active / (rate * 1e12) * 1000,
    moved: (r.read + users * middle) / users, wait: v.answer * users / r.out,
  });
}

/** GPU-seconds and their rent, the list price, the seat. */
function paid(v, r) {
  const gpu_reading = v.chips * r.prefill / v.reading / 10;
  const gpu_writing = v.chips * v.answer * r.step / v.writing / 10 / r.users;
  const [full, rented] = [100, v.utilization].map((use) => perMillion(v.answer, rental(v.chips * v.rent, r.out, use)));
  const [price_in, price_out, brings] = [perMillion(v.prompt, v.input_price), perMillion(v.answer, v.output_price), v.seat / v.requests];
  const [charge, others] = [price_in + price_out, of(brings, v.other)];
  return Object.assign(r, { gpu_reading, gpu_writing, gpu: gpu_reading + gpu_writing, full, rented, idle: rented - full, price_in, price_out, charge, host: charge - rented, brings, others, kept: brings - charge - others });
}

/** Of a dollar that the seat brings, in cents, who keeps what, from the top of the stack down. */
function dollar(v, r) {
  const [running_cost, wear_cost] = [v.running, v.wear].map((hour) => perMillion(v.answer, rental(v.chips * hour, r.out, v.utilization)));
  const maker = of(wear_cost, v.margin);
  const parts = [r.kept, r.others, 0, r.host, r.rented - running_cost - wear_cost, running_cost, maker, wear_cost - maker];
  const cents = parts.map((one) => part(one, r.brings));
  return Object.assign(r, { running_cost, wear_cost, maker, parts, cents, shown: max(-100, cents[0]) });
}

export function problems(v) {
  const found = [
    v.active > v.parameters && { id: 'active', message: 'A token cannot use more parameters than the model has.' },
    v.chosen > v.experts && { id: 'chosen', message: 'A token cannot use more experts than a layer has.' },
  ].filter(Boolean);
  const { places, one } = memory(givenOf(v));
  return found.length || places ? found : [{ id: 'chips', message: `The model and the cache of one request need at least ${count(one)} of these accelerators.` }];
}

const gb = (value) => `${digits(value, 4)} GB`;
const billion = (value) => `${digits(value / 1e9, 5)} billion`;
const cents = (value) => fixed(value, 2);
/** US dollars, with three digits below one. */
const usd = (value) => (abs(value) >= 0.9995 || abs(value) < 5e-9 ? money(value) : `${value < 0 ? '−' : ''}$${digits(abs(value), 3)}`);
const shareOf = (value) => `${digits(value, 3)}%`;
const SAY = { GB: gb, $: usd, cents };

const rowsOf = (lab, pick) => lab.groups.flatMap(({ inputs }) => inputs).find(({ id }) => id === pick).rows;

/** Whether the list price that stands is that of another model than the one that is picked. */
function ofAnother(v, lab) {
  const [price, model] = ['api', 'model'].map((pick) => rowsOf(lab, pick).find(({ id }) => id === v[pick]));
  return price && model && !price.name.startsWith(model.name) && ['input_price', 'output_price'].every((name) => price.values[name] === v[name]);
}

export function sentence(r, v, lab) {
  const what = `Your sentence is ${some(v.tokens, 'token', 'tokens')}${v.context ? ` of ${count(r.prompt)} that are read` : ''}`;
  if (r.out === null) return `${what}. The model and a cache for them do not fit on this machine.`;
  const end = r.kept >= 0 ? `the application keeps about ${fixed(r.cents[0], 0)}%, before it pays those who build and sell it` : `the application loses about ${fixed(-r.cents[0], 0)}%`;
  const { lacks } = rowsOf(lab, 'offer').find(({ id }) => id === v.offer);
  const lent = lacks?.includes('rent') ? ' (no rent of this accelerator is on record)' : '';
  return `${what}; an answer of ${some(v.answer, 'token', 'tokens')} keeps accelerators busy for ${count(r.gpu)} GPU-seconds. Their rent is ${usd(r.rented)}${lent}, the list price ${usd(r.charge)}${ofAnother(v, lab) ? ' (the price is for another model)' : ''}, and of each dollar that the seat brings, ${end}.`;
}

const toned = (name, text, bad) => ({ name, text, ...(bad && { tone: 'bad' }) });

export function readings(r) {
  if (r.out === null) return [{ name: 'of weights', text: gb(r.weights) }, { name: 'of memory to use', text: gb(r.usable) }];
  return [
    { name: 'at list price, for the whole request', text: usd(r.charge) },
    toned(`rent, idle time included; ${usd(abs(r.host))} ${r.host >= 0 ? 'is left to the host' : 'more than the price'}`, usd(r.rented), r.host < 0),
    { name: 'GPU-seconds', text: count(r.gpu) },
    toned('of the seat’s dollar stay with the application', percent(r.cents[0]), r.kept < 0),
  ];
}

/** Parts of the dollar that are not known, by their place, with what there is no record of. */
function missing(v) {
  const found = { 5: !v.running && 'its power', 6: v.wear ? !v.margin && 'its maker’s margin' : 'its price', 7: !v.wear && 'its price' };
  return Object.fromEntries(Object.entries(found).filter(([, what]) => what).map(([place, what]) => [place, `no record of ${what}`]));
}

export function lines(r, v) {
  const rows = [];
  let step = 'tokens';
  const line = (name, how, value, unit) => rows.push({ step, name, how, value, unit, text: SAY[unit]?.(value) ?? `${count(value)} ${unit}`.trim() });
  const [chips, answer, prompt] = [count(v.chips), count(v.answer), count(r.prompt)];
  line('Tokens of the sentence', 'counted, or put in', v.tokens, 'tokens');
  line('Read in all', `${count(v.tokens)} + ${count(v.context)} sent along`, r.prompt, 'tokens');
  step = 'machine';
  line('Weights', `${count(v.parameters)} × ${BITS[v.bits]} bits ÷ 8`, r.weights, 'GB');
  if (r.out === null) {
    line('Memory to use', `${chips} × ${gb(v.memory)}`, r.usable, 'GB');
    return rows;
  }
  const [rate, tb, active, users] = [`${count(r.rate)} TFLOP/s`, `${digits(r.moves, 3)} TB/s`, count(v.active), count(r.users)];
  const [reading, writing] = [shareOf(v.reading), shareOf(v.writing)];
  /** What a pass reads of a mixture of experts: for so many tokens so many GB. */
  const experts = (passes) => {
    if (v.chosen >= v.experts) return;
    const [left, held] = [`1 − ${count(v.chosen)} ÷ ${count(v.experts)}`, min(v.parameters, max(0, (v.parameters - v.active) / (1 - v.chosen / v.experts)))];
    if (step === 'machine') line('Parameters in experts', `(${billion(v.parameters)} − ${billion(v.active)}) ÷ (${left})`, held, '');
    for (const [name, [tokens, size]] of Object.entries(passes)) line(name, `(${billion(v.parameters)} − ${billion(held)} × (${left})^${count(tokens)}) × ${BITS[v.bits]} bits ÷ 8`, size, 'GB');
  };
  line('Arithmetic of the machine', `${chips} × ${count(v.bits === 'eight' ? v.rate8 : v.rate16)} TFLOP/s`, r.rate, 'TFLOP/s');
  line('Memory bandwidth of the machine', `${chips} × ${digits(v.bandwidth, 3)} TB/s`, r.moves, 'TB/s');
  experts({ 'Weights read for the prompt': [r.prompt, r.passed], 'Weights read for one token': [1, r.lone_read] });
  line('Prefill: arithmetic', `2 × ${active} × ${prompt} ÷ ${rate}`, r.prefill, 'ms');
  line('Prefill: weights moved once', `${gb(r.passed)} ÷ ${tb}`, r.load, 'ms');
  line('Prefill, at the least', 'the longer of the two', r.take, 'ms');
  line('Cache of this request', `${count(r.token)} bytes × (${prompt} + ${answer} ÷ 2)`, r.middle, 'GB');
  line('Moved for one token alone', `${gb(r.lone_read)} of weights + ${gb(r.middle)} of cache`, r.lone_moved, 'GB');
  line('Arithmetic of one token', `2 × ${active} ÷ ${rate}`, r.sum, 'ms');
  line('One token alone, at the least', `cache ÷ ${tb} + the longer of weights ÷ ${tb} and arithmetic`, r.lone, 'ms');
  step = 'batch';
  line('Requests that fit', `(${gb(r.usable)} − ${gb(r.weights)}) ÷ ${gb(r.cache)}, whole ones`, r.places, '');
  line('Share the machine', `${count(v.users)} asked for, as far as they fit`, r.users, '');
  experts({ 'Weights read for a token of each': [r.users, r.read] });
  line('Moved for each token written', `(${gb(r.read)} + ${users} × ${gb(r.middle)}) ÷ ${users}`, r.moved, 'GB');
  line('A token for each, at the least', `${users} × cache ÷ ${tb} + the longer of weights ÷ that and ${users} × arithmetic`, r.step, 'ms');
  line('Written a second by all', `${users} × ${answer} ÷ (${users} × arithmetic of prefill ÷ ${reading} + ${answer} × token ÷ ${writing})`, r.out, 'tokens');
  line('You wait for the whole answer', `${users} × ${answer} ÷ tokens a second by all: it waits while the others’ prompts are read too`, r.wait, 'seconds');
  step = 'rent';
  line('Prefill', `${chips} × arithmetic of prefill ÷ ${reading}`, r.gpu_reading, 'GPU-seconds');
  line('Writing', `${chips} × ${answer} × a token for each ÷ ${writing} ÷ ${users}`, r.gpu_writing, 'GPU-seconds');
  line('Together', 'prefill + writing', r.gpu, 'GPU-seconds');
  line('Rent while it works', `${count(r.gpu)} ÷ 3,600 × ${money(v.rent)}`, r.full, '$');
  line('Rent with idle time', `÷ ${shareOf(v.utilization)}`, r.rented, '$');
  step = 'price';
  line('Tokens read', `${prompt} × ${money(v.input_price)} a million`, r.price_in, '$');
  line('Tokens written', `${answer} × ${money(v.output_price)} a million`, r.price_out, '$');
  line('List price of the request', 'read + written', r.charge, '$');
  line('Left to the host', 'list price − rent with idle time', r.host, '$');
  step = 'seat';
  line('The seat, for each request', `${money(v.seat)} ÷ ${count(v.requests)}`, r.brings, '$');
  line('Tokens', 'list price of the request', r.charge, '$');
  line('Other direct costs', `${shareOf(v.other)} of what the seat brings`, r.others, '$');
  line('Left to the application', 'the seat − tokens − other costs', r.kept, '$');
  step = 'dollar';
  const lost = missing(v);
  const costs = [['power and space', 5], ['wear', 7]];
  const owner = ['rent', ...costs.filter(([, place]) => !lost[place]).map(([name]) => name)].join(' − ');
  const rest = costs.filter(([, place]) => lost[place]).map(([name]) => name).join(' and ');
  [
    ['Application', 'left to the application'], ['Support, hosting and fees', `${shareOf(v.other)} of the seat`], ['Who trained the model', 'weights that are open are used without a payment'],
    ['Host of the model', 'list price − rent'], ['Owner of the machines', rest ? `${owner}; ${rest} in it` : owner], ['Power and space', `as the rent, at ${money(v.running)} an hour`],
    ['Chip maker', `${shareOf(v.margin)} of the wear, the machine’s price over six years: as the rent, at ${money(v.wear)} an hour`], ['Foundry, memory, servers', lost[6] ? 'the whole of the wear' : 'the rest of the wear'],
  ].forEach(([name, how], at) => {
    line(name, lost[at] ?? `${how}, ÷ ${usd(r.brings)}`, r.cents[at], 'cents');
    if (lost[at]) rows.at(-1).text = NONE;
  });
  return rows;
}

export const charts = () => [];

const bars = (unit, ...amounts) => {
  const most = max(...amounts);
  return amounts.map((amount) => [most > 0 ? max(0, part(amount, most)) : 0, SAY[unit]?.(amount) ?? `${count(amount)} ${unit}`]);
};
const left = (value, kept, lost) => `${usd(abs(value))} ${value >= 0 ? kept : lost}`;

const step = (heading, number, name, ...found) => ({ heading, number, name, bars: found.flat() });

function waits(r) {
  const [prefill, writing] = [r.prefill >= r.load, r.lone_moved / r.moves < r.sum].map((sums) => (sums ? 'arithmetic' : 'memory'));
  return prefill === writing ? `Prefill and writing both wait for ${writing}` : `Prefill waits for ${prefill}, writing for ${writing}`;
}

/** Of each step that is arithmetic its heading, its number, what that counts, and its bars, each as [percent of the longest, words]. */
export function steps(r, v) {
  if (r.out === null) return [];
  const lost = missing(v);
  return [
    step(v.tokens === 1 ? 'A sentence is one token' : 'A sentence is cut into tokens', count(v.tokens), `${v.tokens === 1 ? 'token' : 'tokens'} of ${count(r.prompt)} that are read`),
    step(waits(r), `${count(r.take)} ms`, `to read the prompt, and ${count(r.lone)} ms for each token written, alone`, bars('ms', r.prefill, r.load, r.sum, r.lone)),
    step(r.users === 1 ? 'Nobody shares the pass' : 'Others share each pass', count(r.users), `${r.users === 1 ? 'request shares' : 'requests share'} each pass over the weights; a token for each takes ${count(r.step)} ms`, bars('GB', r.lone_moved, r.moved), bars('ms', r.lone, r.step)),
    step('The request uses GPU-seconds, and somebody rents them', count(r.gpu), `GPU-seconds, ${usd(r.rented)} of rent`, bars('GPU-seconds', r.gpu_reading, r.gpu_writing), bars('$', r.full, r.idle)),
    step(r.host >= 0 ? 'The list price pays the host' : 'The list price does not pay the rent', usd(r.charge), `list price, of which ${left(r.host, 'is left to the host', 'is lost by the host')}`, bars('$', r.charge, r.rented, r.host)),
    step(r.kept >= 0 ? 'The seat pays for all of it' : 'The seat does not pay for all of it', usd(r.brings), `of the seat for each request, of which ${left(r.kept, 'is left', 'is lost')}`, bars('$', r.brings, r.charge, r.others, r.kept)),
    step('Each cent of the dollar has an owner', cents(r.cents[0]), 'cents of each dollar stay with the application', bars('cents', ...r.cents).map((bar, at) => (lost[at] ? [0, NONE] : bar))),
  ];
}

/** What two other labs are opened with: in the seat's, one use is one call, and all other costs are support. */
export function onward(r, v) {
  const prompt = v.tokens + v.context;
  return {
    'serving-cost': { prompt, ...Object.fromEntries(MACHINE.map((name) => [name, v[name]])), users: r.users ?? v.users },
    'unit-economics': {
      word: 'call', price: v.seat, seats: SEATS, tasks: v.requests, steps: 1, first: prompt, growth: 0, out: v.answer, cached: 0, retries: 0, batch: 0,
      input_price: v.input_price, output_price: v.output_price, light: 0, reviewed: 0, free_users: 0, hosting: 0, support: of(v.seat * SEATS, v.other), fees: 0, data: 0,
    },
  };
}
