// The definition machine on its page. Until the model is fetched, five prompts have stored continuations (stored.json); after that, readers can
// use their own text. Nothing that is typed leaves the page, or is in an address until its link is copied.

import { actions } from '../../assets/js/lab/actions.mjs';
import { div, line, make, press, styles } from '../../assets/js/lab/elements.mjs';
import { count, fixed, some } from '../../assets/js/lab/words.mjs';
import { chance } from './model.mjs';

const END = 256;
const MOST = 400;
const COMING = 'Loading the model…';
const NEAR = '100px 0px';
const COUNT = new Intl.NumberFormat('en');
const SETTINGS = {
  temperature: { label: 'Temperature', low: 0, high: 2, step: 0.05, plain: 1, note: '0 always picks the likeliest token; values below 1 sharpen the odds, and values above 1 flatten them' },
  k: { label: 'Top-k', low: 0, high: 2048, step: 1, plain: 0, note: 'samples only from the k likeliest tokens; 0 keeps all of them' },
  p: { label: 'Top-p', low: 0.05, high: 1, step: 0.05, plain: 1, note: 'samples only from the likeliest tokens that together reach this share of the odds' },
  seed: { label: 'Seed', low: 0, high: 999999, step: 1, plain: 1, note: 'the same seed gives the same tokens' },
};
const PLAIN = Object.fromEntries(Object.entries(SETTINGS).map(([name, { plain }]) => [name, plain]));

const percent = (share) => (share >= 0.995 ? '100%' : share >= 0.0995 ? `${fixed(100 * share, 0)}%` : share >= 0.001 ? `${fixed(100 * share, 1)}%` : 'under 0.1%');
const shown = (text) => (text === '' ? 'end' : text.replace(/^ /, '␣'));

/** A bar with this share of the full length. */
function mark(share) {
  const node = make('span', { class: 'fg-odds__mark', 'aria-hidden': 'true' });
  node.style.setProperty('--share', Math.min(share, 1).toFixed(4));
  return node;
}

export async function mount(element) {
  const assets = new URL('../../assets/', import.meta.url);
  const [answer] = await Promise.all([fetch(new URL('stored.json', import.meta.url)), styles(new URL('labs.css', assets)), styles(new URL('next-token.css', assets))]);
  if (!answer.ok) throw new Error(`its stored results could not be found (${answer.status})`);
  const lab = new Lab(element, await answer.json());
  lab.start();
  return () => lab.close();
}

class Lab {
  #ending = new AbortController();
  #turn = 0;
  machine = null;
  settings = { ...PLAIN };
  undone = [];

  constructor(element, stored) {
    Object.assign(this, { element, stored, tries: element.querySelector('ol'), kept: element.querySelector('.fg-odds__stored') });
    this.place = this.tries.nextSibling;
    this.#build();
  }

  // Its parts ------------------------------------------------------------

