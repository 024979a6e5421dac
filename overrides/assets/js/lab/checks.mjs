// Published measurements of what a lab computes: beside its own results, as a band around an answer, and as marks in a chart. Pure.

import { preset } from './state.mjs';

const found = new WeakMap();

/** Each measurement with what `work` computes for it: {id, name, here, measured, origin, group, fit}; `here` is null if there is no result. */
export function checksOf(lab, work) {
  if (!found.has(lab)) {
    found.set(lab, (lab.checks ?? []).map(({ values, result, fit = false, ...one }) => ({ ...one, fit, here: work(preset(lab, { values }), lab)[result] ?? null })));
  }
  return found.get(lab);
}

/** [lowest, highest] measurement of a group, each divided by what the lab computes; what the lab was calibrated with is left out. */
export function bandOf(lab, work, group) {
  const ratios = checksOf(lab, work).filter((one) => one.group === group && !one.fit).map(({ here, measured }) => measured / here);
  return ratios.length ? [Math.min(...ratios), Math.max(...ratios)] : [1, 1];
}

/** The measurements of one result along one input, if the others of these `inputs` have their current values: [value of that input, measurement], in order. */
export function measuredAlong(lab, values, along, inputs, result) {
  return (lab.checks ?? []).filter((one) => one.result === result).map((one) => [preset(lab, one), one.measured])
    .filter(([given]) => inputs.every((id) => given[id] === values[id])).map(([given, measured]) => [given[along], measured]).toSorted(([one], [other]) => one - other);
}
