// What does more compute buy? Its formulas are in fieldguide/records/formulas/ too.
import { count, digits, fixed, money, percent, power, some } from '../../assets/js/lab/words.mjs';
import { reached, rough } from '../training-cost/speeds.mjs';

const QUANTITIES = ['parameters', 'tokens', 'compute'];
const UNITS = { parameters: ['parameter', 'parameters'], tokens: ['token', 'tokens'] };
const APART = 1.25;
const UNSEEN = 0.0005;

/** scaling.fitted_gap */
const gapOf = (size, data, { a, b, alpha, beta }) => a / size ** alpha + b / data ** beta;
/** scaling.fitted_loss */
const lossOf = (size, data, fit) => fit.floor + gapOf(size, data, fit);
/** scaling.optimal_parameters, optimal_tokens and reducible_loss for a budget of compute */
function bestOf(compute, fit) {
  const { a, b, alpha, beta } = fit;
  const size = ((alpha * a) / (beta * b)) ** (1 / (alpha + beta)) * (compute / 6) ** (beta / (alpha + beta));
  const data = compute / (6 * size);
  return { size, data, gap: gapOf(size, data, fit) };
}

/** scaling.optimal_loss */
const bestLoss = (compute, fit) => fit.floor + bestOf(compute, fit).gap;

const SPREAD = ['a', 'b', 'floor', 'alpha', 'beta'];
const NINETY = 1.645; // standard deviations on either side of the middle of a normal distribution that hold 90% of it

/** Half of the 90% interval of a fit's loss, from the covariances of ln A, ln B, ln E, α and β: the slope of the loss in each, to first order. */
function errorOf(size, data, { floor, a, b, alpha, beta }, spread) {
  const [sizeTerm, dataTerm] = [a / size ** alpha, b / data ** beta];
  const slopes = [sizeTerm, dataTerm, floor, -sizeTerm * Math.log(size), -dataTerm * Math.log(data)];
  const variance = SPREAD.flatMap((name, row) => spread[name].map((value, at) => (at ? 2 : 1) * value * slopes[row] * slopes[row + at])).reduce((sum, part) => sum + part);
  return NINETY * Math.sqrt(Math.max(0, variance));
}

/** Two are given, the third follows from compute.training_flop, C = 6ND. */
function runOf({ third, parameters, tokens, compute }) {
  if (third === 'tokens') return [parameters, compute / (6 * parameters), compute];
  if (third === 'parameters') return [compute / (6 * tokens), tokens, compute];
  return [parameters, tokens, 6 * parameters * tokens];
}

const within = (range, run) => (QUANTITIES.every((kind, at) => range[kind][0] <= run[at] && run[at] <= range[kind][1]) ? 'measured' : 'extrapolated');

function byFit(size, data, compute, fit) {
  const [now, next] = [bestOf(compute, fit), bestOf(10 * compute, fit)];
  const [sizeTerm, dataTerm] = [fit.a / size ** fit.alpha, fit.b / data ** fit.beta];
  const gap = sizeTerm + dataTerm;
  return { now, next, sizeTerm, dataTerm, gap, loss: fit.floor + gap, ratio: now.data / now.size, least: fit.floor + now.gap, after: fit.floor + next.gap, gain: now.gap - next.gap };
}

