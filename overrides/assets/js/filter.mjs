// Filters and sorts a list that is already on the page. State lives in the address, so a filtered view can be sent.
// form.fg-filter[data-for=x] drives every [data-filter=x]. An item has data-search and one data-<control> for each control,
// which may be on its group instead. With an empty data-search, its own words and its group's heading are searched. A [data-group] contains a heading and items and
// is hidden when all of them are.
// A checkbox with data-unless=x limits the list to items with data-x until it is ticked.
// A header word with data-sort=key becomes a button that sorts the items by data-sort-key: without this script it is a word.
// On a phone, .fg-filter__more shows the controls besides the search; during a search (data-asked) the rows are right below the form.
// If no item is left, a line after the list says so and offers to clear the filters.

const camel = (name) => name.replace(/-([a-z])/g, (_, letter) => letter.toUpperCase());
const fold = (text) => text.normalize("NFD").replace(/\p{Diacritic}/gu, "").toLowerCase();

const itemsOf = (list) => [...list.querySelectorAll("[data-search]")];
const listsOf = (form) => [...document.querySelectorAll(`[data-filter="${CSS.escape(form.dataset.for)}"]`)];
const formOf = (list) => document.querySelector(`form.fg-filter[data-for="${CSS.escape(list.dataset.filter)}"]`);
const controlsOf = (form) => [...form.elements].filter((control) => control.name);

/** The most characters of a search. Longer text is cut, whether it comes from the field, the address or the clipboard. */
const LONGEST = 100;

/** The value of every control that narrows the list, by its name; `standing` if it is a default, `widens` if it only lifts that default. */
function choices(form) {
  const chosen = new Map();
  for (const control of controlsOf(form)) {
    if (control.dataset.unless) {
      const { name, checked, value, dataset } = control;
      chosen.set(checked ? name : dataset.unless, { value, words: null, standing: !checked, widens: checked });
      continue;
    }
    if ((control.type === "radio" || control.type === "checkbox") && !control.checked) continue;
    const value = control.value.trim().slice(0, LONGEST).trim();
    if (value) chosen.set(control.name, { value, words: control.type === "search" ? [...new Set(fold(value).split(/\s+/))] : null });
  }
  return chosen;
}

const texts = new WeakMap();

/** The searchable text of an item, without case and diacritics; cached, since lists may be long. */
function textOf(item) {
  if (!texts.has(item)) {
    const heading = item.closest("[data-group]")?.querySelector(":scope > tr:not([data-search]), :scope > summary, :scope > details > summary");
    texts.set(item, fold(item.dataset.search || `${item.id} ${item.querySelector("a")?.getAttribute("href") ?? ""} ${item.textContent} ${heading?.textContent ?? ""}`));
  }
  return texts.get(item);
}

/** What a row's data call a control; the second form of a page has names of its own in the address, such as `age-hours`. */
const keyOf = (name) => camel(name.replace(/-hours$/, ""));

function matches(item, chosen) {
  for (const [name, { value, words, widens }] of chosen) {
    if (widens) continue;
    if (words) {
      const text = textOf(item);
      if (!words.every((word) => text.includes(word))) return false;
    } else if (!(item.dataset[keyOf(name)] ?? item.closest("[data-group]")?.dataset[keyOf(name)] ?? "").split("|").includes(value)) {
      return false;
    }
  }
  return true;
}

/** The choices without the defaults. */
const wider = (chosen) => new Map([...chosen].filter(([, { standing }]) => !standing));

/** For a search of several words without a match: at most two searches for some of them that match, the longest first, with their numbers of matches. */
function shorter(items, chosen) {
  const [name, { words }] = [...chosen].find(([, choice]) => choice.words) ?? ["", { words: [] }];
  if (words.length < 2) return [];
  const matching = (some) => items.filter((item) => matches(item, new Map(chosen).set(name, { words: some }))).length;
  const parts = [words.map((word) => words.filter((other) => other !== word)), words.map((word) => [word])];
  const found = parts.flatMap((searches) => searches.map((some) => [some, matching(some)]).toSorted((a, b) => a[1] - b[1]));
  const offered = [];
  for (const [some, number] of found) {
    if (number && offered.length < 2 && !offered.some(([search]) => some.every((word) => search.includes(word)))) offered.push([some, number]);
  }
  return offered.map(([some, number]) => [some.join(" "), number]);
}

