// Wholes divided into the same parts: horizontal bars with the parts in lines below, or one vertical bar with its parts named beside it.

import { make } from './elements.mjs';
import { Sheet, color, lineOf, swatchOf, textOf } from './charts.mjs';

const LOOKS = { solid: ['ink', 'none', 0], dark: ['ink-2', 'none', 0], gray: ['muted', 'none', 0], muted: ['rule-strong', 'none', 0], light: ['off', 'rule-strong', 1.2], pale: ['paper', 'rule-strong', 1.2], chip: ['chip', 'rule-strong', 1.2], empty: ['paper', 'ink', 1.5] };

const dots = (sheet) => sheet.pattern('dots', 6, 6, null, ...[1.5, 4.5].map((at) => ['circle', { cx: at, cy: at, r: 1.2, fill: color('app') }]));
const lines = (sheet) => sheet.pattern('lines', 8, 3.6, null, ['rect', { width: 8, height: 1.25, fill: color('infra') }]);

/** A part in the style of its layer, or in its own; a stroke stays inside. */
function piece(sheet, { layer, look }, x, y, width, height) {
  const thin = Math.min(width, height) < 2.5;
  const paint = layer === 'application' || layer === 'infrastructure'
    ? [thin ? lineOf(layer) : layer === 'application' ? dots(sheet) : lines(sheet), lineOf(layer), 1.25]
    : layer ? [lineOf(layer), 'none', 0] : LOOKS[look] ?? LOOKS.solid;
  const edge = paint[2] && !thin ? .7 : 0;
  if (width > 0 && height > 0) sheet.rect(x + edge, y + edge, width - 2 * edge, height - 2 * edge, ...(thin ? [paint[2] ? paint[1] : paint[0]] : paint));
}

/** The start and length of each part of a whole, and the position of an amount; a part of 0 takes no room. */
function divide({ total, values }, start, end) {
  const parts = values.map((value) => Math.max(0, value));
  const whole = Math.max(total, parts.reduce((sum, value) => sum + value, 0)) || 1;
  const room = end - start - 2.5 * Math.max(0, parts.filter(Boolean).length - 1);
  let at = start;
  const placed = parts.map((value) => {
    const spot = [at, room * value / whole];
    if (value) at += spot[1] + 2.5;
    return spot;
  });
  return [placed, (amount) => start + Math.min(1, amount / whole) * (end - start)];
}

/** Positions in order, at least this far apart, close to what they belong to. */
function spread(centers, apart, top, bottom) {
  const places = [];
  for (const center of centers) places.push(Math.max(center, places.length ? places.at(-1) + apart : top));
  for (let at = places.length - 1, limit = bottom; at >= 0; limit = places[at] - apart, at -= 1) places[at] = Math.min(places[at], limit);
  return places;
}

/** The parts as a table with the numbers of the picture. */
function table({ parts, heads }) {
  const cells = Math.max(0, ...parts.map((part) => part.cells?.length ?? 0));
  return make('table', { class: 'fg-labs__parts' },
    make('thead', { class: heads ? false : 'fg-sr' }, make('tr', {}, make('th', { scope: 'col' }, make('span', { class: 'fg-sr' }, 'Part')), ...Array.from({ length: cells }, (_, at) => make('th', { scope: 'col' }, heads?.[at] ?? make('span', { class: 'fg-sr' }, `Amount ${at + 1}`))))),
    make('tbody', {}, ...parts.map((part) => make('tr', { class: part.strong && 'fg-labs__strong', 'data-layer': part.layer },
      make('th', { scope: 'row' }, swatchOf((sheet) => piece(sheet, part, 0, 0, 12, 12), 14), make('span', {}, part.name), part.note && ' ', part.note && make('small', {}, part.note)),
      ...Array.from({ length: cells }, (_, at) => make('td', {}, part.cells?.[at] ?? ''))))));
}

