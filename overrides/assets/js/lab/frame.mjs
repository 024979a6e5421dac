// The frame of a lab: its examples, inputs and answer. A lab's view passes the lab's arithmetic, which is pure; the
// inputs, their defaults and choices are in lab.json beside the view. Answer and readings are updated at once; after they are painted,
// the pictures, the sum and then the curves under the inputs follow.

import { buttonRow, div, figure, line, make, press, remember, styles } from './elements.mjs';
import { change, defaults, preset, read, same } from './state.mjs';
import { choice, number, unfold } from './fields.mjs';
import { picker } from './picker.mjs';
import { caution } from './caution.mjs';
import { Curves } from './curve.mjs';
import { chart, ready } from './charts.mjs';
import './words.mjs'; // used by the models to format numbers; it is packed into the same file

const SETTLED = 600;
const WRITTEN = 400;
const FIELDS = { number, choice, pick: picker };
const OPEN = 2; // groups of inputs that are not folded
const WIDE = matchMedia('(min-width: 60em)');
const ABOVE = '-56px 0px 1000000px'; // what is below the window counts as seen, and what is behind the page's header does not
let frames = 0;

const option = (value, words) => make('option', { value }, words);

async function fetched(base) {
  const answer = await fetch(new URL('lab.json', base));
  if (!answer.ok) throw new Error(`its numbers are not there (${answer.status})`);
  return read(await answer.text());
}

/**
 * Mounts a lab in its element. `model` is what the lab's model.mjs exports, `base` the address of its view. Returns a function that unmounts it. A view with parts of its
 * own, which are in `page.view` and are printed instead of the single page, passes `beside(page)` → {show(result, values), paper(around), close()}.
 */
export async function frame(element, model, base, beside) {
  const short = element.hasAttribute('short');
  const [lab] = await Promise.all([fetched(base), styles(new URL('../../labs.css', import.meta.url))]);
  const page = new Page(model, lab, base, short);
  if (!short) page.own = beside?.(page);
  await page.open();
  const fallback = make('div', { hidden: true }, ...element.childNodes);
  element.append(page.view, fallback);
  page.start();
  return () => {
    page.close();
    element.replaceChildren(...fallback.childNodes);
  };
}

class Page {
  state;
  result = null;
  stale = false;
  gap = new Comment(); // marks the place of the first field among the inputs
  words = null; // compare.mjs, once there are two scenarios
  code = null; // address.mjs, once there is something to write
  coming = null; // the next drawing, while it waits for an animation frame
  #ending = new AbortController();
  #timers = {};
  #width = 0;
  #drawn = [];

