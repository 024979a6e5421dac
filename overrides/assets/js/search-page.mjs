// The page of results: one ranked list for ?q=. The address follows the field, so that readers can share it.

import { loadSheet, makeKinds, show } from "./search-list.mjs";

const form = document.querySelector(".fg-search-page__form");
const input = form.elements.q;
const parts = {
  list: document.querySelector(".fg-results"),
  count: document.querySelector(".fg-search-page .fg-search__count"),
  kinds: makeKinds(() => find(false)),
};
parts.kinds.hidden = true;
form.after(parts.kinds);

async function find(typing) {
  const address = new URL(location.href);
  address.search = input.value.trim() ? `?${new URLSearchParams({ q: input.value.trim() })}` : "";
  try {
    history.replaceState(history.state, "", address);
  } catch { /* a browser that is asked too often refuses: the next change is written again */ }
  await show(parts, input.value, { typing });
}

input.value = (new URL(location.href).searchParams.get("q") ?? "").slice(0, 300);
input.addEventListener("input", () => find(true));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  find(false);
});
show(parts, input.value);
await loadSheet();
form.parentElement.hidden = false;
if (!input.value) input.focus({ preventScroll: true });
