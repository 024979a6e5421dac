// Terms, checked numbers and sources are links; this script shows their note, from the end of the article, beside the word.
// The mark of a sentence opens the notes of all its numbers and sources.
// A note that only the focus has opened is passed by Tab; Enter opens it to stay and goes into it.
// Listeners are on the document, so they also serve pages that instant navigation swaps in.

const TRIGGER = "a[data-note], a[data-notes]";
const HOVER_DELAY = 180;
const LEAVE_DELAY = 260;
const GAP = 12; // between a card in the margin and the window's edge or the header
const sheetWidth = matchMedia("(max-width: 47.4375em)");
const marginWidth = matchMedia("(min-width: 85em)");

/** @type {{trigger: HTMLAnchorElement, box: HTMLElement, pinned: boolean} | null} */
let open = null;
let timer = 0;
let pressWasTouch = false;

const triggerOf = (target) => (target instanceof Element ? target.closest(TRIGGER) : null);
const notesOf = (trigger) => (trigger.dataset.notes ?? trigger.dataset.note).split(" ").map((id) => document.getElementById(id)).filter(Boolean);
const inside = (target) => open !== null && target instanceof Node && open.box.contains(target);

function show(trigger, pinned) {
  clearTimeout(timer);
  if (open && open.trigger === trigger) {
    open.pinned ||= pinned;
    return;
  }
  hide();
  const notes = trigger.dataset.notes ? unrepeated(notesOf(trigger)) : notesOf(trigger);
  const content = trigger.closest(".md-content") ?? document.body;
  if (notes.length === 0) return;
  const box = document.createElement("div");
  box.id = "fg-popover";
  box.className = "fg-popover md-typeset";
  for (const kind of ["term", "source", "number"]) {
    if (notes[0].classList.contains(`fg-note--${kind}`)) box.classList.add(`fg-popover--${kind}`);
  }
  box.setAttribute("role", "dialog");
  box.setAttribute("aria-label", (notes.length === 1 && notes[0].querySelector(".fg-note__name")?.textContent.trim()) || trigger.getAttribute("aria-label") || trigger.textContent.trim());
  box.tabIndex = -1;
  for (const note of notes) {
    const part = document.createElement("div");
    part.className = "fg-popover__note";
    part.append(...[...note.children].map((child) => child.cloneNode(true)));
    if (note.dataset.sources !== undefined) {
      const number = trigger.dataset.note === note.id ? trigger : (trigger.closest("tr, p, li, dd, div") ?? content).querySelector(`a[data-note="${note.id}"]`) ?? trigger;
      round(part.querySelector(".fg-note__name"), number.textContent);
      part.append(links(number, note.dataset.sources.split(" ").filter(Boolean)));
      if (number.matches(".fg-number")) quotable(part, number, note);
    }
    box.append(part);
  }
  for (const element of box.querySelectorAll("[id]")) element.removeAttribute("id");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "fg-popover__close";
  close.setAttribute("aria-label", "Close");
  box.append(close);
  content.append(box);
  trigger.setAttribute("aria-expanded", "true");
  trigger.setAttribute("aria-controls", box.id);
  open = { trigger, box, pinned };
  place(content);
}

/** The notes of a sentence, without sources that one of its numbers already names. */
function unrepeated(notes) {
  const named = new Set(notes.flatMap((note) => (note.dataset.sources ?? "").split(" ")).map((key) => `note-${key}`));
  return notes.filter((note) => !named.has(note.id));
}

/** The number in `name` with as many digits as the text has: 1.4 for 1.397. The claim's page has all of them. */
function round(name, text) {
  const [full, said] = [name.textContent, text].map((words) => words.match(/\d[\d,.]*\d|\d/g) ?? []);
  if (full.length !== 1 || said.length !== 1 || said[0].length >= full[0].length) return;
  const [exact, rounded] = [full[0], said[0]].map((digits) => Number(digits.replaceAll(",", "")));
  if (Math.abs(exact - rounded) < 0.1 * exact) name.textContent = name.textContent.replace(full[0], said[0]);
}

/** The links of a number's note: its sources, with the addresses from their own notes, and its claim, where the number's link leads. */
function links(trigger, keys) {
  const line = document.createElement("p");
  line.className = "fg-note__link";
  const add = (href, words) => {
    const link = document.createElement("a");
    link.className = "fg-action";
    link.setAttribute("href", href);
    link.textContent = words;
    line.append(link, " ");
  };
  for (const key of keys) {
    const source = document.getElementById(`note-${key}`);
    add(source.querySelector("a").href, keys.length > 1 ? `Open ${source.querySelector(".fg-note__name").textContent}` : "Open the source");
  }
  add(trigger.getAttribute("href"), trigger.hash ? "See in references" : "See this number’s record");
  return line;
}

/** Adds the copy buttons to a number's note; their module is fetched when the first number is opened. */
async function quotable(part, number, note) {
  const { quoteLine, quoteOf } = await import("./quote.mjs");
  part.append(quoteLine(() => quoteOf(number, note)));
  if (part.isConnected) place(number.closest(".md-content") ?? document.body);
}

