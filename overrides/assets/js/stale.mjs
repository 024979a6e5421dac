// The build has no clock, so whether a claim is past its review date is worked out here, by the reader's.
// A note says it in words; a row of the ledger says it in its last cell, and
// has data-due for the filter. The date of rows that share it stands on their group.

const DUE = 'Due for review';
const now = new Date();
const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

for (const element of document.querySelectorAll('[data-review]')) {
  const due = element.dataset.review < today;
  const rows = element.matches('tbody') ? element.querySelectorAll('[data-search]') : element.matches('tr') ? [element] : [];
  for (const row of rows) {
    row.dataset.due = due ? DUE : 'Not due yet';
    if (due) say(row.lastElementChild, `${DUE} since ${row.lastElementChild.textContent}`);
  }
  if (due && rows.length === 0) say(element, element.textContent.replace('To be reviewed by', `${DUE} since`));
}

function say(element, words) {
  element.textContent = words;
  element.classList.add('fg-due');
}
