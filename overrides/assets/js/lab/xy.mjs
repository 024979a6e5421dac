// Lines and points on two scales, linear or logarithmic. A label takes the first position around its mark where it touches nothing.

import { make } from './elements.mjs';
import { Sheet, color, key, lineOf, marksKey, scaleOf, textOf } from './charts.mjs';

const PLACES = ['start', 'middle', 'end'];
/** Pixels across and lines down from a mark to a label, best first; distant labels get a line to their mark. */
const NEAR = [[10, .34], [-10, .34], [8, -.55], [-8, -.55], [8, 1.2], [-8, 1.2], [0, -.8], [0, 1.5], [10, -1.7], [-10, -1.7], [10, 2.3], [-10, 2.3], [10, -2.8], [-10, -2.8], [10, 3.4], [-10, 3.4]];
const FAR = 8;
/** Pixels between words and a line, at least, and between the boxes that keep words off it. */
const [CLEAR, STEP] = [2, 4];
/** Positions for the words of a horizontal line: the end of the plot, and the alignment. */
const ALONG = [['end', [-2, -.45], [-2, 1.25]], ['start', [4, -.45], [4, 1.25]], ['middle', [0, -.45], [0, 1.25]]];

const strokeOf = ({ layer, strong = true, ink, dash }) => ink || (strong ? lineOf(layer) : dash ? 'ink-2' : 'rule-strong');
const toneOf = ({ layer, strong = true }) => (strong ? textOf(layer) : 'ink-2');

const meet = (one, other) => one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3];

class Panel extends Sheet {
  constructor(panel, width) {
    super(width);
    this.left = Math.max(0, ...panel.y.ticks.map(({ label }) => this.measure(label))) + 14;
    [this.end, this.top, this.floor] = [width - 12, 10, this.wide ? 310 : 260];
    this.x = scaleOf(panel.x, this.left, this.end);
    this.y = scaleOf(panel.y, this.floor, this.top);
    [this.taken, this.words] = [[], []];
  }

  /** The position in pixels of a value or of an end of the plot. */
  spot(at, across) {
    const [low, high] = across ? [this.left, this.end] : [this.floor, this.top];
    return PLACES.includes(at) ? low + (high - low) * PLACES.indexOf(at) / 2 : (across ? this.x : this.y)(at);
  }

  keep(left, top, right, bottom) {
    this.taken.push([left, top, right, bottom]);
  }

  /** Small boxes along a line this thick, which words keep off. */
  along([[x1, y1], [x2, y2]], thick) {
    const [steps, half] = [Math.ceil(Math.hypot(x2 - x1, y2 - y1) / STEP) || 1, thick / 2 + CLEAR];
    return Array.from({ length: steps + 1 }, (_, at) => {
      const [x, y] = [x1 + (x2 - x1) * at / steps, y1 + (y2 - y1) * at / steps];
      return [x - half, y - half, x + half, y + half];
    });
  }

  /** Puts words around a position where they touch nothing; returns whether there was room. */
  label(words, x, y, { weight = 400, fill, places = NEAR }) {
    const width = this.measure(words, weight);
    for (const [at, [dx, lines]] of places.entries()) {
      const [left, base] = [x + dx - (dx < 0 ? width : dx ? 0 : width / 2), y + lines * this.size];
      const [a, b, c, d] = [left - 2, base - this.size * .8, left + width + 2, base + this.size * .26];
      if (a < this.left || c > this.width || b < 0 || d > this.floor - CLEAR || this.taken.some((box) => meet(box, [a, b, c, d]))) continue;
      const leader = at >= FAR ? [[x, y + (lines > 0 ? 7 : -7)], [dx < 0 ? c - 6 : a + 6, lines > 0 ? b - CLEAR : d + CLEAR]] : null;
      const boxes = leader ? this.along(leader, 1) : [];
      if (boxes.some((box) => this.words.some((other) => meet(box, other)))) continue;
      if (leader) this.path(leader, 'rule-strong');
      this.text(left, base, words, { weight, fill });
      this.taken.push([a, b, c, d], ...boxes);
      this.words.push([a, b, c, d]);
      return true;
    }
    return false;
  }

