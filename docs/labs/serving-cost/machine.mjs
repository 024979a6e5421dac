// How much of a model a machine holds, and how fast it serves it. `v` are the inputs,
// `r` is the result; names after an arrow are formulas of fieldguide/records/formulas/. Pure: the labs on serving and on one request share it.

export const BITS = { sixteen: 16, eight: 8, four: 4 };

const hold = (size, memory) => Math.ceil(size / memory - 1e-9); // → chips_to_hold
/** TFLOP/s and TB/s of the machine. */
export const limits = (v) => [v.chips * (v.bits === 'eight' ? v.rate8 : v.rate16), v.chips * v.bandwidth];

/** GB of weights that a pass reads for this many tokens → read_parameters, memory_bytes. */
export function read(v, tokens) {
  const share = v.chosen / v.experts;
  const left = share < 1 ? Math.min(v.parameters, Math.max(0, (v.parameters - v.active) / (1 - share))) * (1 - share) ** tokens : 0;
  return (v.parameters - left) * BITS[v.bits] / 8 / 1e9;
}

/** Tokens of a prompt that the model reads: those that no cache holds, and at least the last. */
export const fresh = (v) => Math.max(1, v.prompt * (1 - v.cached / 100));
/** ms of reading for each of this many users, whose prompts are read in one pass → prefill_shared. */
const shareOf = (v, users, prefill) => Math.max(prefill, read(v, users * fresh(v)) / limits(v)[1] / users);
/** Answer tokens per second that this many users get together; `prefill` is the time for the arithmetic of one prompt → tokens_in_turns. */
export const reached = (v, users, prefill, step) => users * v.answer / (users * shareOf(v, users, prefill) / v.reading + v.answer * step / v.writing) * 10;

/** ms for a token of each user → decode_step. */
export function stepOf(v, users, middle) {
  const [rate, bandwidth] = limits(v);
  return users * middle / bandwidth + Math.max(2 * v.active * users / (rate * 1e12) * 1000, read(v, users) / bandwidth);
}

/** The GB of weights and caches, and the number of users whose caches fit. */
export function memoryOf(v) {
  const weights = v.parameters * BITS[v.bits] / 8 / 1e9;
  const token = v.vectors * v.layers * v.kv_heads * v.head_size * (BITS[v.cache_bits] / 8); // → kv_cache_bytes, latent_cache_bytes
  const cache = token * (v.prompt + v.answer) / 1e9;
  const each = v.memory * (1 - v.reserve / 100);
  const usable = v.chips * each;
  const seats = Math.max(0, (usable - weights) / cache);
  return {
    weights, token, cache, usable, seats, places: Math.floor(seats + 0.5), least: hold(weights, each), one: hold(weights + cache / 2, each), needed: hold(weights + (v.users - 0.5) * cache, each),
  };
}

/** Adds to `r` the bounds of reading and writing, and the part of them that is reached or was measured: in ms (`first` in seconds) and tokens a second. `wait` are the ms before a prompt is read. */
export function speedOf(v, r, wait = 0) {
  const [rate, bandwidth] = limits(v);
  const measured = v.speed === 'measured';
  r.users = Math.min(v.users, r.places);
  r.prefill = 2 * v.active * fresh(v) / (rate * 1e12) * 1000; // → prefill_time
  r.pass = shareOf(v, r.users, r.prefill);
  r.read = read(v, r.users);
  r.middle = r.token * (v.prompt + v.answer / 2) / 1e9; // → middle_cache
  r.step = stepOf(v, r.users, r.middle);
  r.first = measured ? null : Math.max(r.prefill, read(v, fresh(v)) / bandwidth) / v.reading / 10 + wait / 1000;
  r.out = measured ? v.measured * v.answer / (v.prompt + v.answer) : reached(v, r.users, r.prefill, r.step);
  r.each = r.out / r.users;
  r.all = r.out * (v.prompt + v.answer) / v.answer;
  return r;
}
