// The state of a lab without a page: the values of inputs, and the numbers that a record fills in. Pure.

export const inputsOf = (lab) => lab.groups.flatMap(({ inputs }) => inputs);

/** A number rounded to the digits that an address stores, so that it is the same when read back. */
export const tidy = (number) => Number(number.toPrecision(12));

/** The data of a lab, with its numbers rounded. */
export const read = (text) => JSON.parse(text, (_, value) => (typeof value === 'number' ? tidy(value) : value));

/** The record or choice that is selected in an input. */
export const chosenOf = (input, values) => (input.rows ?? input.options)?.find(({ id }) => id === values[input.id]);

const rowOf = (input, values) => (input.rows ? chosenOf(input, values) : undefined);

/** Values with some of them changed: a selected record fills in its numbers, but numbers in `given` win. */
export function change(lab, values, given) {
  const filled = inputsOf(lab).filter(({ id }) => id in given).map((input) => rowOf(input, given)?.values);
  return Object.assign({ ...values }, ...filled, given);
}

export const defaults = (lab) => Object.fromEntries(inputsOf(lab).map((input) => [input.id, input.default]));

/** The values of a ready-made case: its own, the rest at their defaults. */
export const preset = (lab, { values }) => change(lab, defaults(lab), values);

export const same = (one, other) => Object.keys(one).every((id) => one[id] === other[id]);

/** {origin, number} of the record behind a number input: the selected one, else that of its default; nothing if there is none. */
export function recordOf(lab, values, input) {
  const row = inputsOf(lab).map((other) => rowOf(other, values)).find((found) => found?.origins && input.id in found.origins);
  const key = row ? row.origins[input.id] : input.origin;
  return key && { ...lab.origins[key], number: row ? row.values[input.id] : input.default };
}

/** The selected row that would fill in a number, but has no record of it. */
export const lackOf = (lab, values, input) => inputsOf(lab).map((other) => rowOf(other, values)).find((row) => row?.lacks?.includes(input.id));
