// The search in its own thread: fetches the documents once, builds the index, and answers questions in order.

import { makeEngine } from "./search-engine.mjs";

const engine = fetch(new URL("../search.json", import.meta.url)).then(async (answer) => {
  if (!answer.ok) throw new Error(`the index could not be fetched (${answer.status})`);
  return makeEngine(await answer.json());
});

addEventListener("message", async ({ data: { id, question, options } }) => {
  try {
    postMessage({ id, found: (await engine).search(question, options) });
  } catch (error) {
    postMessage({ id, fault: error.message });
  }
});
