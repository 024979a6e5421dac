// Follow one request. `v` are the inputs, `r` is the result;
// names after an arrow are formulas of fieldguide/records/formulas/. Money is USD for one request, or for all that a seat sends in a month if its name begins with `month`.

import { duration } from '../../assets/js/lab/duration.mjs';
import { count, digits, fixed, money, percent, some } from '../../assets/js/lab/words.mjs';
import { limits, memoryOf, read, speedOf, stepOf } from '../serving-cost/machine.mjs';

const { abs, ceil, floor, max } = Math;

export const headline = { key: 'shown', name: 'what the application keeps', say: (value) => (value > -100 ? percent(value) : '−100% or less'), zero: 0 };

export const of = (whole, share) => whole * share / 100; // → percent_of
export const part = (amount, whole) => 100 * amount / whole; // → share
const perMillion = (tokens, price) => tokens * price / 1e6; // → token_cost
const rental = (hour, speed, use) => hour * 1e6 / (speed * 3600 * use / 100); // → rental_cost_per_million
const givenOf = (v) => ({ ...v, prompt: v.tokens + v.context, cached: 0, speed: 'bound' });

/** A request counts only if its whole cache fits. */
function memory(v) {
  const m = memoryOf(v);
  return { ...m, places: floor(m.seats + 1e-9), one: ceil((m.weights + m.cache) / (m.usable / v.chips) - 1e-9) };
}

/** In GB, ms (`first`, `wait`, `alone_reading` and `alone_writing` in seconds), USD and percent; `out` and `shown` are null if the model does not fit. */
export function work(values) {
  const v = givenOf(values);
  const r = { ...memory(v), prompt: v.prompt, out: null, shown: null };
  return r.places ? dollar(v, paid(v, alone(v, speedOf(v, r)))) : r;
}

/** The data moved and the waiting time for a request alone, and for one that shares the machine. */
function alone(v, r) {
  const [rate, moves] = limits(v);
  const [passed, own, { users, middle, prefill }] = [read(v, v.prompt), read(v, 1), r];
  const load = passed / moves;
  const [take, lone] = [max(prefill, load), stepOf(v, 1, middle)];
  return Object.assign(r, {
    rate, moves, load, take, passed, lone_moved: own + middle, lone_read: own, lone, sum: 2 * v.active / (rate * 1e12) * 1000, alone_reading: take / 1000, alone_writing: v.answer * lone / 1000,
    moved: (r.read + users * middle) / users, together: read(v, users * v.prompt), wait: v.answer * users / r.out,
  });
}

/** Adds GPU-seconds and their rent, the list price, and the seat; and all of it for a month of one seat. */
function paid(v, r) {
  const gpu_reading = v.chips * r.pass / v.reading / 10;
  const gpu_writing = v.chips * v.answer * r.step / v.writing / 10 / r.users;
  const [full, rented] = [100, v.utilization].map((use) => perMillion(v.answer, rental(v.chips * v.rent, r.out, use)));
  const [price_in, price_out, brings] = [perMillion(v.prompt, v.input_price), perMillion(v.answer, v.output_price), v.seat / v.requests];
  const [charge, others] = [price_in + price_out, of(brings, v.other)];
  const one = { gpu: gpu_reading + gpu_writing, full, rented, idle: rented - full, charge, host: charge - rented, others, kept: brings - charge - others };
  const month = Object.fromEntries(Object.entries(one).map(([name, value]) => [`month_${name}`, value * v.requests]));
  return Object.assign(r, { gpu_reading, gpu_writing, price_in, price_out, brings, ...one, ...month });
}

/** What each layer keeps of the seat's price, from the top of the stack down: for one request, in a month, and in percent. */
function dollar(v, r) {
  const [running_cost, wear_cost] = [v.running, v.wear].map((hour) => perMillion(v.answer, rental(v.chips * hour, r.out, v.utilization)));
  const maker = of(wear_cost, v.margin);
  const parts = [r.kept, r.others, 0, r.host, r.rented - running_cost - wear_cost, running_cost, maker, wear_cost - maker];
  const shares = parts.map((one) => part(one, r.brings));
  const month_wear = wear_cost * v.requests;
  return Object.assign(r, { running_cost, wear_cost, month_wear, maker, parts, monthly: parts.map((one) => one * v.requests), shares, shown: max(-100, shares[0]) });
}

