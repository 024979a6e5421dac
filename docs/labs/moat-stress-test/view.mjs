// The moat stress test on the page: the three tables of the fallback stay, folded, and are the only place of the text.
// State stands in the fragment of the address, which browsers do not send.

import { ANSWERS, ANSWER_NAMES, CAVEAT, NO_CASE, applicable, brief, briefText, decode, empty, encode, read } from './model.mjs';

const PREFIX = '#test&';
const PRESSED = 'fg-print-brief';

/** Text of a cell as a reader sees it, with a space where chips meet. */
const textOf = (node) => node.textContent.replace(/\s+/g, ' ').trim();

function make(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== false) node.setAttribute(name, value === true ? '' : value);
  node.append(...children.filter((child) => child !== null));
  return node;
}

const rowsOf = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells]);

export function mount(element) {
  const tables = [...element.querySelectorAll('table')].map(rowsOf);
  if (tables.length !== 3) throw new Error(`three tables are expected, ${tables.length} found`);
  const [kinds, questions, evidence] = tables.map((rows) => rows.map((row) => row.map(textOf)));
  const cells = tables[2].map((row) => row[3]);
  const test = read({ kinds, questions, evidence: cite(evidence, cells) });
  const fallback = [...element.childNodes];

  let state = fromAddress(test) ?? empty(test);
  const tool = build(test);
  const all = make('details', { class: 'fg-stress__all' }, make('summary', {}, 'All questions and all evidence'), ...fallback);
  element.prepend(tool.form, tool.sheet, tool.actions);
  element.append(all);

  const show = () => {
    fill(tool, state);
    draw(tool.sheet, test, state, cells);
  };
  const change = () => {
    state = taken(tool, test);
    remember(state);
    show();
  };
  const address = () => location.href.split('#')[0] + fragment(state);
  const say = (text) => { tool.status.textContent = text; };
  const copy = async (text, done) => {
    try {
      await navigator.clipboard.writeText(text);
      say(done);
    } catch {
      tool.plain.value = text;
      tool.plain.hidden = false;
      tool.plain.focus();
      tool.plain.select();
      say('The browser did not allow copying. The text is below, selected.');
    }
  };
  const presses = {
    link: () => copy(address(), 'Link copied.'),
    brief: () => copy(briefText(test, state, { address: address(), date: today() }), 'Brief copied.'),
    print: () => {
      document.documentElement.classList.add(PRESSED);
      window.print();
    },
    reset: () => {
      state = empty(test);
      remember(state);
      show();
      tool.plain.hidden = true;
      say('All answers are cleared.');
      tool.form.querySelector('input').focus();
    },
  };

  const press = (event) => presses[event.target.closest('button')?.dataset.do]?.();
  const follow = () => {
    const found = fromAddress(test);
    if (found) {
      state = found;
      show();
    }
  };
  let wasOpen = false;
  const before = () => {
    wasOpen = all.open;
    all.open = true;
  };
  const after = () => {
    all.open = wasOpen;
    document.documentElement.classList.remove(PRESSED);
  };
  const stay = (event) => event.preventDefault();
  tool.form.addEventListener('submit', stay);
  tool.form.addEventListener('input', change);
  tool.actions.addEventListener('click', press);
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  show();

  return () => {
    window.removeEventListener('hashchange', follow);
    window.removeEventListener('beforeprint', before);
    window.removeEventListener('afterprint', after);
    document.documentElement.classList.remove(PRESSED);
    element.replaceChildren(...fallback);
  };
}

/** Evidence rows whose text names its sources in parentheses. */
function cite(rows, cells) {
  return rows.map((row, at) => {
    const copy = cells[at].cloneNode(true);
    for (const chip of copy.querySelectorAll('.fg-cite')) chip.textContent = `(${textOf(chip)})`;
    return [...row.slice(0, 3), textOf(copy)];
  });
}

const today = () => new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
const fragment = (state) => (encode(state) ? PREFIX + encode(state) : '');
const fromAddress = (test) => (location.hash.startsWith(PREFIX) ? decode(test, location.hash.slice(PREFIX.length)) : null);

function remember(state) {
  history.replaceState(history.state, '', location.pathname + location.search + fragment(state));
}

/** A radio in its label; ids come from the form's names, which no other part of a page uses. */
function radio(name, value, ...words) {
  const id = `stress-${name}-${value}`;
  return make('div', { class: 'fg-stress__option' }, make('input', { type: 'radio', id, name, value }), make('label', { for: id }, ...words));
}

