// The origin of each number of one request: a record, an estimate or assumption, or the reader; and notes on numbers that were measured or
// priced for something else.

import { chosenOf, inputsOf } from '../../assets/js/lab/state.mjs';
import { dated, percent } from '../../assets/js/lab/words.mjs';
import { isOtherModelsPrice } from './model.mjs';

const PRICES = ['input_price', 'output_price'];
const REACHED = ['reading', 'writing'];
const MEASURED = ['model', 'bits', 'cache_bits', 'reserve', 'chips', 'memory', 'bandwidth', 'rate8', 'users', 'context', 'answer'];

const inputs = (lab) => Object.fromEntries(inputsOf(lab).map((input) => [input.id, input]));
/** Whether anything differs from the setup in which the share of the bound was measured, which is that of the example. */
const differsFromMeasured = (v, known) => MEASURED.some((id) => v[id] !== known[id].default);
const sells = (price, model) => price.name.startsWith(model.name);

/** For each input, `ring` for an estimate or assumption, `yours` for the reader's own number, '' for a record's. */
export function standing(v, lab) {
  const known = inputs(lab);
  const rows = Object.values(known).filter((input) => input.rows).map((input) => chosenOf(input, v)).filter(Boolean);
  const one = ({ id, origin, default: first }) => {
    if (rows.some(({ lacks }) => lacks?.includes(id))) return !v[id] ? '' : known.offer.rows.some(({ values }) => values[id] === v[id]) ? 'ring' : 'yours'; // one that came with another accelerator stays
    const filled = rows.filter(({ values }) => id in values);
    const row = filled.find(({ origins }) => id in origins) ?? filled[0];
    const from = row ? row.origins[id] : origin;
    if (v[id] !== (row ? row.values[id] : first)) return 'yours';
    return (from ? lab.origins[from].soft : !row) ? 'ring' : '';
  };
  const found = Object.fromEntries(Object.values(known).filter(({ kind }) => kind === 'number').map((input) => [input.id, one(input)]));
  if (isOtherModelsPrice(v, lab)) for (const id of PRICES) found[id] = 'ring';
  if (differsFromMeasured(v, known)) for (const id of REACHED) found[id] ||= 'ring';
  return { ...found, each: found[v.bits === 'eight' ? 'rate8' : 'rate16'] };
}

/** For each line, the name of its result, whether it depends on an estimate or assumption, and whether it shows a number of the reader's. */
export function marks(lines, v, lab) {
  const found = standing(v, lab);
  return lines.map(({ gives, on, own }) => [gives, on.some((id) => found[id] === 'ring'), own.some((id) => found[id] === 'yours')]);
}

/** {step: note on its numbers}: where the share of the bound was measured, and whose list price it is. */
export function notes(v, lab) {
  const known = inputs(lab);
  const price = priceOf(v, lab, known);
  const found = { price, ...(isOtherModelsPrice(v, lab) && { seat: price, dollar: price }) };
  const row = chosenOf(known.model, v);
  if (row && REACHED.every((id) => row.values[id] === v[id]) && differsFromMeasured(v, known)) found.batch = found.rent = efficiencies(v);
  return found;
}

function efficiencies(v) {
  const from = v.chosen < v.experts ? 'DeepSeek’s account of a day in February 2025' : 'NVIDIA’s test of Llama 3.3 70B on two H100s, with prompts of 5,000 tokens and answers of 500';
  return `We calculated these efficiencies, ${percent(v.reading)} of the theoretical maximum in prefill and ${percent(v.writing)} in decode, from ${from}. Here they are an assumption.`;
}

function priceOf(v, lab, { api, model }) {
  const [price, picked] = [chosenOf(api, v), chosenOf(model, v)];
  if (PRICES.some((id) => price.values[id] !== v[id])) return 'You entered this price yourself.';
  const whose = (name) => `${name}, sold by ${price.note}, on ${dated(lab.origins[price.origins[PRICES[0]]].as_of)}`;
  if (sells(price, picked)) return `This was the list price of ${whose(picked.name)}.`; // without the host’s name for its version of the model
  if (api.rows.some((row) => sells(row, picked))) return `This was the price of a different model, ${whose(price.name)}. Here it is an assumption.`;
  return `We have no list price for ${picked.name}. This was the price of ${whose(price.name)}, and here it is an assumption.`;
}
