// The eight steps through the model on its page: one at a time, with its own place in the address, for the token, layer and head that the reader chooses.
// A stored trace is shown until the model is here. Loaded when the reader comes near.

import { draw, line, make, press } from '../../assets/js/lab/elements.mjs';
import { percent } from '../../assets/js/lab/words.mjs';
import { grid, shown, steps, stored } from './steps.mjs';

const DRAWN = new Set(['svg', 'g', 'path', 'rect', 'text']);
const KEYS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
const WAIT = 120;
const UNDER = 80; // the page's header may cover that much of the top

const built = ([tag, attributes, ...children]) => (DRAWN.has(tag) ? draw : make)(tag, attributes, ...children.filter(Boolean).map((child) => (typeof child === 'string' ? child : built(child))));
const quoted = (text) => (text === '' ? 'the start mark' : `“${shown(text)}”`);

/** Mounts the steps in a section of a lab; `acts` are what they may ask of it: `load` the model, `set` a setting, `add` the drawn token, the `chance` of the next draw. */
export async function open(section, lab, acts) {
  const answer = await fetch(new URL('inside.json', import.meta.url));
  if (!answer.ok) throw new Error(`the stored steps could not be found (${answer.status})`);
  return new Inside(section, lab, acts, stored(await answer.json()));
}

const numbers = (count) => Array.from({ length: count }, (_, at) => make('option', { value: at }, String(at + 1)));

class Inside {
  #turn = 0;
  step = 0;

  constructor(section, lab, acts, kept) {
    Object.assign(this, { section, lab, acts, kept, trace: kept });
    this.#plain();
    const { layers, heads } = kept.shape;
    this.fields = { place: this.#select('Token'), layer: this.#select('Layer', numbers(layers)), head: this.#select('Head', numbers(heads)) };
    this.warmth = make('input', { id: 'next-token-inside-temperature', type: 'range', min: 0, max: 2, step: 0.05 });
    this.warmth.addEventListener('input', () => acts.set({ temperature: this.warmth.value }));
    this.warm = make('p', { class: 'fg-inside__warm' }, make('label', { for: this.warmth.id }, 'Temperature'), this.said = make('output', { for: this.warmth.id }), this.warmth);
    const all = steps(kept);
    this.rail = make('ol', { class: 'fg-inside__rail', 'aria-label': 'Steps' }, ...all.map(({ title }, at) => make('li', {}, make('button', { type: 'button', 'aria-label': `Step ${at + 1}: ${title}`, 'data-step': at }, String(at + 1)))));
    this.title = make('p', { class: 'fg-inside__name', 'aria-live': 'polite' });
    this.body = make('div', {});
    this.add = press('', () => acts.add(), 'add');
    this.turns = { back: press('Back', () => this.#go(this.step - 1), 'back'), next: press('Next', () => this.#go(this.step + 1), 'next') };
    this.note = line('note');
    this.note.setAttribute('role', 'status');
    this.load = press('Load it', () => this.#fetch(), 'load');
    section.append(make('div', { class: 'fg-inside__choices' }, ...Object.values(this.fields).map((field) => field.parentNode)), make('div', { class: 'fg-inside__whose' }, this.note, this.load), this.rail,
      make('div', { class: 'fg-inside__step' }, this.title, this.warm, this.body, this.add), make('div', { class: 'fg-inside__turns' }, this.turns.back, this.turns.next));
    this.rail.addEventListener('click', ({ target }) => {
      const at = target.closest('button')?.dataset.step;
      if (at !== undefined) this.#go(Number(at));
    });
    this.body.addEventListener('click', ({ target }) => {
      const { place, other } = target.closest('button')?.dataset ?? {};
      if (place !== undefined) this.#choose({ place: Number(place) });
      if (other !== undefined) {
        this.other = Number(other);
        this.#draw();
      }
    });
    this.watch = new IntersectionObserver((seen) => {
      this.visible = seen.at(-1).isIntersecting;
      if (this.late) this.take();
    });
    this.watch.observe(section);
    this.take();
  }

  close() {
    this.#turn += 1;
    this.watch.disconnect();
  }

  #select(name, options = []) {
    const field = make('select', { id: `next-token-inside-${name.toLowerCase()}` }, ...options);
    field.addEventListener('change', () => this.#choose({ [name === 'Token' ? 'place' : name.toLowerCase()]: Number(field.value) }));
    make('span', {}, make('label', { for: field.id }, name), field);
    return field;
  }

  /** Goes back to the last token, and the layer and head that are stored. */
  #plain() {
    Object.assign(this, { place: null, layer: this.kept.layer, head: this.kept.head, other: undefined });
  }

  // What changes it ------------------------------------------------------------

  /** Takes up an address: `step`, `layer` and `head` count from 1, `token` is a position after the start mark. What is no such number is ignored. */
  show(parts) {
    const number = (name, most, first = 1) => {
      const value = Number(parts.get(name) ?? NaN);
      return Number.isInteger(value) && value >= first && value < first + most ? value - first : null;
    };
    const { layers, heads } = this.kept.shape;
    this.#plain();
    this.step = number('step', this.rail.childElementCount) ?? 0;
    this.layer = number('layer', layers) ?? this.layer;
    this.head = number('head', heads) ?? this.head;
    this.place = number('token', Infinity, 0);
    this.take();
  }

  /** What an address has to say of it. */
  get parts() {
    const { step, layer, head, place, kept } = this;
    return { step: step + 1, ...(layer === kept.layer && head === kept.head ? {} : { layer: layer + 1, head: head + 1 }), ...(place === null ? {} : { token: place }) };
  }

  #go(step) {
    if (step < 0 || step >= this.rail.childElementCount || step === this.step) return;
    this.step = step;
    this.acts.remember(true);
    this.#draw();
    if (this.rail.getBoundingClientRect().top < UNDER) this.rail.scrollIntoView({ block: 'start' });
  }

  #choose(given) {
    Object.assign(this, given, { other: undefined });
    this.acts.remember(false);
    this.#need();
    this.take();
  }

  /** Loads the model if what is chosen is not stored. */
  #need() {
    const { layer, head, place, kept } = this;
    if (!this.lab.machine && (layer !== kept.layer || head !== kept.head || (place ?? kept.place) !== kept.place)) this.#fetch();
  }

