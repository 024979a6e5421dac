// The sentence of one request: its tokens, and what our own model makes of it. The model is fetched when a reader asks for it; until then three sentences have
// stored values. The elements have the same markup as those of fieldguide/page/lab_one_request.py.

import { draw, make } from '../../assets/js/lab/elements.mjs';
import { percent } from '../../assets/js/lab/words.mjs';

const START = 256;
const LIKELY = 6;
const [TALL, HALF, APART] = [4, 32, 4];
const WAIT = 350;
const NOTHING = 'tokens, because no sentence was entered';
const PART = '\ufffd'; // replaces bytes that are not a character by themselves

const shown = (text) => text.replaceAll(' ', '␣') || 'start';
const following = (text) => (text ? shown(text) : 'end');
const mean = (heads) => Array.from(heads[0], (_, at) => heads.reduce((sum, head) => sum + head[at], 0) / heads.length);
const svg = (height, width, rest) => draw('svg', { width: '100%', height, 'aria-hidden': 'true', ...rest }, draw('rect', width));

async function answer(name) {
  const found = await fetch(new URL(name, import.meta.url));
  if (!found.ok) throw new Error(`${name.split('/').pop()} could not be found (${found.status})`);
  return found;
}

async function cutter() {
  const [{ read, tokenizer }, merges] = await Promise.all([import('../tokenizer/model.mjs'), answer('../tokenizer/merges.txt')]);
  return tokenizer(read(await merges.text()));
}

export class Inside {
  seen = null; // the model's results for a sentence: {text, tokens, bars, attention, rows}
  layer = null;
  #asked = 0;
  #wait = 0;

  constructor(steps) {
    const [first, second] = ['tokens', 'model'].map((name) => steps.node.querySelector(`[data-step=${name}]`));
    const of = (name) => second.querySelector(`.fg-step__${name}`);
    Object.assign(this, { steps, tokens: first.querySelector('ol'), counted: first.querySelector('.fg-step__number'), strip: of('strip'), attention: of('attention'), likely: of('likely').tBodies[0], number: of('number'), head: of('strip').previousElementSibling, layers: make('div', { class: 'fg-step__layers', role: 'group', 'aria-label': 'Layer' }) });
    const title = this.attention.previousElementSibling;
    title.textContent = 'How much attention the last token pays to each token, averaged over a layer’s heads';
    title.after(this.layers);
    for (const list of [this.tokens, this.attention]) list.after(make('p', { class: 'fg-step__given' }));
    this.layers.addEventListener('change', ({ target }) => {
      this.layer = Number(target.value);
      this.#attend();
    });
    this.attention.addEventListener('click', ({ target }) => {
      const at = target.closest('button')?.dataset.at;
      if (at !== undefined) this.#pick(Number(at));
    });
  }

