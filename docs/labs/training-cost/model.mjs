// What a training run costs: compute, hours, dollars by line, energy and emissions.
import { duration } from '../../assets/js/lab/duration.mjs';
import { count, money, percent, some } from '../../assets/js/lab/words.mjs';

export const headline = { key: 'cost', name: 'cost', say: (value) => money(round(value)) };

const PARTS = {
  peak: ['Arithmetic at peak speed', 'solid'],
  slower: ['Below peak speed', 'gray'],
  lost: ['Overhead', 'muted'],
  after: ['Later stages', 'dark'],
  trials: ['Experiments and failed runs', 'chip'],
  site: ['Colocation and electricity', 'light'],
  other: ['People, data, storage', 'pale'],
};

// Comments name the formulas in Python; hours are GPU-hours, money is USD, energy MWh, emissions tonnes of CO₂.
export function work(v) {
  const peak = (v.precision === 'fp8' ? v.peak8 : v.peak16) * 1e12;
  const flop = 6 * v.active * v.tokens; // training_flop
  const peak_hours = flop / peak / 3600; // gpu_hours
  const speed_hours = flop / ((peak * v.utilization) / 100) / 3600;
  const final = (100 * speed_hours) / (100 - v.lost); // billed_hours
  const after = (final * v.after) / 100;
  const run = final + after;
  const trial_hours = v.trials * run;
  const hours = run + trial_hours;
  const watts = ((v.power * v.draw) / 100) * v.around; // machine_watts
  const kilowatt = watts / 1000;
  const power_hour = kilowatt * v.pue * v.electricity;
  const space_year = kilowatt * v.space * 12;
  const used = (costs) => (100 * (costs / 8760)) / v.busy; // owned_hour, less the electricity
  const wear = used(v.price / v.years);
  const owned = used(v.price / v.years + space_year) + power_hour;
  const own = v.bill === 'own';
  const rate = own ? owned : v.hour;
  const chip = own ? wear : rate;
  const mwh = drawn(final, watts, v.pue);
  const all_mwh = drawn(hours, watts, v.pue);
  const state = (Math.max(v.active, v.parameters) * v.state) / 1e9;
  return {
    flop, peak, peak_hours, speed_hours, final, after, run, trial_hours, hours,
    wall: run / v.gpus, days: run / v.gpus / 24, share: (100 * peak_hours) / final,
    space_year, power_hour, owned, rate, run_cost: run * rate, trial_cost: trial_hours * rate, other: v.other, cost: hours * rate + v.other,
    rented_cost: run * v.hour, owned_cost: run * owned, bought: v.gpus * v.price,
    bill: {
      peak: peak_hours * chip, slower: (speed_hours - peak_hours) * chip, lost: (final - speed_hours) * chip, after: after * chip,
      trials: trial_hours * chip, site: own ? hours * (owned - wear) : 0, other: v.other,
    },
    watts, peak_mwh: drawn(final, v.power, 1), mwh, tonnes: (mwh * v.grid) / 1000, all_mwh, all_tonnes: (all_mwh * v.grid) / 1000, // emissions
    state, least: Math.ceil(state / v.memory - 1e-9), // chips_to_hold
  };
}

const drawn = (hours, watts, pue) => (hours * watts * pue) / 1e6; // site_energy

/** Always empty: every combination of numbers within their ranges is possible. */
export const problems = () => [];

export function sentence(r, v) {
  const cost = money(round(r.run_cost));
  const about = cost === '$0' ? cost : `about ${cost}`;
  const hour = `${money(r.rate)} per GPU-hour`;
  const price = `${about} at ${hour}${v.bill === 'own' ? ' on owned hardware' : ''}`;
  const extra = (v.trials > 0 ? ['experiments', 'experiments, people and data'] : ['', 'people and data'])[Number(v.other > 0)];
  const more = extra && ` With ${extra}, the total comes to ${money(round(r.cost))}.`;
  return `The run takes ${count(r.flop)} FLOP and ${some(round(r.run), 'GPU-hour', 'GPU-hours')}. On ${gpus(v.gpus)}, it lasts ${duration(r.wall)} and costs ${price}.${more}`;
}

export function readings(r, v) {
  const whole = v.trials > 0 || v.other > 0 ? 'total cost' : 'cost of the run';
  return [
    { name: `${whole}, ${v.bill === 'own' ? 'on owned hardware' : 'rented'}`, text: money(round(r.cost)) },
    { name: `GPU-hours, ${duration(r.wall)} on ${gpus(v.gpus)}`, text: count(round(r.run)) },
    { name: `of electricity for the final run, which emits ${tonnes(r.tonnes)} of CO₂`, text: energy(r.mwh) },
    ...(r.least > v.gpus ? [{ name: `needed at minimum, to hold ${count(round(r.state))} GB of training state`, text: gpus(r.least) }] : []),
  ];
}

export function charts(r, v) {
  const half = money(round(work({ ...v, utilization: 50 }).cost));
  const speed = { title: `At half the chips’ peak speed, the total would be ${half}`, context: 'Total cost in US dollars, by hardware efficiency', scene: curves(r, v) };
  return r.cost > 0 ? [bill(r), speed] : [speed];
}

/** The dollars by purpose. */
function bill(r) {
  const parts = Object.entries(r.bill).filter(([, value]) => value > 0);
  return {
    title: `Arithmetic at the chips’ peak speed makes up ${percent((100 * Math.max(0, r.bill.peak)) / r.cost)} of the bill`,
    context: 'What the bill pays for, in US dollars',
    scene: {
      kind: 'stacked', direction: 'across', point: '', heads: ['US dollars', 'of the bill'],
      parts: parts.map(([key, value]) => ({ name: PARTS[key][0], note: '', layer: null, look: PARTS[key][1], cells: [money(round(value)), percent((100 * value) / r.cost)] })),
      stacks: [{ name: money(round(r.cost)), total: r.cost, values: parts.map(([, value]) => value) }],
    },
  };
}

/** Cost against utilization, rented and owned. */
function curves(r, v) {
  const low = Math.min(10, v.utilization);
  const places = Array.from({ length: 31 }, (_, step) => low * (100 / low) ** (step / 30));
  const curve = (id) => places.map((at) => [at, work({ ...v, bill: id, utilization: at }).cost]);
  const series = [['rent', 'rented'], ['own', 'owned']].map(([id, name]) => ({
    id, name, layer: null, strong: id === v.bill, join: true, dash: null, curve: curve(id),
    marks: id === v.bill ? [{ id: 'run', x: v.utilization, y: r.cost, basis: 'derived', name: 'this run', label: money(round(r.cost)) }] : [],
  }));
  const ticks = steps(Math.max(...series.map(({ curve: [[, first]] }) => first)));
  return {
    kind: 'xy', key: {}, point: '',
    panels: [{
      title: '', rules: [], regions: [], said: [], series,
      x: axis([0, 20, 40, 60, 80, 100], 'hardware efficiency, % of peak', percent), y: axis(ticks, 'total cost', money),
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

/** Rounds to three digits, halves away from zero. */
export const round = (value) => Number(value.toExponential(2));
export const gpus = (number) => some(number, 'GPU', 'GPUs');
export const tonnes = (amount) => some(round(amount), 'tonne', 'tonnes');

export function energy(mwh) {
  const [size, unit] = mwh >= 1000 ? [1000, 'GWh'] : mwh >= 1 ? [1, 'MWh'] : [0.001, 'kWh'];
  return `${count(round(mwh / size))} ${unit}`;
}
