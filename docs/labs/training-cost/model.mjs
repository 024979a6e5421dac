// What a training run costs, at the speeds of disclosed runs: compute, hours, dollars by line, energy, emissions and expected loss.
import { duration } from '../../assets/js/lab/duration.mjs';
import { count, fixed, money, percent, some } from '../../assets/js/lab/words.mjs';
import { reached, rough } from './speeds.mjs';

export const headline = { key: 'cost', name: 'cost', say: (value) => money(rough(value)) };

const PARTS = {
  peak: ['Arithmetic at peak speed', 'solid'],
  slower: ['Below peak speed', 'gray'],
  lost: ['Overhead', 'muted'],
  after: ['Later stages', 'dark'],
  trials: ['Experiments and failed runs', 'chip'],
  site: ['Colocation and electricity', 'light'],
  other: ['People, data, storage', 'pale'],
};

const drawn = (hours, watts, pue) => (hours * watts * pue) / 1e6; // site_energy

/** USD a year: capital_year. */
function capitalOf({ price, years, residual, capital }) {
  const rate = capital / 100;
  const sale = (price * residual) / 100 / (1 + rate) ** years;
  return (price - sale) * (rate ? rate / (1 - (1 + rate) ** -years) : 1 / years);
}

// Comments name the formulas in Python; hours are GPU-hours, money is USD, energy MWh, emissions tonnes of CO₂, loss nats per token.
export function work(v, lab) {
  const peak = (v.precision === 'fp8' ? v.peak8 : v.peak16) * 1e12;
  const flop = 6 * v.active * v.tokens; // training_flop
  const peak_hours = flop / peak / 3600; // gpu_hours
  const runs = reached(v, lab);
  const own = v.speed === 'own';
  const share = own ? (v.utilization * (100 - v.lost)) / 100 : runs.middle; // reached_share is the reverse
  const [share_low, share_high] = own ? [share, share] : [runs.low, runs.high];
  const speed_hours = own ? (100 * peak_hours) / v.utilization : (100 * peak_hours) / share;
  const watts = ((v.power * v.draw) / 100) * v.around; // machine_watts
  const kilowatt = watts / 1000;
  const power_hour = kilowatt * v.pue * v.electricity;
  const space_year = kilowatt * v.space * 12;
  const capital_year = capitalOf(v);
  const used = (costs) => (100 * (costs / 8760)) / v.busy; // owned_hour, less the electricity
  const wear = used(capital_year);
  const owned = used(capital_year + space_year) + power_hour;
  const mine = v.bill === 'own';
  const rate = mine ? owned : v.hour;
  const chip = mine ? wear : rate;
  const state = (Math.max(v.active, v.parameters) * v.state) / 1e9;
  const least = Math.ceil(state / v.memory - 1e-9); // chips_to_hold
  const sequences = Math.floor(v.batch / v.sequence + 1e-9);
  const most = Math.max(1, sequences) * least;
  const fed = Math.min(v.gpus, most);
  /** Everything that depends on the share of peak. */
  const at = (reach) => {
    const final = (100 * peak_hours) / reach;
    const after = (final * v.after) / 100;
    const run = final + after;
    const trial_hours = v.trials * run;
    const hours = run + trial_hours;
    return { final, after, run, trial_hours, hours, wall: run / fed, days: run / fed / 24, run_cost: run * rate, trial_cost: trial_hours * rate, cost: hours * rate + v.other };
  };
  const [middle, fast, slow] = [share, share_high, share_low].map(at);
  const { final, after, run, trial_hours, hours } = middle;
  const mwh = drawn(final, watts, v.pue);
  const all_mwh = drawn(hours, watts, v.pue);
  const { floor, a, b, alpha, beta, largest } = lab.tables.law;
  return {
    flop, peak, peak_hours, speed_hours, ...middle, fast, slow, share, share_low, share_high, ranged: !own, group: runs.group, runs: runs.number, benchmark: runs.benchmark,
    final_fast: fast.final, final_slow: slow.final, cost_fast: fast.cost, cost_slow: slow.cost,
    reported: runs.reported, others: runs.others && at(runs.others.middle).final, others_fast: runs.others && at(runs.others.high).final, others_slow: runs.others && at(runs.others.low).final,
    reported_cost: runs.reported && runs.reported * rate,
    capital_year, space_year, power_hour, owned, rate, other: v.other, even: v.hour > power_hour ? (100 * (capital_year + space_year)) / 8760 / (v.hour - power_hour) : null, // busy_to_match
    rented_cost: run * v.hour, owned_cost: run * owned, bought: v.gpus * v.price,
    bill: {
      peak: peak_hours * chip, slower: (speed_hours - peak_hours) * chip, lost: (final - speed_hours) * chip, after: after * chip,
      trials: trial_hours * chip, site: mine ? hours * (owned - wear) : 0, other: v.other,
    },
    watts, peak_mwh: drawn(final, v.power, 1), mwh, tonnes: (mwh * v.grid) / 1000, all_mwh, all_tonnes: (all_mwh * v.grid) / 1000, // emissions
    state, least, sequences, most, fed,
    loss: floor + a / v.active ** alpha + b / v.tokens ** beta, beyond: flop / largest, // fitted_loss
  };
}

