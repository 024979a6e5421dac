// The definition machine's arithmetic: a decoder of a million parameters, one token at a time, as experiments/model.py writes it out; and choosing
// the next token. Tests compare the logits with PyTorch's. Pure: no page, no network.

export const END = 256;

const floats = (size) => new Float32Array(size);

/** The matrices of an unpacked file by name, in the format of experiments/quantized.py: a float32 scale for each row, then an int8 for each weight. Throws if the file does not match its sheet. */
export function unpack(sheet, buffer) {
  if (buffer.byteLength !== sheet.unpacked) throw new Error(`the model’s file is incomplete or a different one: ${buffer.byteLength} of ${sheet.unpacked} bytes arrived`);
  const rows = sheet.matrices.reduce((sum, one) => sum + one.rows, 0);
  const scales = new Float32Array(buffer, 0, rows);
  const numbers = new Int8Array(buffer, 4 * rows);
  const found = {};
  let row = 0;
  let place = 0;
  for (const { name, rows: count, columns } of sheet.matrices) {
    const weights = new Float32Array(count * columns);
    for (let each = 0; each < count; each += 1) {
      const scale = scales[row + each];
      if (!(scale > 0 && scale < 1e3)) throw new Error(`the model is damaged: row ${row + each} has no scale`);
      for (let at = each * columns; at < (each + 1) * columns; at += 1) weights[at] = numbers[place + at] * scale;
    }
    found[name] = weights;
    row += count;
    place += count * columns;
  }
  return found;
}

/** out = a matrix with `columns` numbers in each row, times x. Four rows are multiplied together, so that each number of x is read once for them. */
function multiply(out, weights, columns, x) {
  for (let row = 0; row < out.length; row += 4) {
    let one = 0, two = 0, three = 0, four = 0;
    const a = row * columns, b = a + columns, c = b + columns, d = c + columns;
    for (let at = 0; at < columns; at += 1) {
      const value = x[at];
      one += weights[a + at] * value;
      two += weights[b + at] * value;
      three += weights[c + at] * value;
      four += weights[d + at] * value;
    }
    out[row] = one;
    out[row + 1] = two;
    out[row + 2] = three;
    out[row + 3] = four;
  }
  return out;
}

function norm(out, x, epsilon) {
  let squares = 0;
  for (let at = 0; at < x.length; at += 1) squares += x[at] * x[at];
  const by = 1 / Math.sqrt(squares / x.length + epsilon);
  for (let at = 0; at < x.length; at += 1) out[at] = x[at] * by;
  return out;
}

/** Turns scores into shares that add up to 1 (softmax), in place. */
function shareOut(scores, length = scores.length) {
  let most = -Infinity;
  for (let at = 0; at < length; at += 1) if (scores[at] > most) most = scores[at];
  let sum = 0;
  for (let at = 0; at < length; at += 1) sum += scores[at] = Math.exp(scores[at] - most);
  for (let at = 0; at < length; at += 1) scores[at] /= sum;
  return scores;
}

/** A machine that reads a text token by token and caches keys and values, so that each further token costs one step. */
export class Machine {
  #weights;
  #cache;
  ids = [];

  constructor(sheet, buffer) {
    const { width, layers, heads, vocabulary } = sheet.shape;
    this.#weights = unpack(sheet, buffer);
    Object.assign(this, { shape: sheet.shape, width, layers, heads, vocabulary, head: width / heads, places: sheet.places, epsilon: sheet.norm_epsilon, base: sheet.rotary_base });
    this.#cache = Array.from({ length: layers }, () => ({ keys: floats(this.places * width), values: floats(this.places * width) }));
    this.room = { stream: floats(width), read: floats(width), mixed: floats(3 * width), seen: floats(width), up: floats(4 * width), back: floats(width), scores: floats(this.places), logits: floats(vocabulary) };
    /** Attention of the last token read: a share for each position, by layer and head. */
    this.attention = [];
  }

  /** A token's row in the table. */
  entry(id) {
    return this.#weights.table.subarray(id * this.width, (id + 1) * this.width);
  }

  /** A token's row of numbers as the first layer reads it. */
  row(id) {
    return norm(floats(this.width), this.entry(id), this.epsilon);
  }

  /** Reads those of the ids that it has not read; returns the logits after the last. The cache of an earlier text is used as far as the two texts agree. */
  read(ids) {
    if (!ids.length || ids.length > this.places) throw new Error(`it reads 1 to ${this.places} tokens, and these are ${ids.length}`);
    let same = 0;
    while (same < ids.length - 1 && this.ids[same] === ids[same]) same += 1;
    this.ids.length = Math.min(same, this.ids.length);
    for (const id of ids.slice(this.ids.length)) this.#push(id);
    return this.room.logits;
  }

