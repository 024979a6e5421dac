// Values that the lines of the sum use besides the result, and how the disclosed runs come out without themselves.
import { count, digits, fixed, money } from '../../assets/js/lab/words.mjs';
import { energy, gpus, round, tonnes } from './model.mjs';
import { LARGE, spread } from './speeds.mjs';

const of = (noun) => (value) => {
  const text = digits(value, 3);
  return `${text} ${noun}${text === '1' ? '' : 's'}`;
};

export const formats = { rounded: (value) => count(round(value)), dollars: (value) => money(round(value)), loss: (value) => fixed(value, 4), gpus, energy, tonnes, years: of('year'), bytes: of('byte') };

export const more = (r, v, { tables: { law } }) => ({ teraflop: r.peak / 1e12, bits: v.precision === 'fp8' ? 8 : 16, longer: r.hours > r.final, law });

/** Each disclosed run as {group, id, name, share, hours, low, middle, high, held}: its share of peak and its maker's hours, and the hours that the runs of other models in its group give. */
export const checked = ({ tables, words }) => ['large', 'small', 'older', 'eight'].flatMap((group) => Object.entries(tables[group]).map(([id, [share, active, tokens, hours]]) => {
  const others = Object.values(tables[group]).filter(([, size, read]) => size !== active || read !== tokens);
  const found = spread(others, active < LARGE ? { small: tables.benchmark.sixteen, eight: tables.benchmark.eight }[group] ?? 0 : 0);
  const [low, middle, high] = [found.high, found.middle, found.low].map((reach) => (hours * share) / reach);
  return { group, id, name: words.runs[id], share, hours, low, middle, high, held: low <= hours && hours <= high };
}));
