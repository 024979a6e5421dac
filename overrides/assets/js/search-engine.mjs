// Finds pages for a question. A page is a document; its best section is chosen afterwards. Rows of the data pages are found by name.
// Each word of a question scores points; data/synonyms.yml adds the guide's words for those of readers. A page scores by how much of the
// question it answers, by names in the question, and by its kind.

import { makeIndex, stemsOf, telling } from "./search-index.mjs";
import { makeNumbers } from "./search-numbers.mjs";
import { isGeneral, isSmall, stem, wordsAsked, wordsOf } from "./search-words.mjs";

const KIND = { Chapter: 1.4, Definition: 1.05, Figure: 0.62, Data: 0.9, Lab: 1.1, About: 0.85 };
const AGAIN = { Chapter: 0.95, Definition: 0.45, Figure: 0.5, Data: 0.5, Lab: 0.6, About: 0.5 }; // factor for each earlier result of the same kind
const MIXED = 10; // results at the top in which kinds are mixed
const SYNONYM = 0.8;
const PHRASE = 1.1; // factor for phrases of several words, whose meaning is clearer
const HOME = 0.6; // factor for phrases that have a page of their own
const JOINED = 0.8; // factor for words that pages also write as one, as in open-source or OpenRouter
const TOGETHER = 0.4; // factor for the words of such a phrase alone, when a passage is chosen
const SLIP = 0.85;
const STARTED = 0.6; // factor for words that begin with the text typed so far
const BEGINS = 4; // letters from which an unfinished word may become one with a shorter stem, or a synonym
const NAMED = 1.2;
const ASKED = 4; // factor for a question in data/synonyms.yml that is the same; less for one that is similar
const SAME = 1; // what one that is the same adds to that
const INSTEAD = 0.6; // factor for a general word of such a question instead of another, as in "who made ChatGPT"
const VAGUE = 0.3; // exponent of the points of words, if all of them are general
const SMALL = 0.5; // weight of a small word when questions are compared
const GENERAL = 0.35; // factor for words like "AI" beside other words
const STANDS_BACK = 0.5; // factor for pages about crypto unless a word of the question is
const ONE_SIDE = 0.6; // factor for a row, which is about one thing, if the question compares two
const SHOWN = 240; // letters of a passage
const FAR = 100; // letters before the first match from which a passage begins later,
const NEAR = 50; // and how many of them are kept
const LEAD = 1.1; // factor for a page's own answer, which its passages
const MORE = 0.5; // have to exceed by this
const COMPARES = /\b(?:vs|versus|compared?|comparison|difference|differences|differ|between|better)\b/i;
const BEYOND = new Set("how why when where which can should will much many made make".split(" ").map(stem)); // small words that ask for more than what a name means
const GOOD = 0.03; // share of the best page's points below which results are not shown
const MOST = 30;
const NEAREST = 4; // terms that are offered if nothing is found
const GLOSSARY = "glossary/";
const NUMBER = "Number"; // the kind of result that is a checked number
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

