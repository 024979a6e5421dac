// What a page says of a value that was set for one choice and stays when another is picked, which has no value for it.

import { make } from './elements.mjs';
import { chosenOf, inputsOf, leftOf, restOf } from './state.mjs';
import { brief, spoken } from './numbers.mjs';

/** Names in quotation marks, at most five of them: “Rent” and “Memory”; “Rent”, “Memory” and 7 more. */
export function named(inputs, more = () => '') {
  const words = inputs.map((input) => `“${input.label}”${more(input)}`);
  const shown = words.length > 5 ? [...words.slice(0, 2), `${words.length - 2} more`] : words;
  return [shown.slice(0, -1).join(', '), shown.at(-1)].filter(Boolean).join(' and ');
}

/** The value of an input in words, with the digits that its field shows: “$2.69 per GPU-hour”, “Llama 3.3 70B, Together AI”. */
export function valueOf(lab, values, input) {
  const value = values[input.id];
  if (input.kind === 'number') return spoken(brief(value, value === restOf(lab, values, input) || Boolean(leftOf(lab, values, input))), input.unit);
  const { name, note } = chosenOf(input, values) ?? {};
  return [name, note].filter(Boolean).join(', ');
}

/** The line below a field whose value belongs to another row: {row, of} as words. */
export const belongs = ({ row, of }) => make('span', { class: 'fg-labs__due' }, `This is the value for ${of.name}. We have no record for ${row.name}.`);

/** The sentences below the answer about such values; empty if there are none. */
export function caution(lab, values) {
  const groups = new Map();
  for (const input of inputsOf(lab)) {
    const left = leftOf(lab, values, input);
    if (left) {
      const key = `${left.row.name}|${left.of.name}`;
      groups.set(key, { ...left, inputs: [...(groups.get(key)?.inputs ?? []), input] });
    }
  }
  return [...groups.values()].map(({ row, of, inputs }) => `${named(inputs, (input) => ` (${valueOf(lab, values, input)})`)} ${inputs.length > 1 ? 'are the values' : 'is the value'} for ${of.name}, because we have no record for ${row.name}.`).join(' ');
}
