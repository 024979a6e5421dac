// Values that the lines of the sum use besides the result.
import { digits } from '../../assets/js/lab/words.mjs';
import { BITS } from '../serving-cost/machine.mjs';
import { bill, gb, time, usd } from './model.mjs';

const { max, min } = Math;

export const formats = { bill, gb, time, usd, share: (value) => `${digits(value, 3)}%` };

/** What each layer keeps in a month, in order; `each` is the arithmetic per weight, `held` the parameters in experts. */
export function more(r, v) {
  const mixed = v.chosen < v.experts;
  return {
    ...r.monthly, bit: BITS[v.bits], cache_bit: BITS[v.cache_bits], each: v.bits === 'eight' ? v.rate8 : v.rate16, flop: 2 * v.active,
    held: mixed ? min(v.parameters, max(0, (v.parameters - v.active) / (1 - v.chosen / v.experts))) : 0, mixed, fits: r.out !== null, alone: r.users === 1,
  };
}
