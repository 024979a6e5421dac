// The state of a lab without a page: what may be put in, and what a record fills. Pure.

export const inputsOf = (lab) => lab.groups.flatMap(({ inputs }) => inputs);

/** A number with the digits that an address keeps, so that it comes back the same. */
export const tidy = (number) => Number(number.toPrecision(12));

/** The file of a lab, its numbers tidied. */
export const read = (text) => JSON.parse(text, (_, value) => (typeof value === 'number' ? tidy(value) : value));

/** The record or choice that an input has. */
export const chosenOf = (input, values) => (input.rows ?? input.options)?.find(({ id }) => id === values[input.id]);

const rowOf = (input, values) => (input.rows ? chosenOf(input, values) : undefined);

/** Values with some of them changed: a record that is picked fills its numbers, and numbers that are given win. */
export function change(lab, values, given) {
  const filled = inputsOf(lab).filter(({ id }) => id in given).map((input) => rowOf(input, given)?.values);
  return Object.assign({ ...values }, ...filled, given);
}

export const defaults = (lab) => Object.fromEntries(inputsOf(lab).map((input) => [input.id, input.default]));

/** A ready-made case: what it sets, the rest at its defaults. */
export const preset = (lab, { values }) => change(lab, defaults(lab), values);

export const same = (one, other) => Object.keys(one).every((id) => one[id] === other[id]);

/** {origin, number} of the record behind a number input: of what is picked, else of its default. Nothing where there is none. */
export function recordOf(lab, values, input) {
  const row = inputsOf(lab).map((other) => rowOf(other, values)).find((found) => found?.origins && input.id in found.origins);
  const key = row ? row.origins[input.id] : input.origin;
  return key && { ...lab.origins[key], number: row ? row.values[input.id] : input.default };
}

/** The row that is picked and would fill a number, but has no record of it. */
export const lackOf = (lab, values, input) => inputsOf(lab).map((other) => rowOf(other, values)).find((row) => row?.lacks?.includes(input.id));
