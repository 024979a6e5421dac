// What a training run costs: compute, hours, dollars by line, energy and emissions.
// fieldguide/records/cases/training_cost.py says the same at build, and a test compares the two.
import { count, digits, duration, money, percent, some } from '../../assets/js/lab/words.mjs';

export const headline = { key: 'cost', name: 'cost', say: (value) => money(round(value)) };

const PARTS = {
  peak: ['Arithmetic at the peak', 'solid'],
  slower: ['Slower than the peak', 'gray'],
  lost: ['Hours beyond that', 'muted'],
  after: ['Later stages', 'dark'],
  trials: ['Experiments and failed runs', 'chip'],
  site: ['Space and electricity', 'light'],
  other: ['People, data, storage', 'pale'],
};

// Python's names of the formulas stand behind them; hours are GPU-hours, money is USD, energy MWh, emissions tonnes of CO₂.
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

/** Nothing: every number within its range is possible beside every other. */
export const problems = () => [];

export function sentence(r, v) {
  const cost = money(round(r.run_cost));
  const about = cost === '$0' ? cost : `about ${cost}`;
  const hour = `${money(r.rate)} an hour`;
  const price = v.bill === 'own' ? `${about} on machines of your own, ${hour}` : `${about} at ${hour}`;
  const extra = (v.trials > 0 ? ['experiments', 'experiments, people and data'] : ['', 'people and data'])[Number(v.other > 0)];
  const more = extra && `; with ${extra} it comes to ${money(round(r.cost))}`;
  return `It takes ${count(r.flop)} FLOP: ${some(round(r.run), 'GPU-hour', 'GPU-hours')}, ${duration(r.wall)} on ${gpus(v.gpus)}, ${price}${more}.`;
}

export function readings(r, v) {
  const whole = v.trials > 0 || v.other > 0 ? 'in all' : 'for the run';
  return [
    { name: `${whole}, ${v.bill === 'own' ? 'on machines of your own' : 'rented'}`, text: money(round(r.cost)) },
    { name: `GPU-hours, ${duration(r.wall)} on ${gpus(v.gpus)}`, text: count(round(r.run)) },
    { name: `of electricity, ${tonnes(r.tonnes)} of CO₂, for the final run`, text: energy(r.mwh) },
    ...(r.least > v.gpus ? [{ name: `at least, to hold ${count(round(r.state))} GB of training state`, text: gpus(r.least) }] : []),
  ];
}

