// Values that the lines of the sum use besides the result.
import { count, digits, money } from '../../assets/js/lab/words.mjs';
import { energy, gpus, round, tonnes } from './model.mjs';

const of = (noun) => (value) => {
  const text = digits(value, 3);
  return `${text} ${noun}${text === '1' ? '' : 's'}`;
};

export const formats = { rounded: (value) => count(round(value)), dollars: (value) => money(round(value)), gpus, energy, tonnes, years: of('year'), bytes: of('byte') };

export const more = (r, v) => ({ teraflop: r.peak / 1e12, bits: v.precision === 'fp8' ? 8 : 16, longer: r.hours > r.final });
