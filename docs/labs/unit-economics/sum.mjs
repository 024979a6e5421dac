// Values that the lines of the sum use besides the result.
import { lower, of, parts, rate, soldOf, stepsIn, whoOf } from './model.mjs';

export const formats = { rate };

export const more = (r, v) => ({
  who: whoOf(v), sold: soldOf(v), word: v.word, parts: parts(r, v).map(([{ name, note }, amount]) => ({ name: lower(name), note, amount })),
  further: v.steps - 1, fresh: of(r.read, 100 - v.cached), cached: of(r.read, v.cached), calls_one: stepsIn(v, 1), calls_two: stepsIn(v, 2), fall_two: v.fall ** 2,
  sign: r.slope > 0 ? '+' : '−', slant: Math.abs(r.slope), basis: Math.abs(r.base), priced: r.wanted !== null, alone: (r.cost - r.costs[5]) / (v.billing === 'seat' ? r.units : of(r.talks, v.success)),
});