function apply(form, { write = true } = {}) {
  const chosen = choices(form);
  const items = listsOf(form).flatMap(itemsOf);
  for (const item of items) item.hidden = !matches(item, chosen);
  const asked = [...chosen.values()].some(({ standing }) => !standing);
  for (const list of listsOf(form)) {
    showGroups(list, asked);
    list.toggleAttribute("data-narrowed", asked);
  }
  const count = form.querySelector(".fg-filter__count");
  const shown = items.filter((item) => !item.hidden).length;
  if (count) count.textContent = `${shown.toLocaleString("en")} of ${items.length.toLocaleString("en")} ${count.dataset.noun ?? ""}`.trim();
  const nothing = shown === 0 && asked;
  sayNothing(form, nothing, nothing && items.some((item) => matches(item, wider(chosen))), nothing ? shorter(items, chosen) : []);
  form.toggleAttribute("data-asked", [...chosen.values()].some(({ words }) => words));
  const clear = form.querySelector("button[type=reset]");
  if (clear) clear.hidden = !asked;
  if (write) remember(form, chosen);
  document.dispatchEvent(new CustomEvent("fg-filtered"));
}

/** The line of each form for when nothing matches. It exists from the start, empty, since screen readers announce only changes. */
const lines = new WeakMap();

function addLine(form) {
  const [list] = listsOf(form);
  if (!list) return;
  const line = document.createElement("p");
  line.className = "fg-filter__none";
  line.setAttribute("role", "status");
  (list.closest(".fg-table") ?? list).after(line);
  lines.set(form, line);
}

/** `hides`: a box that is not ticked keeps matches out of the list. `searches`: shorter searches that match, with their counts. */
function sayNothing(form, nothing, hides, searches) {
  const line = lines.get(form);
  const state = nothing ? `${hides} ${searches.join()}` : "";
  if (!line || state === (line.dataset.says ?? "")) return;
  line.dataset.says = state;
  line.replaceChildren();
  if (!nothing) return;
  const field = form.querySelector("input[type=search]");
  const button = (words, act) => {
    const made = document.createElement("button");
    made.type = "button";
    made.className = "fg-action fg-filter__clear";
    made.textContent = words;
    made.addEventListener("click", () => {
      act();
      field?.focus(); // the button is about to disappear
    });
    return made;
  };
  const offers = hides ? [] : searches.map(([words, number]) => button(`Show ${number.toLocaleString("en")} for “${words}”`, () => {
    field.value = words;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }));
  if (hides) {
    const boxes = [...form.querySelectorAll("[data-unless]")];
    const words = boxes.map((box) => box.parentElement.textContent.trim().toLowerCase()).join(", ");
    offers.push(button(`Show ${words}`, () => {
      for (const box of boxes) box.checked = true;
      apply(form);
    }));
  }
  offers.push(button(offers.length ? "clear filters" : "Clear filters", () => form.reset()));
  line.append("No matches. ", ...offers.flatMap((offer, at) => [at === 0 ? "" : at === offers.length - 1 ? " or " : ", ", offer]));
}

/** Hides groups without a visible item and opens folded groups with matches. Headings of groups are hidden in any order but the first. */
function showGroups(list, asked = false) {
  const moved = orders.get(list)?.moved ?? false;
  list.toggleAttribute("data-moved", moved);
  for (const group of list.querySelectorAll("[data-group]")) {
    const any = itemsOf(group).some((item) => !item.hidden);
    group.hidden = !any;
    if (asked && group.localName === "details") group.open = true;
    for (const heading of group.querySelectorAll("tr:not([data-search]), h2")) heading.hidden = moved;
  }
}

