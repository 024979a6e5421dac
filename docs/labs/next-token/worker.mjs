// The definition machine in its own thread: fetches the model and the tokenizer's merges, then answers questions in order.

import { hex, read, tokenizer } from '../tokenizer/model.mjs';
import { END, Machine, choices, draw, surprise } from './model.mjs';

const BARS = 10;
const at = (path) => new URL(path, import.meta.url);
let made;
let cut;

async function fetched(path, what) {
  const answer = await fetch(at(path)).catch(() => null);
  if (!answer) throw new Error(`${what} could not be downloaded; check your connection`);
  if (!answer.ok) throw new Error(`${what} could not be found (${answer.status})`);
  return answer;
}

/** Unpacks gzip data while it arrives; reports the part of `bytes` that has arrived. */
async function unpacked(answer, bytes) {
  let come = 0;
  const counted = answer.body.pipeThrough(new TransformStream({
    transform(chunk, out) {
      come += chunk.length;
      postMessage({ progress: Math.min(come / bytes, 1) });
      out.enqueue(chunk);
    },
  }));
  try {
    return await new Response(counted.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer();
  } catch {
    throw new Error('the model is damaged or cut short: it cannot be unpacked');
  }
}

const plain = (id) => (id === END ? '' : cut.decode([id]));
/** A token's text; a byte that is not a character by itself is shown by its name. */
const textOf = (id) => (id < 32 || (id > 126 && id < END) ? `‹byte ${hex([id])}›` : plain(id));
const idsOf = (text) => [END, ...cut.ids(text)];

const ANSWERS = {
  async open() {
    const [sheet, merges] = await Promise.all([fetched('model.json', 'the model’s description').then((answer) => answer.json()), fetched('../tokenizer/merges.txt', 'the list of merges').then((answer) => answer.text())]);
    cut = tokenizer(read(merges));
    made = new Machine(sheet, await unpacked(await fetched('model.bin', 'the model'), sheet.bytes));
    return { places: made.places, vocabulary: made.vocabulary };
  },

  /** What may follow these ids: the likeliest tokens, the number that the settings leave, and the one selected by `chance`. */
  next({ ids, settings, chance }) {
    const found = choices(made.read(ids), settings);
    return { bars: found.slice(0, BARS).map(([id, share]) => [id, textOf(id), share]), left: found.length, drawn: draw(found, chance ?? 0) };
  },

  /** What happens inside at one of these tokens, as steps.mjs draws it. */
  inside({ ids, place, layer, head, settings, chance }) {
    const found = made.inside(ids, { place, layer, head });
    const likely = (logits, given, most) => choices(logits, given).slice(0, most).map(([id, share]) => [id, textOf(id), share]);
    const logits = likely(found.logits, {}, BARS).map(([id, text]) => [id, text, found.logits[id]]);
    return {
      ...found, ids, place, layer, head, settings, chance, logits, tokens: ids.map(textOf), shape: made.shape, row: made.entry(logits[0][0]).slice(),
      bars: likely(found.logits, settings, BARS), left: choices(found.logits, settings).length, lens: found.lens.map((each) => likely(each, {}, 1)[0]),
    };
  },

  ids: ({ text }) => idsOf(text),
  texts: ({ ids }) => ids.map(textOf),

  /** The surprise at each token of a text, in nats. */
  score({ text }) {
    const ids = idsOf(text);
    const found = [];
    for (let place = 1; place < ids.length; place += 1) found.push([textOf(ids[place]), surprise(made.read(ids.slice(0, place)), ids[place])]);
    return found;
  },

  look({ text }) {
    const ids = idsOf(text).slice(0, made.places);
    const bars = choices(made.read(ids)).slice(0, BARS).map(([id, share]) => [id, plain(id), share]);
    return { ids, tokens: ids.map(plain), bars, attention: made.attention, rows: ids.map((id) => Array.from(made.row(id))) };
  },
};

addEventListener('message', async ({ data: { id, ask, given } }) => {
  try {
    postMessage({ id, found: await ANSWERS[ask](given ?? {}) });
  } catch (error) {
    postMessage({ id, fault: error.message });
  }
});
