// Finds pages for a question. A page is a document; its best section is chosen afterwards. Rows of the data pages are found by name.
// Each word of a question scores points; data/synonyms.yml adds the guide's words for those of readers. A page scores by how much of the
// question it answers, by names in the question, and by its kind.

import { makeIndex, stemsOf, telling } from "./search-index.mjs";
import { isSmall, stem, wordsAsked, wordsOf } from "./search-words.mjs";

const KIND = { Chapter: 1.4, Definition: 1.05, Figure: 0.62, Data: 0.9, Lab: 1.1, About: 0.85 };
const AGAIN = { Chapter: 0.95, Definition: 0.45, Figure: 0.5, Data: 0.5, Lab: 0.6, About: 0.5 }; // factor for each earlier result of the same kind
const MIXED = 10; // results at the top in which kinds are mixed
const SYNONYM = 0.8;
const PHRASE = 1.1; // factor for phrases of several words, whose meaning is clearer
const HOME = 0.6; // factor for phrases that have a page of their own
const JOINED = 0.5; // factor for two words that pages also write as one, as in open-source
const SLIP = 0.85;
const STARTED = 0.6; // factor for words that begin with the text typed so far
const BEGINS = 4; // letters from which an unfinished word may become one with a shorter stem, or a synonym
const NAMED = 1.2;
const GOOD = 0.06; // share of the best page's points below which results are not shown
const MOST = 30;
const LONGEST = 40; // the most words of a question
const NOTHING = { stems: new Set(), phrases: [] };

/** The synonyms by the first word that readers type. */
function phrasesOf(synonyms) {
  const found = new Map();
  for (const [said, all] of Object.entries(synonyms)) {
    for (const words of all.map((phrase) => wordsAsked(phrase))) {
      const typed = words.map(stem);
      const one = { words, typed, said: telling(said).map(stem), by: typed.length > 1 ? PHRASE : SYNONYM };
      found.set(typed[0], [...(found.get(typed[0]) ?? []), one]);
    }
  }
  return found;
}