/** The parameter of a form's order in the address: `sort`, or `sort-hours` if its search is `find-hours`. */
const sortName = (form) => form.querySelector("input[type=search]")?.name.replace("find", "sort") ?? "sort";

function remember(form, chosen) {
  const address = new URL(location.href);
  for (const control of controlsOf(form)) address.searchParams.delete(control.name);
  for (const [name, { value, standing }] of chosen) if (!standing) address.searchParams.set(name, value);
  address.searchParams.delete(sortName(form));
  for (const list of listsOf(form)) {
    const order = orders.get(list);
    if (order?.moved) address.searchParams.set(sortName(form), `${order.descending ? "-" : ""}${order.key}`);
  }
  try {
    history.replaceState(history.state, "", address);
  } catch { /* a browser that is asked too often refuses: the next change is written again */ }
}

/** For each list: its first order (parent → what is sorted there), and its current sort key. */
const orders = new WeakMap();

/** What is sorted: the items of a table, and elsewhere whole records. */
const sortedOf = (list) => [...new Set(itemsOf(list).map((item) => item.parentElement.closest("li[data-group]") ?? item))];

function orderOf(list) {
  if (!orders.has(list)) {
    const head = list.querySelector("th[aria-sort=ascending], th[aria-sort=descending]");
    orders.set(list, {
      parents: Map.groupBy ? Map.groupBy(sortedOf(list), (item) => item.parentElement) : groupBy(sortedOf(list)),
      first: { key: head?.querySelector("[data-sort]")?.dataset.sort, descending: head?.getAttribute("aria-sort") === "descending" },
      key: "",
      descending: false,
      moved: false,
    });
  }
  return orders.get(list);
}

function groupBy(items) {
  const parents = new Map();
  for (const item of items) parents.set(item.parentElement, [...(parents.get(item.parentElement) ?? []), item]);
  return parents;
}

/** Numbers sort as numbers, everything else as text; an item without a value comes last either way. */
function sort(list, key, descending) {
  const order = orderOf(list);
  for (const button of list.querySelectorAll("th [data-sort]")) {
    const state = button.dataset.sort === key ? (descending ? "descending" : "ascending") : "none";
    button.closest("th").setAttribute("aria-sort", state);
  }
  Object.assign(order, { key, descending, moved: key !== order.first.key || descending !== order.first.descending });
  sayOrder(list);
  if (!order.moved) {
    for (const [parent, items] of order.parents) parent.append(...items);
    return;
  }
  const keyed = [...order.parents.values()].flat().map((item) => ({ item, value: valueOf(item, key) }));
  const sign = descending ? -1 : 1;
  keyed.sort((a, b) => {
    if (a.value === "" || b.value === "") return Number(a.value === "") - Number(b.value === "");
    return sign * (isNumber(a.value) && isNumber(b.value) ? a.value - b.value : a.value.localeCompare(b.value, "en", { numeric: true }));
  });
  [...order.parents.keys()][0].append(...keyed.map(({ item }) => item));
}

/** Makes the menu show the current order, which "Clear" and the address can change too. */
function sayOrder(list) {
  const menu = formOf(list)?.querySelector(".fg-filter__order");
  const order = orders.get(list);
  if (menu) menu.value = order?.moved ? order.key : "";
}

const valueOf = (item, key) => item.dataset[camel(`sort-${key}`)] ?? "";
const isNumber = (text) => text !== "" && !Number.isNaN(Number(text));

/** Sorts by a column: a new one starts with its largest number or its first word, the same one is reversed. */
function press(button) {
  const list = button.closest("[data-filter]");
  const key = button.dataset.sort;
  const now = button.closest("th").getAttribute("aria-sort");
  const numeric = itemsOf(list).some((item) => isNumber(valueOf(item, key)));
  sort(list, key, now === "ascending" || (now !== "descending" && numeric));
  const form = formOf(list);
  if (form) apply(form);
  else showGroups(list);
}

