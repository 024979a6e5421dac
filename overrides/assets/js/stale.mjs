// The build has no clock, so whether a claim is past its review date is worked out here, by the reader's.
// A note and a claim's page say it in words; a line of the ledger says it at its end, and has data-due for the filter.
// The date of lines that share it stands on their record.

const DUE = 'Due for review';
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** Says below `root` what is due. */
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