/** Places the note: as a sheet on a phone, in the margin column if there is one (beside the word, or higher if the window requires it), else under the line. */
function place(content) {
  const { trigger, box } = open;
  box.classList.remove("fg-popover--sheet", "fg-popover--margin");
  box.removeAttribute("style");
  if (sheetWidth.matches) {
    box.classList.add("fg-popover--sheet");
    return;
  }
  const frame = content.getBoundingClientRect();
  const word = trigger.getClientRects()[0] ?? trigger.getBoundingClientRect();
  const column = trigger.closest(".md-content__inner > :not(.fg-noted), .fg-noted > *");
  const hasMargin =
    marginWidth.matches &&
    column !== null &&
    !trigger.closest(".fg-wide, .fg-margin, .fg-next") &&
    frame.right - column.getBoundingClientRect().right > 150;
  if (hasMargin) {
    box.classList.add("fg-popover--margin");
    box.style.right = `-${0.75}rem`;
    const highest = Math.max(document.querySelector(".fg-header").getBoundingClientRect().bottom + GAP, frame.top);
    box.style.top = `${Math.max(highest, Math.min(word.top - 8, innerHeight - box.offsetHeight - GAP)) - frame.top}px`;
    return;
  }
  const width = box.offsetWidth;
  const left = Math.min(Math.max(word.left, 12), document.documentElement.clientWidth - width - 12);
  const below = word.bottom - frame.top + 6;
  const above = word.top - frame.top - box.offsetHeight - 6;
  const fits = word.bottom + 6 + box.offsetHeight <= innerHeight || word.top < box.offsetHeight + 80;
  box.style.left = `${left - frame.left}px`;
  box.style.top = `${fits ? below : above}px`;
}

function hide({ refocus = false } = {}) {
  clearTimeout(timer);
  if (!open) return;
  const { trigger, box } = open;
  const hadFocus = box.contains(document.activeElement);
  open = null;
  trigger.removeAttribute("aria-expanded");
  trigger.removeAttribute("aria-controls");
  box.remove();
  if (refocus || hadFocus) {
    silent = true;
    trigger.focus({ preventScroll: true });
    silent = false;
  }
}

let silent = false; // true while focus goes back to a trigger, so that it does not open again

document.addEventListener("pointerdown", (event) => {
  pressWasTouch = event.pointerType !== "mouse";
  if (open && !inside(event.target) && triggerOf(event.target) !== open.trigger) hide();
});

document.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest(".fg-popover__close")) {
    hide({ refocus: true });
    return;
  }
  const trigger = triggerOf(event.target);
  if (!trigger || notesOf(trigger).length === 0) return;
  if (event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
  if (open && open.trigger === trigger && open.pinned) {
    event.preventDefault();
    hide();
    return;
  }
  event.preventDefault();
  event.stopPropagation();
  show(trigger, true);
  const byKey = event.detail === 0;
  if (open && (byKey || open.box.classList.contains("fg-popover--sheet"))) {
    (byKey ? open.box.querySelector("a, button") ?? open.box : open.box).focus({ preventScroll: true });
  }
}, true);

document.addEventListener("pointerover", (event) => {
  if (event.pointerType !== "mouse" || sheetWidth.matches) return;
  const trigger = triggerOf(event.target);
  if (trigger) {
    clearTimeout(timer);
    if (!open?.pinned) timer = setTimeout(() => trigger.isConnected && show(trigger, false), HOVER_DELAY);
  } else if (inside(event.target)) {
    clearTimeout(timer);
  } else if (open && !open.pinned && !inside(document.activeElement) && document.activeElement !== open.trigger) {
    clearTimeout(timer);
    timer = setTimeout(hide, LEAVE_DELAY);
  } else if (!open) {
    clearTimeout(timer);
  }
});

document.addEventListener("focusin", (event) => {
  const trigger = triggerOf(event.target);
  if (trigger) {
    if (!silent && !pressWasTouch && trigger.matches(":focus-visible") && !sheetWidth.matches) show(trigger, false);
  } else if (open && !inside(event.target)) {
    hide();
  }
});

document.addEventListener("keydown", (event) => {
  pressWasTouch = false;
  if (!open) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    hide({ refocus: inside(document.activeElement) });
    return;
  }
  if (event.key !== "Tab") return;
  const stops = [...open.box.querySelectorAll("a[href], button")].filter((stop) => stop.offsetParent !== null || stop.getClientRects().length > 0);
  if (open.pinned && document.activeElement === open.trigger && !event.shiftKey && stops.length > 0) {
    event.preventDefault();
    stops[0].focus();
  } else if (inside(document.activeElement)) {
    const at = stops.indexOf(document.activeElement);
    if (event.shiftKey && at <= 0) {
      event.preventDefault();
      hide({ refocus: true });
    } else if (!event.shiftKey && at === stops.length - 1) {
      hide({ refocus: true }); // the browser then continues from the word to the next element
    }
  }
}, true);

// The switch “Show sources”: a script in the page's head applies the stored choice, or ?evidence of the address; the style sheet does the rest.
const evidence = document.querySelector(".fg-evidence");
evidence?.setAttribute("aria-pressed", document.documentElement.hasAttribute("data-evidence"));
evidence?.addEventListener("click", async () => (await import("./evidence.mjs")).toggle(evidence));

addEventListener("resize", () => hide());
addEventListener("beforeprint", () => hide());
