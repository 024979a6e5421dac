// Charts in the page, from the `scene` of a lab's model, in the style of fieldguide/drawing/kinds. This module has what every kind needs;
// the kinds are stacked.mjs, bars.mjs and xy.mjs, and a page fetches only those that it draws. Words without a fixed position are HTML.

import { draw, line, make } from './elements.mjs';

const LAYERS = { application: 'app', model: 'model', infrastructure: 'infra', capital: 'capital', crypto: 'crypto' };
const pen = document.createElement('canvas').getContext('2d');
const kinds = {};
let family = '';
let serial = 0;

/** The kind of a scene: plots have `panels`, divided wholes `stacks`, bars `groups`. */
const kindOf = ({ panels, stacks }) => (panels ? 'xy' : stacks ? 'stacked' : 'bars');

export const color = (token) => (/^(none|url)/.test(token) ? token : `var(--fg-${token})`);
export const lineOf = (layer, otherwise = 'ink') => LAYERS[layer] ?? otherwise;
export const textOf = (layer, otherwise = 'ink') => (layer ? `${LAYERS[layer]}-text` : otherwise);

/** A sheet to draw on, in pixels of the page, so that text keeps its size. `y` of a text is its baseline. */
export class Sheet {
  constructor(width, wide = width >= 540) {
    family ||= getComputedStyle(document.body).fontFamily;
    Object.assign(this, { width, wide, size: wide ? 13.5 : 12.5, half: wide ? 4.6 : 4.25, id: `fg-labs-${serial += 1}`, node: draw('svg', { class: 'fg-labs__drawing', role: 'img' }) });
  }

  put(tag, attributes, ...children) {
    this.node.append(draw(tag, attributes, ...children));
  }

  measure(words, weight = 400) {
    pen.font = `${weight} ${this.size}px ${family}`;
    return pen.measureText(words).width;
  }

  text(x, y, words, { weight = 400, fill = 'ink', anchor = 'start' } = {}) {
    this.put('text', { x, y, 'font-size': this.size, 'font-weight': weight, fill: color(fill), 'text-anchor': anchor, class: 'fg-halo', stroke: color('paper'), 'stroke-width': 4, 'stroke-linejoin': 'round' }, words);
  }

  /** The same, centered but kept inside the sheet; returns where it begins and ends. */
  middle(x, y, words, options = {}) {
    const half = this.measure(words, options.weight) / 2;
    const at = Math.min(Math.max(x, half), this.width - half);
    if (!options.after || at - half > options.after) this.text(at, y, words, { ...options, anchor: 'middle' });
    else return options.after;
    return at + half + 8;
  }

  path(places, stroke = 'ink', width = 1, dash = null) {
    this.put('path', { d: `M${places.map((place) => place.map((at) => at.toFixed(1)).join(' ')).join('L')}`, fill: 'none', stroke: color(stroke), 'stroke-width': width, 'stroke-dasharray': dash });
  }

  rect(x, y, width, height, fill, stroke = 'none', thick = 0, dash = null) {
    this.put('rect', { x, y, width: Math.max(0, width), height: Math.max(0, height), fill: color(fill), stroke: color(stroke), 'stroke-width': thick, 'stroke-dasharray': dash });
  }

  /** A fill of this width and height in pixels: a layer's dots or lines, strokes for a half. */
  pattern(name, width, height, turn, ...content) {
    const id = `${this.id}-${name}`;
    if (!this.node.querySelector(`#${id}`)) this.put('pattern', { id, width, height, patternUnits: 'userSpaceOnUse', patternTransform: turn }, ...content.map(([tag, attributes]) => draw(tag, attributes)));
    return `url(#${id})`;
  }

  /** The mark of a value's kind: filled = disclosed, half = derived, ring = estimate. */
  mark(x, y, basis, radius = 4.5, stroke = 'ink') {
    const filled = basis !== 'derived' && basis !== 'estimate';
    this.put('circle', { cx: x, cy: y, r: radius, fill: color(filled ? stroke : 'paper'), stroke: color(stroke), 'stroke-width': 1.4 });
    if (basis === 'derived') this.put('path', { d: `M${x} ${y - radius}a${radius} ${radius} 0 0 0 0 ${2 * radius}`, fill: color(stroke) });
  }

  close(height) {
    const [width, tall] = [this.width, Math.ceil(height)];
    for (const [name, value] of Object.entries({ width, height: tall, viewBox: `0 0 ${width} ${tall}` })) this.node.setAttribute(name, value);
    return this.node;
  }
}

/** A scale: value → position. Values beyond it are at its end. */
export function scaleOf({ low, high, type }, start, end) {
  const on = (value) => (type === 'log' ? Math.log(Math.max(value, 1e-300)) : value);
  return (value) => start + Math.min(1, Math.max(0, (on(value) - on(low)) / (on(high) - on(low) || 1))) * (end - start);
}

/** A key: each swatch, drawn on a sheet of 20 by 12, with its words. */
export const key = (items) => items.length > 0 && line('key', ...items.map(([swatch, words]) => make('span', {}, swatchOf(swatch), words)));

export function swatchOf(swatch, width = 20) {
  const sheet = new Sheet(width);
  swatch(sheet);
  sheet.node.removeAttribute('role');
  sheet.node.setAttribute('aria-hidden', 'true');
  return sheet.close(12);
}

/** The key of the marks in use. */
export const marksKey = (names, used) => Object.entries(names ?? {}).filter(([basis]) => used.some((one) => one.basis === basis)).map(([basis, words]) => [(sheet) => sheet.mark(10, 6, basis, 4.4, 'ink-2'), words]);

/** Fetches the modules that draw these scenes; returns whether any had to be fetched. */
export async function ready(scenes) {
  const missing = [...new Set(scenes.map(({ scene }) => kindOf(scene)))].filter((kind) => !kinds[kind]);
  await Promise.all(missing.map(async (kind) => { kinds[kind] = (await import(`./${kind}.mjs`)).default; }));
  return missing.length > 0;
}

/** A scene as nodes of this width in pixels; everything except words is one picture with a name. */
export function chart(scene, width, name) {
  const drawn = kinds[kindOf(scene)];
  if (!drawn) return [];
  const [head, said] = [/^(.*?\.)( .*)?$/s.exec(scene.point ?? ''), scene.note && line('point', scene.note)];
  const nodes = make('div', {}, ...drawn(scene, Math.max(240, Math.floor(width))), said, head && line('point', make('b', {}, head[1]), head[2]));
  for (const picture of nodes.querySelectorAll('[role=img]')) picture.setAttribute('aria-label', name);
  return [...nodes.childNodes];
}
