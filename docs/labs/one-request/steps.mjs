// The steps of one request once something is put in: their words, bars and marks, the table of records, and the ways on. Fetched when it is needed; until then
// the page has the example's. The build says the same in fieldguide/records/cases/one_request.py, and a test compares the two.

import { count } from '../../assets/js/lab/words.mjs';
import { cents, gb, of, part, usd } from './model.mjs';
import { notes } from './marks.mjs';

const STEPS = ['tokens', 'machine', 'batch', 'rent', 'price', 'seat', 'dollar'];
const SEATS = 1000;
const MACHINE = [
  'answer', 'users', 'api', 'input_price', 'output_price', 'model', 'bits', 'cache_bits', 'offer', 'chips', 'rent', 'reading', 'writing', 'utilization',
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
const left = (value, kept, lost) => `${usd(abs(value))} ${value >= 0 ? kept : lost}`;

const step = (heading, number, name, ...found) => ({ heading, number, name, bars: found.flat() });

function waits(r) {
  const [prefill, writing] = [r.prefill >= r.load, r.lone_moved / r.moves < r.sum].map((sums) => (sums ? 'arithmetic' : 'memory'));
  return prefill === writing ? `Prefill and writing both wait for ${writing}` : `Prefill waits for ${prefill}, writing for ${writing}`;
}

/** Of each step that is arithmetic its heading, its number, what that counts, its bars, each as [percent of the longest, words], and what is to be said of its numbers. */
export function steps(r, v, lab) {
  if (r.out === null) return [];
  const lost = { 5: !v.running, 6: !v.wear || !v.margin, 7: !v.wear };
  const said = notes(v, lab);
  return [
    step(v.tokens === 1 ? 'A sentence is one token' : 'A sentence is cut into tokens', count(v.tokens), `${v.tokens === 1 ? 'token' : 'tokens'} of ${count(r.prompt)} input tokens`),
    step(waits(r), `${count(r.take)} ms`, `to read the prompt, and ${count(r.lone)} ms per output token, without sharing`, bars('ms', r.prefill, r.load, r.sum, r.lone)),
    step(r.users === 1 ? 'You have the machine to yourself' : 'Other requests share each pass', count(r.users), `${r.users === 1 ? 'request has each pass over the weights to itself; a token' : 'requests share each pass over the weights; one token for each'} takes ${count(r.step)} ms`, bars('GB', r.lone_moved, r.moved), bars('ms', r.lone, r.step)),
    step('Someone rents the GPU-seconds that the request uses', count(r.gpu), `GPU-seconds, ${usd(r.rented)} of rent`, bars('GPU-seconds', r.gpu_reading, r.gpu_writing), bars('$', r.full, r.idle)),
    step(r.host >= 0 ? 'The list price pays the host' : 'The list price does not pay the rent', usd(r.charge), `list price, of which ${left(r.host, 'is left for the host', 'is lost by the host')}`, bars('$', r.charge, r.rented, r.host)),
    step(r.kept >= 0 ? 'The seat pays for all of it' : 'The seat does not pay for all of it', usd(r.brings), `of the seat price per request, of which ${left(r.kept, 'is left', 'is lost')}`, bars('$', r.brings, r.charge, r.others, r.kept)),
    step(r.cents.some((one) => one < 0) ? 'Someone loses money on every dollar' : 'Each cent of the dollar has an owner', cents(abs(r.cents[0])), `cents of each dollar ${r.kept < 0 ? 'are lost by' : 'go to'} the application`, bars('cents', ...r.cents).map((bar, at) => (lost[at] ? [0, NONE] : bar))),
  ].map((one, at) => ({ ...one, note: said[STEPS[at]] ?? '' }));
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
