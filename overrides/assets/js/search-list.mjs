// Shared by the search's dialog and page: the request to the worker, the list of results, the filter by kind, the line with the number of results.

export const ROOT = new URL("../../", import.meta.url);
export const KINDS = { "": "All", Chapter: "Chapters", Definition: "Definitions", Number: "Numbers", Figure: "Figures", Data: "Data", Lab: "Labs", About: "About" };
const PAUSE = 150; // milliseconds without a letter after which passages are fetched
const SHEET = new URL("../search.css", import.meta.url).href;

/** An element of those attributes and children. */
export function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

/** Loads the sheet once; resolves when it is loaded or has failed. */
export function loadSheet() {
  const there = [...document.querySelectorAll("link[rel=stylesheet]")].find((link) => link.href === SHEET);
  if (there) return Promise.resolve();
  const link = make("link", { rel: "stylesheet", href: SHEET });
  const loaded = new Promise((done) => {
    link.addEventListener("load", done);
    link.addEventListener("error", done);
  });
  document.head.append(link);
  return loaded;
}

let worker;
let last = 0;
const waiting = new Map();

/** Start the worker, which fetches and builds the index. */
export function startWorker() {
  if (worker) return;
  worker = new Worker(new URL("./search-worker.mjs", import.meta.url), { type: "module" });
  worker.addEventListener("message", ({ data: { id, found, fault } }) => {
    if (fault) {
      giveUp(fault);
      return;
    }
    waiting.get(id)?.done(found);
    waiting.delete(id);
  });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    giveUp(event.message || "its script could not be loaded");
  });
}

/** Ends the worker and rejects all pending questions with the reason; the next question starts a new worker. */
function giveUp(why) {
  for (const { fail } of waiting.values()) fail(new Error(why));
  waiting.clear();
  worker.terminate();
  worker = undefined;
}

/** The answer to a question: {results, counts, corrected, waits}, or {results: [], near, ways}. */
function ask(question, options) {
  startWorker();
  return new Promise((done, fail) => {
    waiting.set(++last, { done, fail });
    worker.postMessage({ id: last, question, options });
  });
}

const marked = (pieces) => pieces.map(([text, asked]) => (asked ? make("mark", {}, text) : text));
const at = (address) => new URL(address, ROOT).href;

function entry({ address, kind, of, title, also, value, answer, section }) {
  const item = make("li", { class: "fg-results__item", "data-kind": kind });
  item.append(make("a", { class: "fg-results__page", href: at(address) }, ...marked(title)));
  if (value) item.append(" ", make("span", { class: "fg-results__value" }, value));
  if (also) item.append(make("span", { class: "fg-results__also" }, also));
  item.append(make("p", { class: "fg-results__answer" }, ...marked(answer)));
  const foot = make("div", { class: "fg-results__foot" }, make("p", { class: "fg-results__kind" }, of ? `${kind}: ${of}` : kind));
  if (section) foot.append(make("a", { class: "fg-results__section", href: at(section.address) }, make("span", {}, ...marked(section.title))));
  item.append(foot);
  return item;
}

const links = (title, some) => make("li", { class: "fg-results__instead" }, make("p", {}, title), ...some.map(([words, address]) => make("a", { href: at(address) }, words)));

/** What to read where nothing was found: the nearest terms, and the ways into the guide. */
function instead({ near, ways }) {
  return [links("The nearest terms", near.map(({ title, address }) => [title, address])), ...(ways.length ? [links("Or pick a path", ways.map(([anchor, name]) => [name, `#${anchor}`]))] : [])];
}

/** The filter by kind: a form control for each, with `choose` called when another is chosen. */
export function makeKinds(choose) {
  const box = make("fieldset", { class: "fg-kinds" }, make("legend", { class: "fg-sr" }, "Filter results"));
  for (const [value, words] of Object.entries(KINDS)) {
    const button = make("input", { type: "radio", name: "kind", value });
    button.checked = value === "";
    box.append(make("label", {}, button, make("span", {}, words)));
  }
  box.addEventListener("change", choose);
  return box;
}

const chosen = (kinds) => kinds.querySelector(":checked")?.value ?? "";

function showKinds(kinds, counts) {
  for (const button of kinds.querySelectorAll("input")) {
    const none = button.value !== "" && !counts[button.value];
    button.closest("label").hidden = none && !button.checked;
  }
}

const quoted = (words) => words.map((word) => `“${word}”`).join(", ");

/** The line about a search. If words were corrected, it offers to search for what was typed, with `again`. */
function said(question, results, corrected, again) {
  if (!results.length) return [`Nothing found for “${question}”. Try fewer or different words.`];
  const count = `${results.length} result${results.length === 1 ? "" : "s"}`;
  if (!corrected.length) return [count];
  const typed = make("button", { type: "button", class: "fg-search__again" }, quoted(corrected.map(([word]) => word)));
  typed.addEventListener("click", again);
  return [`${count}. Showing results for ${quoted(corrected.map(([, meant]) => meant))}. Search for `, typed, " instead."];
}

const asked = new WeakMap();

/** Shows the passages that the first results waited for, once nothing more is typed. */
async function showPassages(list, turn, words, options) {
  if (options.typing) await new Promise((done) => setTimeout(done, PAUSE));
  if (asked.get(list) !== turn) return;
  const { results } = await ask(words, { ...options, whole: true });
  if (asked.get(list) !== turn) return;
  for (const [number, answer] of [...list.querySelectorAll(".fg-results__answer")].entries()) answer.replaceChildren(...marked(results[number].answer));
}

/**
 * Searches and fills `list` (an ol), `count` (a status line) and `kinds`. Of several questions, only the last is shown.
 * Resolves when they are filled. The list's data-question is the question answered, data-literal the question that must not be corrected.
 */
export async function show({ list, count, kinds }, question, options = {}) {
  const words = question.trim().slice(0, 300);
  const turn = {};
  asked.set(list, turn);
  if (!words) {
    list.replaceChildren();
    count.textContent = "";
    kinds.hidden = true;
    list.dataset.question = "";
    return;
  }
  if (!list.hasChildNodes()) count.textContent = "Searching…";
  try {
    const kind = chosen(kinds);
    const literal = list.dataset.literal === words;
    const found = await ask(words, { ...options, kind, literal });
    if (asked.get(list) !== turn) return;
    const { results, counts, corrected } = found;
    list.replaceChildren(...(results.length ? results.map(entry) : instead(found)));
    kinds.hidden = Object.keys(counts).length < 2 && !kind;
    showKinds(kinds, counts);
    count.replaceChildren(...said(words, results, corrected, () => {
      list.dataset.literal = words;
      count.tabIndex = -1;
      count.focus(); // the button is about to disappear
      show({ list, count, kinds }, words);
    }));
    list.dataset.question = words;
    if (found.waits) await showPassages(list, turn, words, { ...options, kind, literal });
  } catch (error) {
    if (asked.get(list) !== turn) return;
    list.replaceChildren();
    count.textContent = "Search could not load. You can still browse the glossary and the menu.";
    console.error(error);
    list.dataset.question = words;
  }
}