export function problems(v) {
  const found = [
    v.active > v.parameters && { id: 'active', message: 'A token cannot use more parameters than the model has.' },
    v.chosen > v.experts && { id: 'chosen', message: 'A token cannot use more experts than a layer has.' },
  ].filter(Boolean);
  const { places, one } = memory(givenOf(v));
  return found.length || places ? found : [{ id: 'chips', message: `The model and the cache of one request need at least ${count(one)} of these accelerators.` }];
}

export const gb = (value) => `${digits(value, 4)} GB`;
/** US dollars, with three digits below one. */
export const usd = (value) => (abs(value) >= 0.9995 || abs(value) < 5e-9 ? money(value) : `${value < 0 ? '−' : ''}$${digits(abs(value), 3)}`);

/** US dollars of a month: whole cents down to one cent. */
export const bill = (value) => (abs(value) >= 0.00995 && abs(value) < 0.0995 ? `${value < 0 ? '−' : ''}$${fixed(abs(value), 2)}` : money(value));
/** A time from seconds. */
export const time = (seconds) => duration(seconds / 3600);

const rowsOf = (lab, pick) => lab.groups.flatMap(({ inputs }) => inputs).find(({ id }) => id === pick).rows;

/** Whether the current list price belongs to another model than the selected one. */
export function isOtherModelsPrice(v, lab) {
  const [price, model] = ['api', 'model'].map((pick) => rowsOf(lab, pick).find(({ id }) => id === v[pick]));
  return price && model && !price.name.startsWith(model.name) && ['input_price', 'output_price'].every((name) => price.values[name] === v[name]);
}

export function sentence(r, v, lab) {
  const what = `Your sentence ${v.context ? `makes up ${count(v.tokens)} of the prompt’s ${count(r.prompt)} tokens` : `is ${some(v.tokens, 'token', 'tokens')}`}`;
  if (r.out === null) return `${what}. The model and its cache do not fit on this machine.`;
  const { lacks } = rowsOf(lab, 'offer').find(({ id }) => id === v.offer);
  const lent = lacks?.includes('rent') ? ' (we have no rent on record for this accelerator)' : '';
  const other = isOtherModelsPrice(v, lab) ? ' (the price is for a different model)' : '';
  const own = `${count(r.gpu)} seconds of one chip`;
  const wait = r.users === 1 ? `You have the machine to yourself: you wait ${time(r.wait)} for the answer and use ${own}` : `You wait ${time(r.wait)} for the answer, but in that time the machine’s ${some(v.chips, 'chip works', 'chips work')} for ${count(r.users)} requests, so yours takes up only ${own}`;
  const sent = v.requests === 1 ? 'the month’s only request' : `the month’s ${count(v.requests)} requests`;
  const kept = r.kept >= 0 ? `Of the ${bill(v.seat)} that the employer pays for a seat, one employee’s subscription, the application keeps ${bill(r.month_kept)} after support and fees but before salaries and sales costs` : `A seat costs ${bill(v.seat)}, so the application loses ${bill(-r.month_kept)} on it`;
  return `${what}. ${wait}. For ${sent}, the company that sells the assistant (the application) pays ${bill(r.month_charge)}${other} to the company that runs the model (the host), which rents its chips for ${bill(r.month_rented)}${lent}. ${kept}.`;
}

const toned = (name, text, bad) => ({ name, text, ...(bad && { tone: 'bad' }) });

export function readings(r) {
  if (r.out === null) return [{ name: 'of weights', text: gb(r.weights) }, { name: 'of usable memory', text: gb(r.usable) }];
  return [
    { name: 'list price of a month’s requests', text: bill(r.month_charge) },
    toned(`rent in a month, including idle time; the host ${r.host >= 0 ? 'keeps' : 'loses'} ${bill(abs(r.month_host))}`, bill(r.month_rented), r.host < 0),
    { name: 'for the whole answer', text: time(r.wait) },
    toned(r.kept < 0 ? 'of the seat price is what the application loses' : 'of the seat price stays with the application', percent(abs(r.shares[0])), r.kept < 0),
  ];
}

export const charts = () => [];