  axes({ x, y }) {
    let last = 1e9;
    for (const { at, label } of y.ticks) {
      const place = this.y(at);
      this.path([[this.left, place], [this.end, place]], 'rule');
      if (last - place < this.size + 2) continue;
      this.text(this.left - 9, place + this.half, label, { fill: 'muted', anchor: 'end' });
      last = place;
    }
    let free = -1e9;
    for (const { at, label } of x.ticks) {
      this.path([[this.x(at), this.floor], [this.x(at), this.floor + 6]]);
      free = this.middle(this.x(at), this.floor + this.size + 10, label, { fill: 'muted', after: free });
    }
    for (const [axis, stroke] of [[x, (at) => [[this.x(at), this.floor], [this.x(at), this.floor + 3]]], [y, (at) => [[this.left - 3, this.y(at)], [this.left, this.y(at)]]]]) {
      if (axis.type !== 'log' || axis.high / axis.low > 1e13) continue;
      for (let power = 10 ** Math.floor(Math.log10(axis.low)); power < axis.high; power *= 10) {
        for (let at = 2; at < 10; at += 1) if (at * power >= axis.low && at * power <= axis.high) this.path(stroke(at * power));
      }
    }
    this.path([...(y.type === 'log' ? [[this.left, this.top]] : []), [this.left, this.floor], [this.end, this.floor]]);
  }

  line({ curve, marks, join, thick, ...series }) {
    const places = (curve?.length ? curve : marks.map((mark) => [mark.x, mark.y])).map(([x, y]) => [this.x(x), this.y(y)]);
    if (join === false || places.length < 2) return;
    const width = thick || (series.strong === false ? 1.6 : 2.6);
    this.path(places, strokeOf(series), width, series.dash);
    for (const [at, end] of places.slice(1).entries()) this.taken.push(...this.along([places[at], end], width));
  }

  /** The range around a series' line: `band` has its places as [x, low, high]. */
  band({ band, layer }) {
    if (!band) return;
    const edge = (at) => band.map((place) => [this.x(place[0]), this.y(place[at])]);
    const places = [...edge(1), ...edge(2).toReversed()].map((place) => place.map((at) => at.toFixed(1)).join(' '));
    this.put('path', { d: `M${places.join('L')}Z`, fill: color(lineOf(layer, 'ink-2')), 'fill-opacity': .14 });
  }

  marks(series) {
    const token = series.layer ? strokeOf(series) : toneOf(series);
    for (const { x, y, basis, label, low, high, x_high: upto, hidden } of series.unmarked ? [] : series.marks) {
      const [px, py] = [this.x(x), this.y(y)];
      if (hidden) continue;
      const range = low && high ? [[px, this.y(low)], [px, this.y(high)]] : upto ? [[px, py], [this.x(upto), py]] : null;
      if (range) {
        this.path(range, token, 1.3);
        this.taken.push(...this.along(range, 1.3));
      }
      if (!upto) this.mark(px, py, basis, label ? 4.6 : 3.4, token);
      this.keep(px - 6, py - 6, px + 6, py + 6);
    }
  }

  rule({ at, across, upto, stroke = 'ink-2', dash = '1.5 4' }) {
    const place = this.spot(at, !across);
    const [[x1, y1], [x2, y2]] = across ? [[this.left, place], [this.end, place]] : [[place, this.spot(upto ?? 'end', false)], [place, this.floor]];
    this.path([[x1, y1], [x2, y2]], stroke, 1.3, dash);
    this.keep(x1 - CLEAR, y1 - CLEAR, x2 + CLEAR, y2 + CLEAR);
  }

