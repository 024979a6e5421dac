// Inputs: a number with its slider and the curve under it, a choice of a few. Each is {input, node, show(values, afresh), wrong, say, focus};
// `put(given)` gets what a reader sets, {id: value}, or {} if a number is wrong, so that the page can say so.

import { div, leave, line, make } from './elements.mjs';
import { lackOf, leftOf, recordOf, restOf } from './state.mjs';
import { belongs } from './caution.mjs';
import { brief, place, show, spoken, stopsOf } from './numbers.mjs';
import { undivided } from './words.mjs';

/** The line below a field about the record behind it: source and date with a link to its claim, and its age once half of its shelf life is over. */
export function origin(record, site) {
  const age = record.until && make('span', { class: 'fg-age', 'data-since': record.since, 'data-until': record.until });
  if (age) import('../age.mjs').then(({ say }) => say(age));
  return [make('a', { href: new URL(record.href, site) }, record.as_of ? `${record.source}, as of ${undivided(record.as_of)}` : record.source),
    age];
}

/** Opens the folded groups that contain a field. */
export function unfold(node) {
  for (let group = node.closest('details'); group; group = group.parentElement.closest('details')) group.open = true;
}

/** The parts of every field: a place for its own message, and one for a message about several fields. */
function field(input, id, control, children) {
  const message = make('p', { class: 'fg-labs__message', id: `${id}-message`, role: 'alert' });
  const node = make('div', { class: `fg-labs__field fg-labs__field--${input.kind}`, 'data-input': input.id }, ...children, message);
  const made = {
    input, node, wrong: '', focus: () => control.focus(),
    /** Its own fault, or one that it shares with other fields; its own takes precedence. */
    say(own, shared = '') {
      made.wrong = own;
      const said = own || shared;
      if (said === message.textContent) return;
      message.textContent = said;
      node.toggleAttribute('data-wrong', Boolean(said));
      if (said) {
        control.setAttribute('aria-invalid', 'true');
        unfold(node);
      } else control.removeAttribute('aria-invalid');
    },
  };
  return made;
}

export function number(input, id, { lab, site, put }) {
  const stops = stopsOf(input);
  const text = make('input', { type: 'text', inputmode: input.high < 1e6 ? 'decimal' : 'text', id, autocomplete: 'off', 'aria-describedby': `${id}-unit ${id}-why ${id}-message` });
  const slider = make('input', { type: 'range', min: 0, max: stops.length - 1, step: 1, 'aria-label': `${input.label}, slider` });
  const curve = div('curve');
  const said = line('source');
  const made = field(input, id, text, [make('label', { for: id }, input.label),
    make('span', { class: 'fg-labs__box' }, text, ' ', make('span', { class: 'fg-labs__unit', id: `${id}-unit` }, input.unit)),
    input.note && line('note', input.note), slider, curve, said]);
  let known = null; // the number until somebody changes it
  let noted = '';
  slider.style.setProperty('--tick', place(stops, input.default) / (stops.length - 1));

  const short = (one) => brief(one, one === known);
  const write = () => { text.value = show(document.activeElement === text ? made.value : short(made.value)); };
  const set = (next) => {
    made.say('');
    put({ [input.id]: next });
  };
  const source = (values) => {
    const record = recordOf(lab, values, input);
    const { value } = made;
    const left = leftOf(lab, values, input);
    const lack = lackOf(lab, values, input);
    known = left ? value : restOf(lab, values, input);
    const key = `${value === known} ${known} ${record?.href} ${lack?.name} ${left?.of.name} ${!value}`;
    if (key === noted) return;
    noted = key;
    if (lack) {
      said.replaceChildren(left ? belongs(left) : value ? `Your number. We have no record for ${lack.name}.` : `We have no record for ${lack.name}, so this is left out of the calculation.`);
      return;
    }
    const button = make('button', { type: 'button', class: 'fg-labs__back' }, `back to ${spoken(short(known), input.unit.startsWith('$') ? '$' : '')}`);
    button.addEventListener('click', () => {
      put({ [input.id]: known });
      text.focus(); // the button is about to disappear
    });
    said.replaceChildren(...(value === known ? (record ? origin(record, site) : []) : [record ? 'your number, ' : '', button]).filter(Boolean));
  };

  for (const type of ['focus', 'blur']) {
    text.addEventListener(type, () => { if (!made.wrong && text.value === show(type === 'blur' ? made.value : short(made.value))) write(); });
  }
  // Typing replaces the number in the box; a click moves the caret after the focus event, so the first click selects again.
  let entered = false;
  text.addEventListener('focus', () => {
    entered = true;
    text.select();
  });
  text.addEventListener('click', () => {
    if (entered && text.selectionStart === text.selectionEnd) text.select();
    entered = false;
  });
  leave(text, made, ['focus', 'input', 'change', 'keydown'], () => import('./typed.mjs'));
  slider.addEventListener('input', () => set(stops[slider.value]));

  return Object.assign(made, {
    stops, line: curve, text, put, set, write, value: null,
    own: null, // what is typed, as a number
    show(values, afresh) {
      const next = values[input.id];
      const moved = next !== made.value || afresh;
      made.value = next;
      source(values);
      if (!moved) return;
      made.hint?.replaceChildren();
      if (afresh || (next !== made.own && !made.unread)) write();
      made.own = null;
      made.say('');
      const spot = place(stops, next);
      slider.value = Math.round(spot);
      slider.setAttribute('aria-valuetext', spoken(short(next), input.unit));
      slider.style.setProperty('--at', spot / (stops.length - 1));
    },
  });
}

export function choice(input, id, { lab, put }) {
  const radios = input.options.map((option) => make('input', { type: 'radio', name: id, value: option.id }));
  const box = make('fieldset', { class: 'fg-segmented', 'aria-describedby': `${id}-why ${id}-message` }, make('legend', { class: 'fg-sr' }, input.label),
    ...input.options.map((option, at) => make('label', {}, radios[at], option.name)));
  const said = line('source');
  const made = field(input, id, radios[0], [make('span', { class: 'fg-labs__label', 'aria-hidden': 'true' }, input.label), input.note && line('note', input.note), box, said]);
  box.addEventListener('change', (event) => put({ [input.id]: event.target.value }));
  made.show = (values) => {
    for (const radio of radios) radio.checked = radio.value === values[input.id];
    const left = leftOf(lab, values, input);
    said.replaceChildren(left ? belongs(left) : '');
  };
  return made;
}