  async #fetch() {
    this.load.hidden = true;
    this.note.textContent = 'Loading the model…';
    await this.acts.load();
    if (this.lab.machine) return; // it has drawn anew
    this.#plain();
    this.failed = true;
    this.#draw();
  }

  /** Shows what the model does with the lab's text, once the steps are in view and no line is being written; or the stored steps. */
  take() {
    const turn = this.#turn += 1;
    clearTimeout(this.wait);
    const { machine, found, writing } = this.lab;
    if (!machine) {
      this.trace = this.kept;
      this.#draw();
      return;
    }
    this.late = !this.visible;
    if (found && this.visible && !writing) this.wait = setTimeout(() => this.#ask(turn), this.trace === this.kept ? 0 : WAIT);
  }

  async #ask(turn) {
    const { machine, found: { ids }, settings } = this.lab;
    const last = ids.length - 1;
    if (this.place !== null && this.place >= last) this.place = null;
    const { layer, head } = this;
    try {
      const trace = await machine.ask('inside', { ids, place: this.place ?? last, layer, head, settings, chance: this.acts.chance() });
      if (turn !== this.#turn) return;
      this.trace = trace;
      this.#draw();
    } catch (error) {
      if (turn === this.#turn) this.note.textContent = `The model did not answer: ${error.message}.`;
    }
  }

  // What it shows ------------------------------------------------------------

  #draw() {
    const { trace, step, lab } = this;
    const { machine } = lab;
    const all = steps(trace, { other: this.other, live: true });
    const { title, say, picture } = all[step];
    const held = this.body.contains(document.activeElement) ? Object.entries(document.activeElement.dataset)[0] : null;
    const name = `${step + 1}. ${title}`;
    if (this.title.textContent !== name) this.title.textContent = name;
    const unfolded = this.drawn === step && this.body.querySelector('details')?.open;
    this.drawn = step;
    this.body.replaceChildren(...say.map((words) => make('p', {}, words)), ...picture.filter(Boolean).map(built));
    if (unfolded) this.body.querySelector('details').open = true;
    if (held) this.body.querySelector(`[data-${held[0]}="${held[1]}"]`)?.focus({ preventScroll: true });
    const matrix = this.body.querySelector('.fg-matrix');
    if (matrix) this.#explore(matrix);
    for (const button of this.rail.querySelectorAll('button')) button.setAttribute('aria-current', Number(button.dataset.step) === step ? 'step' : 'false');
    this.turns.back.setAttribute('aria-disabled', String(step === 0));
    this.turns.next.setAttribute('aria-disabled', String(step === all.length - 1));
    this.fields.place.replaceChildren(...trace.tokens.map((text, at) => make('option', { value: at }, shown(text))));
    for (const [which, field] of Object.entries(this.fields)) field.value = trace[which];
    const { temperature } = lab.settings;
    this.warm.hidden = step !== all.length - 1 || !machine;
    if (document.activeElement !== this.warmth) this.warmth.value = temperature;
    this.said.textContent = String(temperature);
    this.add.hidden = this.warm.hidden || lab.ended || trace.place !== trace.tokens.length - 1;
    this.add.textContent = 'Add this token to the text';
    const other = !machine && lab.field.value !== trace.prompt;
    this.load.hidden = Boolean(machine);
    this.note.textContent = machine ? '' : `${this.failed ? 'The model could not load. ' : ''}${other ? `These numbers are for “${trace.prompt}”.` : 'These numbers were calculated in advance.'} To ${other ? 'see the numbers for your text' : 'choose a different token, layer or head'}, load the model.`;
    this.note.parentNode.hidden = Boolean(machine);
  }

  /** Lets fingers, the mouse and arrow keys go through the cells of the matrix. */
  #explore(matrix) {
    const { attention, tokens, place } = this.trace;
    const { side, top, cell, tall } = grid(tokens.length);
    const mark = draw('rect', { class: 'fg-matrix__at', width: cell, height: cell });
    const told = make('p', { class: 'fg-inside__told', role: 'status' });
    const field = make('div', { class: 'fg-inside__field', tabindex: 0, role: 'application', 'aria-label': 'Attention of every token to every token; use the arrow keys to move between cells' });
    matrix.replaceWith(field);
    field.append(matrix);
    field.after(told);
    matrix.append(mark);
    let at = [place, attention[place].indexOf(Math.max(...attention[place]))];
    const go = (from, to) => {
      at = [from, to].map((one) => Math.min(Math.max(one, 0), tokens.length - 1));
      [from, to] = at;
      mark.setAttribute('x', side + to * cell);
      mark.setAttribute('y', top + from * cell);
      told.textContent = to > from ? `${quoted(tokens[from])} can’t look at ${quoted(tokens[to])}, which comes later.` : `${quoted(tokens[from])} gives ${percent(100 * attention[from][to])} of its attention to ${quoted(tokens[to])}.`;
    };
    const point = ({ clientX, clientY }) => {
      const box = matrix.getBoundingClientRect();
      const scale = tall / box.height;
      const [from, to] = [((clientY - box.top) * scale - top) / cell, ((clientX - box.left) * scale - side) / cell];
      if (from >= 0 && to >= 0) go(Math.floor(from), Math.floor(to));
    };
    for (const kind of ['pointermove', 'pointerdown']) matrix.addEventListener(kind, point);
    field.addEventListener('keydown', (event) => {
      const way = KEYS[event.key];
      if (!way) return;
      event.preventDefault();
      go(at[0] + way[0], at[1] + way[1]);
    });
    go(...at);
  }
}