/** Always empty: every combination of numbers within their ranges is possible. */
export const problems = () => [];

// Words

/** Rounds to three digits, halves away from zero. */
export const round = (value) => Number(value.toExponential(2));
export const gpus = (number) => some(number, 'GPU', 'GPUs');
export const tonnes = (amount) => some(round(amount), 'tonne', 'tonnes');

export function energy(mwh) {
  const [size, unit] = mwh >= 1000 ? [1000, 'GWh'] : mwh >= 1 ? [1, 'MWh'] : [0.001, 'kWh'];
  return `${count(round(mwh / size))} ${unit}`;
}

/** Two amounts as a range: “$83 to $113 million”, “9 hours to 2 days”, or one if they are the same. */
function range(first, last) {
  const [number, ...unit] = first.split(' ');
  const [, ...other] = last.split(' ');
  return first === last ? first : unit.join() === other.join() ? `${number} to ${last}` : `${first} to ${last}`;
}

const dollars = (value) => money(rough(value));
const hoursOf = (value) => count(rough(value));
const among = (r, key, say) => range(say(r.fast[key]), say(r.slow[key]));

const GROUPS = { large: '16-bit runs of large models on H100s', small: '16-bit runs of small models on H100s', older: '16-bit runs on A100s', eight: '8-bit runs on H100s' };
const basis = ({ group, runs, benchmark }) => `${some(runs, 'disclosed', 'disclosed')} ${GROUPS[group]}${benchmark ? ' and NVIDIA’s benchmark' : ''}`;

export function sentence(r, v) {
  const between = (key, say) => (r.ranged ? ` (${among(r, key, say)})` : '');
  const extra = (v.trials > 0 ? ['experiments', 'experiments, people and data'] : ['', 'people and data'])[Number(v.other > 0)];
  const price = `${money(r.rate)} per GPU-hour${v.bill === 'own' ? ' on owned hardware' : ''}`;
  return [
    `The run costs about ${dollars(r.run_cost)}${between('run_cost', dollars)} at ${price}.`,
    `It takes ${some(rough(r.run), 'GPU-hour', 'GPU-hours')}, or ${duration(r.wall)}${between('wall', duration)} on ${gpus(r.fed)}.`,
    r.ranged ? `The range comes from ${basis(r)}.` : '',
    r.fed < v.gpus ? `We count only ${gpus(r.fed)}, because a batch can’t keep more of them busy.` : '',
    v.gpus < r.least ? `It takes at least ${gpus(r.least)} to hold the model while it trains.` : '',
    extra && `With ${extra}, the total comes to ${dollars(r.cost)}${between('cost', dollars)}.`,
  ].filter(Boolean).join(' ');
}