function restore(form) {
  const asked = new URL(location.href).searchParams;
  for (const control of controlsOf(form)) {
    const value = asked.get(control.name);
    if (value === null) continue;
    if (control.type === "checkbox") control.checked = control.value === value;
    else if (control.type === "radio") control.checked ||= control.value === value;
    else if (control.tagName !== "SELECT") control.value ||= value.slice(0, LONGEST); // a reader may have typed on while this script was on its way
    else if ([...control.options].some((option) => option.value === value)) control.value = value;
  }
  const by = /^(-?)([\w-]+)$/.exec(asked.get(sortName(form)) ?? "");
  for (const list of by ? listsOf(form) : []) {
    if (list.querySelector(`th [data-sort="${CSS.escape(by[2])}"]`) || form.querySelector(`.fg-filter__order [value="${CSS.escape(by[2])}"]`)) sort(list, by[2], by[1] === "-");
  }
  apply(form, { write: false });
  const more = form.querySelector(".fg-filter__more");
  if (more && [...choices(form).values()].some(({ standing, words }) => !standing && !words)) more.setAttribute("aria-expanded", "true"); // controls that narrow the list are visible
}

/** During typing, scrolls the first matching row into view below the field. */
function follow(form) {
  const first = listsOf(form).flatMap(itemsOf).find((item) => !item.hidden);
  if (first?.getBoundingClientRect().bottom > (window.visualViewport?.height ?? innerHeight)) form.scrollIntoView();
}

/** A decoded part of an address, or nothing if it is malformed. */
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}

/** A link to an item that the filter hides clears the filter, and the count says so. */
function reveal() {
  const target = document.getElementById(decoded(location.hash.slice(1)));
  const list = target?.closest("[data-filter]");
  const form = list && target.closest("[hidden]:not(.fg-kept)") ? formOf(list) : null;
  if (!form) return;
  form.reset();
  apply(form);
  if (target.closest("[hidden]:not(.fg-kept)")) { // it is not in the list by default
    for (const box of form.querySelectorAll("[data-unless]")) box.checked = true;
    apply(form);
  }
  target.scrollIntoView();
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("form.fg-filter");
  if (!form) return;
  apply(form);
  if (event.target.type === "search") follow(form);
});

document.addEventListener("reset", (event) => {
  // The controls change after this event.
  const form = event.target;
  if (!form.matches("form.fg-filter")) return;
  setTimeout(() => {
    apply(form);
    listsOf(form).forEach(sayOrder);
  });
});

document.addEventListener("submit", (event) => {
  if (event.target.matches("form.fg-filter")) event.preventDefault();
});

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-filter] th [data-sort]");
  if (button) press(button);
  const more = event.target.closest(".fg-filter__more");
  more?.setAttribute("aria-expanded", more.getAttribute("aria-expanded") !== "true");
});

/** Where rows are shown as entries there are no headers, so a menu offers their orders. */
function offerOrders(form) {
  const [list] = listsOf(form);
  const buttons = list ? [...list.querySelectorAll("th [data-sort]")] : [];
  const menu = form.querySelector(".fg-filter__order");
  if (!menu) return;
  menu.append(...buttons.map((button) => new Option(`By ${button.textContent.trim().toLowerCase()}`, button.dataset.sort)));
  menu.addEventListener("change", () => {
    const order = orderOf(list);
    const button = buttons.find(({ dataset }) => dataset.sort === menu.value);
    if (button) press(button);
    else sort(list, menu.value || order.first.key, !menu.value && order.first.descending);
    apply(form);
  });
}

for (const word of document.querySelectorAll("[data-filter] th [data-sort]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.dataset.sort = word.dataset.sort;
  button.append(...word.childNodes);
  word.replaceWith(button);
}
for (const form of document.querySelectorAll("form.fg-filter")) {
  offerOrders(form);
  addLine(form);
  restore(form);
}
reveal();
addEventListener("hashchange", reveal);
