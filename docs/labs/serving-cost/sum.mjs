// Values that the lines of the sum use besides the result.
import { some } from '../../assets/js/lab/words.mjs';
import { settled } from './case.mjs';
import { BITS, fresh, limits } from './machine.mjs';
import { gb, inputPrice } from './model.mjs';

export const formats = { gb };

export function more(r, v, lab) {
  const s = settled(v, lab);
  const [rate, bandwidth] = limits(s);
  const [low, high] = [r.slow, r.fast].map((out) => out / r.out);
  return { bits: BITS[s.bits], cache_bits: BITS[s.cache_bits], both: s.prompt + s.answer, per: lab.tables.words.token, kept: 100 - s.reserve, fresh: fresh(s), input: inputPrice(s, s), wait: lab.tables.wait.ms, rate, bandwidth, low, high, sellers: r.out === null ? [] : sellers(r) };
}

/** The list prices of the selected model, equal ones together: {name, price, even}. */
function sellers({ rivals, rival_prices: prices, rival_evens: evens }) {
  return rivals.flatMap((name, at) => {
    const alike = prices.filter((price) => price === prices[at]).length;
    return prices[at - 1] === prices[at] ? [] : [{ name: alike > 1 ? `${name} and ${some(alike - 1, 'other', 'others')}` : name, price: prices[at], even: evens[at] }];
  });
}
