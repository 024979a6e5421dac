// The tokenizer lab on its page: a text, its tokens, and the merges of the selected one. Examples, things to try and prices are those
// of the fallback, which stays below; only its table of tokens is replaced. Typed text is in no address until its link is copied.

import { actions } from '../../assets/js/lab/actions.mjs';
import { div, line, make, press, styles } from '../../assets/js/lab/elements.mjs';
import { digits, fixed, money } from '../../assets/js/lab/words.mjs';
import { LINKED, decodeLink, encodeLink, estimate, hex, read, said, tokenizer } from './model.mjs';

const LONGEST = 20000;
const SHOWN = 600;
const SPOKEN = 700;
const STRETCH = 48;
const COUNT = new Intl.NumberFormat('en');
const CONTROLS = new Map([[' ', 'space'], ['\n', 'new line'], ['\t', 'tab']]);

const headsOf = (table) => [...(table.tHead?.rows[0]?.cells ?? [])].map((cell) => cell.textContent.trim());
const textOf = (node) => node.textContent.replace(/\s+/g, ' ').trim();
const numberOf = (cell) => Number((cell.querySelector('a') ?? cell).textContent.replace(/[^\d.]/g, ''));
const rowsOf = (table, from) => new Map([...table.tBodies[0].rows].map(({ cells }) => [textOf(cells[0]), [...cells].slice(from).map(numberOf)]));
const range = ([low, high], shown) => (shown(low) === shown(high) ? shown(low) : `${shown(low)} to ${shown(high)}`);
const about = (value) => digits(Math.max(1, Math.round(value)), 2);
const some = (count, one, many = `${one}s`) => `${COUNT.format(count)} ${count === 1 ? one : many}`;

async function fetched() {
  const answer = await fetch(new URL('merges.txt', import.meta.url));
  if (!answer.ok) throw new Error(`its list of merges could not be found (${answer.status})`);
  return tokenizer(read(await answer.text()));
}

export async function mount(element) {
  const assets = new URL('../../assets/', import.meta.url);
  const [made] = await Promise.all([fetched(), styles(new URL('labs.css', assets)), styles(new URL('tokenizer.css', assets))]);
  const lab = new Lab(element, made);
  lab.start();
  return () => lab.close();
}

class Lab {
  #ending = new AbortController();
  #spoken = 0;
  tokens = [];
  picked = 0;
  step = 0;
  shown = SHOWN;

  constructor(element, made) {
    const tables = [...element.querySelectorAll('table')];
    const [texts, cuts, prices, others, kinds] = ['text', 'token', 'list price, input', 'o200k', 'at least'].map((name) => tables.find((table) => headsOf(table).includes(name)));
    const tries = element.querySelector('ol');
    if (!texts || !cuts || !prices || !others || !kinds || !tries) throw new Error('a table of its page is not there');
    const at = headsOf(texts).indexOf('text');
    Object.assign(this, { element, made, prices, tries, cuts: [cuts.parentElement.previousElementSibling, cuts.parentElement], undone: [] });
    const counts = rowsOf(others, headsOf(others).indexOf('ours') + 1);
    this.examples = [...texts.tBodies[0].rows].map(({ cells }) => ({ name: textOf(cells[0]), text: cells[at].textContent, why: textOf(cells[cells.length - 1]) }));
    this.counted = new Map(this.examples.map(({ name, text }) => [text, [Math.min(...counts.get(name)), Math.max(...counts.get(name))]]));
    this.rates = rowsOf(kinds, 1);
    this.#build();
  }

  // Its parts ------------------------------------------------------------

