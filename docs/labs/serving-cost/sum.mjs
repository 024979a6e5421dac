// Values that the lines of the sum use besides the result.
import { some } from '../../assets/js/lab/words.mjs';
import { BITS, fresh, limits } from './machine.mjs';
import { gb, inputPrice, quarter } from './model.mjs';

export const formats = { gb };

export function more(r, v, lab) {
  const [rate, bandwidth] = limits(v);
  return { bits: BITS[v.bits], cache_bits: BITS[v.cache_bits], both: v.prompt + v.answer, kept: 100 - v.reserve, fresh: fresh(v), input: inputPrice(v, v), wait: lab.tables.wait.ms, rate, bandwidth, quarter: quarter(v), sellers: r.out === null ? [] : sellers(r) };
}

/** The list prices of the selected model, equal ones together: {name, price, even}. */
function sellers({ rivals, rival_prices: prices, rival_evens: evens }) {
  return rivals.flatMap((name, at) => {
    const alike = prices.filter((price) => price === prices[at]).length;
    return prices[at - 1] === prices[at] ? [] : [{ name: alike > 1 ? `${name} and ${some(alike - 1, 'other', 'others')}` : name, price: prices[at], even: evens[at] }];
  });
}