/** A text in pieces, [words, whether they match]; `begun` is an unfinished word. */
function pieces(text, wanted, begun) {
  const found = [];
  let at = 0;
  for (const { 0: chunk, index } of text.matchAll(/[\p{L}\p{N}]+(?:[.'’][\p{L}\p{N}]+)*/gu)) {
    if (!wordsOf(chunk).some((word) => wanted.has(stem(word)) || (begun && word.startsWith(begun)))) continue;
    if (index > at) found.push([text.slice(at, index), false]);
    found.push([chunk, true]);
    at = index + chunk.length;
  }
  return at < text.length ? [...found, [text.slice(at), false]] : found;
}

/** The alternative name that matched, if the item's title contains none of the words. */
function alsoCalled({ title, aka }, wanted) {
  const says = (name) => wordsOf(name).some((word) => wanted.get(stem(word)) === 1);
  return says(title) ? undefined : aka.find((name) => says(name));
}

/** The ranked items with kinds mixed at the top: a second definition is worth less than the first chapter. */
function mixed(ranked) {
  const rest = ranked.slice(0, MIXED * 6);
  const used = {};
  const top = [];
  while (rest.length && top.length < MIXED) {
    const worth = rest.map(({ item, score }) => score * AGAIN[item.kind] ** (used[item.kind] ?? 0));
    const [one] = rest.splice(worth.indexOf(Math.max(...worth)), 1);
    used[one.item.kind] = (used[one.item.kind] ?? 0) + 1;
    top.push(one);
  }
  return [...top, ...rest, ...ranked.slice(MIXED * 6)];
}

/** The best results, each page once. The best row represents a data page, unless only data are wanted. */
function choose(ranked, kind, most) {
  const counts = {};
  const pages = new Set();
  const chosen = [];
  for (const { item, score: own } of ranked) {
    if (own < ranked[0].score * GOOD) continue;
    const page = item.address.split("#")[0];
    const again = pages.has(page);
    pages.add(page);
    if (kind ? item.kind === kind : !again) chosen.push(item);
    if (!again) counts[item.kind] = (counts[item.kind] ?? 0) + 1;
  }
  return { counts, chosen: chosen.slice(0, most) };
}

/** The engine over the data of assets/search.json. */
export function makeEngine(data) {
  const { items, points, weight, meant, begunBy, namesBegun, knows, namesWith } = makeIndex(data);
  const phrases = phrasesOf(data.synonyms);
  const every = [...phrases.values()].flat();
  const typedFor = new Set(every.flatMap(({ typed }) => typed)); // not typing errors, even if no page contains them
  const names = new Set(items.flatMap((item) => item.names.map(({ stems }) => stems.join(" "))));
  for (const one of every) if (names.has(one.typed.join(" "))) one.by *= HOME; // its own page matches already

  /** The one-word synonyms that begin with the text typed so far. */
  const begunPhrases = (word) => every.filter(({ words }) => words.length === 1 && words[0].startsWith(word)).map((one) => ({ ...one, typed: [stem(word)], by: one.by * STARTED }));

  /** A word of a question as a part: the stems that answer it, its share of the question, whether it is unfinished, and the words it may become. */
  function partsOf(word, unfinished, literal) {
    const one = stem(word);
    const number = /^(\d+(?:\.\d+)?)[bmkt]$/.exec(word)?.[1]; // "5.6m" where the guide writes "5.6 million"
    const stems = knows(one) ? [one] : number && knows(number) ? [number] : [];
    const begun = unfinished && word.length >= BEGINS ? { stems: begunBy(word), phrases: stems.length ? [] : begunPhrases(word) } : NOTHING;
    if (stems.length) return [{ word, one, stems, by: 1, heavy: weight(stems[0]), unfinished, begun }];
    if (unfinished && word.length > 1 && (begun.stems.size || begun.phrases.length || points(one, true).some(Boolean))) return [{ word, one, stems, by: 1, heavy: 2, unfinished, begun }];
    const others = literal || typedFor.has(one) ? [] : meant(word);
    if (!others.length) return [{ word, one, stems, by: 1, heavy: 1.5, unfinished, begun }];
    return others.map((other) => ({ word: other, one: stem(other), stems: [stem(other)], by: SLIP, heavy: weight(stem(other)), unfinished: false, begun: NOTHING, typed: word }));
  }

  /** The parts of a question, the synonyms in it, and pairs of words that may be one word. */
  function read(question, typing, literal) {
    const all = wordsAsked(question).slice(0, LONGEST);
    const some = all.filter((word) => !isSmall(word));
    const asked = some.length ? some : all;
    const parts = asked.flatMap((word, at) => partsOf(word, typing && at === asked.length - 1 && all.at(-1) === word && /[\p{L}\p{N}]$/u.test(question), literal));
    const line = all.flatMap((word) => parts.filter(({ typed }) => typed === word).map(({ one }) => one).concat(parts.some(({ typed }) => typed === word) ? [] : stem(word)));
    const synonyms = line.flatMap((first, at) => (phrases.get(first) ?? []).filter(({ typed }) => typed.every((one, step) => line[at + step] === one)));
    synonyms.push(...parts.flatMap(({ begun }) => begun.phrases));
    const joined = new Set(all.flatMap((_, at) => [2, 3].map((size) => stem(all.slice(at, at + size).join("")))).filter((one) => knows(one) && !line.includes(one)));
    const corrected = new Map(parts.filter(({ typed }) => typed).map(({ typed }) => [typed, parts.filter((part) => part.typed === typed).map(({ word }) => word).join(" ")]));
    return { parts, synonyms, joined, corrected: [...corrected] };
  }

  /** For each part, the points of every item. */
  function score({ parts, synonyms }) {
    const own = parts.map((part) => {
      const found = new Float32Array(items.length);
      const take = (gains, by) => {
        for (let id = 0; id < found.length; id++) found[id] = Math.max(found[id], gains[id] * by);
      };
      for (const one of part.stems) take(points(one), part.by);
      const by = part.stems.length ? STARTED / 2 : STARTED;
      if (part.unfinished && part.word.length > 1) take(points(part.one, true), by);
      for (const one of part.begun.stems) take(points(one), by);
      return found;
    });
    for (const { typed, said, by } of synonyms) {
      const heavy = said.map((one) => weight(one));
      const whole = heavy.reduce((sum, one) => sum + one, 0);
      const gains = said.map((one) => points(one));
      const carriers = own.filter((_, at) => typed.includes(parts[at].one)); // its meaning answers the words of the phrase
      for (const { id } of items) {
        let [gain, part] = [0, 0];
        for (let at = 0; at < gains.length; at++) {
          if (!gains[at][id]) continue;
          gain += gains[at][id];
          part += heavy[at];
        }
        if (!gain) continue;
        const each = (gain * by * (part / whole) ** 2) / (carriers.length || 1);
        for (const found of carriers.length ? carriers : own.slice(0, 1)) found[id] = Math.max(found[id], each) + 0.25 * Math.min(found[id], each);
      }
    }
    return own;
  }

  /** How closely a name matches the question, from 0 to 1; `whole` is the weight of the whole question. */
  function nearness({ stems, raw }, asked, words, whole) {
    let [own, shared] = [0, 0];
    for (const one of stems) {
      own += weight(one);
      if (asked.has(one)) shared += weight(one);
    }
    const full = shared / own;
    const exact = full === 1 && raw.every((word) => words.has(word)) ? 1.15 : 1;
    return full ** 3 * (whole ? Math.min(1, shared / whole) : 1) * exact;
  }

  function rank(asked) {
    const { parts, synonyms, joined } = asked;
    const own = score(asked);
    const whole = parts.reduce((sum, { heavy }) => sum + heavy, 0);
    const stems = new Set(parts.flatMap((part) => [part.one, ...part.stems]));
    const words = new Set(parts.map(({ word }) => word));
    const pairs = [...joined].map((one) => points(one));
    const named = new Float32Array(items.length);
    const name = (some, by, much) => {
      for (const one of some) for (const found of namesWith(one)) named[found.id] = Math.max(named[found.id], by * nearness(found, some, words, much));
    };
    name(stems, 1, whole);
    const last = parts.at(-1);
    if (last.unfinished && last.word.length >= BEGINS) {
      for (const found of namesBegun(last.word)) named[found.id] = Math.max(named[found.id], STARTED * nearness(found, new Set([...stems, found.one]), words, 0));
    }
    for (const { typed, said, by } of synonyms) name(new Set(said), (0.8 * by * parts.reduce((sum, { one, heavy }) => sum + (typed.includes(one) ? heavy : 0), 0)) / whole, 0);
    const ranked = [];
    for (const item of items) {
      let [sum, answered] = [0, 0];
      for (let at = 0; at < own.length; at++) {
        if (!own[at][item.id]) continue;
        sum += own[at][item.id];
        answered += parts[at].heavy;
      }
      if (!sum) continue;
      for (const found of pairs) sum += JOINED * found[item.id];
      const share = answered / whole;
      const answers = item.of ? share ** 2 * (share > 0.95 ? 3 : 1) : 0.2 + 0.8 * share; // a row contains little besides its name
      ranked.push({ item, score: sum * answers * (1 + NAMED * named[item.id]) * KIND[item.kind] });
    }
    return mixed(ranked.toSorted((a, b) => b.score - a.score || a.item.id - b.item.id));
  }

  /** The section that contains most of the question, {address, heading}, or nothing if none contains any of it. */
  function bestSection(item, wanted) {
    let best;
    for (const [at, [anchor, heading]] of item.headings.entries()) {
      const title = (item.headingStems ??= item.headings.map(([, text]) => new Set(stemsOf(text))))[at];
      let sum = 0;
      for (const [one, by] of wanted) {
        const count = item.sections[at + 1].get(one) ?? 0;
        sum += by * weight(one) * ((2.2 * count) / (count + 1.2) + (title.has(one) ? 2.5 : 0));
      }
      if (sum > (best?.sum ?? 0)) best = { sum, address: `${item.address}#${anchor}`, heading };
    }
    return best;
  }

  /** The answer to a question: {results, counts by kind, corrected words}. `typing`: its last word may be unfinished; `literal`: words are not corrected. */
  function search(question, { kind = "", typing = false, literal = false, most = MOST } = {}) {
    const asked = read(question, typing, literal);
    const { parts, synonyms, corrected } = asked;
    if (!parts.length) return { results: [], counts: {}, corrected };
    const wanted = new Map(synonyms.flatMap(({ said }) => said.map((one) => [one, SYNONYM])).concat(parts.flatMap(({ stems, by }) => stems.map((one) => [one, by]))));
    const begun = parts.at(-1).unfinished ? parts.at(-1).word : "";
    const { counts, chosen } = choose(rank(asked), kind, most);
    const results = chosen.map((item) => {
      const section = item.kind === "Figure" ? undefined : bestSection(item, wanted);
      return {
        address: item.address, kind: item.kind, of: item.of, title: pieces(item.title, wanted, begun), also: alsoCalled(item, wanted), answer: pieces(item.answer, wanted, begun),
        section: section && { address: section.address, title: pieces(section.heading, wanted, begun) },
      };
    });
    return { results, counts, corrected };
  }

  return { search };
}
