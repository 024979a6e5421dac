// What a founder puts in, as what a machine sees: tokens for words, accelerators for “as many as needed”, an hour's cost for a price. `v` are the inputs;
// names after an arrow are formulas of fieldguide/records/formulas/. Pure.

import { memoryOf } from './machine.mjs';

export const SHAPE = ['parameters', 'active', 'experts', 'chosen', 'layers', 'kv_heads', 'head_size', 'vectors'];
export const CHIP = ['memory', 'bandwidth', 'rate16', 'rate8'];
const DAYS = 365 / 12;
const HOURS = 8760;
/** Requests at once for which a machine of the smallest size has room. */
const ROOM = 16;

/** Whole machines for so many tokens, of which each does `capacity` → whole_machines. */
export const whole = (volume, capacity) => Math.max(1, Math.ceil(volume / capacity - 1e-9));

/** The fewest accelerators, as a power of two, that hold the weights and the caches of a few requests. */
const fewest = (v) => 2 ** Math.max(0, Math.ceil(Math.log2(memoryOf({ ...v, chips: 1, users: ROOM }).needed)));

/** USD for an accelerator and hour that one owns → capital_year. */
function ownedHour({ price, years, capital, residual, running }) {
  const rate = capital / 100;
  const factor = rate ? rate / (1 - (1 + rate) ** -years) : 1 / years;
  return (price - price * residual / 100 / (1 + rate) ** years) * factor / HOURS + running;
}

/** The inputs with the tokens of a request and of a month, the accelerators of a machine, and the USD of an hour, as they are used. */
export function settled(v, { tables }) {
  const product = v.counted === 'product';
  const tokens = (words) => Math.max(1, Math.round(words / tables.words.token));
  const [prompt, answer] = product ? [tokens(v.words_in), tokens(v.words_out)] : [v.prompt, v.answer];
  const s = { ...v, product, prompt, answer, volume: product ? v.audience * v.daily * DAYS * (prompt + answer) : v.volume };
  return { ...s, chips: v.sizing === 'fit' ? fewest(s) : v.chips, hour: v.bill === 'own' ? ownedHour(v) : v.rent };
}
