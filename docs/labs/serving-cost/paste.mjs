// The place to paste a model's config.json; fetched when a reader opens it. What is pasted is read here and goes nowhere.

import { make, press } from '../../assets/js/lab/elements.mjs';
import { inputsOf } from '../../assets/js/lab/state.mjs';
import { count } from '../../assets/js/lab/words.mjs';
import { modelOf } from './config.mjs';

const LABEL = 'The model’s config.json';

/** What is wrong with one of these values for an input of the lab, in words. */
function misfit(lab, values) {
  const input = inputsOf(lab).find(({ id, kind, low, high }) => id in values && kind === 'number' && !(values[id] >= low && values[id] <= high));
  return input && `“${input.label}” would be ${values[input.id]}, which this lab cannot use.`;
}

/** Efficiencies of a model of this kind: those of the lab's own models. */
function efficiencies(lab, { experts }) {
  const { rows } = inputsOf(lab).find(({ id }) => id === 'model');
  const { reading, writing } = rows.find(({ values }) => values.experts > 1 === experts > 1).values;
  return { reading, writing };
}

/** Puts a text field, a button and a place for messages into the opened fold. */
export function open(fold, page) {
  const text = make('textarea', { rows: 4, spellcheck: 'false', autocomplete: 'off', 'aria-label': LABEL, placeholder: '{ "hidden_size": 4096, … }' });
  const said = make('p', { class: 'fg-labs__source', role: 'status' });
  const take = () => {
    const { values, error } = modelOf(text.value);
    const wrong = error ?? misfit(page.lab, values);
    text.setAttribute('aria-invalid', String(Boolean(wrong)));
    said.textContent = wrong ?? `${count(values.parameters)} parameters, ${count(values.active)} of them for each token. The price stays that of the model above until you enter another.`;
    if (!wrong) page.put({ ...values, ...efficiencies(page.lab, values) });
  };
  text.addEventListener('paste', () => setTimeout(take));
  fold.append(make('p', { class: 'fg-labs__note' }, 'Paste the file config.json from the model’s page on the Hugging Face Hub. It is read on this page and sent nowhere.'), text, press('Use this model', take), said);
  text.focus();
}