  /** Reads all the ids again; returns what one layer does at one of their places, with one of its heads (each counted from 0), and the logits that would follow each layer. */
  inside(ids, { place, layer, head }) {
    const { width, head: size } = this;
    const found = { first: this.row(ids[place]), attention: [], lens: [] };
    const of = (values, at = 0) => values.slice(at * width + head * size, at * width + (head + 1) * size);
    const watch = (name, at, values) => {
      if (name === 'after') found.lens.push(multiply(floats(this.vocabulary), this.#weights.table, width, norm(floats(width), values, this.epsilon)));
      else if (at === layer) found[name] = values.slice();
    };
    this.ids.length = 0;
    ids.forEach((id, at) => {
      this.#push(id, at === place ? watch : undefined);
      found.attention.push(this.attention[layer][head]);
      if (at === place) Object.assign(found, { last: this.room.read.slice(), logits: this.room.logits.slice() });
    });
    const { keys, values } = this.#cache[layer];
    Object.assign(found, { query: of(found.mixed), mixed: of(found.seen), keys: ids.map((_, at) => of(keys, at)), values: ids.map((_, at) => of(values, at)) });
    found.scores = found.keys.slice(0, place + 1).map((key) => key.reduce((sum, value, at) => sum + value * found.query[at], 0) / Math.sqrt(size));
    return found;
  }

  #push(id, watch) {
    const { stream, read, mixed, up, back, logits } = this.room;
    const place = this.ids.length;
    this.ids.push(id);
    stream.set(this.row(id));
    this.attention = [];
    for (let layer = 0; layer < this.layers; layer += 1) {
      watch?.('before', layer, stream);
      multiply(mixed, this.#weights[`${layer}.qkv`], this.width, norm(read, stream, this.epsilon));
      this.attention.push(this.#attend(layer, place));
      watch?.('mixed', layer, mixed);
      watch?.('seen', layer, this.room.seen);
      add(stream, multiply(back, this.#weights[`${layer}.out`], this.width, this.room.seen));
      watch?.('attended', layer, back);
      multiply(up, this.#weights[`${layer}.up`], this.width, norm(read, stream, this.epsilon));
      watch?.('hidden', layer, up);
      for (let at = 0; at < up.length; at += 1) up[at] = up[at] > 0 ? up[at] * up[at] : 0;
      add(stream, multiply(back, this.#weights[`${layer}.down`], up.length, up));
      watch?.('fed', layer, back);
      watch?.('after', layer, stream);
    }
    multiply(logits, this.#weights.table, this.width, norm(read, stream, this.epsilon));
  }

  /** Rotates queries and keys by their position, caches keys and values, and averages the values by the attention to their keys. Returns the attention of each head. */
  #attend(layer, place) {
    const { width, head, heads } = this;
    const { mixed, seen, scores } = this.room;
    const { keys, values } = this.#cache[layer];
    for (let at = 0; at < 2 * width; at += 2) {
      const angle = place * this.base ** (-((at % head) / 2) / (head / 2));
      const [cos, sin, x, y] = [Math.cos(angle), Math.sin(angle), mixed[at], mixed[at + 1]];
      mixed[at] = x * cos - y * sin;
      mixed[at + 1] = x * sin + y * cos;
    }
    keys.set(mixed.subarray(width, 2 * width), place * width);
    values.set(mixed.subarray(2 * width), place * width);
    seen.fill(0);
    return Array.from({ length: heads }, (_, each) => {
      const from = each * head;
      for (let other = 0; other <= place; other += 1) {
        let sum = 0;
        for (let at = 0; at < head; at += 1) sum += mixed[from + at] * keys[other * width + from + at];
        scores[other] = sum / Math.sqrt(head);
      }
      shareOut(scores, place + 1);
      for (let other = 0; other <= place; other += 1) for (let at = 0; at < head; at += 1) seen[from + at] += scores[other] * values[other * width + from + at];
      return Array.from(scores.subarray(0, place + 1));
    });
  }
}

const add = (sum, more) => { for (let at = 0; at < sum.length; at += 1) sum[at] += more[at]; };

// ---- what to do with logits

/** The tokens that may come, likeliest first, with their shares: logits divided by the temperature, cut to the k likeliest, then to the fewest that hold p of the whole. At temperature 0 the likeliest alone. */
export function choices(logits, { temperature = 1, k = 0, p = 1 } = {}) {
  if (temperature === 0) return [[logits.indexOf(Math.max(...logits)), 1]];
  const order = Array.from(logits, (_, id) => id).toSorted((one, other) => logits[other] - logits[one] || one - other);
  const kept = k > 0 ? order.slice(0, k) : order;
  const shares = shareOut(Float64Array.from(kept, (id) => logits[id] / temperature));
  let held = 0;
  let last = 0;
  const enough = p < 1 ? p : Infinity; // rounded shares may add up to slightly less than 1
  while (last < kept.length && (last === 0 || held < enough)) held += shares[last++];
  return kept.slice(0, last).map((id, at) => [id, shares[at] / held]);
}

/** The choice for a random number of at least 0 and less than 1. */
export function draw(found, at) {
  let sum = 0;
  for (const [id, share] of found) {
    sum += share;
    if (at < sum) return id;
  }
  return found.at(-1)[0];
}

/** Random numbers of at least 0 and less than 1, determined by the seed. */
export function chance(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Minus the logarithm of a token's share, in nats. */
export function surprise(logits, id) {
  let most = -Infinity;
  for (const value of logits) if (value > most) most = value;
  let sum = 0;
  for (const value of logits) sum += Math.exp(value - most);
  return Math.log(sum) + most - logits[id];
}