export function work(values, lab) {
  const { refit, original, range, spread } = lab.tables;
  const [size, data, compute] = runOf(values);
  const [used, other] = [byFit(size, data, compute, refit), byFit(size, data, compute, original)];
  const { now, next, gap } = used;
  const equal = (bestOf(1, refit).gap / gap) ** ((refit.alpha + refit.beta) / (refit.alpha * refit.beta)); // scaling.optimal_compute
  const twin = bestOf(equal, refit);
  const extra = twin.size >= APART * size ? compute - equal : null;
  const own = { low: values.utilization, middle: values.utilization, high: values.utilization };
  const [speed, later] = [[size, data], [next.size, next.data]].map(([active, tokens]) => (values.speed === 'own' ? own : reached({ active, tokens, peak16: values.peak, precision: 'bf16' }, lab)));
  const hoursAt = (flop, share) => flop / ((values.peak * 1e12 * share) / 100) / 3600; // compute.gpu_hours
  const costAt = (flop, share) => hoursAt(flop, share) * values.rent;
  return {
    parameters: size, tokens: data, compute, ratio: data / size, tenfold: 10 * compute,
    loss: used.loss, size_term: used.sizeTerm, data_term: used.dataTerm, gain: used.gain, lost: Math.max(0, gap - now.gap),
    best_parameters: now.size, best_tokens: now.data, best_ratio: used.ratio, best_loss: used.least, next_loss: used.after,
    loss_original: other.loss, size_term_original: other.sizeTerm, data_term_original: other.dataTerm, gain_original: other.gain,
    best_parameters_original: other.now.size, best_ratio_original: other.ratio, best_loss_original: other.least, next_loss_original: other.after,
    range: within(range, [size, data, compute]), next_range: within(range, [next.size, next.data, 10 * compute]),
    error: errorOf(size, data, refit, spread), next_error: errorOf(next.size, next.data, refit, spread),
    equal_compute: equal, equal_parameters: twin.size, equal_tokens: twin.data,
    extra, payback: extra === null ? null : extra / (2 * twin.size - 2 * size), // compute.break_even_tokens
    ranged: values.speed !== 'own', runs: speed.number, share: speed.middle, share_low: speed.low, share_high: speed.high, share_next: later.middle,
    hours: hoursAt(compute, speed.middle), cost: costAt(compute, speed.middle), cost_fast: costAt(compute, speed.high), cost_slow: costAt(compute, speed.low), cost_tenfold: costAt(10 * compute, later.middle),
  };
}

export function problems(values, { groups }) {
  const kind = values.third;
  const found = runOf(values)[QUANTITIES.indexOf(kind)];
  const { low, high } = groups.flatMap(({ inputs }) => inputs).find(({ id }) => id === kind);
  return kind !== 'compute' && (found < low || found > high) ? [{ id: 'compute', message: `This leaves ${someOf(found, kind)}, but this lab covers only ${count(low)} to ${count(high)}.` }] : [];
}

// Words

const someOf = (value, kind) => some(value, ...UNITS[kind]);
const dollars = (value) => money(rough(value));
const loss = (value) => (value < 9.995 ? fixed(value, 2) : digits(value, 3));
export const nats = (value) => (value < UNSEEN ? 'less than 0.001' : value < 0.0995 ? digits(value, 2) : loss(value));

export const headline = { key: 'loss', name: 'predicted loss', say: loss };

/** A loss with its 90% interval, unless both ends read like it. */
function between(value, error) {
  const [said, low, high] = [value, value - error, value + error].map(loss);
  return low === said && high === said ? said : `${said} (${low} to ${high})`;
}

export function sentence(result, _, { tables: { known } }) {
  const [now, best] = [loss(result.loss), loss(result.best_loss)];
  const split = now === best ? '' : ` The best split of the same compute between parameters and tokens would reach ${best}.`;
  const outside = result.next_range === 'measured' ? '' : ` That’s ${result.range === 'measured' ? 'beyond' : 'outside'} the range of the runs behind the fit, so the true uncertainty is larger: the original fit says ${loss(result.next_loss_original)}.`;
  return `A model with ${someOf(result.parameters, 'parameters')} trained on ${someOf(result.tokens, 'tokens')} has a predicted loss of ${now}.${split} With ten times the compute, the best model would reach ${between(result.next_loss, result.next_error)}, for about ${dollars(result.cost_tenfold)} in rent.${outside} For comparison, the same law puts Chinchilla’s loss only ${nats(known.gap)} below Gopher’s, yet Chinchilla scored more than ${digits(known.points, 2)} points higher on the MMLU test. The rent assumes ${result.ranged ? 'the median speed of disclosed runs of that size, as in “What does a training run cost?”' : `${percent(result.share)} of the chips’ peak speed`}.`;
}

