// The steps of one request after an input has changed: their words, bars and marks, the table of records, and links to other labs. Fetched when
// needed; until then the page has the steps of the example, which the build gets from this module.

import { count } from '../../assets/js/lab/words.mjs';
import { cents, gb, of, part, usd } from './model.mjs';
import { notes } from './marks.mjs';

export const STEPS = ['tokens', 'machine', 'batch', 'rent', 'price', 'seat', 'dollar'];
const SEATS = 1000;
const MACHINE = [
  'answer', 'users', 'api', 'input_price', 'output_price', 'model', 'bits', 'cache_bits', 'offer', 'chips', 'rent', 'reserve', 'reading', 'writing', 'utilization',
  'parameters', 'active', 'experts', 'chosen', 'layers', 'kv_heads', 'head_size', 'vectors', 'memory', 'bandwidth', 'rate16', 'rate8',
];
const NONE = 'no record';
const UNITS = { GB: gb, $: usd, cents: (value) => `${cents(value)} cents` };
const { abs, max } = Math;

const amount = (value, unit) => UNITS[unit]?.(value) ?? `${count(value)} ${unit}`;

const bars = (unit, ...amounts) => {
  const most = max(...amounts);
  return amounts.map((one) => [most > 0 ? max(0, part(one, most)) : 0, amount(one, unit)]);
};
const left = (value, kept) => (value >= 0 ? `keeps ${usd(value)} ${kept}` : `loses ${usd(-value)} on it`);
/** The sentence's share of the prompt. */
const partOf = (r, v) => (v.context ? `of the prompt’s ${count(r.prompt)} tokens ${v.tokens === 1 ? 'is' : 'come from'} your sentence` : v.tokens === 1 ? 'token is the whole prompt' : 'tokens are the whole prompt');

const step = (heading, number, name, ...found) => ({ heading, number, name, bars: found.flat() });

function waits(r) {
  const [prefill, writing] = [r.prefill >= r.load, r.lone_moved / r.moves < r.sum].map((sums) => (sums ? 'Arithmetic' : 'Memory speed'));
  return prefill === writing ? `${writing} limits both reading and writing` : `${prefill} limits reading, while ${writing.toLowerCase()} limits writing`;
}

/** For each step with arithmetic: heading, number, what the number counts, bars as [percent of the longest, words], and a note on its numbers. */
export function steps(r, v, lab) {
  if (r.out === null) return [];
  const lost = { 5: !v.running, 6: !v.wear || !v.margin, 7: !v.wear };
  const said = notes(v, lab);
  return [
    step(v.tokens === 1 ? 'A sentence is one token' : 'A sentence is cut into tokens', count(v.tokens), partOf(r, v)),
    step(waits(r), `${count(r.take)} ms`, `is the minimum time to read the prompt, and each output token takes at least ${count(r.lone)} ms if nobody shares the machine`, bars('ms', r.prefill, r.load, r.sum, r.lone)),
    step(r.users === 1 ? 'You have the machine to yourself' : 'Other requests share the machine', count(r.users), `${r.users === 1 ? 'request has each pass over the weights to itself, and a token' : 'requests share each pass over the weights, and writing one token for each of them'} takes at least ${count(r.step)} ms`, bars('GB', r.lone_moved, r.moved), bars('ms', r.lone, r.step)),
    step('The host pays rent for the chips', count(r.gpu), `GPU-seconds go to your request, and they cost ${usd(r.rented)} to rent`, bars('GPU-seconds', r.gpu_reading, r.gpu_writing), bars('$', r.full, r.idle)),
    step(r.host >= 0 ? 'The list price pays the host' : 'The list price does not cover the rent', usd(r.charge), `is the list price of your request, and the host ${left(r.host, 'of it after paying the rent')}`, bars('$', r.charge, r.rented, r.host)),
    step(r.kept >= 0 ? 'The seat price pays for the request' : 'The seat price does not cover the request', usd(r.brings), `of the seat price pays for your request, and the application ${left(r.kept, 'of it')}`, bars('$', r.brings, r.charge, r.others, r.kept)),
    step(r.cents.some((one) => one < 0) ? 'Someone loses money on every dollar' : 'Every cent of the seat price goes to someone', cents(abs(r.cents[0])), `cents of each dollar ${r.kept < 0 ? 'are lost by' : 'go to'} the application`, bars('cents', ...r.cents).map((bar, at) => (lost[at] ? [0, NONE] : bar))),
  ].map((one, at) => ({ ...one, note: said[STEPS[at]] ?? '' }));
}

/** The values with which two other labs open. In the lab of the seat, one use is one call, and all other costs are support. */
export function onward(r, v) {
  const prompt = v.tokens + v.context;
  return {
    'serving-cost': { counted: 'tokens', sizing: 'own', prompt, ...Object.fromEntries(MACHINE.map((name) => [name, v[name]])), users: r.users ?? v.users },
    'unit-economics': {
      word: 'call', price: v.seat, seats: SEATS, tasks: v.requests, steps: 1, first: prompt, growth: 0, out: v.answer, reasoning: 0, cache: 'none', retries: 0, batch: 0,
      input_price: v.input_price, output_price: v.output_price, light: 0, reviewed: 0, free_users: 0, hosting_seat: 0, support_seat: of(v.seat, v.other), fees: 0, data: 0,
    },
  };
}
