// The loss that the fitted law predicts for a training budget which is split in the best way. Data: the constants of the fit and the budgets of its smallest and largest run.

import { fixed, power } from '../../assets/js/lab/words.mjs';
import { plot } from '../../assets/js/live/shapes.mjs';

export const title = 'What ten times the training budget buys';
export const facts = {
  floor: 'chinchilla-fits.refit-floor', a: 'chinchilla-fits.refit-a', b: 'chinchilla-fits.refit-b', alpha: 'chinchilla-fits.refit-alpha', beta: 'chinchilla-fits.refit-beta',
  smallest: 'chinchilla-fits.smallest-run', largest: 'chinchilla-fits.largest-run',
};
const [LOW, HIGH] = [18, 27];
const exponents = Array.from({ length: 10 * (HIGH - LOW) + 1 }, (_, at) => LOW + at / 10);
const flop = (exponent) => `${power(10 ** exponent)} FLOP`;

export const controls = () => [{ id: 'exponent', label: 'Training budget', low: LOW, high: HIGH - 1, step: 0.1, start: 22, says: flop }];

/** scaling.optimal_loss */
function lossAt(compute, { floor, a, b, alpha, beta }) {
  const size = ((alpha * a) / (beta * b)) ** (1 / (alpha + beta)) * (compute / 6) ** (beta / (alpha + beta));
  return floor + a / size ** alpha + b / (compute / (6 * size)) ** beta;
}

const both = ({ exponent }, data) => [exponent, exponent + 1].map((at) => lossAt(10 ** at, data));

export function picture(values, data, width) {
  const [now, next] = both(values, data);
  const curve = exponents.map((exponent) => [10 ** exponent, lossAt(10 ** exponent, data)]);
  const [from, to] = [10 ** LOW, 10 ** HIGH];
  return [plot({
    width, height: width < 480 ? 260 : 300, label: sentence(values, data),
    x: { low: from, high: to, log: true, name: 'Training budget, FLOP', ticks: exponents.filter((at) => at % 3 === 0).map((at) => [10 ** at, power(10 ** at)]) },
    y: { low: 1.5, high: 3.6, name: 'Predicted loss, nats per token', ticks: [2, 2.5, 3, 3.5].map((at) => [at, fixed(at, 1)]) },
    shade: [Math.max(from, data.smallest), data.largest],
    lines: [{ points: curve }, { points: [[from, data.floor], [to, data.floor]], name: `floor, ${fixed(data.floor, 2)}`, below: true, quiet: true, dash: true }],
    marks: [{ x: 10 ** values.exponent, y: now, name: fixed(now, 2) }, { x: 10 ** (values.exponent + 1), y: next, name: `ten times: ${fixed(next, 2)}`, open: true }],
  })];
}

export function sentence(values, data) {
  const [now, next] = both(values, data);
  const [first, second] = [values.exponent, values.exponent + 1].map((at) => 10 ** at > data.largest);
  const beyond = first ? ' Both are forecasts, because the runs behind the law were smaller.' : second ? ' The second is a forecast, because the runs behind the law were smaller.' : '';
  return `With ${flop(values.exponent)}, the law predicts a loss of ${fixed(now, 2)}. Ten times the budget lowers it by ${fixed(now - next, 3)}, to ${fixed(next, 2)}.${beyond}`;
}
