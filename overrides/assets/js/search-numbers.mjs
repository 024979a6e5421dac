// The checked numbers as results of the search: found by the words of their titles and of what they are about.

import { stemsOf, telling } from "./search-index.mjs";
import { isGeneral, stem } from "./search-words.mjs";

/** Words for what is counted or measured: beside a name, one of them asks for a number. */
const QUANTITIES = new Set(
  `backlog bill budget capacity capex capital cash charge commitment cost customers date deadline debt depreciation electricity emissions employees energy
  expenses fee fine fund funding growth income interest invest investment limit loan loss margin market memory money orders pay payments payout percent percentage
  power profit purchase raise raised rate release released retention revenue round salary sales saving score settlement shares share size speed
  spend spending stake subscribers tax traffic users valuation valued volume wages water workforce worth`.split(/\s+/).flatMap(stemsOf),
);
const HOW_MUCH = /\bhow (?:much|many|long|big|large|fast|old|often)\b|^when\b|\bwhat (?:share|percentage|percent|year|date)\b/i;
const WHY = /\b(?:why|should|difference|vs|versus|explain|meaning)\b|\b(?:how|what) (?:do|does|is|are|can|to)\b/i; // asks for an explanation, unless it asks how much
const RELATIVE = /\b(?:share|multiple|times|percent(?:age)?|ratio|than)\b/i;
const IS_RELATIVE = /\b(?:share of|as a (?:share|multiple))\b/i;
const FINE_TUNING = /\bfine[- ]?tun/i; // which is no fine
const PRICE = "price"; // what the page of prices answers

const ALIKE = 0.8; // factor for a word that means the same
const BESIDE = 0.8; // factor for a word that a title lacks and the subject of the number's record has
const STRANGE = 0.5; // factor for the weight of a word that no title has
const LEADS = 1.3; // factor for a title that begins with a name of the question
const NAMELESS = 0.3; // factor for a number that lacks a name of the question
const LESS = 0.7; // factor for a share or a multiple that the question does not ask for
const CLOSE = 0.05; // points within which the newest number comes first

// What a number needs: the share of the question that it answers (covers), and the share of its title that the question has (nears), both by weight.
const FOUND = 0.4; // covers, to be found at all
const FIRST = { covers: 0.6, nears: 0.15 }; // to come before all pages, for a question with a name and a quantity
const ALONE = { covers: 0.9, nears: 0.45 }; // the same, for any other question
const AMONG = { covers: 0.5, nears: 0.2 }; // to stand among pages,
const AFTER = 3; // after so many of them