  /** Puts words at a position of the plot. */
  say({ text, x, value, dx = 0, dy = 0, anchor = 'start', fill = 'ink-2', weight = 400 }) {
    for (const [at, words] of text.split('\n').entries()) {
      const width = this.measure(words, weight);
      const [px, py] = [this.spot(x, true) + dx - { start: 0, middle: width / 2, end: width }[anchor], this.spot(value, false) + dy + at * 17];
      const left = Math.min(Math.max(px, 0), Math.max(0, this.width - width));
      this.text(left, py, words, { weight, fill });
      this.keep(left, py - this.size, left + width, py + 4);
      this.words.push(this.taken.at(-1));
    }
  }
}

function panelOf(panel, width) {
  const sheet = new Panel(panel, width);
  const { series, rules = [], regions = [], said = [] } = panel;
  for (const { x, value } of regions) {
    const [[x1, x2], [y1, y2]] = [x.map((at) => sheet.spot(at, true)), value.map((at) => sheet.spot(at, false))];
    sheet.rect(x1, y2, x2 - x1, y1 - y2, 'sunk');
  }
  sheet.axes(panel);
  for (const rule of rules) sheet.rule(rule);
  const upward = series.toSorted((one, other) => (one.strong !== false) - (other.strong !== false));
  for (const one of upward) sheet.band(one);
  for (const one of upward) sheet.line(one);
  for (const one of upward) sheet.marks(one);
  for (const { label, at, across, place } of rules) {
    if (label && place) sheet.say({ x: across ? 'start' : at, value: across ? at : 'end', ...place, text: label });
    else if (label) ALONG.some(([along, ...places]) => sheet.label(label, across ? sheet.spot(along, true) : sheet.x(at), across ? sheet.y(at) : sheet.spot(along, false) + (along === 'start' ? -14 : 14), { fill: 'ink-2', places: across ? places : NEAR.slice(0, 2) }));
  }
  for (const one of said) if (one.text && one.x !== undefined) sheet.say(one);
  for (const one of series) for (const { x, y, label } of one.marks) if (label) sheet.label(label, sheet.x(x), sheet.y(y), { weight: one.plain ? 400 : 600, fill: toneOf(one) });
  const unsaid = series.filter((one) => one.name && !panel.unnamed && !nameOf(sheet, one));
  return [panel.title && make('p', { class: 'fg-labs__panel' }, panel.title), panel.y.name && make('p', { class: 'fg-labs__axis' }, panel.y.name), sheet.close(sheet.floor + sheet.size + 16),
    panel.x.name && make('p', { class: 'fg-labs__axis fg-labs__axis--x' }, panel.x.name),
    key(unsaid.map((one) => [(small) => small.path([[0, 6], [20, 6]], strokeOf(one), 2.2, one.dash), one.name]))];
}

/** Puts a series' name at its end, or else along it; returns whether there was room. */
function nameOf(sheet, series) {
  const places = series.curve?.length ? series.curve : series.marks.map(({ x, y }) => [x, y]);
  const options = { weight: series.plain || series.strong === false ? 400 : 600, fill: toneOf(series), places: [[-4, -.7], [-4, 1.3], [8, .34]] };
  return [1, .9, .8, .7, .6, .5, .4, .3, .2].some((share) => {
    const [x, y] = places[Math.round((places.length - 1) * share)] ?? [];
    return x !== undefined && sheet.label(series.name, sheet.x(x), sheet.y(y), options);
  });
}

export default (scene, width) => {
  const { panels } = scene;
  const two = panels.length === 2 && width > 700;
  const drawn = panels.map((panel) => make('div', {}, ...panelOf(panel, two ? Math.floor(width / 2) - 16 : width)));
  return [make('div', { class: two ? 'fg-labs__two' : false }, ...drawn), key(marksKey(scene.key, panels.flatMap(({ series }) => series.flatMap(({ marks }) => marks))))];
};
