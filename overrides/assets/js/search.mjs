// The search's dialog. `openSearch(opener)` shows it; Escape returns the focus to `opener`, and the page does not scroll.

import { loadSheet, make, makeKinds, ROOT, show, startWorker } from "./search-list.mjs";

const KEYS = "fg-keys";
const PAGE = new URL("search/", ROOT).href;
let dialog;
let back;

/** Whether `/` and Ctrl-K open the search. Storage may be forbidden. */
function keysOn() {
  try {
    return localStorage.getItem(KEYS) !== "off";
  } catch {
    return true;
  }
}

function setKeys(on) {
  try {
    if (on) localStorage.removeItem(KEYS);
    else localStorage.setItem(KEYS, "off");
  } catch {
    // storage is forbidden, so the shortcuts keep their default
  }
}

function build() {
  const input = make("input", {
    class: "fg-search__input", type: "text", name: "q", inputmode: "search", enterkeyhint: "search", "aria-label": "Search the guide", placeholder: "Ask a question or type a term",
    autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", maxlength: "300", autofocus: "",
  });
  const close = make("button", { type: "button", class: "fg-search__close", "aria-label": "Close search" });
  const count = make("p", { class: "fg-search__count", role: "status" });
  const list = make("ol", { class: "fg-results", "aria-label": "Results" });
  const kinds = makeKinds(() => search(false));
  kinds.hidden = true;
  const form = make("form", { class: "fg-search__form", role: "search", action: PAGE }, input, close);
  const keys = make("input", { type: "checkbox" });
  const all = make("a", { class: "fg-search__all", href: PAGE, hidden: "" }, "See all results");
  const foot = make("div", { class: "fg-search__foot" }, make("label", { class: "fg-search__keys" }, keys, make("span", {}, "Keyboard shortcuts ", make("kbd", {}, "/"), " and ", make("kbd", {}, "Ctrl K"))), all);
  const made = make("dialog", { class: "fg-search", "aria-label": "Search" }, form, make("div", { class: "fg-search__bar" }, kinds, count), make("div", { class: "fg-search__scroll" }, list), foot);

  const search = async (typing = true) => {
    all.href = `${PAGE}?${new URLSearchParams({ q: input.value.trim() })}`;
    all.hidden = !input.value.trim();
    await show({ list, count, kinds }, input.value, { typing });
  };
  input.addEventListener("input", () => search());
  form.addEventListener("submit", (event) => {
    if (!input.value.trim()) event.preventDefault();
  });
  close.addEventListener("click", () => made.close());
  keys.checked = keysOn();
  keys.addEventListener("change", () => setKeys(keys.checked));
  made.addEventListener("keydown", (event) => move(event, input, list));
  made.addEventListener("click", (event) => {
    if (event.target === made || event.target.closest("a")?.hash) made.close(); // a press beside the dialog, or on a link to this page
  });
  made.addEventListener("close", () => back?.focus({ preventScroll: true }));
  return { made, input };
}

/** Arrow keys move from the field through the results and back; letters are typed into the field. */
function move(event, input, list) {
  const links = [...list.querySelectorAll(".fg-results__page")];
  const at = links.findIndex((link) => link.closest("li").contains(document.activeElement));
  const here = document.activeElement === input ? -1 : at;
  if (here < 0 && document.activeElement !== input) return;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    const next = here + (event.key === "ArrowDown" ? 1 : -1);
    event.preventDefault();
    if (next < 0) input.focus();
    else links[Math.min(next, links.length - 1)]?.focus();
  } else if (here >= 0 && event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey) {
    input.focus(); // the letter is typed there
  }
}

/** Shows the search. `opener` gets the focus when it closes, by default the element that has it now. */
export async function openSearch(opener) {
  if (dialog?.made.open) return;
  back = opener ?? document.activeElement;
  startWorker();
  await loadSheet();
  if (!dialog) {
    dialog = build();
    document.body.append(dialog.made);
  }
  if (dialog.made.open) return;
  dialog.made.showModal();
  dialog.input.focus({ preventScroll: true });
  dialog.input.select();
}
