// The table of records behind the dollar, after a reader has changed the example: the record of each number, or that it has none.

import { make } from '../../assets/js/lab/elements.mjs';
import { spoken } from '../../assets/js/lab/numbers.mjs';
import { chosenOf, inputsOf, lackOf, recordOf } from '../../assets/js/lab/state.mjs';
import { dated, digits, money } from '../../assets/js/lab/words.mjs';
import { standing } from './marks.mjs';
import { isOtherModelsPrice } from './model.mjs';

const ROWS = ['seat', 'parameters', 'input_price', 'rent', 'running', 'wear', 'margin']; // in the order of the page's table
const SOLD = ['input_price', 'rent']; // rows that name the seller
const PAIRS = { input_price: ['input_price', 'output_price'] };

/** The value of an input, in the table's words. */
function amountOf({ id, unit }, values) {
  if (id === 'input_price') {
    const [read, written] = PAIRS[id].map((one) => money(values[one]));
    return read === written ? `${read} per million tokens` : `${read} for input and ${written} for output, per million tokens`;
  }
  if (id === 'margin') return `${digits(values[id], 3)}%`;
  return id === 'parameters' ? spoken(Number(values[id].toPrecision(4)), id) : `${money(values[id])}${unit.slice(1)}`;
}

const ringed = (mark) => ({ 'data-mark': mark === 'ring' && 'ring' });

export class Records {
  constructor(table, { lab, home }) {
    const inputs = inputsOf(lab);
    Object.assign(this, { lab, site: new URL('../../', home), first: Object.fromEntries(inputs.map((input) => [input.id, input.default])) });
    this.rows = ROWS.map((id, at) => {
      const [, ...cells] = table.tBodies[0].rows[at].cells;
      return { id, input: inputs.find((one) => one.id === id), pick: inputs.filter(({ sets }) => sets?.includes(id)).at(-1), cells, own: cells.map((cell) => [...cell.childNodes]) };
    });
  }

  /** Updates the table; unchanged rows are shown as the page had them. */
  show(values) {
    const { lab, first } = this;
    const [other, marks] = [isOtherModelsPrice(values, lab), standing(values, lab)];
    for (const { id, input, pick, cells, own } of this.rows) {
      const ids = PAIRS[id] ?? [id];
      const as = [...ids, ...(pick ? [pick.id] : [])].every((one) => values[one] === first[one]);
      const mark = ['yours', ...(other && ids.length > 1 ? [] : ['ring'])].find((one) => ids.some((name) => marks[name] === one)); // the price of another model is named after it
      const found = as ? own : this.#found(input, pick, values, mark);
      const more = id === 'parameters' && !as ? '; no one is paid for its weights' : id === 'input_price' && other ? make('span', ringed('ring'), ' (another model’s price, so an assumption here)') : '';
      found.forEach((content, at) => cells[at].replaceChildren(...content, ...(at ? [] : [more])));
    }
  }

  #found(input, pick, values, mark) {
    const { lab, site } = this;
    const { id } = input;
    const [row, record, amount] = [pick && chosenOf(pick, values), recordOf(lab, values, input), amountOf(input, values)];
    const lack = lackOf(lab, values, input);
    if (lack && mark !== 'yours') return [[`${row.name}: no record`, values[id] ? make('span', ringed(mark), `; the calculation assumes ${amount}`) : ''], ['']];
    if (lack || !record || mark === 'yours') return [[`your number, ${amount}`], ['']];
    const name = id === 'margin' ? 'its gross margin, ' : row && `${[row.name, SOLD.includes(id) && row.note].filter(Boolean).join(', ')}: `;
    return [[name ?? '', make('a', { href: new URL(record.href, site), ...ringed(mark) }, amount), `, ${record.source}`], [record.as_of ? dated(record.as_of) : 'computed']];
  }
}
