// One request on its page: the steps from the build, with the numbers for the current inputs. The page has those of the example; when inputs change,
// follow.mjs updates them. The tokens of the sentence, and what our own model makes of them, are in inside.mjs, fetched when they come near or are requested.

import { frame } from '../../assets/js/lab/frame.mjs';
import { make, press, styles } from '../../assets/js/lab/elements.mjs';
import { inputsOf } from '../../assets/js/lab/state.mjs';
import { count } from '../../assets/js/lab/words.mjs';
import * as model from './model.mjs';

const LONGEST = 400;

export async function mount(element) {
  await Promise.all(['labs', 'one-request'].map((name) => styles(new URL(`../../assets/${name}.css`, import.meta.url))));
  return frame(element, model, import.meta.url, (page) => new Steps(page, element));
}

class Steps {
  constructor(page, element) {
    this.page = page;
    this.node = element.querySelector('.fg-steps');
    if (!this.node) throw new Error('its steps are not on the page');
    this.before = this.node.cloneNode(true);
    this.mark = new Comment('steps');
    this.node.replaceWith(this.mark);
    this.#curves();
    this.texts = [...this.node.querySelectorAll('.fg-step__texts td:first-child')].map((cell) => cell.textContent);
    this.#sentence();
    this.#rail();
    const second = this.node.querySelector('[data-step=model]');
    this.note = make('p', { class: 'fg-step__note', role: 'status' });
    this.run = press('Run the model here (1.4 MB)', () => this.#ask('run'), 'run');
    second.querySelector('.fg-step__picture').append(make('div', { class: 'fg-step__run' }, this.run, this.note));
    this.near = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) this.#ask('begin'); }, { rootMargin: '300px 0px' });
    this.near.observe(second);
    const { view, row } = page;
    const form = view.querySelector('.fg-labs__inputs');
    const fold = make('details', { class: 'fg-fold fg-request__fold', open: matchMedia('(min-width: 60em)').matches }, make('summary', {}, 'Change the numbers, or try one of three scenarios'), view.querySelector('.fg-labs__tries'));
    form.before(this.top, fold);
    fold.append(form);
    view.querySelector('.fg-labs__group').open = true; // the third group, with prices
    row.node.before(this.node);
    row.node.querySelector('[data-do=print]').textContent = 'Print (2 pages)';
  }

  #sentence() {
    const { page } = this;
    const { id } = page;
    this.sentences = new WeakMap(); // {state that was in view: its sentence}, which undo restores too
    this.field = make('textarea', { id: `${id}-text`, rows: 2, maxlength: LONGEST, autocomplete: 'off', 'aria-describedby': `${id}-message ${id}-sent` });
    this.field.value = this.texts[0];
    this.field.addEventListener('input', () => this.#ask('take'));
    this.three = this.texts.map((text) => press(text, () => {
      this.field.value = text;
      this.#ask('take');
    }));
    this.three[0].setAttribute('aria-pressed', 'true');
    this.top = make('div', { class: 'fg-request' }, make('label', { for: this.field.id }, 'Your sentence, or one of these three'), this.field, make('div', { class: 'fg-request__three', role: 'group', 'aria-label': 'Three sentences' }, ...this.three),
      make('p', { class: 'fg-labs__note', id: `${id}-sent` }, 'What you type stays on this page. A copied link includes your numbers but not your sentence.'));
    const said = make('p', { class: 'fg-labs__message', id: `${id}-message`, role: 'alert' });
    this.field.after(said);
    this.own = { // one of the frame's fields, so that the frame says what the answer waits for
      input: { id: 'text', label: 'Your sentence' }, node: this.top, wrong: '', focus: () => this.field.focus(),
      show: (_, afresh) => {
        const text = afresh ? this.sentences.get(page.values) ?? this.texts[0] : this.field.value;
        if (text !== this.field.value) {
          [this.own.wrong, this.field.value] = ['', text];
          this.#ask('take', true);
        }
        this.keep();
      },
      say: (words) => {
        if (said.textContent !== words) said.textContent = words;
        this.field.setAttribute('aria-invalid', String(Boolean(words)));
      },
    };
    page.fields.push(this.own);
  }