  /** Makes the layers and tokens of the first sentence, which the page already shows, pressable. */
  begin() {
    if (!this.#asked) this.#stored(0, { counted: true });
  }

  /** Shows the current sentence: its tokens at once, and the model's results when they arrive. `still` keeps the number of tokens, as does a number typed meanwhile. */
  async take(still) {
    const { field: { value: text }, page, texts, three } = this.steps;
    this.steps.keep();
    const mine = this.#asked += 1;
    const { tokens: before } = page.values;
    const typed = () => still || page.values.tokens !== before;
    const at = texts.indexOf(text);
    three.forEach((button, nth) => button.setAttribute('aria-pressed', String(nth === at)));
    clearTimeout(this.#wait);
    const blank = !text.trim();
    this.steps.blank(blank);
    if (blank) {
      this.none();
      this.#say(`You have not entered a sentence. These values are for “${this.seen?.text ?? texts[0]}”.`);
      return;
    }
    if (at >= 0 && !this.machine) {
      this.#stored(at, { typed });
      return;
    }
    try {
      this.cut ??= cutter();
      const tokens = (await this.cut).encode(text);
      if (mine !== this.#asked) return;
      this.#count(tokens.map(({ id, text: words }) => [id, words ?? PART]), typed());
    } catch (error) {
      this.cut = null;
      this.#say(`The sentence could not be split into tokens: ${error.message}. Enter their number yourself.`);
      return;
    }
    if (this.machine) this.#wait = setTimeout(() => this.#look(text, mine), WAIT);
    else {
      const other = this.seen?.text ?? texts[0];
      const said = this.number.lastElementChild;
      said.textContent = `${said.textContent.split(' after “')[0]} after “${other}”, not after your sentence`;
      this.#say(`These values are for “${other}”. Run the model to see them for your sentence.`);
    }
  }

  /** Shows one of three sentences with stored values; the page has the first until another is requested. */
  async #stored(at, { counted, typed }) {
    const mine = this.#asked;
    try {
      this.known ??= answer('sentences.json').then((found) => found.json());
      const one = (await this.known)[at];
      if (mine !== this.#asked) return;
      if (!counted) this.#count(one.ids.map((id, place) => [id, one.tokens[place]]), typed());
      this.#see(one);
      this.#say(this.failed ?? 'Stored values from our own model.');
    } catch (error) {
      this.known = null;
      if (mine === this.#asked) this.#say(`The stored values could not load: ${error.message}. The values shown are for “${this.seen?.text ?? this.steps.texts[0]}”.`);
    }
  }

  async run() {
    const { run, note, field } = this.steps;
    if (this.machine || run.getAttribute('aria-disabled') === 'true') return;
    run.setAttribute('aria-disabled', 'true');
    this.failed = null;
    this.#say('Loading the model…');
    try {
      const { open } = await import('../next-token/client.mjs');
      this.machine = await open({ progress: (share) => this.#say(`Loading the model: ${percent(100 * share)}.`) });
    } catch (error) {
      run.setAttribute('aria-disabled', 'false');
      this.failed = `The model could not load: ${error.message}. The stored values are still shown.`;
      this.#say(this.failed);
      return;
    }
    if (this.closed) {
      this.machine.close();
      return;
    }
    note.tabIndex = -1;
    if (document.activeElement === run) note.focus();
    run.hidden = true;
    await this.#look(field.value, this.#asked);
  }

  async #look(text, mine) {
    try {
      const found = await this.machine.look(text);
      if (mine !== this.#asked) return;
      this.#see({ ...found, text });
      this.#say('Calculated on this page.');
    } catch (error) {
      if (mine === this.#asked) this.#say(`The model did not answer: ${error.message}.`);
    }
  }

  // What is shown ------------------------------------------------------------

  #say(words) {
    this.steps.note.textContent = words;
  }

  /** Shows the tokens in a row; without any, the step counts none. */
  #row(found) {
    this.tokens.replaceChildren(...found.map(([id, text]) => make('li', {}, make('span', {}, shown(text)), make('small', {}, String(id)))));
    this.#parts(this.tokens, found.map(([, text]) => text));
    const said = [this.counted.firstElementChild, this.counted.lastElementChild].map((node) => node.textContent);
    const none = said[1] === NOTHING;
    if (found.length ? none : !none) {
      this.steps.number(this.counted, ...(none ? this.before : ['0', NOTHING]));
      this.before = said;
    }
  }

  /** Shows that there is no sentence, and hence no token. */
  none() {
    this.#row([]);
  }

  #count(found, still) {
    const { page } = this.steps;
    const tokens = found.filter(([id]) => id !== START);
    this.#row(tokens);
    if (!still && tokens.length && tokens.length !== page.values.tokens) page.put({ tokens: tokens.length });
    else this.steps.differ();
  }

  /** Explains below a row of tokens those that are not characters. */
  #parts(list, texts) {
    list.nextElementSibling.textContent = texts.some((text) => text.includes(PART)) ? `“${PART}” is part of a character that is missing from our list.` : '';
  }

  #see(seen) {
    this.seen = seen;
    const { tokens, bars, attention } = seen;
    const last = attention.length - 1;
    if (!this.layers.childElementCount) {
      this.layers.append('Layer', ...attention.map((_, at) => make('label', {}, make('input', { type: 'radio', name: `${this.steps.page.id}-layer`, value: at, checked: at === last }), ` ${at + 1}`)));
    }
    const [, text, share] = bars[0];
    this.steps.number(this.number, percent(100 * share), `is the chance of “${following(text)}”, the likeliest next token`);
    this.likely.replaceChildren(...bars.slice(0, LIKELY).map(([, words, part]) => make('tr', {}, make('th', { scope: 'row' }, following(words)),
      make('td', {}, svg(12, { width: `${(100 * part).toFixed(2)}%`, height: 12, 'data-layer': 'model' }, { class: 'fg-amount' })), make('td', {}, percent(100 * part)))));
    this.place = tokens.reduce((best, words, at) => (words.length > tokens[best].length ? at : best), 0);
    this.#attend();
    this.#pick(this.place);
  }

  #attend() {
    const { tokens, attention } = this.seen;
    const shares = mean(attention[this.layer ?? attention.length - 1]);
    this.#parts(this.attention, [...tokens, ...this.seen.bars.slice(0, LIKELY).map(([, words]) => words)]);
    this.attention.replaceChildren(...tokens.map((text, at) => {
      const tall = 100 * shares[at];
      return make('li', {}, svg(40, { width: '100%', y: `${(100 - tall).toFixed(1)}%`, height: `${tall.toFixed(1)}%` }),
        make('button', { type: 'button', 'data-at': at, 'aria-pressed': String(at === this.place), 'aria-label': `${shown(text)}: show its numbers` }, shown(text)), make('small', {}, percent(100 * shares[at])));
    }));
  }

  /** Shows the numbers of a token. */
  #pick(at) {
    this.place = at;
    for (const button of this.attention.querySelectorAll('button')) button.setAttribute('aria-pressed', String(Number(button.dataset.at) === at));
    const row = Array.from(this.seen.rows[at]);
    const wide = APART * row.length;
    this.head.textContent = `The ${row.length} numbers of “${shown(this.seen.tokens[at])}”; select a token below to see its numbers`;
    this.strip.replaceChildren(draw('svg', { class: 'fg-step__row', viewBox: `0 0 ${wide} ${2 * HALF}`, role: 'img', 'aria-label': `${row.length} numbers from ${Math.min(...row).toFixed(2)} to ${Math.max(...row).toFixed(2)}, each a line up or down` },
      draw('path', { class: 'fg-step__zero', d: `M0 ${HALF}H${wide}` }),
      draw('path', { d: row.map((value, nth) => `M${nth * APART + 2} ${HALF}V${HALF - Math.round(HALF * Math.max(-1, Math.min(1, value / TALL)))}`).join('') })));
  }

  close() {
    this.closed = true;
    clearTimeout(this.#wait);
    this.machine?.close();
  }
}
