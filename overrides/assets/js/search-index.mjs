// The index of the search: pages and rows as documents of MiniSearch, the stems of each section, and corrections for mistyped words.

import MiniSearch from "./vendor/minisearch-7.2.0.mjs";
import { isSmall, stem, wordsAsked, wordsOf } from "./search-words.mjs";

/** The weight of a word in each part of a page. */
const FIELDS = { title: 3, aka: 2, headings: 2, answer: 1.5, about: 2, asked: 2, words: 2 };
const OFTEN = 6; // the most occurrences of a word on a page that count
const CHANGED = 6; // letters from which one of them may be another
const KEPT = 1500;

export const stemsOf = (text) => wordsOf(text ?? "").map(stem);
export const telling = (text) => wordsAsked(text).filter((word) => !isSmall(word));

/** [[number of a word, how often], …] of a section, from the text that fieldguide/outputs/search.py writes. */
function counts(text) {
  const found = [];
  for (const [at, group] of text.split(";").entries()) {
    let [word, times] = [-1, 0];
    for (let place = 0; place < group.length; place++) {
      const code = group.charCodeAt(place);
      if (code < 65) times = times * 10 + code - 48; // a digit
      else {
        word += times * 52 + code - (code < 97 ? 65 : 71) + 1;
        found.push([word, at + 1]);
        times = 0;
      }
    }
  }
  return found;
}

