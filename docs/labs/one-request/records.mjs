// The table of records behind the dollar, once a reader has put in other things than the example's: which record each number is from, or that it has none.

import { make } from '../../assets/js/lab/elements.mjs';
import { dated } from '../../assets/js/lab/fields.mjs';
import { spoken } from '../../assets/js/lab/numbers.mjs';
import { chosenOf, inputsOf, lackOf, recordOf } from '../../assets/js/lab/state.mjs';
import { ofAnother } from './model.mjs';

const ROWS = ['seat', 'parameters', 'input_price', 'rent', 'running', 'wear', 'margin']; // as the page's table has them
const SOLD = ['input_price', 'rent']; // by somebody, who is named

export class Records {
  constructor(table, { lab, home }) {
    const inputs = inputsOf(lab);
    Object.assign(this, { lab, site: new URL('../../', home) });
    this.rows = ROWS.map((id, at) => {
      const [, ...cells] = table.tBodies[0].rows[at].cells;
      return { id, input: inputs.find((one) => one.id === id), pick: inputs.find(({ sets }) => sets?.includes(id)), cells, own: cells.map((cell) => [...cell.childNodes]) };
    });
  }

  /** Follows what is put in; what the example has is shown as the page had it. */
  show(values) {
    const other = ofAnother(values, this.lab);
    for (const { id, input, pick, cells, own } of this.rows) {
      const as = values[id] === input.default && (!pick || values[pick.id] === pick.default);
      const found = as ? own : this.#found(input, pick, values);
      const more = id === 'parameters' && !as ? '; nobody is paid for its weights' : id === 'input_price' && other ? make('span', { 'data-mark': 'ring' }, '; the price of another model, an assumption here') : '';
      found.forEach((content, at) => cells[at].replaceChildren(...content, ...(at ? [] : [more])));
    }
  }

  #found(input, pick, values) {
    const { lab, site } = this;
    const [value, row, record] = [values[input.id], pick && chosenOf(pick, values), recordOf(lab, values, input)];
    const amount = spoken(Number(value.toPrecision(4)), input.id === 'parameters' ? 'parameters' : input.unit);
    if (lackOf(lab, values, input)) return [[`${row.name}: no record${value ? `; ${amount} stands in the sum` : ''}`], ['']];
    if (!record || record.number !== value) return [[`your number, ${amount}`], ['']];
    const name = row && `${[row.name, SOLD.includes(input.id) && row.note].filter(Boolean).join(', ')}: `;
    return [[name ?? '', make('a', { href: new URL(record.href, site) }, amount), `, ${record.source}`], [record.as_of ? dated(record.as_of) : 'computed']];
  }
}
