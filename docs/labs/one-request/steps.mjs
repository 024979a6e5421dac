// The steps of one request after an input has changed: their words and pictures, and links to other labs. Fetched when
// needed; until then the page has the steps of the example, which the build gets from this module.

import { count, percent, some } from '../../assets/js/lab/words.mjs';
import { bill, gb, of, time } from './model.mjs';
import { notes } from './marks.mjs';
import { pictures } from './pictures.mjs';

export const STEPS = ['tokens', 'machine', 'batch', 'rent', 'price', 'seat', 'dollar'];
const SEATS = 1000;
const MACHINE = [
  'answer', 'users', 'api', 'input_price', 'output_price', 'model', 'bits', 'cache_bits', 'offer', 'chips', 'rent', 'reserve', 'reading', 'writing', 'utilization',
  'parameters', 'active', 'experts', 'chosen', 'layers', 'kv_heads', 'head_size', 'vectors', 'memory', 'bandwidth', 'rate16', 'rate8',
];
const { abs } = Math;

/** The sentence's share of the prompt. */
const partOf = (r, v) => (v.context ? `of the prompt’s ${count(r.prompt)} tokens ${v.tokens === 1 ? 'is' : 'come from'} your sentence` : v.tokens === 1 ? 'token is the whole prompt' : 'tokens are the whole prompt');
const left = (value, kept) => (value >= 0 ? `keeps ${bill(value)} of it${kept}` : `loses ${bill(-value)} on it`);

/** For each step with arithmetic: heading, number, what the number counts, its picture (trees of elements, as pictures.mjs has them), and a note on its numbers. */
export function steps(r, v, lab) {
  if (r.out === null) return [];
  const [said, drawn] = [notes(v, lab), pictures(r, v)];
  const all = v.requests === 1 ? 'the month’s only request' : `the month’s ${count(v.requests)} requests`;
  const own = `${count(r.gpu)} seconds of one chip`;
  return [
    [v.tokens === 1 ? 'A sentence is one token' : 'A sentence is cut into tokens', count(v.tokens), partOf(r, v)],
    ['The model reads at once and writes token by token', gb(r.lone_read), `of weights leave the memory for every token of the answer, ${r.passed === r.lone_read ? 'but only' : `and ${gb(r.passed)}`} once for the whole prompt`],
    r.users === 1 ? ['You have the machine to yourself', time(r.wait), `is your wait for the answer, which takes ${own}`]
      : ['Other requests share the machine', time(r.wait), `is your wait while the machine’s ${some(v.chips, 'chip works', 'chips work')} for ${count(r.users)} requests, so yours takes up only ${own}`],
    ['The host pays rent for the chips', bill(r.month_rented), `is the rent for ${all}, which ${v.requests === 1 ? 'keeps' : 'keep'} one chip busy for ${time(r.month_gpu)}`],
    [r.host >= 0 ? 'The list price pays the host' : 'The list price does not cover the rent', bill(r.month_charge), `is the list price of ${all}, and the host ${left(r.month_host, ' after paying the rent')}`],
    [r.kept >= 0 ? 'The seat price pays for the request' : 'The seat price does not cover the request', bill(v.seat), `a month pays for ${some(v.requests, 'request', 'requests')}, and the application ${left(r.month_kept, ', before salaries and sales costs')}`],
    [r.shares.some((one) => one < 0) ? 'Someone loses money on every dollar' : 'Every cent of the seat price goes to someone', percent(abs(r.shares[0])), `of the seat price ${r.kept < 0 ? 'is lost by' : 'stays with'} the application`],
  ].map(([heading, number, name], at) => ({ heading, number, name, note: said[STEPS[at]] ?? '', picture: drawn[STEPS[at]] }));
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