/** The stems that synonyms of one word give for each other, either way. */
function alikeOf(every) {
  const found = new Map();
  for (const { typed, said } of every) {
    if (typed.length > 1 || said.length > 1) continue;
    for (const [one, other] of [[...typed, ...said], [...said, ...typed]]) found.set(one, [...(found.get(one) ?? []), other]);
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

/** The pairs of letters of a word, with its beginning and end. */
const letterPairs = (word) => new Set([...` ${word}`].map((letter, at) => letter + (word[at] ?? " ")));

/** How many of their pairs of letters two words share, from 0 to 1. */
const alike = (one, other) => (2 * [...one].filter((pair) => other.has(pair)).length) / (one.size + other.size);

const SENTENCE = /(?<=[.?!][”’)]?)\s+(?=[\p{Lu}\d“$])/u;

/** The sentences from each sentence of a paragraph on, as long as a result shows. */
function* windows(paragraph) {
  const sentences = paragraph.split(SENTENCE);
  for (const at of sentences.keys()) {
    let text = sentences[at];
    for (let next = at + 1; next < sentences.length && text.length + sentences[next].length < SHOWN; next++) text += ` ${sentences[next]}`;
    yield { first: sentences[at], text };
  }
}

/** The text from a little before its first match on, if that is far from the start: the list shows only two or three lines. */
function fromMatch(found) {
  const [before] = found[0];
  if (found[0][1] || found.length < 2 || before.length < FAR) return found;
  const cut = before.indexOf(" ", before.length - NEAR);
  return cut < 0 ? found : [[`…${before.slice(cut)}`, false], ...found.slice(1)];
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

/** Whether an item's title has every word of the question, so that its own answer is the answer. */
function isTitled(item, parts) {
  const title = (item.titleStems ??= new Set(stemsOf(item.title)));
  return parts.every(({ stems }) => [...stems].some((one) => title.has(one)));
}

/** The engine over the data of assets/search.json and assets/numbers.json. */
export function makeEngine(data, rows = []) {
  const { items, cryptoWords, points, weight, meant, begunBy, namesBegun, knows, namesWith } = makeIndex(data);
  const titles = items.filter(({ kind }) => kind === "Definition").map(({ names: [title] }) => title.stems);
  const phrases = phrasesOf(data.synonyms);
  const every = [...phrases.values()].flat();
  const findNumbers = makeNumbers(rows, new Set(titles.filter((stems) => stems.length === 1).flat()), alikeOf(every));
  const typedFor = new Set(every.flatMap(({ typed }) => typed)); // not typing errors, even if no page contains them
  const names = new Set(items.flatMap((item) => item.names.map(({ stems }) => stems.join(" "))));
  for (const one of every) if (names.has(one.typed.join(" "))) one.by *= HOME; // its own page matches already

  /** The questions that data/synonyms.yml lists for pages: {id of the page, its stems → whether the word is small}. */
  const questions = items.flatMap(({ id, asked }) => asked.map((question) => ({ id, stems: new Map(wordsAsked(question).map((word) => [stem(word), isSmall(word)])) })));

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
    return others.filter((other) => !isSmall(other)).map((other) => ({ word: other, one: stem(other), stems: [stem(other)], by: SLIP, heavy: weight(stem(other)), unfinished: false, begun: NOTHING, typed: word }));
  }

  /** The parts of a question, and the synonyms in it: also the one word that some of its words may be. */
  function read(question, typing, literal) {
    const all = wordsAsked(question).slice(0, LONGEST);
    const some = all.filter((word) => !isSmall(word));
    const asked = some.length ? some : all;
    const parts = asked.flatMap((word, at) => partsOf(word, typing && at === asked.length - 1 && all.at(-1) === word && /[\p{L}\p{N}]$/u.test(question), literal));
    const compares = COMPARES.test(question);
    const correction = new Map(parts.filter(({ typed }) => typed).map(({ typed }) => [typed, parts.filter((part) => part.typed === typed)]));
    const line = all.flatMap((word) => correction.get(word)?.map(({ one }) => one) ?? stem(word));
    const small = new Set(all.filter((word) => isSmall(word)).map(stem));
    const synonyms = line.flatMap((first, at) => (phrases.get(first) ?? []).filter(({ typed }) => typed.every((one, step) => line[at + step] === one)));
    for (const { typed, said } of synonyms) { // "make things up": small words that mean something together
      if (parts.some(({ one }) => typed.includes(one))) continue;
      parts.unshift({ word: typed.join(" "), one: typed[0], stems: typed.filter(knows), by: 1, heavy: Math.max(...said.map(weight)), unfinished: false, begun: NOTHING });
    }
    if (!compares && parts.some(({ word }) => !isGeneral(word))) for (const part of parts) if (isGeneral(part.word)) part.heavy *= part.less = GENERAL;
    synonyms.push(...parts.flatMap(({ begun }) => begun.phrases));
    for (const size of [2, 3]) {
      for (let at = 0; at + size <= all.length; at++) {
        const together = all.slice(at, at + size);
        const said = stem(together.join(""));
        if (knows(said) && !line.includes(said)) synonyms.push({ typed: together.map(stem), said: [said], by: JOINED });
      }
    }
    const corrected = [...correction].map(([typed, words]) => [typed, words.map(({ word }) => word).join(" ")]);
    return { parts, line: new Map(line.map((one) => [one, small.has(one)])), synonyms, corrected, compares };
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
      if (part.less) for (let id = 0; id < found.length; id++) found[id] *= part.less;
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

  /** How closely a name matches the question, from 0 to 1; `asked` are stems with their share of the question, whose sum is `whole`. */
  function nearness({ stems, raw }, asked, words, whole) {
    let [own, shared, part] = [0, 0, 0];
    for (const one of stems) {
      own += weight(one);
      if (!asked.has(one)) continue;
      shared += weight(one);
      part += asked.get(one);
    }
    const full = shared / own;
    const exact = full === 1 && raw.every((word) => words.has(word)) ? 1.15 : 1;
    return full ** 3 * (whole ? Math.min(1, part / whole) : 1) * exact;
  }

  const heft = (one, small) => (small ? SMALL : weight(one));

  /** For each item, how much one of its questions is like this one, from 0 to 1: the share of their words that both have, by weight. */
  function likeness(line) {
    const found = new Float32Array(items.length);
    const whole = [...line].reduce((sum, [one, small]) => sum + heft(one, small), 0);
    const general = [...line.keys()].filter(isGeneral).map(weight); // "AI" and "ChatGPT" may stand for each other
    const stand = INSTEAD * Math.max(0, ...general);
    for (const { id, stems } of questions) {
      let [shared, all, other, same] = [0, whole, false, false];
      for (const [one, small] of stems) {
        const is = isGeneral(one);
        if (line.has(one)) [shared, same] = [shared + heft(one, small), same || is];
        else if (is && stand) other = true;
        else all += heft(one, small);
      }
      if (other && !same) shared += stand;
      found[id] = Math.max(found[id], shared / all);
    }
    return found;
  }

  function rank(asked) {
    const { parts, line, synonyms, compares } = asked;
    const like = likeness(line);
    const back = [...line.keys(), ...synonyms.flatMap(({ said }) => said)].some((one) => cryptoWords.has(one)) ? 1 : STANDS_BACK;
    const own = score(asked);
    const whole = parts.reduce((sum, { heavy }) => sum + heavy, 0);
    const stems = new Map(parts.flatMap((part) => [part.one, ...part.stems].map((one) => [one, part.heavy])));
    const words = new Set(parts.map(({ word }) => word));
    const vague = parts.every(({ word }) => isGeneral(word)); // "how is ChatGPT made": little but the questions of pages tells these apart
    const plain = ![...line.keys()].some((one) => BEYOND.has(one));
    const named = new Float32Array(items.length);
    const name = (some, by, much) => {
      for (const one of some.keys()) for (const found of namesWith(one)) named[found.id] = Math.max(named[found.id], by * nearness(found, some, words, much));
    };
    name(stems, 1, whole);
    const last = parts.at(-1);
    if (last.unfinished && last.word.length >= BEGINS) {
      for (const found of namesBegun(last.word)) named[found.id] = Math.max(named[found.id], STARTED * nearness(found, new Map([...stems, [found.one, 0]]), words, 0));
    }
    for (const { typed, said, by } of synonyms) name(new Map(said.map((one) => [one, 0])), (0.8 * by * parts.reduce((sum, { one, heavy }) => sum + (typed.includes(one) ? heavy : 0), 0)) / whole, 0);
    const bits = parts.flatMap(({ less }, at) => (less ? [] : [1 << at]));
    const sides = {}; // page → the words of the question that its rows have between them
    const has = ({ id }) => own.reduce((all, found, at) => all | (found[id] ? 1 << at : 0), 0);
    if (compares) for (const item of items) if (item.of && named[item.id]) sides[item.of] |= has(item);
    const ranked = [];
    for (const item of items) {
      let [sum, answered] = [0, 0];
      for (let at = 0; at < own.length; at++) {
        if (!own[at][item.id]) continue;
        sum += own[at][item.id];
        answered += parts[at].heavy;
      }
      if (!sum) continue;
      if (vague) sum **= VAGUE;
      const share = answered / whole;
      const answers = item.of ? share ** 2 * (share > 0.95 ? 3 : 1) : 0.2 + 0.8 * share; // a row contains little besides its name
      const apart = (item.crypto ? back : 1) * (item.of && compares && !bits.every((bit) => sides[item.of] & bit) ? ONE_SIDE : 1);
      const near = plain && named[item.id] >= 1 ? 1 + SAME : like[item.id] ** 2 + SAME * like[item.id] ** 12; // a question that is the item's name asks for it
      ranked.push({ item, score: sum * answers * (1 + NAMED * named[item.id] + ASKED * near) * KIND[item.kind] * apart });
    }
    return mixed(ranked.toSorted((a, b) => b.score - a.score || a.item.id - b.item.id));
  }

  /** The section that contains most of the question, {anchor, heading}, or nothing if none contains any of it. A heading that has a synonym as it was typed counts as one with the guide's word. */
  function bestSection(item, wanted, synonyms) {
    let best;
    for (const [at, [anchor, heading]] of item.headings.entries()) {
      const title = (item.headingStems ??= item.headings.map(([, text]) => new Set(stemsOf(text))))[at];
      const headed = new Set(synonyms.filter(({ typed }) => typed.every((one) => title.has(one))).flatMap(({ said }) => said));
      let sum = 0;
      for (const [one, by] of wanted) {
        const count = item.sections[at + 1].get(one) ?? 0;
        sum += by * weight(one) * ((2.2 * count) / (count + 1.2) + (title.has(one) || headed.has(one) ? 2.5 : 0));
      }
      if (sum > (best?.sum ?? 0)) best = { sum, anchor, heading };
    }
    return best;
  }

  /** The terms whose names look most like a word of the question, for a question without results: [{address, title}]. */
  function nearest(question) {
    const asked = wordsAsked(question).map(letterPairs);
    const like = ({ title, aka }) => Math.max(...[title, ...aka].flatMap(wordsOf).map(letterPairs).flatMap((own) => asked.map((some) => alike(own, some))));
    const terms = items.filter(({ kind, address }) => kind === "Definition" && address !== GLOSSARY).map((item) => ({ address: item.address, title: item.title, like: like(item) }));
    return terms.toSorted((a, b) => b.like - a.like).slice(0, NEAREST).map(({ address, title }) => ({ address, title }));
  }

  /** The passage among the paragraphs under the heading that answers the question best, or the item's own answer. */
  function answerOf({ answer }, paragraphs, heading, wanted) {
    const worth = (text) => [...new Set(stemsOf(text))].reduce((sum, one) => sum + (wanted.get(one) ?? 0) * weight(one), 0);
    const title = worth(heading);
    let best = { text: answer, worth: worth(answer) * LEAD + MORE };
    for (const paragraph of paragraphs) {
      for (const { first, text } of windows(paragraph)) {
        const found = (title + worth(first) + worth(text)) / 2;
        if (found > best.worth) best = { text, worth: found };
      }
    }
    return best.text;
  }

  /**
   * The answer to a question: {results, counts by kind, corrected words}; without results also the terms `near` it and the `ways` into the guide. `typing`: its last word may be unfinished; `literal`: words are not corrected.
   * `passages` has the paragraphs of pages by address and anchor; a result that could show one but whose page is not there `waits`.
   */
  function search(question, { kind = "", typing = false, literal = false, most = MOST } = {}, passages = new Map()) {
    const asked = read(question, typing, literal);
    const { parts, synonyms, corrected } = asked;
    const nothing = () => ({ results: [], counts: {}, corrected, near: nearest(question), ways: data.ways });
    if (!parts.length) return nothing();
    const together = new Set(synonyms.flatMap(({ typed }) => (typed.length > 1 ? typed : []))); // words of phrases, which mean something else together
    const wanted = new Map(synonyms.flatMap(({ said }) => said.map((one) => [one, SYNONYM])));
    for (const { stems, by, less = 1 } of parts) for (const own of stems) wanted.set(own, by * less * (together.has(own) && !wanted.has(own) ? TOGETHER : 1));
    const marks = new Set([...wanted.keys()].filter((one) => !isGeneral(one) || parts.every(({ less }) => !less)));
    const begun = parts.at(-1).unfinished ? parts.at(-1).word : "";
    const { numbers, place } = findNumbers(question, asked);
    const { counts, chosen } = choose(rank(asked), kind, most);
    if (numbers.length) counts[NUMBER] = numbers.length;
    const shown = kind === NUMBER ? numbers.slice(0, most) : numbers.slice(0, !kind && (place >= 0 || !chosen.length) ? 1 : 0);
    if (!chosen.length && !shown.length) return nothing();
    const checked = shown.map(({ id, title, value, from }) => ({ address: `go/${id}/`, kind: NUMBER, title: pieces(title, marks, begun), value, answer: [[from, false]] }));
    const results = chosen.map((item) => {
      const titled = item.kind === "Chapter" && isTitled(item, parts);
      const section = item.kind === "Figure" || titled ? undefined : bestSection(item, wanted, synonyms);
      const own = titled ? {} : passages.get(item.address);
      const paragraphs = item.of ? item.more.split("\n").slice(1) : own ? (own[section?.anchor] ?? Object.values(own).flat()) : [];
      const answer = answerOf(item, paragraphs, own?.[section?.anchor] ? section.heading : "", wanted);
      return {
        address: item.address, kind: item.kind, of: item.of, waits: !item.of && !own && data.told.includes(item.kind), title: pieces(item.title, marks, begun), also: alsoCalled(item, wanted),
        answer: fromMatch(pieces(answer, marks, begun)), section: section && { address: `${item.address}#${section.anchor}`, title: pieces(section.heading, marks, begun) },
      };
    });
    return { results: results.toSpliced(Math.max(place, 0), 0, ...checked), counts, corrected };
  }

  return { search };
}
