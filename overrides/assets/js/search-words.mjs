// The only module that splits pages and questions into words, knows stop words and finds stems.

const STOP = new Set(
  `a about actual after again all allow allowed allows also am an and any anybody anyone are aren arent as ask asked asking asks at be because become becomes been
  before being best better both bring brings but by came can cannot cant come comes coming could couldnt did didnt do does doesnt doing done dont else even ever
  every exactly few find finding finds for found from get gets getting give given giving go goes good got great had has hasnt have havent having he hello her here
  hes hey hi him his how hows i id if ill im in into is isnt it its itself ive just keep keeping keeps kind leave left let look looking looks lot lots made make
  makes making many may maybe me might mine more most much must my no nor not now nowadays of off ok okay on once one ones only onto or other others our ours
  ourselves out over own per please plz put quite rather really said same say says seem seems shall she shes should shouldnt so some somebody someone something
  sort start started starting starts still stuff such take taken takes taking than that thats the their theirs them then there theres these they theyre theyve
  thing things this those though through thus to today too took tried tries try trying turn turned turns under until up upon us use used uses using very via was
  wasnt we were werent what whatever whats when where wheres whether which while who whom whos whose why will with within without wont would wouldnt yes yet you
  your youre yours yourself youve
  actually basically between call called define definition describe differ difference differences explain explained explanation happen happened happens know learn
  like list mean meaning means need needs show simple simply tell understand versus vs want wants way ways work working works`.split(/\s+/),
);

/** Words that Porter's rules would confuse with others. */
const AS_THEY_ARE = new Map(Object.entries({ general: "general", generally: "general", business: "business", businesses: "business", news: "news", interpretability: "interpretability", interpretable: "interpretability", explainability: "explainability", explainable: "explainability" }));

/** The words of a text in lower case: "GPT-4's $5.6M" gives gpt, 4, gpt4, 5.6m. Words with hyphens are given in parts and as a whole. */
export function wordsOf(text) {
  const small = text.toLowerCase();
  if (/^[a-z]+$/.test(small)) return [small]; // nearly all are
  const plain = small
    .normalize("NFKD")
    .replace(/\p{Diacritic}/gu, "")
    .replace(/['’ʼ]s(?!\p{L})|['’ʼ]/gu, "")
    .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
    .replace(/\u2060/g, "");
  const found = [];
  for (const [chunk] of plain.matchAll(/[\p{L}\p{N}]+(?:[.\-‐‑][\p{L}\p{N}]+)*/gu)) {
    const parts = chunk.match(/\p{N}+(?:\.\p{N}+)+\p{L}*|[\p{L}\p{N}]+/gu);
    found.push(...parts);
    if (parts.length > 1 && parts.length < 4) found.push(parts.join(""));
  }
  return found;
}

/** The words of a question: as above, without the joined ones, with "70 billion" as 70b and "chat GPT" as one word. */
export function wordsAsked(text) {
  const numbers = text.replace(/(\d)\s*(billion|bn|million|trillion|thousand)\b/gi, (_, digit, unit) => digit + unit[0].toLowerCase().replace("t", unit[1] === "r" ? "t" : "k"));
  return numbers.replace(/\bchat[- ]?g(?:pt|tp)\b/gi, "chatgpt").split(/[-‐‑]/).flatMap((part) => part.split(/(?<=\p{L})\.(?=\p{L})/u)).flatMap(wordsOf);
}

/** Whether a word is a stop word. */
export const isSmall = (word) => STOP.has(word) || (word.length === 1 && !/\d/.test(word));

const stems = new Map();

/** The stem of a word, by Porter's rules (1980) after changing British to American spelling; numbers keep their letters. */
export function stem(word) {
  let found = stems.get(word);
  if (found === undefined) {
    found = AS_THEY_ARE.get(word) ?? (/\d/.test(word) ? word.replace(/(?<=\d)s$/, "") : /^[a-z]+$/.test(word) && word.length > 2 ? porter(american(word)) : word);
    stems.set(word, found);
  }
  return found;
}

const american = (word) =>
  word.length < 6
    ? word
    : word
        .replace(/(?<=...)is(e|ed|es|er|ers|ing|ation|ations|able)$/, "iz$1")
        .replace(/ys(e|ed|es|er|ers|ing)$/, "yz$1")
        .replace(/our(s|ed|ing|al|able|ite|ites)?$/, "or$1")
        .replace(/tre(s|d)?$/, "ter$1")
        .replace(/ll(ed|ing|er|ers)$/, "l$1")
        .replace(/ogue(s)?$/, "og$1")
        .replace(/licenc/, "licens")
        .replace(/ifications?$/, "ify");

const VOWELS = /[aeiouy]/;
const measure = (text) => (text.replace(/^y|(?<=[aeiou])y/g, "Y").match(/[aeiouy]+[^aeiouy]+/g) ?? []).length;
const closed = (text) => /[^aeiouy][aeiouy][^aeiouywx]$/.test(text);

const SECOND = Object.entries({ ational: "ate", tional: "tion", enci: "ence", anci: "ance", izer: "ize", abli: "able", alli: "al", entli: "ent", eli: "e", ousli: "ous", ization: "ize", ation: "ate", ator: "ate", alism: "al", iveness: "ive", fulness: "ful", ousness: "ous", aliti: "al", iviti: "ive", biliti: "ble" });
const THIRD = Object.entries({ icate: "ic", ative: "", alize: "al", iciti: "ic", ical: "ic", ful: "", ness: "" });
const FOURTH = ["ement", "ance", "ence", "able", "ible", "ment", "ant", "ent", "ism", "ate", "iti", "ous", "ive", "ize", "al", "er", "or", "ic", "ou"];

function porter(word) {
  let w = word.replace(/sses$/, "ss").replace(/ies$/, "i").replace(/([^s])s$/, "$1");
  if (w.endsWith("eed")) {
    if (measure(w.slice(0, -3)) > 0) w = w.slice(0, -1);
  } else {
    const cut = w.replace(/(ed|ing)$/, "");
    if (cut !== w && VOWELS.test(cut)) {
      w = cut;
      if (/(at|bl|iz)$/.test(w)) w += "e";
      else if (/([^aeiouylsz])\1$/.test(w)) w = w.slice(0, -1);
      else if (measure(w) === 1 && closed(w)) w += "e";
    }
  }
  if (/[^aeiou]y$/.test(w) && VOWELS.test(w.slice(0, -1))) w = `${w.slice(0, -1)}i`;
  for (const rules of [SECOND, THIRD]) {
    const rule = rules.find(([ending]) => w.endsWith(ending));
    if (rule && measure(w.slice(0, -rule[0].length)) > 0) w = w.slice(0, -rule[0].length) + rule[1];
  }
  const ending = FOURTH.find((end) => w.endsWith(end));
  if (ending && measure(w.slice(0, -ending.length)) > 1) w = w.slice(0, -ending.length);
  else if (/[st]ion$/.test(w) && measure(w.slice(0, -3)) > 1) w = w.slice(0, -3);
  if (w.endsWith("e") && (measure(w.slice(0, -1)) > 1 || (measure(w.slice(0, -1)) === 1 && !closed(w.slice(0, -1))))) w = w.slice(0, -1);
  if (w.endsWith("ll") && measure(w) > 1) w = w.slice(0, -1);
  return w;
}

const GENERAL = new Set("ai artificial intelligence chatgpt chatbot chatbots llm llms model models startup startups company companies product products app apps".split(" ").map(stem));

/** Whether a word is about nearly everything here, and so says little beside other words. */
export const isGeneral = (word) => GENERAL.has(stem(word));