function across(scene, width) {
  const sheet = new Sheet(width);
  const bar = sheet.wide ? 34 : 28;
  let y = 0;
  for (const whole of scene.direction === 'down' ? scene.stacks.slice(0, 1) : scene.stacks) {
    const [placed, at] = divide(whole, 0, width);
    const [name, aside] = [whole.words?.[0] ?? whole.name, whole.words?.[1]];
    if (name) sheet.text(0, y += 16, name, { weight: 600 });
    if (aside) sheet.text(width, y, aside, { fill: 'muted', anchor: 'end' });
    y += 8;
    placed.forEach(([x, length], nth) => piece(sheet, scene.parts[nth], x, y, length, bar));
    y += bar;
    if (whole.mark) {
      sheet.path([[at(whole.mark.value), y - bar - 5], [at(whole.mark.value), y + 5]], 'ink', 2);
      sheet.middle(at(whole.mark.value), y += 18, whole.mark.label, { weight: 600 });
    }
    y += 12;
  }
  return [sheet.close(y), table(scene)];
}

function down({ parts, stacks: [whole], heads = [] }, width) {
  const sheet = new Sheet(width);
  const [top, tall, bar] = [34, Math.max(360, parts.length * 44), 104];
  const left = Math.max(0, ...parts.map(({ group }) => (group ? sheet.measure(group, 600) + 14 : 0)));
  const [end, names] = [left + bar, left + bar + 48];
  const [placed, at] = divide(whole, top, top + tall);
  const centers = placed.map(([y, length]) => y + length / 2);
  const many = Math.max(...parts.map(({ cells }) => cells?.length ?? 0), 0);
  const ends = Array.from({ length: many }, (_, nth) => width - 90 * (many - 1 - nth));
  heads.forEach((words, nth) => sheet.text(ends[nth], 16, words, { fill: 'muted', anchor: 'end' }));
  sheet.middle(left + bar / 2, top - 12, whole.words?.[0] ?? whole.name, { weight: 600 });
  const groups = parts.map(({ group, layer }, nth) => ({ group, layer, first: nth, last: nth })).filter(({ group }) => group)
    .reduce((all, one) => (all.at(-1)?.group === one.group && all.at(-1).last === one.first - 1 ? (all.at(-1).last = one.last, all) : [...all, one]), []);
  spread(groups.map(({ first, last }) => (placed[first][0] + placed[last][0] + placed[last][1]) / 2), 22, top + 8, top + tall)
    .forEach((y, nth) => sheet.text(left - 12, y + sheet.half, groups[nth].group, { weight: 600, fill: textOf(groups[nth].layer, 'ink-2'), anchor: 'end' }));
  spread(centers, 42, top + 12, top + Math.max(tall, 42 * parts.length) - 24).forEach((y, nth) => {
    const part = parts[nth];
    piece(sheet, part, left, placed[nth][0], bar, placed[nth][1]);
    sheet.path([[end + 3, centers[nth]], [end + 19, centers[nth]], [names - 21, y - 2], [names - 5, y - 2]], 'rule-strong');
    sheet.text(names, y + 2, part.name, { weight: 600, fill: textOf(part.layer) });
    if (part.note && names + sheet.measure(part.note) < width) sheet.text(names, y + 19, part.note, { fill: 'muted' });
    part.cells?.forEach((cell, of) => sheet.text(ends[of], y + 2, cell, { anchor: 'end', weight: part.strong ? 600 : 400 }));
  });
  if (whole.mark) {
    sheet.path([[left - 6, at(whole.mark.value)], [end + 6, at(whole.mark.value)]], 'ink', 2);
    sheet.text(left - 10, at(whole.mark.value) - 6, whole.mark.label, { weight: 600, anchor: 'end' });
  }
  return [sheet.close(top + tall + 8)];
}

export default (scene, width) => (scene.direction === 'down' && width >= 540 ? down : across)(scene, width);
