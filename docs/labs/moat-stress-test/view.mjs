// The moat stress test on the page: the three tables of the fallback remain, folded, as the only source of its text.
// Kind and marks are in the fragment of the address, which browsers do not send but keep in their history. The name is added only to
// copied links; the notes stay in the form. The folded text before the first heading says so.

import { ANSWERS, ANSWER_NAMES, ANY, CAVEAT, COUNTING, FILLED, NAME_LENGTH, NOTE_LENGTH, NO_CASE, applicable, brief, briefText, byPressure, decode, empty, encode, isBlank, meanings, progress, proofLine, read, weakest } from './model.mjs';
import { actions } from '../../assets/js/lab/actions.mjs';
import { make, press, remember, styles } from '../../assets/js/lab/elements.mjs';

await styles(new URL('../../assets/stress-test.css', import.meta.url));

const PREFIX = '#test&';
const PRESSED = 'fg-print-brief';

/** Text of a cell as a reader sees it, with a space between chips. */
const textOf = (node) => node.textContent.replace(/\s+/g, ' ').trim();

const rowsOf = (table) => [...table.tBodies[0].rows].map((row) => [...row.cells]);
const stay = (event) => event.preventDefault();

export function mount(element) {
  const tables = [...element.querySelectorAll('table')].map(rowsOf);
  if (tables.length !== 3) throw new Error(`three tables are expected, ${tables.length} found`);
  const [kinds, questions, evidence] = tables.map((rows) => rows.map((row) => row.map(textOf)));
  const cells = tables[2].map((row) => row[3]);
  const test = read({ kinds, questions, evidence: cite(evidence, cells) });
  const fallback = [...element.childNodes];

  let state = fromAddress(test) ?? empty(test);
  let came = state.answers.some(Boolean);
  let unsaved = false;
  const tool = build(test, {
    link: ['Copy link', () => tool.row.copy(address(), state.notes.some(Boolean) ? 'Link copied. It includes the kind of company, your answers and the name, but not your notes.' : 'Link copied. It includes the kind of company, your answers and the name.')],
    brief: ['Copy summary', () => {
      unsaved = false;
      return tool.row.copy(briefText(test, state, { address: address(), date: today() }), 'Summary copied.');
    }],
    print: ['Print summary', () => {
      unsaved = false;
      document.documentElement.classList.add(PRESSED);
      window.print();
    }],
    reset: ['Start over', () => {
      const cleared = state;
      tool.row.undo('All answers cleared.', () => take(cleared));
      take(empty(test));
    }],
  }, () => lead());
  const first = fallback.findIndex((node) => node.nodeName === 'H3' || node.querySelector?.('h3'));
  const all = make('details', { class: 'fg-stress__all' }, make('summary', {}, 'All questions and all evidence'), ...fallback.slice(first));
  tool.privacy.append(...fallback.slice(0, first));
  element.prepend(tool.form, tool.sheet);
  element.append(all);

  const show = () => {
    fill(tool, state);
    draw(tool, test, state, cells, came);
  };
  const take = (next) => {
    state = next;
    came = false;
    remember(fragment({ ...state, name: '' }));
    show();
  };
  const change = (event) => {
    unsaved ||= event.target.name.startsWith('note');
    tool.row.again.hidden = true;
    // A proof from a link belongs to the answer in that link.
    const touched = /^(?:q|note)(\d+)$/.exec(event.target.name)?.[1];
    take({ ...taken(tool, test), proofs: state.proofs.map((sent, at) => sent && at + 1 !== Number(touched)) });
  };
  const address = () => location.href.split('#')[0] + fragment(state);
  const lead = () => {
    tool.sheet.scrollIntoView();
    tool.sheet.querySelector('h3').focus({ preventScroll: true });
  };
  const follow = () => {
    const found = fromAddress(test);
    if (found) {
      state = found;
      came = found.answers.some(Boolean);
      show();
      if (came) lead();
    }
  };
  const leave = (event) => { if (unsaved && state.notes.some(Boolean)) event.preventDefault(); };
  let wasOpen = false;
  const before = () => {
    wasOpen = all.open;
    all.open = true;
  };
  const after = () => {
    all.open = wasOpen;
    document.documentElement.classList.remove(PRESSED);
  };
  tool.form.addEventListener('submit', stay);
  tool.form.addEventListener('input', change);
  window.addEventListener('hashchange', follow);
  window.addEventListener('beforeunload', leave);
  window.addEventListener('beforeprint', before);
  window.addEventListener('afterprint', after);
  show();
  if (came && performance.getEntriesByType('navigation')[0]?.type === 'navigate') requestAnimationFrame(lead);

  return () => {
    window.removeEventListener('hashchange', follow);
    window.removeEventListener('beforeunload', leave);
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

/** A radio button in its label; ids come from the form's names, which no other part of a page uses. */
function radio(name, value, ...words) {
  const id = `stress-${name}-${value}`;
  return make('div', { class: 'fg-stress__option' }, make('input', { type: 'radio', id, name, value }), make('label', { for: id }, ...words));
}

/** A text field below its label. */
function typed(name, words, length, hint = null) {
  const id = `stress-${name}`;
  return make('p', { class: 'fg-stress__typed' }, make('label', { for: id }, words),
    make('input', { id, name, type: 'text', maxlength: length, autocomplete: 'off', 'aria-describedby': hint ? `${id}-hint` : false }),
    hint && make('span', { id: `${id}-hint`, class: 'fg-stress__hint' }, hint));
}

function build(test, presses, lead) {
  const kind = make('fieldset', { class: 'fg-stress__kinds' }, make('legend', {}, 'What kind of company is it?'),
    make('p', { class: 'fg-stress__hint' }, 'Choose the kind of business that brings in most of the company’s revenue. Your choice decides which cases you see and what each pressure means. A wrapper or copilot adds screens and prompts to someone else’s model, and an agent carries out whole tasks. Tooling helps other companies build with models, and an inference host sells access to models that it runs.'),
    make('div', { class: 'fg-stress__row' }, ...test.kinds.map(({ id, name }) => radio('kind', id, name))));
  const name = typed('name', 'Company name for the summary (optional)', NAME_LENGTH);
  const counting = make('p', { class: 'fg-stress__hint' }, COUNTING);
  const privacy = make('details', { class: 'fg-stress__fold' }, make('summary', {}, 'Nothing you type is sent anywhere'));
  let pressure = '';
  const asked = test.questions.flatMap((question, at) => {
    const field = make('fieldset', { class: 'fg-stress__question' },
      make('legend', {}, make('span', { class: 'fg-stress__label' }, question.label), ' ', make('span', { class: 'fg-stress__asked' }, question.text)),
      ...ANSWERS.map((answer) => radio(`q${at + 1}`, answer, make('b', {}, ANSWER_NAMES[answer]), answer === 'part' ? '' : `: ${question[answer]}`)),
      make('p', { class: 'fg-stress__proof' }, make('b', {}, 'Accepted proof: '), question.proof),
      typed(`note${at + 1}`, 'Your proof: file, date, who saw it', NOTE_LENGTH));
    if (question.pressure === pressure) return [field];
    pressure = question.pressure;
    return [make('p', { class: 'fg-kicker fg-stress__pressure' }, pressure), make('p', { class: 'fg-stress__means' }), field];
  });
  const to = press('Go to the summary', lead, null, 'fg-stress');
  const done = make('p', { class: 'fg-stress__progress', 'data-fg-bar': true }, make('span', { class: 'fg-stress__steps', 'aria-hidden': 'true' }), make('span', { class: 'fg-stress__count' }), to);
  const form = make('form', { class: 'fg-stress', 'aria-label': 'Moat stress test' }, kind, name, privacy, counting, ...asked, done);
  const row = actions(presses, 'fg-stress');
  // The reading stays one element, so that a screen reader hears it change. The buttons follow it, one step after the last question.
  const sheet = make('section', { class: 'fg-stress__brief', 'aria-labelledby': 'stress-brief' },
    make('div'), make('p', { class: 'fg-stress__reading', 'aria-live': 'polite' }), row.node, make('div'));
  return { form, sheet, row, privacy, done };
}

function taken({ form }, test) {
  const data = new FormData(form);
  const each = (name) => test.questions.map((_, at) => data.get(`${name}${at + 1}`) ?? '');
  return { kind: data.get('kind') ?? '', name: data.get('name') ?? '', answers: each('q'), notes: each('note') };
}

function fill({ form }, state) {
  const write = (name, value) => { if (form.elements[name].value !== value) form.elements[name].value = value; };
  const set = (name, value) => { for (const input of form.querySelectorAll(`input[name="${name}"]`)) input.checked = input.value === value; };
  write('name', state.name);
  set('kind', state.kind);
  state.answers.forEach((answer, at) => set(`q${at + 1}`, answer));
  state.notes.forEach((note, at) => write(`note${at + 1}`, note));
}

/** Shows what each pressure means for the kind above its questions, and redraws the brief if it has content. */
function draw({ form, sheet, row, done: line }, test, state, cells, came) {
  const made = brief(test, state);
  const means = meanings(test, state);
  const blank = isBlank(state);
  form.querySelectorAll('.fg-stress__means').forEach((place, at) => { place.textContent = means[at] ? `${made.kind ? 'For this kind' : ANY}: ${means[at]}.` : ''; });
  const { done, of } = progress(test, state);
  form.querySelector('.fg-stress__count').textContent = `${done} of ${of}`;
  form.querySelector('.fg-stress__steps').replaceChildren(...state.answers.map((answer) => make('span', { class: answer ? 'fg-stress__step fg-stress__step--done' : 'fg-stress__step' })));
  line.hidden = blank;
  sheet.hidden = blank && !state.kind && !state.name && row.again.hidden;
  sheet.toggleAttribute('data-blank', blank);
  const [top, reading, , table] = sheet.children;
  if (reading.textContent !== made.reading) reading.textContent = made.reading;
  top.replaceChildren(
    make('p', { class: 'fg-kicker' }, 'Your summary'),
    make('h3', { id: 'stress-brief', class: 'fg-stress__title', tabindex: '-1' }, made.title),
    make('p', { class: 'fg-stress__when' }, `${[made.kind?.name ?? 'No kind chosen, general cases only', today()].join(', ')}. ${came ? 'These answers came from the link you opened, and StarX has not checked them. Links never include notes. They show only whether proof was noted. The questions are above.' : FILLED}`));
  table.replaceChildren(...(blank ? [] : [grid(test, state, means), cases(test, state, made, cells),
    make('p', { class: 'fg-stress__caveat' }, CAVEAT, make('span', { class: 'fg-stress__address' }, ` Sources and all cases: ${location.href.split('#')[0]}${fragment({ ...state, name: '' })}`))]));
}

/** The answers to all questions, a row for each pressure; the weakest row is marked. In print, a row also says what its pressure means. */
function grid(test, state, means) {
  const weak = weakest(test, state).pressures.map(({ name }) => name);
  const head = ['Pressure', ...ANSWERS.map((answer) => ANSWER_NAMES[answer])].map((word) => make('th', { scope: 'col' }, word));
  const rows = byPressure(test, state).map(({ name, questions, answers, proofs }, at) => make('tr', { class: weak.includes(name) && 'fg-stress__weak' },
    make('th', { scope: 'row' }, name, weak.includes(name) ? make('span', { class: 'fg-sub' }, 'weakest here') : null, means[at] ? make('span', { class: 'fg-sub fg-stress__meaning' }, means[at]) : null),
    ...ANSWERS.map((answer) => make('td', { 'data-answer': answer }, ...questions.flatMap(({ label }, index) => (answers[index] === answer ? [make('span', { class: 'fg-stress__mark' }, answer === 'holds' && !proofs[index] ? `${label} (no proof)` : label)] : []))))));
  return make('table', { class: 'fg-plain fg-stress__grid' }, make('caption', { class: 'fg-sr' }, 'Answers by pressure'), make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows));
}

/** The questions with a mark or a note, with cases for both sides; the others are listed below. */
function cases(test, state, made, cells) {
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
  const head = ['Question', 'Answer and proof', 'For', 'Against'].map((word) => make('th', { scope: 'col' }, word));
  const rows = made.items.map((item, at) => (item.answer || item.note) && make('tr', {},
    make('th', { scope: 'row' }, item.label, make('span', { class: 'fg-sub' }, item.text)),
    make('td', { 'data-label': 'Answer', 'data-answer': item.answer || 'open' }, item.said, make('span', { class: 'fg-sub' }, `Accepted proof: ${item.proof}`),
      make('span', { class: proofLine(item) ? 'fg-stress__noted' : 'fg-stress__noted fg-stress__noted--open' }, `Your proof: ${proofLine(item)}`.trim())),
    evidence(at, 'for'), evidence(at, 'against')));
  const left = made.items.filter((item) => !item.answer && !item.note).map(({ label }) => label);
  return make('div', { class: 'fg-stress__cases' },
    make('table', { class: 'fg-plain fg-stress__table' }, make('thead', {}, make('tr', {}, ...head)), make('tbody', {}, ...rows.filter(Boolean))),
    left.length ? make('p', { class: 'fg-stress__left' }, `Not answered: ${left.join(', ')}.`) : null);
}
