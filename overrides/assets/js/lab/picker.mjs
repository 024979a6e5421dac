// The picker of a record: a field that searches, with the list of what fits below it. It follows the combobox pattern: arrows move, Enter
// takes, Escape gives up, and leaving the field puts the name back. Every row says name, who stands behind it, source and date.

import { div, line, make } from './elements.mjs';
import { chosenOf } from './state.mjs';
import { dated } from './fields.mjs';

const fold = (text) => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();

export function picker(input, id, { lab, put }) {
  const list = make('ul', { class: 'fg-labs__list', id: `${id}-list`, role: 'listbox', 'aria-label': input.label, hidden: true });
  const text = make('input', { type: 'text', id, role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-describedby': `${id}-said` });
  const count = make('span', { class: 'fg-sr', role: 'status' });
  const said = make('p', { class: 'fg-labs__source', id: `${id}-said` });
  const node = make('div', { class: 'fg-labs__field fg-labs__field--pick', 'data-input': input.id }, make('label', { for: id }, input.label),
    input.note && line('note', input.note), div('combo', text, list), count, said);
  const behind = (row) => {
    const record = lab.origins[Object.values(row.origins ?? {})[0]];
    return record ? [record.source, record.as_of && dated(record.as_of)].filter(Boolean).join(', ') : '';
  };
  const rows = input.rows.map((row, at) => ({
    row, words: fold(`${row.name} ${row.note ?? ''} ${row.id}`),
    node: make('li', { role: 'option', id: `${id}-${at}`, 'data-id': row.id, 'aria-selected': 'false' }, make('span', {}, row.name), ' ', make('small', {}, [row.note, behind(row)].filter(Boolean).join(' · '))),
  }));
  const none = make('li', { class: 'fg-labs__none', role: 'presentation' }, 'Nothing here has that name.');
  let chosen = null;
  let shown = [];
  let at = -1;

  const mark = (next) => {
    at = next;
    for (const one of rows) one.node.toggleAttribute('data-at', one === shown[at]);
    if (shown[at]) {
      text.setAttribute('aria-activedescendant', shown[at].node.id);
      const { offsetTop, offsetHeight } = shown[at].node; // the list moves, the page does not
      if (offsetTop < list.scrollTop) list.scrollTop = offsetTop;
      else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
    } else text.removeAttribute('aria-activedescendant');
  };
  const open = (query) => {
    const asked = fold(query).split(/\s+/).filter(Boolean);
    shown = rows.filter(({ words }) => asked.every((word) => words.includes(word)));
    list.replaceChildren(...(shown.length ? shown.map((one) => one.node) : [none]));
    list.hidden = false;
    text.setAttribute('aria-expanded', 'true');
    mark(query ? 0 : shown.findIndex(({ row }) => row === chosen));
    count.textContent = asked.length ? `${shown.length} of ${rows.length}` : '';
  };
  const close = () => {
    list.hidden = true;
    text.setAttribute('aria-expanded', 'false');
    text.value = chosen?.name ?? '';
    count.textContent = '';
    mark(-1);
  };
  const take = (one) => {
    if (!one) return;
    chosen = one.row;
    close();
    put({ [input.id]: one.row.id });
  };
  const keys = {
    ArrowDown: () => (list.hidden ? open('') : mark(Math.min(at + 1, shown.length - 1))),
    ArrowUp: () => (list.hidden ? open('') : mark(Math.max(at - 1, 0))),
    PageDown: () => !list.hidden && mark(Math.min(at + 8, shown.length - 1)),
    PageUp: () => !list.hidden && mark(Math.max(at - 8, 0)),
    Enter: () => (list.hidden ? open('') : take(shown[at])),
    Escape: close,
  };
  text.addEventListener('keydown', (event) => {
    const press = keys[event.key];
    if (!press || event.isComposing || (list.hidden && event.key === 'Escape')) return;
    event.preventDefault();
    press();
  });
  text.addEventListener('input', () => open(text.value));
  text.addEventListener('click', () => { if (list.hidden) open(''); });
  text.addEventListener('focus', () => text.select());
  text.addEventListener('blur', close);
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener('click', (event) => {
    const found = event.target.closest('[data-id]');
    take(rows.find((one) => one.node === found));
  });

  return {
    input, node, wrong: false, focus: () => text.focus(), say() {},
    show(values) {
      chosen = chosenOf(input, values) ?? null;
      for (const one of rows) one.node.setAttribute('aria-selected', one.row === chosen ? 'true' : 'false');
      if (list.hidden) text.value = chosen?.name ?? '';
      text.placeholder = chosen ? '' : 'Search by name';
      said.textContent = chosen ? [chosen.note, behind(chosen)].filter(Boolean).join(' · ') : '';
    },
  };
}
