// Two scenarios side by side, and a ready-made case beside its disclosed numbers; fetched when there is something to compare.

import { figure, make, press } from './elements.mjs';
import { chosenOf, inputsOf } from './state.mjs';
import { digits, fixed } from './words.mjs';
import { show, spoken } from './numbers.mjs';

const SCALES = { ' million': 1e6, ' billion': 1e9, ' trillion': 1e12 };
const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];

/** The number in a reading, with the text before and after it: “−$1.2 million” is [-1200000, '$', '']. Nothing if there is no number. */
function numberIn(text) {
  const found = /^(−?)(\$?)([\d,]+(?:\.\d+)?|[a-z]+\b)( million| billion| trillion)?(.*)$/.exec(text);
  if (!found) return null;
  const [, sign, before, number, scale, after] = found;
  const size = /\d/.test(number) ? Number(number.replaceAll(',', '')) : SMALL.indexOf(number);
  return size < 0 ? null : [(sign ? -1 : 1) * size * (SCALES[scale] ?? 1), before, after.replace(/s$/, '')];
}

/** How the second of two readings differs from the first: “12 points less”, “30% more”, “3.4 times as much”, “the same”. */
export function difference(first, second) {
  if (first === second) return 'the same';
  const [one, other] = [numberIn(first), numberIn(second)];
  if (!one || !other || one[1] !== other[1] || one[2] !== other[2]) return '';
  const more = other[0] > one[0] ? 'more' : 'less';
  if (one[2].startsWith('%')) {
    const points = digits(Math.abs(other[0] - one[0]), 3);
    return `${points} ${points === '1' ? 'point' : 'points'} ${more}`;
  }
  const ratio = other[0] / one[0];
  if (!(ratio > 0) || !Number.isFinite(ratio)) return '';
  if (ratio >= 2) return `${digits(ratio, 2)} times as much`;
  const percent = Math.abs(ratio - 1) * 100;
  return percent < .5 ? '' : `${fixed(percent, percent < 10 ? 1 : 0).replace(/\.0$/, '')}% ${more}`;
}

/** Each scenario as {name, values, result}, one or two. */
export const casesOf = ({ model, lab, state: { a, b } }) => (b ? [['A', a], ['B', b]] : [['', a]]).map(([name, values]) => ({ name, values, result: model.work(values, lab) }));

/** What a reading counts: its name without numbers, and without what stands after a semicolon, which is an aside. */
const counted = ({ name }) => name.split(';')[0].replace(/[\d.,]+/g, '#');

const named = ({ name }) => make('span', { class: 'fg-labs__name' }, name);

/** Readings of both, each with its own name; where both count the same, also how the second differs. */
export function pairs(page, shown) {
  const { lab, model, state } = page;
  const other = casesOf(page)[state.second ? 0 : 1];
  const others = model.readings(other.result, other.values, lab);
  const [first, second] = state.second ? [others, shown] : [shown, others];
  return Array.from({ length: Math.max(first.length, second.length) }, (_, at) => {
    const [a, b] = [first[at], second[at]];
    if (!a || !b) return make('li', {}, figure(a ?? b, a ? 'A' : 'B'), ' ', named(a ?? b));
    return make('li', {}, figure(a, 'A'), ' ', ...(a.name === b.name ? [] : [named(a), ' ']), figure(b, 'B'), ' ', named(b),
      make('span', { class: 'fg-labs__difference' }, counted(a) === counted(b) ? difference(a.text, b.text).replace(/^(?=.)/, 'B: ') : ''));
  });
}

const said = (input, values) => (input.kind === 'number' ? show(values[input.id]) : chosenOf(input, values)?.name ?? 'none');

/** The inputs in which the second scenario differs: “Price per seat 30 → 45; Model …”. */
export function changes(lab, a, b) {
  const found = inputsOf(lab).filter(({ id }) => a[id] !== b[id]).map((input) => `${input.label} ${said(input, a)} → ${said(input, b)}`);
  return found.length ? `B differs in ${found.slice(0, 6).join('; ')}${found.length > 6 ? ` and ${found.length - 6} more` : ''}.` : 'A and B are still identical. Change an input to compare them.';
}

/** The bar of scenarios: which of the two is in view, what differs, and a button to keep only one. */
export function scenarios(page, bar) {
  const { lab, state, id } = page;
  if (!bar.querySelector('input')) {
    const radios = ['A', 'B'].map((name, at) => {
      const input = make('input', { type: 'radio', name: `${id}-scenario` });
      input.addEventListener('change', () => {
        page.state = { ...page.state, second: at === 1 };
        page.show(true);
      });
      return make('label', {}, input, name);
    });
    bar.replaceChildren(make('fieldset', { class: 'fg-segmented' }, make('legend', { class: 'fg-sr' }, 'Scenario to show and edit'), ...radios), make('span', { class: 'fg-labs__note' }), press('Remove the other scenario', () => page.act('single')));
  }
  bar.querySelectorAll('input')[state.second ? 1 : 0].checked = true;
  bar.querySelector('.fg-labs__note').textContent = changes(lab, state.a, state.b);
}

/** The disclosed numbers of a ready-made case, beside the lab's results. */
export const disclosed = ({ origins }, { disclosed: known }, result) => Object.entries(known ?? {}).filter(([key]) => Number.isFinite(result[key])).map(([key, { value, origin }]) => {
  const { source, unit } = origins[origin] ?? {};
  const off = 100 * (result[key] / value - 1);
  const size = fixed(Math.abs(off), Math.abs(off) < 9.95 ? 1 : 0);
  return ` Disclosed: ${spoken(value, unit)} (${source}); here ${spoken(Number(result[key].toPrecision(3)), unit)}, ${size === '0.0' ? 'the same' : `${size}% ${off > 0 ? 'more' : 'less'}`}.`;
}).join('');