/** The sum line by line; `key` is the name of the value in the result. */
export function lines(r, v) {
  const run = count(round(r.run));
  const own = v.bill === 'own';
  const hours = (key) => ['GPU-hours', count(round(r[key]))];
  const dollars = (key) => ['$', money(round(r[key]))];
  const wear = `(${money(v.price)} ÷ ${many(v.years, 'year')} + ${money(r.space_year)} of space) ÷ 8,760 hours ÷ ${digits(v.busy, 3)}% in use + ${money(r.power_hour)} of electricity`;
  const grid = `that × ${digits(v.grid, 3)} g of CO₂ a kWh`;
  const more = r.hours > r.final;
  return [
    ['flop', 'Compute', `6 × ${count(v.active)} parameters × ${count(v.tokens)} tokens`, 'FLOP', count(r.flop)],
    ['peak_hours', 'Hours at the peak', `compute ÷ ${digits(r.peak / 1e12, 4)} TFLOP/s in ${v.precision === 'fp8' ? 8 : 16} bits ÷ 3,600`, ...hours('peak_hours')],
    ['speed_hours', 'Hours at its speed', `÷ ${digits(v.utilization, 3)}% of the peak`, ...hours('speed_hours')],
    ['final', 'Final run', `÷ (100% − ${digits(v.lost, 3)}%), so ${digits(r.share, 3)}% of the peak over all hours`, ...hours('final')],
    v.after > 0 && ['after', 'Later stages', `${digits(v.after, 3)}% of the final run`, ...hours('after')],
    v.after > 0 && ['run', 'The run in hours', 'final run + later stages', ...hours('run')],
    ['days', 'How long', `${run} ÷ ${gpus(v.gpus)} ÷ 24`, 'days', digits(r.days, 3)],
    ['state', 'Memory of training', `${many(v.state, 'byte')} a parameter; it takes ${gpus(r.least)} to hold it`, 'GB', count(round(r.state))],
    ['peak_mwh', 'Energy of the GPUs at most', `final run × ${count(v.power)} W`, 'MWh', energy(r.peak_mwh)],
    ['mwh', 'Energy of the site', `final run × ${count(v.power)} W × ${digits(v.draw, 3)}% × ${digits(v.around, 3)} × ${digits(v.pue, 3)}`, 'MWh', energy(r.mwh)],
    ['tonnes', 'Emissions', grid, 'tonnes of CO₂', tonnes(r.tonnes)],
    more && ['all_mwh', 'Energy with all else', 'the same for all hours', 'MWh', energy(r.all_mwh)],
    more && ['all_tonnes', 'Emissions with all else', grid, 'tonnes of CO₂', tonnes(r.all_tonnes)],
    ['owned', 'An hour of your own', wear, '$ a GPU-hour', money(r.owned)],
    own && ['rented_cost', 'The run, rented', `${run} × ${money(v.hour)}`, ...dollars('rented_cost')],
    !own && ['owned_cost', 'The run, on machines of your own', `${run} × ${money(r.owned)}`, ...dollars('owned_cost')],
    ['bought', 'All the machines, bought', `${gpus(v.gpus)} × ${money(v.price)}`, ...dollars('bought')],
    ['run_cost', 'The run', `${run} GPU-hours × ${money(r.rate)}`, ...dollars('run_cost')],
    v.trials > 0 && ['trial_cost', 'Experiments and failed runs', `${digits(v.trials, 3)} × the run`, ...dollars('trial_cost')],
    v.other > 0 && ['other', 'People, data, storage', 'as put in', ...dollars('other')],
    ['cost', 'In all', 'the sum of what is paid', ...dollars('cost')],
  ].filter(Boolean).map(([key, name, how, unit, text]) => ({ key, name, how, value: r[key], unit, text }));
}

export function charts(r, v) {
  const half = money(round(work({ ...v, utilization: 50 }).cost));
  const speed = { title: `At half of the chips’ peak it would cost ${half}`, context: 'US dollars in all, by the speed while it runs', scene: curves(r, v) };
  return r.cost > 0 ? [bill(r), speed] : [speed];
}

/** The dollars by what they went into. */
function bill(r) {
  const parts = Object.entries(r.bill).filter(([, value]) => value > 0);
  return {
    title: `Of the bill, ${percent((100 * Math.max(0, r.bill.peak)) / r.cost)} is arithmetic at the chips’ peak`,
    context: 'US dollars, by what the hours went into',
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
      x: axis([0, 20, 40, 60, 80, 100], 'share of the peak while it runs', percent), y: axis(ticks, 'in all', money),
    }],
  };
}

const axis = (marks, name, say) => ({ low: 0, high: marks.at(-1), type: 'linear', name, ticks: marks.map((at) => ({ at, label: say(at) })) });

/** Round steps from nothing past the most. */
function steps(most) {
  if (most <= 0) return [0, 1];
  const size = 10 ** Math.floor(Math.log10(most / 4));
  const step = [1, 2, 5, 10].map((times) => times * size).find((one) => one * 4 >= most * (1 - 1e-9));
  return Array.from({ length: Math.ceil(most / step - 1e-9) + 1 }, (_, at) => step * at);
}

/** To three digits, a half away from zero. */
const round = (value) => Number(value.toExponential(2));
const gpus = (number) => some(number, 'GPU', 'GPUs');
const tonnes = (amount) => some(round(amount), 'tonne', 'tonnes');

function many(value, noun) {
  const text = digits(value, 3);
  return `${text} ${noun}${text === '1' ? '' : 's'}`;
}

function energy(mwh) {
  const [size, unit] = mwh >= 1000 ? [1000, 'GWh'] : mwh >= 1 ? [1, 'MWh'] : [0.001, 'kWh'];
  return `${count(round(mwh / size))} ${unit}`;
}