  #build() {
    this.field = make('textarea', { id: 'next-token-text', rows: 2, maxlength: MOST, spellcheck: 'false', autocomplete: 'off', 'aria-describedby': 'next-token-note' });
    this.note = make('p', { class: 'fg-labs__note', id: 'next-token-note' });
    this.prompts = this.stored.prompts.map((one) => press(one.prompt, () => this.#begin(one.prompt), null));
    this.fetch = press(`Load the model (${fixed(this.stored.bytes / 1e6, 1)} MB)`, () => this.#fetch(), 'fetch');
    this.bar = make('progress', { max: 1, value: 0, hidden: true, 'aria-label': 'Model loaded' });
    this.state = make('p', { class: 'fg-labs__note', role: 'status' });
    this.fields = Object.entries(SETTINGS).map(([name, setting]) => this.#setting(name, setting));
    const inputs = make('form', { class: 'fg-labs__inputs', 'aria-label': 'Text to continue' },
      make('label', { for: this.field.id, class: 'fg-kicker' }, 'Your text'), this.field, this.note,
      make('div', { class: 'fg-cuts__examples', role: 'group', 'aria-label': 'Prompts' }, ...this.prompts),
      make('div', { class: 'fg-odds__fetch' }, this.fetch, this.bar, this.state),
      make('details', { class: 'fg-fold fg-labs__group', open: matchMedia('(min-width: 60em)').matches }, make('summary', {}, 'Settings'), ...this.fields));
    inputs.addEventListener('submit', (event) => event.preventDefault());

    this.came = make('p', { class: 'fg-labs__came', role: 'status' });
    this.text = make('p', { class: 'fg-odds__text' });
    this.live = make('p', { class: 'fg-sr', role: 'status' });
    this.buttons = {
      likeliest: press('Pick the likeliest', () => this.#take('likeliest'), 'likeliest'), sample: press('Sample one', () => this.#take('sample'), 'sample'),
      write: press('Finish the line', () => this.#write(), 'write'), another: press('Try another seed', () => this.#another(), 'another'), back: press('Undo last token', () => this.#back(), 'back'),
    };
    this.bars = make('ol', { class: 'fg-odds__bars', 'aria-label': 'The next token, likeliest first' });
    this.left = line('note');
    this.results = div('results', this.came, this.text, make('div', { class: 'fg-odds__steps' }, ...Object.values(this.buttons)), line('title', 'Likely next tokens'), this.bars, this.left,
      press('See how the model gets these odds', () => this.#enter(new URLSearchParams()), 'enter'), this.live);
    this.pictures = div('pictures', this.#within(), this.#score(), this.#learning());
    this.actions = actions({ link: ['Copy link', () => this.#copy()], csv: ['CSV', () => this.#save()], reset: ['Reset', () => this.#reset()] });
    this.view = make('div', { class: 'fg-labs fg-odds' }, div('body', inputs, this.results, this.tries, this.pictures), this.actions.node);
  }

  #setting(name, { label, low, high, step, note }) {
    const id = `next-token-${name}`;
    const field = make('input', { id, type: name === 'temperature' || name === 'p' ? 'range' : 'number', min: low, max: high, step, value: this.settings[name], 'aria-describedby': `${id}-note` });
    const said = make('output', { for: id }, fixed(this.settings[name], 2));
    field.addEventListener('input', () => this.#set({ [name]: field.value }));
    field.addEventListener('change', () => { field.value = this.settings[name]; });
    return make('div', { class: 'fg-odds__setting', 'data-setting': name }, make('label', { for: id }, label), field.type === 'range' ? said : null, field, make('p', { class: 'fg-labs__note', id: `${id}-note` }, note));
  }

  #within() {
    this.within = make('section', { class: 'fg-odds__part fg-inside' }, line('title', 'Inside the model, in eight steps'));
    this.near = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) this.#open(); }, { rootMargin: NEAR });
    this.near.observe(this.within);
    return this.within;
  }

  #score() {
    this.scoring = press('Measure your text', () => this.#measure(), 'measure');
    this.scored = make('p', { class: 'fg-labs__point', role: 'status' });
    this.surprises = make('ol', { class: 'fg-odds__surprises', 'aria-label': 'Surprise at each token, in nats' });
    return make('section', { class: 'fg-odds__part' }, line('title', 'How surprising is your text?'), this.scoring, this.scored, this.surprises, line('note', this.stored.words.measure));
  }

  #learning() {
    const { looks, others, words } = this.stored;
    const step = make('input', { id: 'next-token-step', type: 'range', min: 0, max: looks.length - 1, step: 1, value: looks.length - 1 });
    this.at = step;
    this.learned = make('p', { class: 'fg-labs__point', role: 'status' });
    this.grown = make('p', { class: 'fg-odds__text' });
    this.why = line('note');
    this.others = others.map(() => make('dd'));
    step.addEventListener('input', () => this.#drawLearning());
    return make('section', { class: 'fg-odds__part' }, line('title', 'Watch it learn'), make('label', { for: step.id }, 'Training step'), step, this.learned, this.grown, this.why,
      line('title', words.others), make('dl', { class: 'fg-odds__others' }, ...others.flatMap(({ label }, at) => [make('dt', {}, label), this.others[at]])));
  }

  start() {
    const { signal } = this.#ending;
    this.tries.classList.add('fg-labs__tries');
    for (const item of this.tries.children) {
      const text = item.querySelector('code')?.textContent;
      const set = press('Try it', () => this.#try(text, item.querySelector('code + code')?.textContent));
      const space = new Text(' ');
      item.append(space, set);
      this.undone.push(space, set);
    }
    this.element.prepend(this.view);
    this.kept.hidden = true;
    this.field.addEventListener('input', () => this.#begin(this.field.value, true), { signal });
    this.bars.addEventListener('click', ({ target }) => {
      const id = target.closest('button')?.dataset.id;
      if (id !== undefined) this.#add(Number(id));
    }, { signal });
    window.addEventListener('hashchange', () => this.#follow(true), { signal });
    if (!this.#follow()) this.#begin(this.stored.prompts[0].prompt);
  }

  close() {
    this.#ending.abort();
    this.#turn += 1;
    this.near.disconnect();
    this.inside?.close();
    this.machine?.close();
    for (const node of this.undone) node.remove();
    this.tries.classList.remove('fg-labs__tries');
    this.view.remove();
    this.element.insertBefore(this.tries, this.place);
    this.kept.hidden = false;
  }

  // The model ------------------------------------------------------------

  #fetch() {
    return this.fetching ??= this.machine ? null : this.#fetchAnew();
  }

  async #fetchAnew() {
    this.fetch.setAttribute('aria-disabled', 'true');
    this.bar.hidden = false;
    this.state.textContent = COMING;
    try {
      const { open } = await import('./client.mjs');
      const machine = await open({ progress: (share) => { this.bar.value = share; } });
      if (this.#ending.signal.aborted) {
        machine.close();
        return;
      }
      this.machine = machine;
      await this.#open(); // so that the page needs no network from now on
      await this.#read(this.field.value, this.said);
      if (document.activeElement === this.fetch) (this.bars.querySelector('button') ?? this.field).focus();
      this.fetch.hidden = true;
      this.state.textContent = 'Model loaded. Type your own text; you can go offline now.';
    } catch (error) {
      this.state.textContent = `The model could not load: ${error.message}. The stored prompts still work.`;
      this.fetch.textContent = 'Try again';
      this.fetch.removeAttribute('aria-disabled');
    } finally {
      this.fetching = null;
      this.bar.hidden = true;
    }
  }

  // The eight steps ------------------------------------------------------------

  /** Loads the steps, once; they begin with what the page shows. */
  #open() {
    this.near.disconnect();
    this.opening ??= this.#openAnew();
    return this.opening;
  }

  async #openAnew() {
    try {
      const { open } = await import('./inside.mjs');
      this.inside = await open(this.within, this, { load: () => this.#fetch(), set: (given) => this.#set(given), add: () => this.#take('sample'), chance: () => this.#chance(this.said.length), remember: (fresh) => this.#remember(fresh) });
    } catch (error) {
      this.within.append(line('note', `The steps could not load: ${error.message}.`));
    }
  }

  /** Goes to the step of an address. */
  async #enter(parts) {
    await this.#open();
    this.inside?.show(parts);
    const { top, bottom, height } = this.within.getBoundingClientRect();
    if (top < 0 || bottom > innerHeight) (height > innerHeight && this.inside ? this.inside.rail : this.within).scrollIntoView({ block: 'start' });
  }

  /** Puts the step into the address, as a fresh entry of the history or in place of the last; the text stays there if a link has put it there. */
  #remember(fresh) {
    const there = new URLSearchParams(location.hash.slice(1)).get('t') === this.field.value;
    this.walked = true;
    try {
      history[fresh ? 'pushState' : 'replaceState'](history.state, '', `#${this.#parts(there)}`);
    } catch { /* browsers refuse if they are asked too often; the next step is written again */ }
  }

  /** What an address says of the text, the settings and the step. */
  #parts(text) {
    const changed = Object.entries(this.settings).filter(([name, value]) => value !== PLAIN[name]);
    return new URLSearchParams([...(text ? [['t', this.field.value.toWellFormed()]] : []), ...changed, ...(this.walked ? Object.entries(this.inside.parts) : [])]);
  }

  // What changes it ------------------------------------------------------------

  /** Starts again with a text. */
  #begin(text, typed = false) {
    if (!typed) this.field.value = text;
    this.came.textContent = '';
    this.#read(text, []);
  }

  /** Applies an example and shows its result: the odds if it has settings, else the whole line. */
  async #try(text, settings) {
    this.#set({ ...PLAIN, ...Object.fromEntries(settings?.split(', ').map((one) => one.split(' ')) ?? []) }, true);
    const coming = settings || !this.#kept(text) ? this.#fetch() : null;
    this.#begin(text);
    this.results.scrollIntoView({ block: 'nearest' });
    await coming;
    if (this.field.value !== text) return;
    if (settings) await this.reading;
    else await this.#write();
    this.results.scrollIntoView({ block: 'nearest' });
  }

  #kept(text) {
    return this.stored.prompts.find(({ prompt }) => prompt === text);
  }

  /** Applies settings from fields or an address, limited to the range of each; anything that is not a number is ignored. */
  #set(found, quiet = false) {
    for (const [name, text] of Object.entries(found)) {
      const { low, high } = SETTINGS[name] ?? {};
      const value = Math.min(Math.max(Number(text), low), high);
      if (String(text).trim() === '' || Number.isNaN(value)) continue;
      this.settings[name] = name === 'k' || name === 'seed' ? Math.round(value) : value;
    }
    for (const row of this.fields) {
      const name = row.dataset.setting;
      const field = row.querySelector('input');
      if (document.activeElement !== field) field.value = this.settings[name];
      const said = row.querySelector('output');
      if (said) said.textContent = fixed(this.settings[name], 2);
    }
    if (!quiet) this.#read(this.field.value, this.said ?? []);
  }

  /** Reads a text and its continuation, and shows what may come next; a later call cancels an earlier one. */
  #read(text, said) {
    this.reading = this.#readAnew(text, said);
    return this.reading;
  }

  /** What comes next; null if that is unknown, undefined if a newer request has been made meanwhile. */
  async #readAnew(text, said) {
    const turn = this.#turn += 1;
    this.view.setAttribute('aria-busy', 'true');
    this.said = said;
    const stored = this.#kept(text);
    let found = null;
    let fault = '';
    if (this.machine) {
      try {
        const ids = await this.machine.ask('ids', { text });
        if (turn !== this.#turn) return undefined;
        const all = [...ids, ...said.map(({ id }) => id)];
        fault = this.#tooLong(all);
        if (!fault) found = { ids: all, ...await this.machine.ask('next', { ids: all, settings: this.settings, chance: this.#chance(said.length) }) };
      } catch (error) {
        fault = error.message;
      }
      if (turn !== this.#turn) return undefined;
    } else if (stored && said.every(({ id }, at) => id === stored.steps[at].id)) {
      const { bars } = stored.steps[Math.min(said.length, stored.steps.length - 1)];
      found = { bars, left: null, drawn: bars[0][0] };
    }
    this.found = found;
    this.ended = said.at(-1)?.id === END;
    this.#draw(stored, fault);
    return found;
  }

  #tooLong({ length }) {
    return length > this.machine.places ? `The model reads at most ${this.machine.places} tokens, including the start mark, and this text has ${COUNT.format(length)}. It was trained on lines no longer than that.` : '';
  }

  /** The random number of a draw, from the seed and the position in the continuation. */
  #chance(place) {
    const next = chance(this.settings.seed);
    for (let skipped = 0; skipped < place; skipped += 1) next();
    return next();
  }

  #add(id) {
    const bar = this.found?.bars.find((one) => one[0] === id);
    if (!bar || this.ended) return null;
    return this.#read(this.field.value, [...this.said, { id, text: bar[1] }]);
  }

  async #take(how) {
    await this.reading;
    if (!this.found || this.ended) return;
    if (how === 'sample') await this.#draws();
    else await this.#add(this.found.bars[0][0]);
    this.live.textContent = this.ended ? 'The model ended the line.' : `“${this.said.at(-1)?.text ?? ''}” added.`;
  }

  async #draws() {
    const { drawn, bars } = this.found;
    const turn = this.#turn;
    const text = bars.find(([id]) => id === drawn)?.[1] ?? (await this.machine.ask('texts', { ids: [drawn] }))[0];
    if (turn !== this.#turn) return undefined;
    return this.#read(this.field.value, [...this.said, { id: drawn, text }]);
  }

  async #write() {
    await this.reading;
    const begun = this.field.value;
    let turn = this.#turn;
    this.writing = true;
    try {
      while (this.found && !this.ended) {
        const drawn = await this.#draws();
        turn += 1;
        if (drawn === undefined || turn !== this.#turn || this.field.value !== begun) return; // a newer request has been made
        if (!drawn) break;
      }
    } finally {
      this.writing = false;
      this.inside?.take();
    }
    this.live.textContent = `The model wrote: ${this.said.map(({ text }) => text).join('')}`;
    const by = Object.entries(this.settings).filter(([name, value]) => name === 'temperature' || name === 'seed' || value !== PLAIN[name]).map(([name, value]) => `${SETTINGS[name].label.toLowerCase()} ${value}`);
    if (this.said.length) this.left.prepend(this.machine && this.settings.temperature ? `Sampled at ${by.join(', ')}. ` : 'Picked the likeliest token each time. ');
  }

  /** Writes a line with the next seed. */
  async #another() {
    if (!this.found || !this.machine) return;
    this.#set({ seed: (this.settings.seed + 1) % (SETTINGS.seed.high + 1) }, true);
    await this.#read(this.field.value, []);
    await this.#write();
  }

  #back() {
    this.#read(this.field.value, this.said.slice(0, -1));
  }

  async #measure() {
    if (!this.machine) return;
    const text = this.field.value;
    let found = [];
    let fault = text ? '' : 'Enter a text first.';
    try {
      fault ||= this.#tooLong(await this.machine.ask('ids', { text }));
      if (!fault) found = await this.machine.ask('score', { text });
    } catch (error) {
      fault = error.message;
    }
    if (text !== this.field.value) return;
    this.scored.textContent = fault || this.#perplexity(found);
    this.surprises.replaceChildren(...found.map(([word, nats]) => make('li', {}, make('span', {}, shown(word)), ' ', make('small', {}, fixed(nats, 1)), mark(nats / 12))));
    this.measured = text;
  }