  /** Says on the rail which step is in view. A step that is asked for leaves the address alone if that holds the reader's numbers. */
  #rail() {
    const ways = new Map([...this.node.querySelectorAll('.fg-rail a')].map((way) => [this.node.querySelector(way.hash), way]));
    this.passing = new IntersectionObserver((seen) => {
      for (const { target, isIntersecting } of seen) ways.get(target)[isIntersecting ? 'setAttribute' : 'removeAttribute']('aria-current', 'step');
    }, { rootMargin: '-35% 0px -65% 0px' });
    for (const [step, way] of ways) {
      this.passing.observe(step);
      way.addEventListener('click', (event) => {
        if (!location.hash.includes('=')) return;
        event.preventDefault();
        step.tabIndex = -1;
        step.focus();
        step.scrollIntoView();
      });
    }
  }

  /** Remembers the sentence that belongs to the numbers. */
  keep() {
    this.sentences.set(this.page.values, this.field.value);
  }

  /** Says if the number of tokens is not that of the sentence shown. */
  differ() {
    const step = this.node.querySelector('[data-step=tokens]');
    const shown = step.querySelector('ol').childElementCount;
    const { tokens } = this.page.values;
    step.querySelector('.fg-step__given').textContent = shown && shown !== tokens ? `You entered ${count(tokens)}; the sentence shown has ${count(shown)}.` : '';
  }

  /** Calls a function of the module for the sentence. */
  async #ask(what, still) {
    this.near.disconnect();
    try {
      this.coming ??= import('./inside.mjs').then(({ Inside }) => { this.inside = new Inside(this); });
      await this.coming;
    } catch (error) {
      this.coming = null;
      this.note.textContent = `The part of this page that reads your sentence could not load: ${error.message}.`;
      return;
    }
    this.inside[what](still);
  }

  /** Sets whether there is a sentence; without one, the answer waits. */
  blank(is) {
    if (is === Boolean(this.own.wrong)) return;
    this.own.wrong = is ? 'Enter a sentence, or choose one of the three.' : '';
    this.page.put({});
  }

  /** A step's number and what it counts. */
  number(node, number, name) {
    node.firstElementChild.textContent = number;
    node.lastElementChild.textContent = name;
  }

  /** For inputs that do not affect the application's share, the curve shows the layer that keeps the difference. */
  #curves() {
    const { page } = this;
    const { curves, lab } = page;
    const { max } = Math;
    const others = lab.heads.map(({ name, place, whole, inputs }) => [inputs, new curves.constructor({
      ...model, headline: { ...model.headline, key: 'left', name }, work: (values) => {
        const { parts, ...result } = model.work(values);
        return { left: parts && max(-100, 100 * parts[place] / result[whole]) };
      },
    }, lab)]);
    page.curves = {
      draw(fields, values, now) {
        curves.draw(fields.filter(({ input }) => !others.some(([inputs]) => inputs.includes(input.id))), values, now);
        for (const [inputs, one] of others) one.draw(fields.filter(({ input }) => inputs.includes(input.id)), values, one.model.work(values).left || null);
      },
      stop: () => [curves, ...others.map(([, one]) => one)].forEach((one) => one.stop()),
    };
  }

  /** Shows the numbers for the current inputs; called by the frame. */
  async show(result, values) {
    const { page } = this;
    Object.assign(this, { result, values });
    if (!this.follows && inputsOf(page.lab).every((one) => values[one.id] === one.default)) return;
    try {
      this.follows ??= import('./follow.mjs').then(({ follow }) => follow(this));
      (await this.follows).show(this.result, this.values);
      if (this.lost) page.came.textContent = this.lost = '';
    } catch (error) {
      this.follows = null;
      page.came.textContent = this.lost = `The steps could not load: ${error.message}. They still show the example.`;
    }
    if (this.own.wrong) this.inside.none();
    this.differ();
  }

  /** Uses the parts of the two printed pages above and below the steps; none while the answer waits. */
  paper(around) {
    for (const old of this.around ?? []) old.remove();
    this.around = around;
    if (!around) return;
    this.page.view.prepend(around[0]);
    this.node.after(around[1]);
  }

  /** Restores the steps as the page had them. */
  close() {
    this.near.disconnect();
    this.passing.disconnect();
    this.inside?.close();
    this.mark.replaceWith(this.before);
  }
}