export function readings(r, v) {
  const whole = v.trials > 0 || v.other > 0 ? 'total cost' : 'cost of the run';
  const owning = r.even === null || r.even > 100 ? 'renting is cheaper at any utilization' : `owning is cheaper than renting above ${percent(r.even)} utilization`;
  return [
    { name: `${whole}, ${v.bill === 'own' ? 'on owned hardware' : 'rented'}${r.ranged ? `; ${among(r, 'cost', dollars)} at the speeds of disclosed runs` : ''}`, text: dollars(r.cost) },
    { name: `GPU-hours${r.ranged ? `; ${among(r, 'run', hoursOf)} at those speeds` : ''}`, text: hoursOf(r.run) },
    ...(r.reported ? [{ name: `for the ${count(round(r.reported))} GPU-hours that its maker reported${r.others ? `; the other runs alone suggest ${range(hoursOf(r.others_fast), hoursOf(r.others_slow))}` : ''}`, text: dollars(r.reported_cost) }] : []),
    { name: `for an hour on your own GPU at ${percent(v.busy)} utilization; ${owning}`, text: money(r.owned) },
    { name: `expected loss in nats per token, from a fit to runs of up to ${count(lawful(r))} FLOP${r.beyond > 1.05 ? `; this run is ${count(rough(r.beyond))} times as large, so it’s a rough forecast` : ''}`, text: fixed(r.loss, 2) },
    { name: `of electricity for the final run, which emits ${tonnes(rough(r.tonnes))} of CO₂`, text: energy(rough(r.mwh)) },
  ];
}

/** FLOP of the largest run behind the fit. */
const lawful = ({ flop, beyond }) => flop / beyond;

export function charts(r, v, lab) {
  const title = r.ranged ? `At the speeds of disclosed runs, the total lies between ${dollars(r.cost_fast)} and ${dollars(r.cost_slow)}` : `At half the chips’ peak speed, the total would be ${dollars(costAt(v, lab, 50, v.bill))}`;
  const speed = { title, context: 'Total cost in US dollars, by share of the chips’ peak speed over all hours', scene: curves(r, v, lab) };
  return r.cost > 0 ? [bill(r), speed] : [speed];
}

/** The total cost at a share of peak, rented or owned. */
const costAt = (v, lab, share, way) => work({ ...v, bill: way, speed: 'own', utilization: share, lost: 0 }, lab).cost;

/** The dollars by purpose. */
function bill(r) {
  const parts = Object.entries(r.bill).filter(([, value]) => value > 0);
  return {
    title: `Arithmetic at the chips’ peak speed makes up ${percent((100 * Math.max(0, r.bill.peak)) / r.cost)} of the bill`,
    context: 'What the bill pays for, in US dollars',
    scene: {
      kind: 'stacked', direction: 'across', point: '', heads: ['US dollars', 'of the bill'],
      parts: parts.map(([key, value]) => ({ name: PARTS[key][0], note: '', layer: null, look: PARTS[key][1], cells: [dollars(value), percent((100 * value) / r.cost)] })),
      stacks: [{ name: dollars(r.cost), total: r.cost, values: parts.map(([, value]) => value) }],
    },
  };
}

/** Cost against share of peak, rented and owned, with the disclosed runs that the range comes from. */
function curves(r, v, lab) {
  const low = Math.min(10, r.share_low);
  const places = Array.from({ length: 31 }, (_, step) => low * (100 / low) ** (step / 30));
  const mark = (share, name) => ({ id: name, x: share, y: costAt(v, lab, share, v.bill), basis: 'disclosed', name, label: name });
  const ends = Object.entries(lab.tables[r.group]).map(([id, [share]]) => mark(share, lab.words.runs[id]));
  const marks = [
    { id: 'run', x: r.share, y: r.cost, basis: 'derived', name: 'this run', label: dollars(r.cost) },
    ...(r.ranged ? ends : []), ...(r.ranged && r.benchmark ? [mark(r.benchmark, lab.words.benchmark)] : []),
  ];
  const series = [['rent', 'rented'], ['own', 'owned']].map(([id, name]) => ({
    id, name, layer: null, strong: id === v.bill, join: true, dash: null, curve: places.map((at) => [at, costAt(v, lab, at, id)]), marks: id === v.bill ? marks : [],
  }));
  const ticks = steps(Math.max(...series.map(({ curve: [[, first]] }) => first)));
  return {
    kind: 'xy', key: {}, point: '',
    panels: [{
      title: '', rules: [], regions: [], said: [], series,
      x: axis([0, 20, 40, 60, 80, 100], 'share of peak over all hours', percent), y: axis(ticks, 'total cost', money),
    }],
  };
}

const axis = (marks, name, say) => ({ low: 0, high: marks.at(-1), type: 'linear', name, ticks: marks.map((at) => ({ at, label: say(at) })) });

/** Round steps from zero to beyond the largest value. */
function steps(most) {
  if (most <= 0) return [0, 1];
  const size = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((times) => times * size).find((one) => one * 4 >= most * (1 - 1e-9));
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, at) => step * at);
}
