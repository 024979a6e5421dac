// The sum of a lab line by line; fetched when somebody opens or exports it. Its words are templates of the lab's record, which
// fieldguide/labs/templates.py describes.

import { make } from './elements.mjs';
import { count, digits, money, percent } from './words.mjs';

export const FORMATS = { count, digits, money, percent, bn: (value) => `${digits(value / 1e9, 5)} billion` };
const PLACE = /\{([a-z_0-9.]+)(?::([a-z]+)(?: (\d+))?)?\}/g;
const WHEN = /^(not )?([a-z_0-9.]+)(?: is (\w+))?$/;

const at = (scope, path) => path.split('.').reduce((found, key) => found[key], scope);

function holds(when, scope) {
  if (typeof when !== 'string') return when.every((one) => holds(one, scope));
  const [, not, path, word] = WHEN.exec(when);
  const found = at(scope, path);
  return Boolean(word ? found === word : found) !== Boolean(not);
}

/** A template with its places filled; parts with a condition are included only if it holds. */
export function filled(words, scope, formats) {
  if (typeof words === 'string') return words.replace(PLACE, (_, path, format, number) => (format ? formats[format](at(scope, path), Number(number)) : at(scope, path)));
  if (Array.isArray(words)) return words.map((one) => filled(one, scope, formats)).join('');
  return holds(words.when, scope) ? filled(words.say, scope, formats) : '';
}

/** The lines as {name, how, value, unit, text}, with what each carries. Lines whose condition does not hold are left out; a line with `each` is repeated for each item of that list, as `one`. */
export function sumOf(lines, scope, own) {
  const formats = { ...FORMATS, ...own };
  return lines.filter(({ when = [] }) => holds(when, scope)).flatMap((line) => (line.each ? at(scope, line.each).map((one) => ({ ...scope, one })) : [scope]).map((within) => {
    const value = at(within, line.value);
    const [name, how, unit, text] = [line.name, line.how, line.unit, value === null ? line.none : line.text].map((words) => filled(words, within, formats));
    return { ...line.carries, name, how, value, unit, text, ...(line.screen && { screen: true }) };
  }));
}

/** The names that the templates of a lab may use. */
export const scopeOf = ({ more }, result, values, lab) => ({ ...result, ...more(result, values, lab), in: values });

/** What gives the lines of a lab: (result, values, lab) → lines. A model has them itself, or sum.mjs beside it has what their templates need more: `formats`, and `more(result, values, lab)`. */
export async function linesOf({ lines }, base) {
  if (lines) return lines;
  const own = await import(new URL('sum.mjs', base));
  return (result, values, lab) => sumOf(lab.lines, scopeOf(own, result, values, lab), own.formats);
}

/** Gives a lab's page the lines of its sum. */
export async function summed(page) {
  page.lines ??= await linesOf(page.model, page.base);
}

const row = (name, how, text) => make('tr', {}, make('th', { scope: 'row' }, name), make('td', {}, how), make('td', {}, text));

/** Writes the sum into its fold if there is an answer. */
export async function open(page) {
  await summed(page);
  if (page.stale) return;
  if (!page.sums) {
    page.sums = make('tbody');
    page.sum.append(make('table', { class: 'fg-labs__lines' }, make('thead', {}, make('tr', {}, ...['Line', 'Calculation', 'Amount'].map((word) => make('th', { scope: 'col' }, word)))), page.sums));
  }
  page.sums.replaceChildren(...page.lines(page.result, page.values, page.lab).map(({ name, how, text }) => row(name, how, text)));
}
