// A small lab for the tests of the elements that all labs share: a seat, its model, what is left. It is no claim about anything.

import { count, digits, money, percent, some } from '../../assets/js/lab/words.mjs';

export const headline = { key: 'margin', name: 'gross margin', say: percent, zero: 0 };

export function work({ price, tasks, input, output, share, seats, billing, hour }) {
  const revenue = billing === 'use' ? price * tasks / 1000 : price;
  const read = tasks * 8000 / 1e6 * input * (1 - .9 * share / 100);
  const written = tasks * 800 / 1e6 * output;
  const hosting = hour * 40 / seats;
  const left = revenue - read - written - hosting;
  return { revenue, read, written, hosting, left, margin: revenue > 0 ? 100 * left / revenue : null };
}

export const problems = ({ share, spare }) => (share + spare > 100 ? [{ id: 'share', message: `Shares add up to ${digits(share + spare, 4)}%, at most 100% is possible.` }] : []);

export function sentence({ left, margin }, { seats }) {
  return margin === null ? 'At a price of nothing there is no margin.' : `Each of ${some(seats, 'seat', 'seats')} leaves ${money(left)} a month, a margin of ${percent(margin)}.`;
}

export const readings = ({ margin, left, read, written, revenue }, { seats }) => [
  { name: 'gross margin a seat', text: margin === null ? 'none' : percent(margin), ...(margin < 0 && { tone: 'bad' }) },
  { name: `to the model layer, of ${money(revenue)}`, text: money(read + written) },
  { name: 'left in a month from all seats', text: money(left * seats), ...(left < 0 && { tone: 'bad' }) },
];

export const lines = ({ revenue, read, written, hosting, left }, { tasks, input, output, hour, seats }) => [
  { name: 'Price', how: 'what a seat pays in a month', value: revenue, unit: '$ a month', text: money(revenue) },
  { name: 'Input tokens', how: `${count(tasks)} tasks × 8,000 tokens × ${money(input)} a million, cached ones at a tenth`, value: read, unit: '$ a month', text: money(read) },
  { name: 'Output tokens', how: `${count(tasks)} tasks × 800 tokens × ${money(output)} a million`, value: written, unit: '$ a month', text: money(written) },
  { name: 'Hosting', how: `${money(hour)} an hour × 40 ÷ ${some(seats, 'seat', 'seats')}`, value: hosting, unit: '$ a month', text: money(hosting) },
  { name: 'Left', how: 'the price less all of it', value: left, unit: '$ a month', text: money(left) },
];

export function charts({ revenue, read, written, hosting, left, margin }, values, lab) {
  const cells = (value) => [money(value), revenue > 0 ? percent(100 * value / revenue) : ''];
  const parts = [
    { name: 'What you keep', note: 'before salaries and selling', layer: null, look: 'empty', group: 'gross margin', strong: true, cells: cells(left) },
    { name: 'Input tokens', note: `${count(values.tasks)} tasks`, layer: 'model', look: 'solid', group: 'model layer', cells: cells(read) },
    { name: 'Output tokens', note: `${count(values.tasks)} tasks`, layer: 'model', look: 'solid', group: 'model layer', cells: cells(written) },
    { name: 'Hosting', note: 'machines by the hour', layer: 'infrastructure', look: 'solid', group: 'infrastructure', cells: cells(hosting) },
  ];
  const amounts = [left, read, written, hosting].map((value) => Math.max(0, value));
  const stack = { name: 'A seat', words: [`${money(revenue)} a seat`], total: Math.max(revenue, amounts.reduce((sum, value) => sum + value, 0)), values: amounts, ...(left < 0 && { mark: { value: revenue, label: `price, ${money(revenue)}` } }) };
  const at = (name, factor) => work({ ...values, [name]: values[name] * factor }, lab).margin ?? 0;
  const swings = [['price', 'Price per seat'], ['tasks', 'Tasks per seat'], ['output', 'Price of output'], ['hour', 'Rent of a machine']].map(([id, name]) => ({ name, low: at(id, .5), high: at(id, 1.5) }))
    .toSorted((one, other) => Math.abs(other.high - other.low) - Math.abs(one.high - one.low));
  const ends = [...swings.flatMap(({ low, high }) => [low, high]), margin ?? 0, 0];
  const step = Math.max(5, Math.ceil((Math.max(...ends) - Math.min(...ends)) / 5 / 5) * 5);
  const low = Math.floor(Math.min(...ends) / step) * step;
  const high = Math.ceil(Math.max(...ends) / step) * step || step;
  const ticks = Array.from({ length: Math.round((high - low) / step) + 1 }, (_, nth) => ({ at: low + nth * step, label: percent(low + nth * step) }));
  const line = Array.from({ length: 41 }, (_, nth) => [10 * 1000 ** (nth / 40), 0]).map(([x]) => [x, Math.max(.01, work({ ...values, tasks: x }, lab).read + work({ ...values, tasks: x }, lab).written)]);
  return [
    { title: `Of ${money(revenue)} a seat, ${money(read + written)} goes to the model layer`, context: 'One seat for one month, US dollars', scene: { kind: 'stacked', direction: 'down', heads: ['a seat', 'of price'], parts, stacks: [stack], point: '' } },
    { title: `${swings[0].name} moves the margin most, then ${swings[1].name.toLowerCase()}`, context: 'Gross margin when one input falls or rises by half, all others held', scene: {
      kind: 'bars', x: { low, high, type: 'linear', name: '', ticks }, base: margin ?? 0, line: { at: margin ?? 0, label: percent(margin ?? 0) }, key: {}, point: '', swatches: [{ look: 'hatched', name: 'half as much' }, { look: 'solid', name: 'half as much again' }],
      groups: [{ name: '', layer: null, rows: swings.map(({ name, low: less, high: more }) => ({ name, note: '', label: '', marks: [{ value: less, basis: 'derived', label: '' }, { value: more, basis: 'derived', label: '' }] })) }], looks: [swings.map(() => ['hatched', 'solid'])],
    } },
    { title: 'What the model costs grows with every task', context: 'US dollars a seat and month by tasks, both scales logarithmic', scene: {
      kind: 'xy', key: { derived: 'your own number' }, point: '', panels: [{ title: '', x: { low: 10, high: 10000, type: 'log', name: 'tasks a month', ticks: [10, 100, 1000, 10000].map((value) => ({ at: value, label: count(value) })) },
        y: { low: .01, high: 1000, type: 'log', name: 'US dollars a month', ticks: [.01, 1, 100].map((value) => ({ at: value, label: money(value) })) },
        series: [{ id: 'cost', name: 'the model layer', layer: 'model', strong: true, join: true, dash: null, curve: line, marks: [] },
          { id: 'here', name: '', layer: 'model', strong: true, join: false, dash: null, curve: [], marks: [{ id: 'you', x: values.tasks, y: Math.max(.01, read + written), basis: 'derived', name: 'you', label: 'your seat' }] }],
        rules: [{ at: Math.max(.01, values.price), across: true, label: `price, ${money(values.price)}` }], regions: [{ x: ['start', 100], value: ['start', 'end'] }], said: [] }],
    } },
  ];
}
