// The share of their peak that chips reached in disclosed runs, for every lab that says what a run costs.

/** Active parameters from which a model is large: no disclosed run lies between 17 and 32 billion. */
export const LARGE = 20e9;
/** TFLOP/s in 16 bits from which a chip is compared with the H100, not with the A100: midway between the two on a logarithmic scale. */
const NEWER = 555;

/** The table of disclosed runs that a run is compared with. */
const groupOf = (v) => (v.precision === 'fp8' ? 'eight' : v.peak16 < NEWER ? 'older' : v.active < LARGE ? 'small' : 'large');

/** The lowest, middle and highest share of peak among disclosed runs, each [share, parameters, tokens, hours]; a small model may be as fast as NVIDIA's benchmark of one. */
export function spread(runs, benchmark) {
  const shares = runs.map(([share]) => share).toSorted((one, other) => one - other);
  const half = (shares.length - 1) / 2;
  return { low: shares[0], middle: (shares[Math.floor(half)] + shares[Math.ceil(half)]) / 2, high: Math.max(shares.at(-1), benchmark) };
}

/** What runs like this one reached; if it is itself disclosed, also what the others reached and the hours that its maker reported. */
export function reached(v, { tables }) {
  const group = groupOf(v);
  const runs = Object.values(tables[group]);
  const benchmark = v.active < LARGE ? { small: tables.benchmark.sixteen, eight: tables.benchmark.eight }[group] ?? 0 : 0;
  const [own, others] = [true, false].map((same) => runs.filter(([, active, tokens]) => (v.active === active && v.tokens === tokens) === same));
  return { group, benchmark, number: runs.length, ...spread(runs, benchmark), reported: own[0]?.[3] ?? null, others: own.length && others.length ? spread(others, benchmark) : null };
}

/** Rounds to two digits, or to three below 2, so that no step is larger than 5%. */
export const rough = (value) => Number(value.toExponential(Math.abs(value).toExponential()[0] === '1' ? 2 : 1));
