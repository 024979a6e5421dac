// The state of a lab without a page: the values of inputs, and the numbers that a record fills in. Pure.

export const inputsOf = (lab) => lab.groups.flatMap(({ inputs }) => inputs);

/** A number rounded to the digits that an address stores, so that it is the same when read back. */
export const tidy = (number) => Number(number.toPrecision(12));

/** The data of a lab, with its numbers rounded. */
export const read = (text) => JSON.parse(text, (_, value) => (typeof value === 'number' ? tidy(value) : value));

/** The record or choice that is selected in an input. */
export const chosenOf = (input, values) => (input.rows ?? input.options)?.find(({ id }) => id === values[input.id]);

const rowOf = (input, values) => (input.rows ? chosenOf(input, values) : undefined);

/** Values with some of them changed: a selected record fills in its numbers, but numbers in `given` win; a number that follows another changes with it while the two are equal. */
export function change(lab, values, given) {
  const all = inputsOf(lab);
  const next = Object.assign({}, ...all.filter(({ id }) => id in given).map((input) => rowOf(input, given)?.values), given);
  const led = all.filter(({ id, follows }) => follows in next && !(id in next) && values[id] === values[follows]);
  return { ...values, ...Object.fromEntries(led.map(({ id, follows }) => [id, next[follows]])), ...next };
}

export const defaults = (lab) => Object.fromEntries(inputsOf(lab).map((input) => [input.id, input.default]));

/** The values of a ready-made case: its own, the rest at their defaults. */
export const preset = (lab, { values }) => change(lab, defaults(lab), values);

export const same = (one, other) => Object.keys(one).every((id) => one[id] === other[id]);

const chosenRows = (lab, values) => inputsOf(lab).map((input) => rowOf(input, values)).filter(Boolean);

/** Whether a row has a value for an input, from a record if it is a record. */
export const fills = (row, id) => id in row.values && !row.lacks?.includes(id);

/** The selected row that an input's value comes from: the one with its record, else one that sets it. */
function fillerOf(lab, values, { id }) {
  const rows = chosenRows(lab, values);
  return rows.find(({ origins }) => origins && id in origins) ?? rows.find((row) => fills(row, id));
}

/** {origin, number} of the record behind a number input: the selected one, else that of its default; nothing if there is none. */
export function recordOf(lab, values, input) {
  const row = fillerOf(lab, values, input);
  const key = row ? row.origins?.[input.id] : input.origin;
  return key && { ...lab.origins[key], number: row ? row.values[input.id] : input.default };
}

/** The value that an input has until somebody changes it: that of the selected row, or the default. */
export const restOf = (lab, values, input) => fillerOf(lab, values, input)?.values[input.id] ?? input.default;

/** The selected row that would set an input, but has no value for it. */
export const lackOf = (lab, values, input) => (fillerOf(lab, values, input) ? undefined : chosenRows(lab, values).find(({ lacks }) => lacks?.includes(input.id)));

/**
 * Where the selected row has no value for an input, and the input has the value that came with another row: {row, of}, the selected row and the other.
 * A record whose numbers somebody has changed is no longer such a value.
 */
export function leftOf(lab, values, input) {
  const row = lackOf(lab, values, input);
  if (!row || input.id in row.values) return undefined;
  if (Object.entries(rowOf(input, values)?.values ?? {}).some(([id, value]) => values[id] !== value)) return undefined;
  const { rows, default: first } = inputsOf(lab).find((other) => rowOf(other, values) === row);
  const equal = rows.filter((one) => one.values[input.id] === values[input.id]);
  const of = equal.find(({ id }) => id === first) ?? equal[0];
  return of && { row, of };
}

/** The numbers and choices that the record selected in a picker sets, and that somebody has changed since. */
export function changedOf(lab, values, picker) {
  const row = rowOf(picker, values);
  const others = chosenRows(lab, values).filter((other) => other !== row);
  return row ? inputsOf(lab).filter(({ id, kind }) => kind !== 'pick' && id in row.values && row.values[id] !== values[id] && !others.some((other) => other.values[id] === values[id])) : [];
}
