// Bars in rows, each from the scale's start or from a base; several bars of one row are above one another.

import { Sheet, color, key, lineOf, marksKey, scaleOf, textOf } from './charts.mjs';

const CLEAR = 3; // px between words and a line
const LOOKS = { light: ['sunk', 'ink-2'], outline: ['paper'], dashed: ['none', 'ink-2'], hatched: ['paper'], model: ['model', 'none'], muted: ['rule-strong', 'none'] };

function strip(sheet, from, to, y, height, look, layer, dark) {
  const [fill, stroke = lineOf(layer, dark)] = LOOKS[look] ?? [textOf(layer, dark), 'none'];
  const box = [Math.min(from, to), y, Math.abs(to - from), height];
  sheet.rect(...box, fill, stroke, 1.2, look === 'dashed' ? '4 3' : null);
  if (look === 'hatched') sheet.rect(...box, sheet.pattern('hatch', 5, 5, 'rotate(45)', ['rect', { width: 1.7, height: 5, fill: color('ink') }]));
}

export default (scene, width) => {
  const sheet = new Sheet(width);
  const { x: axis, groups, base = null, line, looks, pile, mark_ends: ends, swatches = [] } = scene;
  const all = groups.flatMap(({ rows }) => rows);
  const dark = groups.some(({ layer }) => layer) ? 'ink-2' : 'ink';
  const start = base ?? (axis.type === 'log' ? axis.low : Math.max(axis.low, Math.min(0, axis.high)));
  const longest = Math.max(...all.map(({ name }) => sheet.measure(name)));
  const beside = sheet.wide && longest < width * .36;
  const room = (test) => Math.max(0, ...all.filter(({ marks }) => marks.some(({ value }) => test(value))).flatMap(({ label, marks }) => [label, ...marks.map((mark) => mark.label)].map((words) => (words ? sheet.measure(words, 600) + 16 : 0))));
  const left = (beside ? longest + 18 : 4) + room((value) => value < start);
  const x = scaleOf(axis, left, Math.max(left + 60, width - Math.max(14, room((value) => value >= start))));
  const [thick, top] = [sheet.wide ? 18 : 15, line ? 34 : 12];
  let y = top;
  const rows = groups.flatMap(({ name, layer, rows: some }, at) => {
    if (name) y += 34;
    return [...(name ? [[y - 12, name, layer]] : []), ...some.map((row, nth) => {
      const stand = [y, row, layer, looks?.[at]?.[nth] ?? []];
      y += (beside ? 12 : 34) + (pile === 'under' ? row.marks.length : 1) * (thick + 3);
      return stand;
    })];
  });
  const words = [];
  let free = -1e9;
  for (const { at, label } of axis.ticks) {
    sheet.path([[x(at), top - 4], [x(at), y]], 'rule');
    free = sheet.middle(x(at), y + sheet.size + 6, label, { fill: 'muted', after: free });
  }
  sheet.path([[x(axis.low), y], [x(axis.high), y]]);
  for (const [at, row, layer, looked] of rows) {
    if (typeof row === 'string') sheet.text(0, at, row, { weight: 600, fill: textOf(layer) });
    else {
      const first = beside ? at + 4 : at + 22;
      barsOf(sheet, { row, layer, looked, dark, ends, words }, x, x(start), (nth) => first + (pile === 'under' ? nth * (thick + 3) : 0), thick);
    }
  }
  const uprights = [[axis.low < 0 && axis.ticks.some(({ at }) => at === 0) ? 0 : null, 'rule-strong', 1], [base, 'ink', 1.6], [line?.at ?? null, 'ink', 1.6, base === null ? '1.5 4' : null]];
  for (const [at, ...look] of uprights) if (at !== null) for (const piece of between(words, x(at), top - 10, y)) sheet.path(piece, ...look);
  for (const [at, { name, note }] of rows) if (name) {
    const down = beside ? at + 4 + thick / 2 + sheet.half : at + 14;
    const end = sheet.measure(name) + 9;
    const more = !beside && note && end + sheet.measure(note) < width;
    sheet.rect(0, at, more ? width : end, 19, 'paper');
    sheet.text(0, down, name);
    if (more) sheet.text(end, down, note, { fill: 'muted' });
  }
  if (line) sheet.middle(x(line.at), top - 16, line.label, { weight: 600 });
  return [sheet.close(y + (axis.ticks.length ? sheet.size + 14 : 4)),
    key([...swatches.map(({ look, name }) => [(small) => strip(small, 1, 17, 1, 10, look, null, dark), name]), ...(ends ? marksKey(scene.key, all.flatMap(({ marks }) => marks)) : []), ...(axis.name ? [[() => {}, axis.name]] : [])])];
};

/** The pieces of an upright line, which stops for words that lie on it. */
function between(words, x, top, foot) {
  const on = words.filter(({ left, right }) => left - CLEAR < x && x < right + CLEAR).toSorted((one, other) => one.top - other.top);
  return [top, ...on.map(({ bottom }) => bottom)].map((from, nth) => [[x, from], [x, on[nth]?.top ?? foot]]);
}

function barsOf(sheet, { row, layer, looked, dark, ends, words }, x, from, down, thick) {
  row.marks.forEach(({ value, upto, label, basis }, nth) => {
    const last = nth === row.marks.length - 1;
    const y = down(nth);
    const end = x(upto ?? value);
    strip(sheet, from, x(value), y, thick, looked[nth], layer, dark);
    if (upto) strip(sheet, x(value), end, y, thick, 'hatched', layer, dark);
    if (row.inner) strip(sheet, from, x(row.inner), y, thick, 'solid', layer, dark);
    if (ends && !nth) sheet.mark(end, y + thick / 2, basis, 4.4, lineOf(layer, dark));
    const said = label || (last && row.label);
    if (!said) return;
    const weight = label ? 400 : 600;
    const [at, wide] = [end + (end < from ? -8 : 9), sheet.measure(said, weight)];
    sheet.text(at, y + thick / 2 + sheet.half, said, { weight, fill: label ? 'ink-2' : textOf(layer), anchor: end < from ? 'end' : 'start' });
    words.push({ left: end < from ? at - wide : at, right: end < from ? at : at + wide, top: y - 1, bottom: y + thick + 1 });
  });
}
