// The loss that the fitted law predicts for a training budget which is split in the best way. Data: the constants of the fit and the budget of its largest run.

import { fixed, power } from '../../assets/js/lab/words.mjs';
import { stack } from '../../assets/js/live/shapes.mjs';

export const title = 'What ten times the training budget buys';
export const facts = {
  floor: 'chinchilla-fits.refit-floor', a: 'chinchilla-fits.refit-a', b: 'chinchilla-fits.refit-b', alpha: 'chinchilla-fits.refit-alpha', beta: 'chinchilla-fits.refit-beta',
  largest: 'chinchilla-fits.largest-run',
};
const [LOW, HIGH] = [18, 27];
const flop = (exponent) => `${power(10 ** exponent)} FLOP`;

export const controls = () => [{ id: 'exponent', label: 'Training budget', low: LOW, high: HIGH - 1, step: 0.1, start: 22, says: flop }];

/** scaling.optimal_loss */
function lossAt(compute, { floor, a, b, alpha, beta }) {
  const size = ((alpha * a) / (beta * b)) ** (1 / (alpha + beta)) * (compute / 6) ** (beta / (alpha + beta));
  return floor + a / size ** alpha + b / (compute / (6 * size)) ** beta;
}

const both = ({ exponent }, data) => [exponent, exponent + 1].map((at) => lossAt(10 ** at, data));

export function picture(values, data) {
  const [now, next] = both(values, data);
  const most = lossAt(10 ** LOW, data);
  return [stack([
    { name: 'floor, which stays', part: data.floor, look: 'rest' },
    { name: 'left above the floor', part: next - data.floor },
    { name: 'removed by ten times the budget', part: now - next, look: 'light' },
  ].map(({ part, ...more }) => ({ ...more, layer: 'model', share: part / most, text: fixed(part, 3) })), sentence(values, data))];
}

export function sentence(values, data) {
  const [now, next] = both(values, data);
  const [first, second] = [values.exponent, values.exponent + 1].map((at) => 10 ** at > data.largest);
  const beyond = first ? ' Both are forecasts, because the runs behind the law were smaller.' : second ? ' The second is a forecast, because the runs behind the law were smaller.' : '';
  return `With ${flop(values.exponent)}, the law predicts a loss of ${fixed(now, 2)}. Ten times the budget lowers it by ${fixed(now - next, 3)}, to ${fixed(next, 2)}.${beyond}`;
}