export function readings(result) {
  return [
    { name: `predicted loss, where lower is better; ${loss(result.loss_original)} by the original fit`, text: loss(result.loss) },
    { name: `loss of the best model with ten times the compute; 90% of refits lie between ${loss(result.next_loss - result.next_error)} and ${loss(result.next_loss + result.next_error)}, and the original fit says ${loss(result.next_loss_original)}`, text: loss(result.next_loss) },
    { name: `tokens per parameter; the lowest loss for this compute takes ${count(result.best_ratio)}`, text: count(result.ratio) },
    { name: `rent for this run${result.ranged ? `; ${dollars(result.cost_fast)} to ${dollars(result.cost_slow)} at the speeds of disclosed runs` : ` at ${percent(result.share)} of the chips’ peak speed`}`, text: dollars(result.cost) },
  ];
}

// Charts: scenes for lab/charts.mjs

const STEPS = 40;
const MARKED = ['gpt-3', 'chinchilla', 'gopher', 'palm-540b', 'llama-31-405b', 'llama-3-8b', 'deepseek-v3'];
const tenTo = (exponent) => Number(`1e${exponent}`);
const decade = (value) => Number(value.toExponential().split('e')[1]);
const steps = (first, last) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const decades = (low, high, leads) => steps(decade(low), decade(high)).flatMap((at) => leads.map((lead) => lead * tenTo(at)));
const scale = (low, high, name, places, say) => ({ low, high, type: 'log', name, ticks: places.filter((at) => low <= at && at <= high).map((at) => ({ at, label: say(at) })) });
const across = (low, high, name) => scale(low, high, name, decades(low, high, high < 1e4 * low ? [1, 3] : [1]), power);

function upward(low, high) {
  if (high > 8 * low) return scale(low, high, '', decades(low, high, [1, 2, 5]), (at) => fixed(at, 0));
  const raw = (high - low) / 10;
  const step = [1, 2, 5, 10].map((lead) => lead * tenTo(decade(raw))).find((one) => one >= raw);
  return scale(low, high, '', steps(Math.floor(low / step), Math.floor(high / step)).map((at) => at * step), (at) => fixed(at, Math.max(0, -decade(step))));
}

const series = (id, more) => ({ id, name: '', layer: null, strong: true, join: false, dash: null, curve: [], marks: [], ...more });
const marks = (id, layer, found) => series(id, { layer, marks: found.map(([key, x, y, name, label = name, basis = 'derived', error = 0]) => ({ id: key, x, y, basis, name, label, ...(error && { low: y - error, high: y + error }) })) });

/** A fit: dashed, and solid in the range of the measured runs; points above the plot are left out. */
function pieces(used, low, high, measured, top, curve) {
  const [start, end] = measured.map((at) => Math.min(Math.max(at, low), high));
  const parts = [['below', low, start], ['measured', start, end], ['beyond', end, high]].filter(([, from, to]) => from < to);
  return parts.map(([part, from, to], nth) => series(`${used ? 'used' : 'other'}-${part}`, {
    name: nth < parts.length - 1 ? '' : used ? 'Refit, 2024' : 'Original fit, 2022', layer: used ? 'model' : null, strong: used, join: true, dash: part === 'measured' ? null : used ? '7 5' : '4 4',
    curve: steps(0, STEPS).map((step) => from * (to / from) ** (step / STEPS)).map((at) => [at, curve(at)]).filter(([, value]) => value <= top),
  }));
}

const plot = (title, context, x, y, drawn, measured, rules = []) => ({
  title, context: `Predicted loss in nats per token ${context} Both axes are logarithmic.`,
  scene: { kind: 'xy', panels: [{ title: '', x, y, series: drawn, rules, regions: measured[0] < measured[1] ? [{ x: measured, value: ['start', 'end'] }] : [], said: [] }], key: {}, point: '' },
});

