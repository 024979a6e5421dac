// How uneven use is: a lognormal in which the heaviest tenth of users does a given share of everything. The formulas are those of
// fieldguide/records/formulas/spread.py, whose names stand in parentheses; shares are percent.

const NINETY = 1.6448536269514722; // of a normal distribution, 90% lies within this many standard deviations

const density = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The normal distribution up to x, by its series around 0. */
export function normal(x) {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let term = x;
  let made = x;
  for (let at = 3; Math.abs(term) > 1e-17 && at < 400; at += 2) made += term *= (x * x) / at;
  return 0.5 + made * density(x);
}

/** Where it reaches p, by Newton's method from 0, which never overshoots. */
function quantile(p) {
  let x = 0;
  for (let step = 1, turn = 0; Math.abs(step) > 1e-15 && turn < 60; turn += 1) x += step = (p - normal(x)) / density(x);
  return x;
}

const TENTH = quantile(0.1);

/** The spread, in natural logs, that gives the heaviest tenth this share (lognormal_spread). */
export const spreadOf = (share) => quantile(share / 100) - TENTH;

/** The share of users above a level (lognormal_above). */
export function above(level, mean, spread) {
  if (level <= 0 || mean <= 0) return mean > 0 ? 100 : 0;
  if (spread < 1e-6) return mean > level ? 100 : 0;
  return 100 * normal((Math.log(mean / level) - (spread * spread) / 2) / spread);
}

/** What an average user does beyond a level (lognormal_excess). */
export function excess(level, mean, spread) {
  if (level <= 0 || mean <= 0) return Math.max(0, mean);
  if (spread < 1e-6) return Math.max(0, mean - level);
  const at = Math.log(mean / level) / spread;
  return Math.max(0, mean * normal(at + spread / 2) - level * normal(at - spread / 2));
}

/** The same for an average user of the heaviest tenth (lognormal_tenth_excess). */
export function topExcess(level, mean, spread) {
  const least = mean * Math.exp(-(spread * spread) / 2 - TENTH * spread); // of the heaviest tenth
  return level <= least ? 10 * mean * normal(spread + TENTH) - Math.max(0, level) : 10 * excess(level, mean, spread);
}

/** The factor by which a true average may lie above or below one that was measured on so many users, in 90 of 100 cases (mean_reach). */
export const reach = (spread, users) => Math.exp(NINETY * Math.sqrt(Math.log1p(Math.expm1(spread * spread) / users)));
