// Stores the reader's progress, in this browser only: the chapters read to the end, the place where reading stopped,
// and the answers to questions. Menus show the marks and the home page shows the place; one control deletes everything.
// Any page of the host may have written to the same storage, so data in another form is ignored.

const KEY = 'fg-reading';
const LONGEST = 20_000;
const MOST = 200;
const PATH = /^(?:[a-z0-9-]{1,60}\/){1,4}$/;
const PLACE = /^(?:[a-z0-9-]{1,60}\/){1,4}(?:#[\w-]{1,120})?$/;

const page = document.documentElement;
const styles = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: new URL('../reading.css', import.meta.url) });
document.head.append(styles);
await new Promise((done) => { // wait for the sheet, so that what follows is never shown without styles
  styles.addEventListener('load', done);
  styles.addEventListener('error', done);
});

const root = new URL('../../', import.meta.url).pathname;
const here = pathOf(location);
const type = document.querySelector('[data-fg-type]')?.dataset.fgType;
const chapter = ['concept', 'guide', 'lab'].includes(type) && PATH.test(here);
let last = '';
let finished = false;
let forgotten = false;

/** The path of a page below the site's root. */
function pathOf({ pathname }) {
  return pathname.startsWith(root) ? pathname.slice(root.length).replace(/index\.html$/, '') : '';
}

const whole = (number) => Number.isInteger(number) && number >= 0 && number < 100;

/** The stored progress: {place, read: [path], answered: {path: [right, answered]}}. */
function kept() {
  let found = null;
  try {
    const text = localStorage.getItem(KEY) ?? '';
    if (text.length <= LONGEST) found = JSON.parse(text);
  } catch {
    // storage is forbidden, or its content is not ours
  }
  const paths = Array.isArray(found?.read) ? found.read.filter((path) => typeof path === 'string' && PATH.test(path)) : [];
  const scores = Object.entries(found?.answered ?? {}).filter(([path, right]) => PATH.test(path) && Array.isArray(right) && right.length === 2 && right.every(whole) && right[0] <= right[1]);
  return {
    place: typeof found?.place === 'string' && PLACE.test(found.place) ? found.place : '',
    read: [...new Set(paths)].slice(0, MOST),
    answered: Object.fromEntries(scores.slice(0, MOST)),
  };
}

function keep(change) {
  if (forgotten) return;
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...kept(), ...change }));
    page.dataset.kept = '';
  } catch {
    // storage is forbidden: it lasts for this page only
  }
}

// ---- the place, and what is read

/** Stores the section of this page that is being read, by its hash. */
export function keepPlace(hash) {
  const place = here + (PLACE.test(here + hash) ? hash : '');
  if (!chapter || scrollY === 0 || finished || place === last) return;
  last = place;
  keep({ place });
}

/** Called when the end of the chapter is in view: marks it as read, and moves the place to the next one unless that is read too. */
function finish() {
  finished = true;
  const next = document.querySelector('a[rel=next]');
  const read = [...new Set([...kept().read, here])].slice(-MOST);
  keep({ read, place: next && PATH.test(pathOf(next)) && !read.includes(pathOf(next)) ? pathOf(next) : '' });
  mark();
}

const end = document.querySelector('.fg-next, .fg-prevnext');
if (chapter && end) {
  new IntersectionObserver((entries, observer) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    observer.disconnect();
    finish();
  }).observe(end);
}

// ---- the marks

const links = [...document.querySelectorAll('.fg-nav a[href]')];
const lines = [...document.querySelectorAll('.fg-nav')].map((nav) => {
  const line = words('p', 'fg-nav__read', '');
  nav.append(line);
  return line;
});

function mark() {
  const { read } = kept();
  let count = 0;
  for (const link of links) {
    const is = read.includes(pathOf(link));
    const was = link.querySelector('.fg-sr');
    if (is && !was) link.append(words('span', 'fg-sr', ' (read)'));
    if (!is) was?.remove();
    if (is && link.closest('.fg-drawer')) count += 1;
  }
  for (const line of lines) {
    line.hidden = count === 0;
    line.replaceChildren(`${count} read. Stored only in this browser. `, forgetting());
  }
}

/** Shows on the home page where reading stopped, if the menu has that page, and on the page about storage that something is stored. */
function offer() {
  const memory = document.querySelector('.fg-memory');
  if (memory && page.dataset.kept !== undefined) memory.replaceChildren('This browser remembers what you have read. ', forgetting());
  const line = document.querySelector('.fg-continue');
  const { place } = kept();
  const known = links.find((link) => pathOf(link) && pathOf(link) === place.split('#')[0]);
  if (!line || !known) return;
  const link = words('a', '', titleOf(known));
  link.href = root + place;
  line.replaceChildren('Continue:', link, forgetting());
}

function titleOf(link) {
  return link.firstChild.textContent.trim();
}

function words(tag, name, text) {
  const element = document.createElement(tag);
  if (name) element.className = name;
  element.textContent = text;
  return element;
}

// ---- forgetting

function forgetting() {
  const button = words('button', 'fg-forget', 'Clear');
  button.type = 'button';
  button.setAttribute('aria-label', 'Clear my reading history');
  button.addEventListener('click', () => forget(button.parentElement));
  return button;
}

/** Deletes everything, stores nothing more on this page, and confirms it beside the control. */
function forget(line) {
  forgotten = true;
  try {
    localStorage.removeItem(KEY);
  } catch {
    // storage is forbidden, so nothing was stored
  }
  mark();
  score();
  line.hidden = false;
  line.textContent = 'Reading history cleared.';
  line.tabIndex = -1;
  line.focus();
}

// ---- the questions: what was chosen first counts

const questions = [...document.querySelectorAll('.fg-quiz')];
const answers = new Map();

function answer(quiz) {
  const option = quiz?.querySelector('input:checked')?.closest('.fg-option');
  if (!option || answers.has(quiz)) return;
  answers.set(quiz, option.matches('.fg-option--right'));
  if (chapter) keep({ answered: { ...kept().answered, [here]: counted() } });
  score();
}

const counted = () => [[...answers.values()].filter(Boolean).length, answers.size];

function score() {
  const line = document.querySelector('.fg-score');
  if (!line) return;
  const [right, of] = answers.size ? counted() : (kept().answered[here] ?? [0, 0]);
  const left = questions.length - of;
  if (of === 0 || left < 0) line.textContent = '';
  else if (answers.size === 0) line.textContent = `Last time ${right} of ${of} right`;
  else line.textContent = left > 0 ? `${right} of ${of} right, ${left} to go` : `${right} of ${of} right`;
}

document.addEventListener('change', (event) => answer(event.target.closest('.fg-quiz')));
questions.forEach(answer);

mark();
offer();
score();
