// What live pictures are drawn of: trees of [tag, attributes, ...children], which live.mjs makes elements of in the page and
// fieldguide/page/live.py in the build. Pure: no page, no network.

const LINE = 18;
const WIDTH = 7.1; // of a letter, on average, at 14 px

const fixed = (value) => Number(value.toFixed(1));

/** Rows of name, bar and words: {name, share (of the longest bar, 0 to 1), text, layer, muted, note}. */
export const bars = (rows) => ['div', { class: 'fg-live__bars' }, ...rows.map(({ name, share, text, layer = 'model', muted = false, note }) => ['p', muted ? { class: 'fg-live__muted' } : {},
  ['span', {}, name, ...(note ? [['small', {}, note]] : [])],
  ['svg', { viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true', 'data-layer': layer }, ['rect', { width: fixed(100 * Math.min(1, Math.max(0, share))), height: 10 }]],
  ['b', {}, text]])];

/** One bar cut into parts, with their names below: {name, share (of all, 0 to 1), text, layer, look: 'solid', 'light' or 'hatched'}. */
export function stack(parts, label) {
  let from = 0;
  const cut = parts.map((part) => {
    const place = { ...part, from, width: Math.max(0, part.share) };
    from += place.width;
    return place;
  });
  const whole = Math.max(1, from);
  return ['div', { class: 'fg-live__stack' },
    ['svg', { viewBox: '0 0 400 26', preserveAspectRatio: 'none', role: 'img', 'aria-label': label },
      ...cut.map(({ from: start, width, layer, look = 'solid' }) => ['rect', { x: fixed(400 * start / whole), width: fixed(Math.max(0, 400 * width / whole - 2)), height: 26, 'data-layer': layer, class: `fg-live__${look}` }])],
    ['ul', {}, ...cut.map(({ name, text, layer, look = 'solid' }) => ['li', {}, ['svg', { viewBox: '0 0 12 12', 'aria-hidden': 'true', 'data-layer': layer }, ['rect', { width: 12, height: 12, class: `fg-live__${look}` }]], `${name} `, ['b', {}, text]])]];
}

/** A value's place between two ends, in pixels. */
export function scaleOf({ low, high, log = false }, start, end) {
  const on = (value) => (log ? Math.log(value) : value);
  return (value) => start + (end - start) * Math.min(1, Math.max(0, (on(value) - on(low)) / (on(high) - on(low))));
}

const text = (x, y, words, more = {}) => ['text', { x: fixed(x), y: fixed(y), ...more }, words];
const path = (points, name) => ['path', { d: `M${points.map((point) => point.map(fixed).join(' ')).join('L')}`, class: name }];

/** Where the name of a mark may stand: pixels across and down to its baseline, best first. */
const SPOTS = [[10, -8], [-10, 18], [10, 18], [-10, -8], [0, -12], [0, 24], [10, -24], [-10, 34], [10, 34], [-10, -24]];
const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];
const around = ([x, y], far) => [x - far, y - far, x + far, y + far];

/** Small boxes along a straight line, which names keep off. */
function along([x1, y1], [x2, y2]) {
  const steps = Math.ceil(Math.hypot(x2 - x1, y2 - y1) / 4) || 1;
  return Array.from({ length: steps + 1 }, (_, at) => around([x1 + (x2 - x1) * at / steps, y1 + (y2 - y1) * at / steps], 4));
}

/**
 * Lines and points on two scales, `width` pixels wide. x and y: {low, high, log, ticks: [[value, words]], name}. lines: [{points: [[x, y]], quiet, dash}].
 * marks: [{x, y, name, open}], whose names touch nothing; one without room is left out. bands: [{low: [[x, y]], high: [[x, y]]}].
 */
export function plot({ width, height = 250, label, x, y, lines = [], marks = [], bands = [], layer = 'model' }) {
  const left = 12 + WIDTH * Math.max(...y.ticks.map(([, words]) => words.length));
  const [top, floor, end] = [y.name ? 30 : 12, height - (x.name ? 44 : 26), width - 12];
  const [at, up] = [scaleOf(x, left, end), scaleOf(y, floor, top)];
  const place = ([one, other]) => [at(one), up(other)];
  let free = -1e9;
  const ticks = x.ticks.flatMap(([value, words]) => {
    const half = WIDTH * words.length / 2;
    const middle = Math.min(at(value), width - half);
    if (middle - half < free) return [];
    free = middle + half + 8;
    return [path([[at(value), floor], [at(value), floor + 5]], 'fg-live__axis'), text(middle, floor + LINE, words, { 'text-anchor': 'middle', class: 'fg-live__tick' })];
  });
  const spots = marks.map((mark) => place([mark.x, mark.y]));
  const taken = [[0, floor - 2, width, height], [0, 0, width, y.name ? 18 : 0], ...spots.map((spot) => around(spot, 8)),
    ...lines.flatMap(({ points }) => points.slice(1).flatMap((point, nth) => along(place(points[nth]), place(point))))];
  return ['svg', { viewBox: `0 0 ${width} ${height}`, class: 'fg-live__plot', role: 'img', 'aria-label': label, 'data-layer': layer },
    ...y.ticks.flatMap(([value, words]) => [path([[left, up(value)], [end, up(value)]], 'fg-live__grid'), text(left - 8, up(value) + 4.5, words, { 'text-anchor': 'end', class: 'fg-live__tick' })]),
    ...ticks, path([[left, floor], [end, floor]], 'fg-live__axis'),
    ...bands.map(({ low, high }) => path([...low, ...high.toReversed()].map(place), 'fg-live__band')),
    ...lines.map(({ points, quiet, dash }) => path(points.map(place), `fg-live__line${quiet ? ' fg-live__quiet' : ''}${dash ? ' fg-live__dash' : ''}`)),
    ...marks.map(({ open }, nth) => ['circle', { cx: fixed(spots[nth][0]), cy: fixed(spots[nth][1]), r: 5, class: open ? 'fg-live__open' : 'fg-live__mark' }]),
    ...marks.flatMap(({ name }, nth) => {
      const long = WIDTH * name.length;
      for (const [across, down] of SPOTS) {
        const [from, base] = [spots[nth][0] + across - (across < 0 ? long : across ? 0 : long / 2), spots[nth][1] + down];
        const box = [from, base - 11, from + long, base + 4];
        if (from < left || box[2] > width || taken.some((other) => meet(other, box))) continue;
        taken.push(box);
        return [text(from, base, name, { class: 'fg-live__name' })];
      }
      return [];
    }),
    y.name && text(0, 14, y.name, { class: 'fg-live__tick' }), x.name && text(end, height - 4, x.name, { 'text-anchor': 'end', class: 'fg-live__tick' })].filter((part) => part !== null && part !== undefined && part !== false && part !== '');
}

/** Tokens in boxes, each {text, share (how strongly it is marked, 0 to 1), strong}; spaces are shown as dots. */
export const tokens = (list, label) => ['p', { class: 'fg-live__tokens', 'aria-label': label, role: 'img' }, ...list.map(({ text: words, share, strong }) => ['span', strong ? { class: 'fg-live__here' } : {},
  words.replaceAll(' ', '·').replaceAll('\n', '↵') || '⏹',
  ...(share === undefined ? [] : [['svg', { viewBox: '0 0 10 4', preserveAspectRatio: 'none', 'data-layer': 'model' }, ['rect', { width: fixed(10 * share), height: 4 }]]])])];