  #build() {
    Object.assign(this, {
      field: make('textarea', { id: 'tokenizer-text', rows: 5, maxlength: LONGEST, spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'tokenizer-note' }),
      note: make('p', { class: 'fg-labs__note', id: 'tokenizer-note' }), why: line('note'), live: make('p', { class: 'fg-sr', role: 'status' }), came: make('p', { class: 'fg-labs__came', role: 'status' }),
      readings: make('ul', { class: 'fg-labs__readings' }), others: make('p', { class: 'fg-cuts__others' }), strip: make('div', { class: 'fg-cuts', role: 'group', 'aria-label': 'Tokens: arrow keys move from one to the next' }),
      more: line('note'), token: make('section', { class: 'fg-cut', 'aria-label': 'Selected token' }), said: make('p', { class: 'fg-cut__step', role: 'status' }), row: make('div', { class: 'fg-cut__row' }),
    });
    this.earlier = press('Earlier', () => this.#go(-1), 'earlier');
    this.later = press('Later', () => this.#go(1), 'later');
    this.facts = make('dl', { class: 'fg-cut__facts' });
    this.title = line('title');
    this.token.append(this.title, this.facts, make('p', { class: 'fg-kicker' }, 'How this token was built, merge by merge'), this.row, this.said, div('two', this.earlier, this.later));
    this.buttons = this.examples.map((one) => press(one.name, () => this.#take(one.text, one)));
    const inputs = make('form', { class: 'fg-labs__inputs', 'aria-label': 'Text to split' }, make('label', { for: this.field.id, class: 'fg-kicker' }, 'Your text'), this.field, this.note,
      make('div', { class: 'fg-cuts__examples', role: 'group', 'aria-label': 'Examples' }, ...this.buttons), this.why);
    inputs.addEventListener('submit', (event) => event.preventDefault());
    this.actions = actions({
      link: ['Copy link', () => this.#copy()],
      csv: ['CSV', () => this.#save()],
      reset: ['Reset', () => this.#reset()],
    });
    this.view = make('div', { class: 'fg-labs' }, div('body', inputs, div('results', this.came, this.readings, this.others, this.live, this.strip, this.more), div('pictures', this.token)), this.actions.node);
  }

  start() {
    const { signal } = this.#ending;
    this.place = this.tries.nextSibling;
    this.tries.classList.add('fg-labs__tries');
    for (const item of this.tries.children) {
      const text = item.querySelector('code')?.textContent;
      const set = text && press('Try it', () => this.#take(text));
      if (set) this.#add(item.lastChild, new Text(' '), set);
    }
    this.view.prepend(this.tries);
    this.element.prepend(this.view);
    for (const node of this.cuts) node.hidden = true;
    this.#addCosts();
    this.field.addEventListener('input', () => this.#show(), { signal });
    this.strip.addEventListener('click', ({ target }) => this.#at(target, (at) => this.#pick(at)), { signal });
    this.strip.addEventListener('focusin', ({ target }) => this.#at(target, (at) => this.#pick(at)), { signal });
    this.strip.addEventListener('pointerover', ({ target, pointerType }) => pointerType === 'mouse' && this.#at(target, (at) => this.#look(at)), { signal });
    this.strip.addEventListener('pointerleave', () => this.#look(this.picked), { signal });
    this.strip.addEventListener('keydown', (event) => this.#move(event), { signal });
    window.addEventListener('hashchange', () => this.#follow(), { signal });
    if (!this.#follow()) this.#take(this.examples[0].text, this.examples[0], true);
  }

  /** Adds an element after a part of the fallback; it is removed when the lab is unmounted. */
  #add(node, ...added) {
    node.after(...added);
    this.undone.push(...added);
  }

  /** Adds two columns to the list prices: the cost of the text once and a million times; also says whether a price may have changed. */
  #addCosts() {
    const at = headsOf(this.prices).indexOf('list price, input');
    const names = ['this text', 'a million times'];
    this.#add(this.prices.tHead.rows[0].cells[0], ...names.map((name) => make('th', { scope: 'col' }, name)));
    this.costs = [...this.prices.tBodies[0].rows].map((row) => {
      const cell = row.cells[at];
      const number = cell.querySelector('a') ?? cell;
      const price = numberOf(cell);
      const age = document.getElementById(number.dataset?.note ?? '')?.querySelector('.fg-age--past');
      if (age) this.#add(cell.lastChild, make('span', { class: 'fg-age fg-age--past' }, age.textContent));
      const cells = names.map((name) => make('td', { 'data-label': name, class: 'fg-cuts__cost' }));
      this.#add(row.cells[0], ...cells);
      return { price, cells };
    });
  }

  close() {
    this.#ending.abort();
    clearTimeout(this.#spoken);
    for (const node of this.undone) node.remove();
    this.tries.classList.remove('fg-labs__tries');
    this.view.remove();
    this.element.insertBefore(this.tries, this.place);
    for (const node of this.cuts) node.hidden = false;
  }

  // What changes it ------------------------------------------------------------

  #take(text, example = null, first = false) {
    this.field.value = text;
    this.#show(example, first);
  }

  #follow() {
    const text = decodeLink(location.hash);
    if (text === null) {
      if (location.hash.startsWith('#t=')) this.came.textContent = 'The text in this link can’t be read.';
      return false;
    }
    this.#take(text, null, true);
    this.came.textContent = 'This text came from the link you opened.';
    return true;
  }

  #copy() {
    const link = encodeLink(this.field.value);
    if (link === null) this.actions.say(`This text is too long for a link, which holds at most ${COUNT.format(LINKED)} characters.`);
    else this.actions.copy(location.href.split('#')[0] + link, 'Link copied, with your text. It comes after a #, which browsers do not send.');
  }

  async #save() {
    const { cell } = await import('../../assets/js/lab/cell.mjs');
    const rows = [['Place', 'Token', 'Id', 'Bytes'], ...this.tokens.map(({ text, id, bytes }, at) => [at + 1, text ?? '', id, hex(bytes)])];
    const address = URL.createObjectURL(new Blob([`\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`], { type: 'text/csv' }));
    make('a', { href: address, download: 'tokens.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    this.actions.say('File saved, with each token’s id and bytes.');
  }

  #reset() {
    const before = this.field.value;
    this.#take(this.examples[0].text, this.examples[0]);
    this.actions.undo('Reset to the first example.', () => this.#take(before));
  }

  #at(target, act) {
    const at = target.closest('button')?.dataset.at;
    if (at !== undefined) act(Number(at));
  }

  #move(event) {
    const last = this.strip.children.length - 1;
    const to = { ArrowRight: this.picked + 1, ArrowDown: this.picked + 1, ArrowLeft: this.picked - 1, ArrowUp: this.picked - 1, Home: 0, End: last }[event.key];
    if (to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.strip.children[Math.min(Math.max(to, 0), last)]?.focus();
  }

  #go(by) {
    const last = this.steps.length - 1;
    this.step = Math.min(Math.max(this.step + by, 0), last);
    this.#drawStep();
  }

  // What it shows ------------------------------------------------------------

  #show(example = null, first = false) {
    const text = this.field.value;
    this.came.textContent = '';
    this.tokens = this.made.encode(text);
    this.shown = SHOWN;
    const long = this.tokens.findIndex(({ bytes }) => bytes.length > 1);
    this.picked = Math.max(long, 0);
    this.note.textContent = text.length >= LONGEST ? `Only the first ${COUNT.format(LONGEST)} characters are used.` : 'Nothing you type is sent anywhere.';
    this.why.textContent = example ? example.why : '';
    this.buttons.forEach((button, at) => button.setAttribute('aria-pressed', String(this.examples[at] === example)));
    this.#drawReadings(text, first);
    this.#drawStrip();
    this.token.hidden = !this.tokens.length;
    if (this.tokens.length) this.#pick(this.picked);
  }

  #drawReadings(text, first) {
    const count = this.tokens.length;
    const characters = [...text].length;
    const bytes = this.tokens.reduce((sum, one) => sum + one.bytes.length, 0);
    const each = count ? fixed(characters / count, 2) : '–';
    const readings = [[COUNT.format(count), count === 1 ? 'token here' : 'tokens here'], [COUNT.format(characters), characters === 1 ? 'character' : 'characters'], [COUNT.format(bytes), bytes === 1 ? 'byte' : 'bytes'], [each, 'characters per token']];
    this.readings.replaceChildren(...readings.map(([value, name]) => make('li', {}, make('span', { class: 'fg-labs__value' }, value), ' ', make('span', { class: 'fg-labs__name' }, name))));
    const real = this.counted.get(text);
    const others = real ?? estimate(this.tokens, this.rates);
    this.others.textContent = real ? `Five published tokenizers cut this example into ${range(real, COUNT.format)} tokens.`
      : count ? `A published tokenizer would cut this text into about ${range(others, about)} ${about(others[1]) === '1' ? 'token' : 'tokens'}. This is our estimate.` : '';
    for (const { price, cells: [once, often] } of this.costs) {
      once.textContent = range(others, (tokens) => money(tokens * price / 1e6));
      often.textContent = range(others, (tokens) => money(tokens * price));
    }
    clearTimeout(this.#spoken);
    if (!first) this.#spoken = setTimeout(() => { this.live.textContent = `${some(count, 'token')} for ${some(characters, 'character')}.`; }, SPOKEN);
  }

  #drawStrip() {
    const nodes = this.tokens.slice(0, this.shown).map((token, at) => make('button', { type: 'button', class: token.text === null ? 'fg-cuts__token fg-cuts__token--part' : 'fg-cuts__token', 'data-at': at, tabindex: '-1', ...namesOf(token) }, ...symbol(token.bytes)));
    this.strip.replaceChildren(...nodes);
    const left = this.tokens.length - nodes.length;
    this.more.replaceChildren(...(left > 0 ? [`These are the first ${some(nodes.length, 'token')}. ${COUNT.format(left)} more are counted but not shown. `, press('Show more', () => {
      this.shown += SHOWN;
      this.#drawStrip();
      this.#pick(this.picked);
      this.strip.children[nodes.length].focus();
    }, 'more')] : []));
  }

  /** Selects a token and shows its merges. */
  #pick(at) {
    for (const node of this.strip.querySelectorAll('[aria-current]')) {
      node.removeAttribute('aria-current');
      node.tabIndex = -1;
    }
    this.picked = at;
    this.strip.children[at].setAttribute('aria-current', 'true');
    this.strip.children[at].tabIndex = 0;
    this.#look(at);
  }

  #look(at) {
    const token = this.tokens[at];
    if (!token || this.looked === token) return;
    const whole = token.piece.length <= STRETCH;
    const steps = this.made.steps(token.piece, ...(whole ? [] : [token.from, token.from + token.bytes.length]));
    this.looked = token;
    Object.assign(this, { steps, step: steps.length - 1 });
    this.title.replaceChildren('Token ', COUNT.format(at + 1), ` of ${COUNT.format(this.tokens.length)}: `, make('code', {}, ...symbol(token.bytes)));
    const join = token.id - 257;
    const rows = [['id', COUNT.format(token.id)], [token.bytes.length === 1 ? 'byte' : 'bytes', hex(token.bytes)], ['made by', join < 0 ? 'no merge, because it is a single byte' : `merge ${COUNT.format(join + 1)} of ${COUNT.format(this.made.size - 257)}`],
      ...(token.text === null ? [['part of', `“${token.piece.trim().slice(0, 12)}”; it is not a character by itself`]] : [])];
    this.facts.replaceChildren(...rows.map(([name, value]) => make('div', {}, make('dt', {}, name), make('dd', {}, value))));
    this.#drawStep();
  }

  #drawStep() {
    const { ids, at, rank } = this.steps[this.step];
    const { content } = this.made;
    this.row.replaceChildren(...ids.map((id, place) => make('span', { class: place === at ? 'fg-cut__symbol fg-cut__symbol--new' : 'fg-cut__symbol' }, ...symbol(content[id]))));
    const last = this.steps.length - 1;
    const bytes = this.steps[0].ids.length;
    this.said.textContent = last === 0 ? `${some(bytes, 'byte')}, and nothing to merge${bytes > 1 ? ', because the tokenizer learned no pair of them' : ''}.`
      : rank < 0 ? `Start: ${some(bytes, 'byte')}.`
        : `Step ${this.step} of ${last}: “${words(content[257 + rank])}” comes from merge ${COUNT.format(rank + 1)}, in the order in which the tokenizer learned them.`;
    this.earlier.setAttribute('aria-disabled', String(this.step === 0));
    this.later.setAttribute('aria-disabled', String(this.step === last));
  }
}

const words = (bytes) => said(bytes)?.replaceAll(' ', '␣') ?? hex(bytes);

/** The name of a character that cannot be seen. */
function namesOf({ text }) {
  const name = CONTROLS.get(text);
  return name ? { 'aria-label': name } : {};
}

/** A token as shown: its text with a mark for spaces, hexadecimal for a part of a character, or a name if it cannot be seen. */
function symbol(bytes) {
  const text = said(bytes);
  if (text === null || /^[\p{C}\p{Z}]+$/u.test(text) && text !== ' ') return [make('span', { class: 'fg-cut__hex' }, CONTROLS.get(text) ?? hex(bytes))];
  return text.startsWith(' ') ? [make('span', { class: 'fg-cut__space', 'aria-hidden': 'true' }), text.slice(1)] : [text];
}
