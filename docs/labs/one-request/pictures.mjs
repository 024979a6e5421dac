// The pictures of the steps, as trees of elements: [tag, attributes, ...children]. The build and the page both make elements of them, so each picture stands
// here once. Names of results (`data-gives`) let a number that depends on an estimate or assumption be marked.

import { count, some } from '../../assets/js/lab/words.mjs';
import { bill, part, time } from './model.mjs';

const [BAR, CUT, LEVEL, APART, THIN] = [12, 20, 30, 0.6, 1.2]; // heights in px; gap between parts and least width of one in percent
const BESIDE = 88; // percent: a bar that begins beyond it has its title beside it
const [SIDE, ROW, ROWS] = [14, 25, 5]; // px of a square, squares in a row, and the most rows
const NONE = 'no record';
const { ceil, floor, max, min } = Math;

const percentOf = (value) => `${value.toFixed(2)}%`;
const svg = (height, ...children) => ['svg', { class: 'fg-drawn', width: '100%', height, 'aria-hidden': 'true' }, ...children];
const line = (x1, x2, y, more) => ['line', { x1: percentOf(x1), x2: percentOf(x2), y1: y, y2: y, ...more }];
const named = (name, gives) => ['span', gives ? { 'data-gives': gives } : {}, name];
const layered = (layer) => (layer ? { 'data-layer': layer } : {});

/** Four ways to fill a part, so that color is never the only difference. */
const FILLS = {
  solid: () => [],
  dense: (from, to, y, tall) => [line(from, to, y + tall / 2, { 'stroke-width': tall, 'stroke-dasharray': '1.5 1.5' })],
  sparse: (from, to, y, tall) => [line(from, to, y + tall / 2, { 'stroke-width': tall, 'stroke-dasharray': '1.5 4.5' })],
  rows: (from, to, y, tall) => [1, 2, 3].map((nth) => line(from, to, y + nth * tall / 4, { 'stroke-width': 1.5 })),
  empty: () => [],
};

const piece = ({ fill, layer }, from, to, y, tall) => ['g', { 'data-fill': fill, ...layered(layer) }, ['rect', { x: percentOf(from), y, width: percentOf(to - from), height: tall }], ...FILLS[fill](from, to, y, tall)];

/** Where each part of a whole begins and ends, in percent; null for what is lost, and a least width for what is small. */
function placed(parts) {
  const whole = parts.reduce((sum, { value }) => sum + max(0, value), 0);
  const widths = parts.map(({ value }) => (value > 0 ? max(THIN, part(value, whole)) : 0));
  const room = widths.reduce((sum, wide) => sum + wide, 0);
  let at = 0;
  return widths.map((wide) => {
    if (!wide) return null;
    const from = at;
    at += part(wide, room);
    return [from, at > 99.99 ? 100 : max(at - APART, from + THIN / 2)];
  });
}

const strip = (parts, y = 0) => placed(parts).flatMap((room, nth) => (room ? [piece(parts[nth], ...room, y, CUT)] : []));
const swatch = (one) => ['svg', { class: 'fg-drawn fg-step__swatch', width: 18, height: BAR, 'aria-hidden': 'true' }, piece(one, 0, 100, 0, BAR)];

/** A row for each part: its fill, its name and its amount. */
const key = (parts, caption, attributes = {}) => ['table', { class: 'fg-step__key', ...attributes }, ...(caption ? [['caption', {}, caption]] : []),
  ['tbody', {}, ...parts.map((one) => ['tr', {}, ['th', { scope: 'row' }, swatch(one), named(one.name, one.gives)], ['td', {}, one.text]])]];

/** A whole that is cut into parts, and what each part is. */
const cut = (title, parts) => [['p', { class: 'fg-step__head' }, title], svg(CUT, ...strip(parts)), key(parts)];

function bars(caption, ...rows) {
  const most = max(...rows.map(({ value }) => value));
  return ['table', { class: 'fg-step__bars' }, ['caption', {}, caption], ['tbody', {}, ...rows.map((one) => ['tr', {},
    ['th', { scope: 'row' }, named(one.name, one.gives)],
    ['td', {}, svg(BAR, piece(one, 0, most > 0 ? max(THIN, part(one.value, most)) : 0, 0, BAR))],
    ['td', {}, one.text]])]];
}

/** The machine's memory as squares, one for each request that fits, or for several. */
function squares(r) {
  const [shared, fits] = [r.users, r.places];
  const each = ceil(fits / (ROW * ROWS));
  const [full, all] = [max(1, ceil(shared / each)), ceil(fits / each)];
  const rows = ceil(all / ROW);
  const one = (at) => {
    const kind = at === 0 ? 'mine' : at < full ? 'taken' : 'free';
    return ['rect', { x: (at % ROW) * SIDE + 1, y: floor(at / ROW) * SIDE + 1, width: SIDE - 3, height: SIDE - 3, 'data-square': kind }];
  };
  const title = `Room in the machine’s memory for ${some(fits, 'request', 'requests')}${each > 1 ? `; a square is ${count(each)} of them` : ''}`;
  return [['p', { class: 'fg-step__head' }, title],
    ['svg', { class: 'fg-drawn fg-step__squares', viewBox: `0 0 ${ROW * SIDE} ${rows * SIDE}`, 'aria-hidden': 'true' }, ...Array.from({ length: all }, (_, at) => one(at))],
    ['p', { class: 'fg-step__squarekey' }, ...[['mine', 'yours', 1], ['taken', 'others', shared - 1], ['free', 'free', fits - shared]].filter(([, , many]) => many).map(([kind, word, many]) => ['span', {},
      ['svg', { class: 'fg-drawn', width: SIDE, height: SIDE, 'aria-hidden': 'true' }, ['rect', { x: 1, y: 1, width: SIDE - 3, height: SIDE - 3, 'data-square': kind }]], ` ${word}: ${count(many)}`])]];
}

