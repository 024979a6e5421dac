// The build has no clock, so this script compares review dates with the reader's clock.
// A note and a claim's page say in words that a claim is due; a line of the ledger says it at its end, and has data-due for the filter.
// If all lines of a record have the same date, the record has it instead.

const DUE = 'Due for review';
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** Marks everything below `root` that is due. */
export function mark(root) {
  for (const element of root.querySelectorAll('[data-review]')) {
    const due = element.dataset.review < today;
    const rows = element.matches('[data-search]') ? [element] : element.querySelectorAll('[data-search]');
    for (const row of rows) {
      row.dataset.due = due ? DUE : 'Up to date';
      if (due) say(row.lastElementChild);
    }
    if (due && rows.length === 0) say(element);
  }
}

function say(element) {
  element.textContent = element.textContent.replace(/(?:To be reviewed by|review by|^) ?(?=\d)/, `${DUE} since `);
  element.classList.add('fg-due');
}

mark(document);
