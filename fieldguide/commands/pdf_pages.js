// A script cannot see where pages break, but columns of a page's size break in the same places. So each chapter is set in such columns for a while.
// A box that is long may go on on the next page, where it would else leave much of a page empty.
// A figure that does not fit on the rest of a page, and would leave much of that page empty, is moved behind some of the text after it,
// and so is one whose drawing takes the page after its words, if it would leave much of the page below them empty.
// Where the last page would have only a few lines, chapter or list is set a little tighter, or else the chapter's last sections begin on that page.
({ width, height }) => {
  const EMPTY = 0.15; // share of a page that may stay empty above a figure
  const FULL = 0.2; // share of the last page that has to be filled
  const LONG = 1 / 3; // share of a page from which a box is long
  const STEPS = 8; // blocks of text, apart from headings, that a figure is moved behind, at most
  const TIGHT = "fg-pdf--tight";
  const PARTED = "fg-pdf--parted";
  const PLATE = ".fg-figure--plate";
  const PLOT = ".fg-figure__plot";
  const HEADING = "h1, h2, h3, h4, .fg-head";
  const isShown = (element) => element.getClientRects().length > 0;
  const pageOf = (rect, left) => Math.floor((rect.left - left + 1) / width);

  /** Where a block begins and ends: its first and last page, its top on the first and its bottom on the last. */
  function placeOf(block, box) {
    const rects = [...block.getClientRects()];
    const { left, top } = box.getBoundingClientRect();
    return { first: pageOf(rects[0], left), top: rects[0].top - top, last: pageOf(rects.at(-1), left), bottom: rects.at(-1).bottom - top };
  }

  /** What stands above the figure; of one whose drawing takes a page to itself, the last of its words. */
  function aboveOf(figure) {
    if (figure.matches(PLATE)) return [...figure.children].findLast((part) => isShown(part) && !part.matches(PLOT));
    let before = figure.previousElementSibling;
    while (before && (!isShown(before) || before.matches(HEADING))) before = before.previousElementSibling;
    return before;
  }

  /** The share of a page that stays empty because the figure, or its drawing, begins a new one. */
  function emptyAbove(figure, box) {
    const own = placeOf(figure.matches(PLATE) ? figure.querySelector(PLOT) : figure, box);
    const before = aboveOf(figure);
    const above = before && placeOf(before, box);
    return above && above.last < own.first ? 1 - above.bottom / height : 0;
  }

  /** Move the figure behind the next blocks of text until little of a page stays empty; without gain it stays where it was. */
  function moveDown(figure, box) {
    const home = document.createComment("");
    figure.before(home);
    let best = { empty: emptyAbove(figure, box), at: home };
    let step = 0;
    while (step < STEPS && best.empty > EMPTY) {
      const next = figure.nextElementSibling;
      if (!next || next.matches(".fg-figure, .fg-lab, .fg-notes, .fg-printfoot")) break;
      next.after(figure);
      if (!isShown(next) || next.matches(HEADING)) continue;
      step += 1;
      const empty = emptyAbove(figure, box);
      if (empty < best.empty) best = { empty, at: next };
    }
    best.at.after(figure);
    home.remove();
  }

  /** Call `set` while the box stands in columns, the first of which begins `from` pixels below the top of a page. */
  function inColumns(box, from, set) {
    const style = box.getAttribute("style");
    box.style.cssText = `columns: ${width}px; column-gap: 0; column-fill: auto; box-sizing: border-box; width: ${width}px; height: ${height}px; margin: 0; padding: 0;`;
    const room = document.createElement("div");
    room.style.height = `${from}px`;
    if (from) box.prepend(room);
    set();
    room.remove();
    if (style === null) box.removeAttribute("style");
    else box.setAttribute("style", style);
  }

  /** The last page and where its text ends. */
  function endOf(box) {
    const { last, bottom } = placeOf([...box.children].filter(isShown).at(-1), box);
    return { last, bottom };
  }

  /** Begin the last page with an earlier heading of the page before it, the last one with which it has more than a few lines. */
  function fillLast(box, { last, bottom }) {
    for (const block of [...box.children].filter(isShown).toReversed()) {
      const { first, top } = placeOf(block, box);
      if (first < last - 1) return;
      if (first === last || !block.matches(HEADING)) continue;
      if (bottom + height - top <= FULL * height) continue;
      if (top >= height / 2) block.style.breakBefore = "page";
      return;
    }
  }

  for (const box of document.querySelectorAll(".fg-pdf__chapter > article, .fg-pdf__end")) {
    const name = box.parentElement.previousElementSibling;
    inColumns(box, name?.matches(".fg-pdf__name") ? name.getBoundingClientRect().height : 0, () => {
      for (const block of box.querySelectorAll(".fg-box, .fg-folded")) {
        if (block.offsetHeight > LONG * height) block.classList.add(PARTED);
      }
      for (const figure of box.querySelectorAll(":scope > .fg-figure:not(.fg-figure--long)")) {
        if (isShown(figure) && emptyAbove(figure, box) > EMPTY) moveDown(figure, box);
      }
      const end = endOf(box);
      if (!end.last || end.bottom > FULL * height) return;
      box.classList.add(TIGHT);
      if (endOf(box).last < end.last) return;
      box.classList.remove(TIGHT);
      fillLast(box, end);
    });
  }
}