  #perplexity(found) {
    const mean = found.reduce((sum, [, nats]) => sum + nats, 0) / found.length;
    const choices = Math.exp(mean);
    const said = choices < 99.95 ? fixed(choices, 1) : count(choices);
    const all = this.machine.vocabulary;
    const so = choices > all ? `which is worse than a blind guess among all ${COUNT.format(all)} tokens` : `as if the model had to guess among ${said} equally likely tokens`;
    return `${fixed(mean, 2)} nats per token over ${some(found.length, 'token', 'tokens')}, a perplexity of ${said}, ${so}.`;
  }

  // Addresses and files ------------------------------------------------------------

  /** Takes up the address, when the page opens or when the reader has `moved` in the history or typed another; false if it says nothing of the lab. */
  #follow(moved = false) {
    const { hash } = location;
    const parts = new URLSearchParams(hash.slice(1));
    if (moved && !hash) {
      this.inside?.show(parts);
      return true;
    }
    if (!hash.startsWith('#t=') && !parts.has('step')) return false;
    const given = parts.get('t');
    const text = (given ?? this.stored.prompts[0].prompt).replace(/[\0\r]/g, '').slice(0, MOST);
    if (!text || hash.length > 12 * MOST) {
      this.came.textContent = 'The text in this link can’t be read.';
      return false;
    }
    const settings = Object.fromEntries(Object.keys(SETTINGS).map((name) => [name, parts.get(name) ?? '']));
    if (!moved || (given !== null && text !== this.field.value) || !parts.has('step')) {
      this.#set(PLAIN, true);
      this.#set(settings, true);
      this.#begin(text);
      if (given !== null) this.came.textContent = 'This text came from the link you opened.';
    }
    if (parts.has('step')) this.#enter(parts);
    return true;
  }

  #copy() {
    this.actions.copy(`${location.href.split('#')[0]}#${this.#parts(true)}`, 'Link copied, with your text and settings. They come after a #, which browsers do not send.');
  }

  async #save() {
    if (!this.found) {
      this.actions.say('Nothing to download yet.');
      return;
    }
    const { cell } = await import('../../assets/js/lab/cell.mjs');
    const rows = [['Text', this.field.value + this.said.map(({ text }) => text).join('')], ['Next token', 'Share'], ...this.found.bars.map(([, text, share]) => [shown(text), share])];
    const address = URL.createObjectURL(new Blob([`\ufeff${rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')}`], { type: 'text/csv' }));
    make('a', { href: address, download: 'next-token.csv' }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1000);
    this.actions.say('File saved, with the text and the likeliest next tokens.');
  }

  #reset() {
    const before = { text: this.field.value, said: this.said, settings: { ...this.settings } };
    this.#set(PLAIN, true);
    this.#begin(this.stored.prompts[0].prompt);
    this.actions.undo('Reset to the first prompt and the default settings.', () => {
      this.#set(before.settings, true);
      this.field.value = before.text;
      this.#read(before.text, before.said);
    });
  }

  // What it shows ------------------------------------------------------------

  #draw(stored, fault) {
    const { found, said, machine } = this;
    this.view.removeAttribute('aria-busy');
    this.note.textContent = fault || 'A word works best in the form “word (n):”, with n, v, adj or adv. Nothing you type is sent anywhere.';
    this.prompts.forEach((button, at) => button.setAttribute('aria-pressed', String(this.stored.prompts[at] === stored)));
    this.text.replaceChildren(this.field.value, ...said.map(({ text, id }) => make('ins', { class: 'fg-odds__said' }, id === END ? ' ■' : text)));
    const can = { likeliest: found && !this.ended, sample: found && machine && !this.ended, write: found && !this.ended, another: found && machine && this.settings.temperature, back: said.length > 0 };
    for (const [name, button] of Object.entries(this.buttons)) button.setAttribute('aria-disabled', String(!can[name]));
    const most = found?.bars[0]?.[2] ?? 1;
    const rows = this.ended || !found ? [] : found.bars.map(([id, text, share]) => make('li', {}, make('button', { type: 'button', class: 'fg-odds__bar', 'data-id': id, disabled: !machine && id !== found.bars[0][0] },
      make('span', { class: 'fg-odds__token' }, shown(text)), mark(share / most), make('span', { class: 'fg-odds__share' }, percent(share)))));
    const held = this.bars.contains(document.activeElement);
    this.bars.replaceChildren(...rows);
    if (held) (this.bars.querySelector('button') ?? this.buttons.back).focus({ preventScroll: true });
    this.left.textContent = this.ended ? 'The model ended the line here. Undo the last token, or start over.'
      : !found ? fault || (this.fetching ? COMING : 'There is no stored result for this text. Load the model to see one.')
        : machine ? `Select a token to add it. With these settings, the model chooses from ${found.left === 1 ? 'one token' : `${COUNT.format(found.left)} tokens`}.`
          : this.fetching ? COMING : this.stored.words.stored;
    this.scoring.setAttribute('aria-disabled', String(!machine));
    if (!machine || this.measured !== this.field.value) {
      this.scored.textContent = machine ? '' : 'Load the model first.';
      this.surprises.replaceChildren();
      this.measured = null;
    }
    this.inside?.take();
    this.#drawLearning();
  }

  #drawLearning() {
    const { prompts, steps, looks, others, words } = this.stored;
    const look = looks[Number(this.at.value)];
    const which = prompts.findIndex(({ prompt }) => prompt === this.field.value);
    const { prompt, text, repeats } = look.prompts[Math.max(which, 0)];
    this.at.setAttribute('aria-valuetext', `step ${COUNT.format(look.step)}`);
    this.learned.textContent = `After ${COUNT.format(look.step)} of ${COUNT.format(steps)} steps; ${words.loss}: ${fixed(look.tuning_loss, 2)} nats per token.`;
    this.grown.replaceChildren(prompt, make('ins', { class: 'fg-odds__said' }, text || ' ■'));
    this.why.textContent = [which < 0 && words.five, repeats && words.repeats, look === looks.at(-1) && words.rounding].filter(Boolean).join(' ');
    others.forEach(({ said }, at) => this.others[at].replaceChildren(prompt, make('ins', { class: 'fg-odds__said' }, said[Math.max(which, 0)])));
  }
}
