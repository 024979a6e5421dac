// The search in its own thread: fetches the documents and the numbers once, builds the index, and answers questions in order.

import { makeEngine } from "./search-engine.mjs";

const SOON = 8; // results whose passages are fetched
const passages = new Map(); // address → the paragraphs of its page by anchor; {} if they could not be fetched

async function fetchData(name) {
  const response = await fetch(new URL(`../${name}.json`, import.meta.url));
  if (!response.ok) throw new Error(`${name}.json could not be fetched (${response.status})`);
  return response.json();
}

const engine = Promise.all(["search", "numbers"].map(fetchData)).then((data) => makeEngine(...data));

async function fetchPassages(address) {
  try {
    const response = await fetch(new URL(`../passages/${address}index.json`, import.meta.url));
    passages.set(address, response.ok ? await response.json() : {});
  } catch {
    passages.set(address, {});
  }
}

/** The answer of the engine, with the passages known so far; if it is to be `whole`, also with those that its first results wait for. */
async function answer(question, { whole, ...options }) {
  const { search } = await engine;
  const found = search(question, options, passages);
  const missing = found.results.slice(0, SOON).filter(({ waits }) => waits);
  if (!missing.length) return found;
  if (!whole) return { ...found, waits: true };
  await Promise.all(missing.map(({ address }) => fetchPassages(address)));
  return search(question, options, passages);
}

addEventListener("message", async ({ data: { id, question, options } }) => {
  try {
    postMessage({ id, found: await answer(question, options) });
  } catch (error) {
    postMessage({ id, fault: error.message });
  }
});
