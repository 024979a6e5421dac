// The build has no clock: it counts ages to the day of the guide's newest change, and this script to the reader's day.
// An element with data-since and data-until says how old a value is once half of its shelf life is over, and then that it may have changed.
// A row of a list that contains one has data-age for the filter, and the line above the list counts the rows that may have changed.

const CURRENT = 'Current', HALF = 'Past half of its shelf life', PAST = 'May have changed';
const days = (from, to) => Math.round((Date.parse(to) - Date.parse(from)) / 864e5);

/** The reader's day: "2026-11-30". */
function today() {
  return new Date().toLocaleDateString('sv-SE');
}

/** How old a value is: {words, past}, without words before half of its shelf life is over. */
function ageOf(since, until) {
  const now = today();
  const age = days(since, now);
  const past = now >= until;
  if (age < 1 || 2 * age < days(since, until)) return { words: '', past };
  return { words: `${age.toLocaleString('en')} ${age === 1 ? 'day' : 'days'} old${past ? ', may have changed' : ''}`, past };
}

/** Brings one element to the reader's day. */
export function say(element) {
  const { words, past } = ageOf(element.dataset.since, element.dataset.until);
  element.textContent = words;
  element.classList.toggle('fg-age--past', past);
  const row = element.closest('[data-search]');
  if (row) row.dataset.age = past ? PAST : words ? HALF : CURRENT;
}

/** Brings everything below `root` to the reader's day. */
export function mark(root) {
  root.querySelectorAll('[data-until]').forEach(say);
  warn();
}

/** Counts, above each list, the rows that a filter leaves and that may have changed. */
function warn() {
  for (const line of document.querySelectorAll('[data-warns]')) {
    const rows = [...document.querySelectorAll(`[data-filter="${line.dataset.warns}"] [data-age]:not([hidden])`)];
    const past = rows.filter((row) => row.dataset.age === PAST).length;
    line.querySelector('b').textContent = past;
    line.querySelector('span').textContent = rows.length;
    line.hidden = past === 0;
  }
}

document.addEventListener('fg-filtered', warn);
mark(document);