export const charts = (result, values, lab) => [byCompute(result, lab), bySize(result, lab)];

/** fieldguide/drawing/pieces.py short_name */
const short = ({ name }) => name.replace(/ *\([^)]*\)$/, '');

function byCompute({ compute, parameters, tokens, tenfold, loss: own, error, next_loss: after, next_error: later, gain }, { groups, origins, tables: { refit, original, range } }) {
  const [low, high] = [tenTo(Math.min(20, decade(compute))), tenTo(Math.max(27, decade(compute) + 2))];
  const measured = [Math.max(low, range.compute[0]), range.compute[1]];
  const top = 1.02 * Math.max(bestLoss(low, refit), bestLoss(low, original), own);
  const { rows } = groups.flatMap(({ inputs }) => inputs).find(({ id }) => id === 'model');
  const same = rows.find(({ values }) => values.parameters === parameters && values.tokens === tokens);
  const models = MARKED.map((id) => rows.find((row) => row.id === id)).filter((row) => row !== same).map((row) => [
    row.id, row.values.compute, lossOf(row.values.parameters, row.values.tokens, refit), short(row), short(row), origins[row.origins.compute].kind,
  ]);
  const drawn = [
    ...pieces(true, low, high, measured, top, (at) => bestLoss(at, refit)), ...pieces(false, low, high, measured, top, (at) => bestLoss(at, original)),
    marks('run', 'model', [['run', compute, own, same?.origins.compute ? `${short(same)}, this run` : 'this run', undefined, undefined, error], ['next', tenfold, after, 'ten times the compute', undefined, undefined, later]]), marks('models', null, models),
  ];
  const rules = [[refit, 'refit'], [original, 'original fit']].map(([{ floor }, name]) => ({ at: floor, across: true, label: `floor of the ${name}, ${fixed(floor, 2)}` }));
  return plot(`Ten times the compute lowers the loss by ${nats(gain)} at best`, 'at the best split. Each model stands at the loss that the refit predicts, not at its measured loss. The runs behind the fits lie in the shaded part, and the rest is extrapolated.',
    across(low, high, 'Training compute, FLOP'), upward(0.97 * original.floor, top), drawn, measured, rules);
}

function bySize({ compute, parameters: size, loss: own, lost, best_loss: least, best_loss_original: other, best_parameters: best, best_parameters_original: wide }, { tables: { refit, original, range } }) {
  const curve = (fit) => (at) => lossOf(at, compute / (6 * at), fit);
  const [one, two] = [curve(refit), curve(original)];
  const [low, high] = [Math.min(size, best, wide) / 10, Math.max(size, best, wide) * 10];
  const top = 1.005 * Math.max(own, one(best / 10), one(best * 10), two(wide / 10), two(wide * 10));
  const [start, end] = range.compute[0] <= compute && compute <= range.compute[1] ? [compute / (6 * range.tokens[1]), compute / (6 * range.tokens[0])] : [low, low];
  const measured = [Math.max(range.parameters[0], start, low), Math.min(range.parameters[1], end, high)];
  const fitted = measured[0] < measured[1];
  const solid = fitted ? measured : [low, low];
  return plot(lost < UNSEEN ? 'This compute is already split about as well as possible' : `A better split of this compute lowers the loss by ${nats(lost)}`,
    `by parameters, for ${count(compute)} FLOP in all, so more parameters mean fewer tokens. ${fitted ? 'The runs behind the fits lie in the shaded part.' : 'The fits used no runs like these, so the whole chart is extrapolated.'}`,
    across(low, high, 'Parameters'), upward(0.995 * Math.min(least, other), top), [
      ...pieces(true, low, high, solid, top, one), ...pieces(false, low, high, solid, top, two),
      marks('run', 'model', [['run', size, own, 'this run']]), marks('best', null, [['best', best, least, `best, ${count(best)}`], ['best-original', wide, other, `best, ${count(wide)}`]]),
    ], solid);
}