/** Bars below each other on one scale, each of which is the last part of the one above, cut again; what is lost has no room. */
function cascade(levels) {
  const children = [];
  const wholes = levels.map(({ parts }) => parts.reduce((sum, { value }) => sum + max(0, value), 0));
  const most = max(...wholes);
  let [above, y] = [0, 0];
  levels.forEach(({ title, parts }, nth) => {
    let at = 100 - part(wholes[nth], most);
    const top = y + (at > BESIDE ? LEVEL - CUT + 2 : LEVEL);
    if (nth) children.push(['svg', { y, width: '100%', height: top - y, viewBox: '0 0 100 1', preserveAspectRatio: 'none' }, ['polygon', { points: `${above.toFixed(2)},0 100,0 100,1 ${at.toFixed(2)},1` }]]);
    children.push(['text', { x: 0, y: y + LEVEL - 6 }, title]);
    for (const one of parts) {
      const wide = part(max(0, one.value), most);
      if (wide) children.push(piece(one, at, at + wide - (one === parts.at(-1) ? 0 : min(APART, wide / 4)), top, CUT));
      above = at;
      at += wide;
    }
    y = top + CUT;
  });
  return svg(y + 2, ...children);
}

const limit = (sums) => (sums ? 'arithmetic' : 'memory speed');

/** For each step with arithmetic, its picture. */
export function pictures(r, v) {
  const [kept, others, developer, host, owner, running, maker, supply] = [
    ['Application', 'solid', 'application', 'kept'], ['Support, hosting and fees', 'sparse', 'application'], ['Developer of the model', 'empty', 'model'], ['Host', 'solid', 'infrastructure'],
    ['Owner of the chips', 'rows', 'infrastructure'], ['Power and space', 'sparse', 'infrastructure'], ['Chipmaker, at most', 'dense', 'infrastructure'], ['Suppliers, other makers', 'empty', 'infrastructure'],
  ].map(([name, fill, layer], at) => ({ name, fill, layer, value: r.monthly[at], text: bill(r.monthly[at]), gives: `${at}` }));
  for (const [missing, one] of [[!v.running, running], [!v.wear || !v.margin, maker], [!v.wear, supply]]) if (missing) one.text = NONE;
  const [charge, rented, wear] = [['Host', 'month_charge'], ['Rent', 'month_rented'], ['Hardware', 'month_wear']].map(([name, gives]) => ({ name, fill: 'empty', value: r[gives], text: bill(r[gives]), gives })); // what is passed on belongs to no layer yet
  const prompt = some(r.prompt, 'token', 'tokens');
  return {
    tokens: cut(`The prompt: ${prompt}`, [
      { name: 'Your sentence', fill: 'solid', layer: 'model', value: v.tokens, text: some(v.tokens, 'token', 'tokens') },
      { name: 'Sent along by the application', fill: 'sparse', layer: 'model', value: v.context, text: some(v.context, 'token', 'tokens') },
    ]),
    machine: [bars('Shortest possible times, with the machine to yourself',
      { name: `Reading ${prompt} in one pass, limited by ${limit(r.prefill >= r.load)}`, fill: 'solid', layer: 'infrastructure', value: r.alone_reading, text: time(r.alone_reading), gives: 'alone_reading' },
      { name: `Writing ${some(v.answer, 'token', 'tokens')} in ${some(v.answer, 'pass', 'passes')}, limited by ${limit(r.lone_moved / r.moves < r.sum)}`, fill: 'dense', layer: 'infrastructure', value: r.alone_writing, text: time(r.alone_writing), gives: 'alone_writing' })],
    batch: [...squares(r), bars('Your wait, and the chip time that is yours',
      { name: 'Until the answer is written', fill: 'sparse', layer: 'infrastructure', value: r.wait, text: time(r.wait), gives: 'wait' },
      { name: r.users === 1 ? 'Yours, all of the chips’ time' : `Yours, one of ${count(r.users)} equal parts`, fill: 'solid', layer: 'infrastructure', value: r.gpu, text: `${count(r.gpu)} seconds`, gives: 'gpu' })],
    rent: cut(`The rent of a month: ${bill(r.month_rented)}`, [
      { name: 'While your requests run', fill: 'solid', layer: 'infrastructure', value: r.month_full, text: bill(r.month_full), gives: 'month_full' },
      { name: 'While the chips are idle', fill: 'empty', layer: 'infrastructure', value: r.month_idle, text: bill(r.month_idle), gives: 'month_idle' },
    ]),
    price: cut(`The host’s bill: ${bill(r.month_charge)}`, [{ ...host, name: 'Left for the host', gives: 'month_host' }, { ...rented, name: 'Rent for the chips' }]),
    seat: cut(`The seat: ${bill(v.seat)} a month`, [{ ...kept, name: 'Left for the application', gives: 'month_kept' }, others, { ...charge, name: 'The host’s bill' }]),
    dollar: [
      cascade([
        { title: `${bill(v.seat)} for the seat`, parts: [kept, others, charge] },
        { title: `${bill(r.month_charge)} to the host`, parts: [host, rented] },
        { title: `${bill(r.month_rented)} to the owner of the chips`, parts: v.wear ? [owner, running, wear] : [owner, running] },
        ...(v.wear ? [{ title: `${bill(r.month_wear)} for the hardware as it wears out`, parts: [maker, supply] }] : []),
      ]),
      key([kept, others], 'Application layer', layered('application')), key([developer], 'Model layer', layered('model')), key([host, owner, running, maker, supply], 'Infrastructure layer', layered('infrastructure')),
    ],
  };
}