  constructor(model, lab, base, short) {
    Object.assign(this, { model, lab, base, short, id: `lab-${frames += 1}`, home: new URL('./', base).href, curves: new Curves(model, lab) });
    this.state = { a: defaults(lab), b: null, second: false };
    const how = { lab, short, site: new URL('../../', base), put: (given) => this.put(given) };
    this.groups = lab.groups.map(({ name, inputs }) => [name, inputs.filter((input) => input.short || !short).map((input) => this.#field(input, `${this.id}-${input.id}`, how))]).filter(([, some]) => some.length);
    this.fields = this.groups.flatMap(([, some]) => some);
    this.#results();
    this.view = short ? this.#inChapter() : this.#whole();
    this.sizes = new ResizeObserver(() => {
      if (this.pictures.clientWidth !== this.#width) this.soon();
    });
    this.away = new IntersectionObserver((seen) => this.view.toggleAttribute('data-away', !seen.at(-1).isIntersecting), { rootMargin: ABOVE });
  }

  /** A field, with a place for the reason why it has no effect, if that is possible. */
  #field(input, id, how) {
    const field = FIELDS[input.kind](input, id, how);
    if (input.idle) field.node.append(field.why = make('p', { class: 'fg-labs__note', id: `${id}-why` }));
    if (this.model.notes) field.node.append(field.note = line('source'));
    return field;
  }

  get values() {
    return this.state.second ? this.state.b : this.state.a;
  }

  with(values) {
    return this.state.second ? { ...this.state, b: values } : { ...this.state, a: values };
  }

  // Its parts ------------------------------------------------------------

  #results() {
    Object.assign(this, {
      answer: line('answer'), caution: line('caution'), waits: line('waits'), live: make('p', { class: 'fg-sr', role: 'status' }), came: make('p', { class: 'fg-labs__came', role: 'status' }),
      readings: make('ul', { class: 'fg-labs__readings' }), bar: div('compare'), pictures: div('charts'), now: div('now'), stick: div('stick'),
    });
    this.stick.ariaHidden = 'true'; // it repeats the results
    this.stick.append(this.now);
    if (this.model.details && !this.short) this.details = make('details', { class: 'fg-fold fg-labs__details' }, make('summary', {}, 'What this counts and assumes'), make('ul'));
    this.results = div('results', this.came, this.answer, this.caution, this.waits, ...(this.short ? [] : [this.readings, this.details ?? '', this.bar]), this.live);
  }

  #inputs(...before) {
    const form = make('form', { class: 'fg-labs__inputs', 'aria-label': this.lab.name }, ...before,
      ...this.groups.map(([name, some], at) => {
        const folds = !this.short && at >= OPEN;
        const set = make('fieldset', {}, make('legend', { class: this.short || folds ? 'fg-sr' : 'fg-kicker' }, name), ...some.map(({ node }) => node));
        return folds ? make('details', { class: 'fg-fold fg-labs__group' }, make('summary', {}, name), set) : set;
      }));
    form.addEventListener('submit', (event) => event.preventDefault());
    return form;
  }

  #inChapter() {
    this.way = make('a', { class: 'fg-action', href: this.home }, 'Open the full calculator with these numbers');
    return make('div', { class: 'fg-labs fg-labs--short' }, this.results, this.#inputs(), this.pictures, line('way', this.way));
  }

  #whole() {
    const tries = make('ol', { class: 'fg-labs__tries' }, ...this.lab.tries.map((one) => make('li', {}, make('b', {}, one.title), ' ', one.text, ' ', press('Try it', () => this.act('attempt', one)))));
    this.first = this.fields.find(({ input }) => input.first)?.node;
    const fold = press('Show curves', () => this.act('curves', fold), 'curves');
    fold.setAttribute('aria-pressed', 'false');
    this.sum = make('details', { class: 'fg-fold fg-labs__sum' }, make('summary', {}, 'Show the calculation'));
    this.sum.addEventListener('toggle', () => this.#add());
    this.row = { node: buttonRow({ link: 'Copy link', csv: 'CSV', print: 'Print (1 page)', reset: 'Reset' }, (name) => this.act(name)) };
    const inputs = this.#inputs(this.lab.presets.length > 0 && this.#presets(), fold);
    this.first?.before(this.gap);
    this.#lay();
    const pictures = div('pictures', this.pictures, this.sum);
    new ResizeObserver(() => pictures.style.setProperty('--tall', `${pictures.offsetHeight}px`)).observe(pictures); // its end stays in view beside longer inputs
    return make('div', { class: 'fg-labs' }, div('body', this.results, this.stick, tries, inputs, pictures), this.row.node);
  }

  /** Puts the first field into its gap among the inputs, or right below the answer where the inputs are not beside it. */
  #lay() {
    if (this.first) (WIDE.matches ? this.gap : this.waits).after(this.first);
  }