/** Whether a word of a title is written as a name is; null where the title begins with it and so does not tell. */
function looksNamed(word, at) {
  if (/^\p{Ll}*\p{Lu}.*\p{Lu}|^\p{L}.*\d|^\p{Lu}.*[’']s$/u.test(word)) return true;
  return at ? /^\p{Lu}/u.test(word) : null;
}

/** The stems that titles write as names throughout. */
function namesIn(titles) {
  const counts = new Map();
  for (const title of titles) {
    for (const { 0: word, index } of title.matchAll(/[\p{L}\p{N}]+(?:[’'.-][\p{L}\p{N}]+)*/gu)) {
      const is = looksNamed(word, index);
      if (is === null) continue;
      for (const one of stemsOf(word)) {
        const [named, all] = counts.get(one) ?? [0, 0];
        counts.set(one, [named + is, all + 1]);
      }
    }
  }
  return new Set([...counts].filter(([, [named, all]]) => named > 0.9 * all).map(([one]) => one));
}

/** [how well a number answers a part of a question, from 0 to 1; the stem of its title that does, if one does]. */
function answered({ stems, beside }, ways) {
  let best = [0];
  for (const [some, by] of ways) {
    if (by > best[0] && some.every((one) => stems.has(one))) best = [by, some[0]];
    if (by * BESIDE > best[0] && some.every((one) => stems.has(one) || beside.has(one))) best = [by * BESIDE];
  }
  return best;
}

/**
 * The numbers of assets/numbers.json, [record.field, title, value, source and day, the words of its record's subject that the title lacks], newest first.
 * `terms` are the stems of the glossary's terms, such as GPU, which are no names; `alike` has other stems for a stem.
 * `find` returns those that answer a question as the engine read it, best first, and the place of the best among the pages, or -1.
 */
export function makeNumbers(rows, terms, alike) {
  const numbers = rows.map(([id, title, value, from, about]) => ({ id, title, value, from, stems: new Set(stemsOf(title)), beside: new Set(stemsOf(about)), own: [...new Set(telling(title).map(stem))] }));
  const often = new Map();
  for (const { stems } of numbers) for (const one of stems) often.set(one, (often.get(one) ?? 0) + 1);
  const weight = (one) => Math.log(1 + numbers.length / (1 + (often.get(one) ?? 0)));
  const weigh = (stems) => [...stems].reduce((sum, one) => sum + weight(one), 0);
  const names = new Set([...namesIn(numbers.map(({ title }) => title))].filter((one) => !terms.has(one) && one !== "ai"));

  /** A part of a question: its weight, whether it is a name or a quantity, and the ways to answer it, [stems, factor]. */
  function wanted({ one, stems }, synonyms, question) {
    const others = alike.get(one) ?? [];
    return {
      heavy: weight(one) * (often.has(one) ? 1 : STRANGE),
      isName: names.has(one),
      isQuantity: one !== PRICE && !FINE_TUNING.test(question) && [one, ...others].some((other) => QUANTITIES.has(other)),
      ways: [...[one, ...stems].map((own) => [[own], 1]), ...others.map((other) => [[other], ALIKE]), ...synonyms.filter(({ typed }) => typed.includes(one)).map(({ said }) => [said, ALIKE])],
    };
  }

  /** How well a number answers a question of those parts. */
  function measure(number, parts, total, relative) {
    let [covers, factor, lacksName, lacks] = [0, 1, false, false];
    const said = new Set();
    for (const { heavy, isName, isQuantity, ways } of parts) {
      const [by, one] = answered(number, ways);
      covers += (heavy * by) / total;
      if (one) said.add(one);
      if (by) continue;
      if (isName) factor *= NAMELESS;
      lacksName ||= isName;
      lacks ||= isName || isQuantity;
    }
    const nears = weigh(said) / weigh(number.own);
    if (names.has(number.own[0]) && said.has(number.own[0])) factor *= LEADS;
    if (!relative && IS_RELATIVE.test(number.title)) factor *= LESS;
    return { number, covers, nears: nears * factor, lacksName, lacks, points: covers ** 2 * (0.3 + nears) * factor };
  }

  return function find(question, asked) {
    const some = asked.parts.filter(({ word, one }) => !isGeneral(word) || names.has(one));
    const parts = (some.length ? some : asked.parts).map((part) => wanted(part, asked.synonyms, question));
    const total = parts.reduce((sum, { heavy }) => sum + heavy, 0);
    const relative = RELATIVE.test(question);
    const found = numbers.map((number) => measure(number, parts, total, relative)).filter(({ covers }) => covers >= FOUND).toSorted((a, b) => step(b) - step(a));
    return { numbers: found.map(({ number }) => number), place: found.length ? placeOf(found[0], parts, question) : -1 };
  };
}

const step = ({ points }) => Math.round(points / CLOSE);
const reaches = ({ covers, nears }, least) => covers >= least.covers && nears >= least.nears;

/** The place among the pages for the best number, or -1. */
function placeOf(best, parts, question) {
  const named = parts.some(({ isName }) => isName);
  const explains = WHY.test(question);
  const counted = parts.some(({ isQuantity }) => isQuantity) && !explains;
  const asks = counted || HOW_MUCH.test(question);
  if (asks && !best.lacks && reaches(best, named && counted ? FIRST : ALONE)) return 0;
  return parts.length > 1 && !best.lacksName && reaches(best, AMONG) && (asks || (named && !explains)) ? AFTER : -1;
}
