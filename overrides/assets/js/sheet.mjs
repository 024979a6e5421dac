// A paragraph with data-sheet="ids of figures" gets a button that prints only their tables, as a sheet to fill in.
// Each row keeps its heading and its good answer; blank columns follow. The tables of data-sheet-back="ids" come last, as definitions.
// The sheet is built from the page when the button is pressed and removed after printing, so it always matches the page.

const PRESSED = 'fg-print-sheet';
const BLANK = ['Answer', 'Who, when', 'Record seen'];
const KEPT = ['Good answer'];
const DEFINED = ['Computed from', 'What makes it look better'];
const FILL = ['Company', 'Asked by', 'Date'];

function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...children);
  return element;
}

const words = (node) => node.textContent.replaceAll('\u2060', '').replace(/\s+/g, ' ').trim(); // without the word joiner before a mark of sources

function cellOf(row, label) {
  const cell = row.querySelector(`td[data-label="${label}"]`);
  if (!cell) throw new Error(`the row “${words(row.cells[0])}” has no column “${label}”`);
  return words(cell);
}

/** The heading of a row, with the smaller line below it. */
function headOf(row) {
  const head = row.querySelector('th').cloneNode(true);
  const sub = head.querySelector('.fg-sub');
  sub?.remove();
  return make('th', '', words(head), ...(sub ? [make('span', 'fg-sub', words(sub))] : []));
}

function table(figure, columns, fill) {
  const rows = [...figure.querySelectorAll('.fg-figure__plot tbody tr')].map((row) => {
    const head = headOf(row);
    head.scope = 'row';
    const cells = fill(row, head);
    return make('tr', '', head, ...cells);
  });
  const heads = [words(figure.querySelector('.fg-figure__plot thead th')), ...columns].map((name) => make('th', '', name));
  return make('table', 'fg-sheet__table',
    make('caption', '', words(figure.querySelector('.fg-figure__title'))),
    make('thead', '', make('tr', '', ...heads)),
    make('tbody', '', ...rows));
}

const blank = (figure) => table(figure, BLANK, (row, head) => {
  head.append(...KEPT.map((label) => make('span', 'fg-sub', `${label}: ${cellOf(row, label)}`)));
  return BLANK.map(() => make('td', 'fg-sheet__blank'));
});
const defined = (figure) => table(figure, DEFINED, (row) => DEFINED.map((label) => make('td', '', cellOf(row, label))));

function figures(ids) {
  return (ids ?? '').split(/\s+/).filter(Boolean).map((id) => {
    const figure = document.getElementById(id);
    if (!figure) throw new Error(`no figure on this page is called ${id}`);
    return figure;
  });
}

function sheet({ sheet: front, sheetBack: back }) {
  const line = make('p', 'fg-sheet__fill', ...FILL.map((name) => make('span', '', `${name}:`)));
  const section = make('section', 'fg-sheet', make('p', 'fg-sheet__title', `${words(document.querySelector('h1'))}: the sheet`), line,
    ...figures(front).map(blank), ...figures(back).map(defined));
  section.setAttribute('aria-label', 'The sheet to print');
  return section;
}

function after() {
  document.documentElement.classList.remove(PRESSED);
  document.querySelector('.fg-sheet')?.remove();
}

for (const place of document.querySelectorAll('[data-sheet]')) {
  const button = make('button', 'fg-button fg-sheet__button', 'Print the sheet');
  button.type = 'button';
  button.addEventListener('click', () => {
    after();
    document.querySelector('article > .fg-printfoot').before(sheet(place.dataset));
    document.documentElement.classList.add(PRESSED);
    window.print();
  });
  place.after(make('p', 'fg-sheet__action', button));
}
window.addEventListener('afterprint', after);