  #presets() {
    const { lab, id } = this;
    this.select = make('select', { id: `${id}-preset` }, option('', 'The guide’s example'), ...lab.presets.map((one) => option(one.id, one.name)), make('option', { value: '-', hidden: true }, 'Your own numbers'));
    this.about = line('note');
    this.select.addEventListener('change', () => this.act('preset', this.select.value));
    return div('preset', make('label', { for: this.select.id }, 'Start from'), this.select, this.about);
  }

  get address() {
    return this.home + (this.code?.encode(this.lab, this.state) ?? '');
  }

  /** Whether nothing has been changed. */
  get #plain() {
    return !this.state.b && same(this.state.a, defaults(this.lab));
  }

  // What is fetched when it is needed ------------------------------------------------------------

  /** Does what a button says. */
  async act(name, given) {
    const { pressesOf } = await import('./presses.mjs');
    this.presses ??= pressesOf(this);
    this.presses[name](given);
  }

  async coded() {
    this.code = await import('./address.mjs');
  }

  async compared() {
    this.words = await import('./compare.mjs');
  }

  // What changes it ------------------------------------------------------------

  put(given) {
    this.state = this.with(change(this.lab, this.values, given));
    this.show();
  }

  /** Applies the state in the address; returns whether there is one. */
  async #follow() {
    if (!location.hash.includes('=')) return false;
    await this.coded();
    return this.code.follow(this);
  }

  // What it shows ------------------------------------------------------------

  /** Shows the answer to the current values; `afresh` also updates the fields. */
  show(afresh) {
    const { model, lab, values, fields } = this;
    const found = model.problems?.(values, lab) ?? [];
    for (const field of fields) {
      field.show(values, afresh);
      if (field.why) field.why.textContent = field.input.idle?.find(([id, value]) => values[id] === value)?.[2] ?? '';
      field.say(field.wrong ?? '', found.find(({ id }) => id === field.input.id)?.message);
      if (afresh && values[field.input.id] !== field.input.default) unfold(field.node);
    }
    const wrong = fields.find((field) => field.wrong || found.some(({ id }) => id === field.input.id));
    this.stale = Boolean(wrong) || found.length > 0;
    this.view.toggleAttribute('data-stale', this.stale);
    this.#waitFor(wrong, found[0]?.message);
    if (this.stale) return;
    this.result = model.work(values, lab);
    const [said, more] = [model.sentence(this.result, values, lab), caution(lab, values)];
    if (this.answer.textContent && this.answer.textContent !== said) this.#wait('speak', SETTLED, () => { this.live.textContent = [said, more].filter(Boolean).join(' '); });
    this.answer.textContent = said;
    const notes = model.notes?.(this.result, values, lab);
    if (notes) for (const { input, note } of fields) note.textContent = notes[input.id] ?? '';
    const details = model.details?.(this.result, values, lab) ?? [];
    this.details?.lastChild.replaceChildren(...details.map((one) => make('li', {}, one)));
    this.details?.toggleAttribute('hidden', !details.length);
    this.caution.textContent = more;
    this.#readings();
    if (!this.short) this.#wait('write', WRITTEN, () => this.#write());
    this.soon();
  }

  async #write() {
    if (!this.code && this.#plain) return;
    await this.coded();
    remember(this.#plain ? '' : this.code.encode(this.lab, this.state));
  }

  /** The link to a wrong number; it does not change while the number stays wrong, since somebody may be pressing it. */
  #waitFor(wrong, message = '') {
    if (wrong && this.wrong === wrong) return;
    this.wrong = wrong;
    this.waits.replaceChildren(...(wrong ? ['To see the answer, correct ', press(wrong.input.label, () => {
      unfold(wrong.node);
      wrong.focus();
    })] : [message]));
  }

  #wait(name, time, act) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = setTimeout(act, time);
  }

  /** Draws everything that can wait after the answer is painted. */
  soon() {
    this.coming ??= requestAnimationFrame(() => setTimeout(() => {
      this.coming = null;
      if (!this.stale && !this.#ending.signal.aborted) this.#later();
    }));
  }

  #readings() {
    const { model, lab, values, result, state, words } = this;
    const shown = model.readings(result, values, lab);
    this.readings.replaceChildren(...(state.b && words ? words.pairs(this, shown) : shown.map((one) => make('li', {}, figure(one), ' ', make('span', { class: 'fg-labs__name' }, one.name)))));
    this.now.replaceChildren(make('p', {}, this.answer.textContent), make('ul', {}, ...[...this.readings.children].map((one) => one.cloneNode(true))));
    for (const name of this.now.querySelectorAll('.fg-labs__name')) [name.textContent] = name.textContent.split(';'); // the rest stands above
  }

  async #lead() {
    if (!this.#plain) await this.coded();
    this.way.href = this.address;
  }

  /** Draws the pictures, the sum and everything else besides the answer; then the curves. */
  #later() {
    const { model, lab, values, result, short } = this;
    this.#width = this.pictures.clientWidth;
    const scenes = model.charts(result, values, lab).slice(0, short ? 1 : undefined);
    ready(scenes).then((more) => more && this.soon());
    if (this.#drawn.length !== scenes.length) {
      this.#drawn = scenes.map(() => [line('title'), line('context'), div('plot')]);
      this.pictures.replaceChildren(...this.#drawn.map(([title, context, plot]) => make('figure', {}, make('figcaption', {}, title, context), plot)));
    }
    scenes.forEach(({ title, context = '', scene }, at) => {
      const [head, below, plot] = this.#drawn[at];
      head.textContent = title;
      below.textContent = context;
      if (this.#width) plot.replaceChildren(...chart(scene, this.#width, `${title}. ${context}`));
    });
    if (short) this.#lead();
    else {
      this.#add();
      this.own?.show(result, values);
      if (this.select) this.#sayPreset();
      this.compare();
    }
    if (model.headline && (WIDE.matches || this.view.hasAttribute('data-curves'))) this.curves.draw(this.fields.filter(({ stops }) => stops), values, result[model.headline.key] ?? null);
  }

  /** Shows the sum if it is open. */
  async #add() {
    if (this.sum.open) (await import('./sum.mjs')).open(this);
  }

  async #sayPreset() {
    const { lab, values, result } = this;
    const one = lab.presets.find((other) => same(values, preset(lab, other)));
    this.select.value = one?.id ?? (same(values, defaults(lab)) ? '' : '-');
    this.about.textContent = one?.note ?? '';
    if (Object.keys(one?.disclosed ?? {}).length) this.about.append((await import('./compare.mjs')).disclosed(lab, one, result));
  }

  /** Shows the button for a second scenario, or the bar of the two. */
  compare() {
    if (this.state.b) this.words?.scenarios(this, this.bar);
    else if (!this.bar.querySelector('[data-do=keep]')) this.bar.replaceChildren(press('Save as scenario A', () => this.act('keep'), 'keep'), make('span', { class: 'fg-labs__note' }, 'then change a copy and compare'));
  }

  // Paper, start and end ------------------------------------------------------------

  async open() {
    this.linked = !this.short && await this.#follow();
    if (!this.linked) this.show(true);
    if (this.result) await ready(this.model.charts(this.result, this.values, this.lab));
  }

  start() {
    const { signal } = this.#ending;
    if (!this.short) {
      window.addEventListener('hashchange', async () => await this.#follow() && this.results.scrollIntoView(), { signal });
      for (const type of ['pointerover', 'focusin']) this.view.addEventListener(type, () => import('./presses.mjs'), { once: true });
    }
    WIDE.addEventListener('change', () => {
      this.#lay();
      this.soon();
    }, { signal });
    this.sizes.observe(this.pictures);
    this.away.observe(this.results);
    if (!this.stale) this.#later();
    if (this.linked && performance.getEntriesByType('navigation')[0]?.type === 'navigate') this.results.scrollIntoView();
  }

  close() {
    this.#ending.abort();
    this.sizes.disconnect();
    this.away.disconnect();
    this.curves.stop();
    this.own?.close();
    for (const timer of Object.values(this.#timers)) clearTimeout(timer);
  }
}