/** The number of letters to change, add, drop or swap to turn one word into the other; counting stops above `most`. */
function distance(a, b, most) {
  let [before, last] = [[], Array.from({ length: b.length + 1 }, (_, at) => at)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j++) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
      least = Math.min(least, row[j]);
    }
    if (least > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

/** The letters with which both words begin. */
function begins(one, other) {
  let count = 0;
  while (count < one.length && one[count] === other[count]) count++;
  return count;
}

/** The letters of a word as bits: similar words share most of them. */
const letters = (word) => [...word].reduce((bits, letter) => bits | (1 << (letter.charCodeAt(0) & 31)), 0);

function unlike(a, b) {
  let count = 0;
  for (let bits = a ^ b; bits; bits &= bits - 1) count++;
  return count;
}

const stemsOfNames = (items) => items.flatMap(({ names }) => names.flatMap(({ stems }) => stems));
const nameOf = (text) => ({ raw: telling(text), stems: [...new Set(telling(text).map(stem))] });

/** Adds to the list of a key. */
function put(map, key, value) {
  if (map.has(key)) map.get(key).push(value);
  else map.set(key, [value]);
}

/** [anchor, heading] from the form that outputs/search.py writes: a figure is the number of its page, and an anchor that follows from the words is left out. */
function headingOf(heading, pages) {
  if (typeof heading === "number") return [pages[heading].address.split("/").at(-2), pages[heading].title];
  return Array.isArray(heading) ? heading : [heading.toLowerCase().replace(/[^\p{L}\p{N}_\s-]/gu, "").replace(/[-\s]+/g, "-"), heading];
}

/** Everything that can be found: pages, then rows of pages, which are found by name. */
function itemsOf(data, wordStems) {
  const pages = data.pages.map((page) => {
    const sections = page.sections.map((section) => {
      const own = new Map();
      for (const [word, count] of counts(section)) for (const one of wordStems[word]) own.set(one, (own.get(one) ?? 0) + count);
      return own;
    });
    return { address: page.address, title: page.title, kind: data.kinds[page.kind], answer: page.answer, aka: page.aka ?? [], about: page.about, asked: page.asked ?? [], crypto: Boolean(page.crypto), headings: page.headings.map((heading) => headingOf(heading, data.pages)), sections, more: "" };
  });
  const rows = data.rows.map(([at, anchor, title, aka, answer, more, crypto]) => ({
    address: `${data.pages[at].address}#${anchor}`, title, kind: "Data", answer, aka, of: data.pages[at].title, asked: [], crypto: Boolean(crypto), headings: [], sections: [], more,
  }));
  return [...pages, ...rows].map((item, id) => ({ ...item, id, names: [item.title, ...item.aka].map(nameOf).filter(({ stems }) => stems.length) }));
}

function wordsIn(item) {
  const all = new Map();
  for (const section of item.sections) for (const [one, count] of section) all.set(one, (all.get(one) ?? 0) + count);
  const found = stemsOf(item.more);
  for (const [one, count] of all) for (let time = Math.min(count, OFTEN); time; time--) found.push(one);
  return found;
}

function fieldsOf(item) {
  return {
    id: item.id, title: stemsOf(item.title), aka: item.aka.flatMap(stemsOf), headings: item.headings.flatMap(([, heading]) => stemsOf(heading)),
    answer: stemsOf(item.answer), about: stemsOf(item.about), asked: item.asked.flatMap(stemsOf), words: wordsIn(item),
  };
}

/** The index over the data of assets/search.json. */
export function makeIndex(data) {
  const words = data.words.split(" ");
  const parts = words.map(wordsOf);
  const items = itemsOf(data, parts.map((some) => some.map(stem)));
  const mini = new MiniSearch({
    fields: Object.keys(FIELDS),
    stringifyField: (stems) => stems, // fields are lists of stems
    tokenize: (stems) => stems,
    processTerm: (one) => one,
    searchOptions: { boost: FIELDS, tokenize: (one) => [one] },
  });
  mini.addAll(items.map(fieldsOf));

  const spelled = new Set(parts.flat()); // words as written, most frequent first
  for (const { title, aka, answer, asked, more } of items) for (const text of [title, ...aka, answer, ...asked, more]) for (const word of wordsOf(text)) spelled.add(word);
  const known = new Set([...spelled].map(stem));
  const typed = Object.values(data.synonyms).flat().flatMap(wordsOf); // words of readers, which no page need contain
  const byLength = new Map();
  for (const [at, word] of [...new Set([...spelled, ...typed])].entries()) if (word.length > 3 && !/\d/.test(word)) put(byLength, word.length, [word, letters(word), at / spelled.size]);
  const written = new Map(items.flatMap(({ names }) => names.filter(({ raw }) => raw.length > 1).map(({ raw }) => [raw.join(""), raw]))); // "kvcache" → kv, cache
  const named = new Map(); // stem → the names that contain it
  for (const item of items) for (const name of item.names) for (const one of name.stems) put(named, one, { id: item.id, ...name });

  const others = new Set(stemsOfNames(items.filter(({ crypto }) => !crypto)));
  const cryptoWords = new Set(stemsOfNames(items.filter(({ crypto, kind }) => crypto && kind !== "Figure")).filter((one) => !others.has(one))); // "staking", but not "token" or "agent"

  const kept = new Map();
  /** Points of every item for a stem, or for all that begin with it. */
  function points(one, prefix = false) {
    const key = prefix ? `${one}*` : one;
    if (!kept.has(key)) {
      if (kept.size > KEPT) kept.clear();
      const found = new Float32Array(items.length);
      for (const { id, score } of mini.search(one, { prefix })) found[id] = score;
      kept.set(key, found);
    }
    return kept.get(key);
  }

  const weights = new Map();
  /** The weight of a stem: rare stems weigh more. */
  function weight(one) {
    if (!weights.has(one)) weights.set(one, Math.log(1 + items.length / (1 + points(one).reduce((count, score) => count + (score > 0), 0))));
    return weights.get(one);
  }

  /** The stems of words that begin with the text typed so far, if the stems themselves do not: "inferen" may become "inference", whose stem is "infer". */
  function begunBy(word) {
    const own = stem(word);
    return new Set([...spelled].filter((other) => other.startsWith(word)).map(stem).filter((one) => !one.startsWith(own)));
  }

  /** Corrections for a word that no page contains: two words written as one, or a word with a typing error (two, in a long word). */
  function meant(word) {
    const number = /^(\p{L}+)(\d+)$/u.exec(word)?.slice(1);
    if (number?.every((part) => spelled.has(part))) return number; // "soc2"
    if (written.has(word)) return written.get(word);
    for (let at = 3; at <= word.length - 3; at++) {
      const two = [word.slice(0, at), word.slice(at)];
      if (two.every((part) => spelled.has(part) && !isSmall(part))) return two;
    }
    for (const most of word.length < 4 || /\d/.test(word) ? [] : word.length > 7 ? [1, 2] : [1]) {
      const own = letters(word);
      let best;
      for (let length = word.length - most; length <= word.length + most; length++) {
        for (const [other, bits, rarity] of byLength.get(length) ?? []) {
          if (unlike(bits, own) > 2 * most) continue;
          const changed = length === word.length && bits !== own; // a letter changed, not swapped
          if (changed && word.length < CHANGED) continue; // "black" is not meant as "block"
          const far = distance(word, other, most);
          const rank = far * 2 + (other[0] === word[0] ? 0 : 1) + (changed && most < 2 ? 0.5 : 0) + rarity - begins(word, other) / word.length;
          if (far <= most && rank < (best?.rank ?? Infinity)) best = { other, rank };
        }
      }
      if (best) return [best.other];
    }
    return [];
  }

  /** The names with a word that begins with the text typed so far, each with that word's stem. */
  const namesBegun = (word) => items.flatMap(({ id, names }) => names.flatMap((name) => name.raw.filter((one) => one.startsWith(word)).map((one) => ({ id, ...name, one: stem(one) }))));

  return { items, cryptoWords, points, weight, meant, begunBy, namesBegun, knows: (one) => known.has(one), namesWith: (one) => named.get(one) ?? [] };
}