function build(test) {
  const kind = make('fieldset', { class: 'fg-stress__kinds' }, make('legend', {}, 'What kind of company is it?'),
    make('div', { class: 'fg-stress__row' }, ...test.kinds.map(({ id, name }) => radio('kind', id, name))));
  const name = make('p', { class: 'fg-stress__name' }, make('label', { for: 'stress-name' }, 'Name, for the brief (optional)'),
    make('input', { id: 'stress-name', name: 'name', type: 'text', maxlength: 60, autocomplete: 'off' }));
  let pressure = '';
  const asked = test.questions.flatMap((question, at) => {
    const field = make('fieldset', { class: 'fg-stress__question' },
      make('legend', {}, make('span', { class: 'fg-stress__label' }, question.label), ' ', make('span', { class: 'fg-stress__asked' }, question.text)),
      ...ANSWERS.map((answer) => radio(`q${at + 1}`, answer, make('b', {}, ANSWER_NAMES[answer]), answer === 'part' ? '' : `: ${question[answer]}`)),
      make('p', { class: 'fg-stress__proof' }, make('b', {}, 'Ask to see: '), question.proof));
    if (question.pressure === pressure) return [field];
    pressure = question.pressure;
    return [make('p', { class: 'fg-kicker fg-stress__pressure' }, pressure), make('p', { class: 'fg-stress__means', 'data-pressure': at }), field];
  });
  const form = make('form', { class: 'fg-stress', 'aria-label': 'Moat stress test' }, kind, name, ...asked);
  // The reading stays one element, so that a screen reader hears it change.
  const sheet = make('section', { class: 'fg-stress__brief', 'aria-labelledby': 'stress-brief' },
    make('div'), make('p', { class: 'fg-stress__reading', 'aria-live': 'polite' }), make('div'));
  const button = (what, words) => make('button', { type: 'button', class: 'fg-stress__button', 'data-do': what }, words);
  const status = make('p', { class: 'fg-stress__status', role: 'status' });
  const plain = make('textarea', { class: 'fg-stress__plain', readonly: true, rows: 8, 'aria-label': 'Text to copy', hidden: true });
  const actions = make('div', { class: 'fg-stress__actions' }, button('link', 'Copy link'), button('brief', 'Copy brief'), button('print', 'Print brief'), button('reset', 'Reset'), status, plain);
  return { form, sheet, actions, status, plain };
}

function taken({ form }, test) {
  const data = new FormData(form);
  return { kind: data.get('kind') ?? '', name: data.get('name') ?? '', answers: test.questions.map((_, at) => data.get(`q${at + 1}`) ?? '') };
}

function fill({ form }, state) {
  const { elements } = form;
  if (elements.name.value !== state.name) elements.name.value = state.name;
  const set = (name, value) => { for (const input of form.querySelectorAll(`input[name="${name}"]`)) input.checked = input.value === value; };
  set('kind', state.kind);
  state.answers.forEach((answer, at) => set(`q${at + 1}`, answer));
}

/** What a pressure means for the chosen kind stands above its questions; the brief is drawn anew. */
function draw(sheet, test, state, cells) {
  const made = brief(test, state);
  const meanings = made.kind ? [made.kind.stress.better, made.kind.stress.cheaper, made.kind.stress.shipped] : [];
  sheet.parentElement.querySelectorAll('.fg-stress__means').forEach((line, at) => { line.textContent = meanings[at] ? `For this kind: ${meanings[at]}.` : ''; });
  const copyOf = (item) => {
    const box = make('div', {}, ...[...cells[item.row].childNodes].map((node) => node.cloneNode(true)));
    for (const node of box.querySelectorAll('[id]')) node.removeAttribute('id');
    return box;
  };
  const evidence = (at, side) => {
    const found = applicable(test, state.kind, at)[side].map(copyOf);
    for (const box of found.slice(1)) box.className = 'fg-stress__more';
    return make('td', { 'data-label': side === 'for' ? 'For' : 'Against' }, ...(found.length ? found : [make('span', { class: 'fg-stress__none' }, NO_CASE[side])]));
  };
  const head = ['question', 'answer, and what to see', 'for', 'against'].map((word) => make('th', { scope: 'col' }, word));
  const rows = made.items.map((item, at) => make('tr', {},
    make('th', { scope: 'row' }, item.label, make('span', { class: 'fg-sub' }, item.text)),
    make('td', { 'data-label': 'Answer', 'data-answer': item.answer || 'open' }, item.said, make('span', { class: 'fg-sub' }, `Ask to see: ${item.proof}`)),
    evidence(at, 'for'), evidence(at, 'against')));
  const [top, reading, table] = sheet.children;
  top.replaceChildren(
    make('p', { class: 'fg-kicker' }, 'The brief'),
    make('h3', { id: 'stress-brief', class: 'fg-stress__title' }, made.title),
    make('p', { class: 'fg-stress__when' }, [made.kind?.name ?? 'No kind chosen: evidence about all kinds', today()].join(', ')));
  if (reading.textContent !== made.reading) reading.textContent = made.reading;
  table.replaceChildren(
    make('div', { class: 'fg-stress__cases' }, make('table', { class: 'fg-plain fg-stress__table' }, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows))),
    make('p', { class: 'fg-stress__caveat' }, CAVEAT, make('span', { class: 'fg-stress__address' }, ` Sources and all cases: ${location.href.split('#')[0]}`)));
}
