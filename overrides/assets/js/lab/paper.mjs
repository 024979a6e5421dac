// A lab on paper and in a spreadsheet; fetched when a reader asks for either.

import { cell } from './cell.mjs';
import { chart } from './charts.mjs';
import { casesOf, changes } from './compare.mjs';
import { div, line, make } from './elements.mjs';
import { caution, valueOf } from './caution.mjs';
import { changedOf, chosenOf, inputsOf, lackOf, leftOf, recordOf, restOf } from './state.mjs';
import { dated } from './words.mjs';

const OWN = 'own number';
const today = () => new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });

/** Each input as {name, value, unit, text, mark, source, date, origin}, in order. Instead of a source, `source` may say that the number is the reader's own, or what it belongs to; `mark` says so briefly. */
function given(lab, values) {
  return inputsOf(lab).map((input) => {
    const value = values[input.id];
    const [lack, left] = [lackOf(lab, values, input), leftOf(lab, values, input)];
    const said = { name: input.label, text: valueOf(lab, values, input) };
    const none = left ? `value for ${left.of.name}; no record for ${lack.name}` : '';
    if (input.kind !== 'number') {
      const { name: text = '', note = '' } = chosenOf(input, values) ?? {};
      const changed = input.kind === 'pick' ? changedOf(lab, values, input).map(({ label }) => label).join('; ') : '';
      return { ...said, value: text, unit: '', source: '', date: '', mark: left ? `for ${left.of.name}` : changed && `changed: ${changed}`, note: [note, none, changed && `changed: ${changed}`].filter(Boolean).join('; ') };
    }
    const record = recordOf(lab, values, input);
    const own = !left && restOf(lab, values, input) !== value;
    const origin = record?.number === value && !left ? record : null;
    const source = none || (lack ? `${value ? 'own number; ' : ''}no record for ${lack.name}` : own ? OWN : origin?.source ?? '');
    return { ...said, value, unit: input.unit, mark: left ? `for ${left.of.name}` : own ? 'entered' : '', source, date: origin?.as_of ?? '', origin };
  });
}

/** The inputs that have an effect on the answer. */
const counted = (lab, values) => given(lab, values).filter((_, at) => !(inputsOf(lab)[at].idle ?? []).some(([id, value]) => values[id] === value));

/** A number for a file: whole numbers that somebody entered are unchanged, others have six digits. */
const short = (value, put) => (typeof value !== 'number' || (put && Number.isInteger(value)) ? value : Number(value.toPrecision(6)));

/** The whole calculation as CSV, of one scenario or two. */
function csv(page) {
  const { lab, model, address, lines: sum } = page;
  const rows = [['Scenario', 'Part', 'Name', 'As shown', 'Value', 'Unit', 'Calculation or source', 'Date (YYYY-MM-DD)']];
  for (const { name, values, result } of casesOf(page)) {
    for (const one of given(lab, values)) rows.push([name, 'input', one.name, one.text, short(one.value, true), one.unit, one.note ?? one.source, one.date]);
    for (const one of sum(result, values, lab)) rows.push([name, 'line', one.name, one.text, short(one.value), one.unit, one.how, '']);
    rows.push([name, 'answer', lab.name, [model.sentence(result, values, lab), caution(lab, values)].filter(Boolean).join(' '), '', '', '', '']);
  }
  rows.push(['', 'made', today(), '', '', '', address, new Date().toISOString().slice(0, 10)]);
  return rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

/** Downloads it as a file. */
export function save(page) {
  const link = make('a', { href: URL.createObjectURL(new Blob([`\ufeff${csv(page)}`], { type: 'text/csv' })), download: `${page.lab.slug}.csv` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

const marked = ({ text, mark }) => (mark ? `${text} (${mark})` : text);

const rows = (list) => make('table', {}, make('tbody', {}, ...list.map(([name, ...cells]) => make('tr', {}, make('th', { scope: 'row' }, name), ...cells.map((words) => make('td', {}, words))))));

/** The most lines of inputs and sum that leave a page room for a readable chart. */
const MOST = 66;

/** The single page that a lab's page prints as; none while a number is wrong. */
export function paper(page) {
  const { lab, model, view, state } = page;
  view.querySelector('.fg-labs__paper')?.remove();
  if (page.stale) return;
  const one = casesOf(page)[state.second ? 1 : 0];
  const sum = page.lines(one.result, one.values, lab).filter(({ screen }) => !screen);
  const [first] = counted(lab, one.values).length + sum.length <= MOST ? model.charts(one.result, one.values, lab) : [];
  const picture = first && make('figure', {}, make('figcaption', {}, first.title), ...chart(first.scene, 310, first.title));
  view.append(sheet(lab, model, one, { sum, address: page.address, readings: page.readings.cloneNode(true), apart: state.b && changes(lab, state.a, state.b), picture }));
}

const titleOf = (lab, name) => (name ? `${lab.name} Scenario ${name}` : lab.name);

const FIRST = 3; // groups of inputs that a page lists at its top; from the others, it lists only the reader's own numbers

const said = (name, words) => make('p', {}, make('b', {}, `${name}.`), ` ${words}`);

/** What stands on paper above and below the parts of a view with its own: what was asked, when, and of which sources. */
export function around(page) {
  const { lab, state, base } = page;
  const { name, values } = casesOf(page)[state.second ? 1 : 0];
  const inputs = given(lab, values);
  const top = lab.groups.slice(0, FIRST).flatMap((group) => group.inputs).length;
  const site = new URL('../../', base);
  const sources = new Map(inputs.filter(({ origin }) => origin).map(({ source, date, origin }) => [date ? `${source}, ${dated(date)}` : source, origin.href]));
  const put = inputs.filter(({ source }, at) => at < top || source === OWN).map((one) => `${one.name}: ${one.text.split(';')[0]}${one.mark ? ` (${one.mark})` : ''}`);
  return [
    div('around', line('papertitle', titleOf(lab, name)), make('p', {}, `Made ${today()} with the numbers on the page.`), said('Inputs', `${put.join('; ')}.`)),
    div('around', said('Sources', `${[...sources].map(([words, href]) => `${words} (${href})`).join('; ')}; each address is relative to ${site.href}`), said('These numbers', page.address)),
  ];
}

/** One page: answer, readings, inputs, the sum with its numbers, the first chart where there is room, sources, address. */
function sheet(lab, model, { name, values, result }, { sum, address, readings, apart, picture }) {
  const inputs = counted(lab, values);
  const warned = caution(lab, values);
  const sources = [...new Set(inputs.filter(({ origin }) => origin).map(({ source, date }) => (date ? `${source}, ${dated(date)}` : source)))];
  return div('paper', line('papertitle', titleOf(lab, name)), line('answer', model.sentence(result, values, lab)), warned && line('caution', warned), readings, apart && line('note', apart), model.details && make('p', {}, model.details(result, values, lab).join(' ')),
    div('papercolumns',
      line('paperhead', 'Inputs'), rows(inputs.map((one) => [one.name, marked(one)])),
      line('paperhead', 'Calculation'), rows(sum.map((one) => [make('span', {}, one.name, ' ', make('small', {}, one.how)), one.text])),
      picture, sources.length > 0 && line('paperfoot', make('b', {}, 'Sources. '), `${sources.join('; ')}.`)),
    line('paperfoot', `Made ${today()} with numbers entered by a reader. ${address}`));
}
