// The searchable list of a picker. It follows the combobox pattern: arrows move, Enter selects, Escape cancels, and leaving the field
// restores the name. Every row shows name, size or price, owner, source and date; a group of rows has its name above it.

import { make } from './elements.mjs';

const HEAD = 30; // pixels of a group's name, which stays at the top of the list

const fold = (text) => text.normalize('NFD').replace(/\p{Diacritic}/gu, '').toLowerCase();

const head = (group) => make('li', { class: 'fg-labs__kind', role: 'presentation' }, group);

/** The handlers of a picker's field: {type of event: function}. */
export function handlersOf(field) {
  const { input, text, list, count } = field;
  const rows = input.rows.map((row, at) => ({
    row, words: fold(`${row.name} ${row.note ?? ''} ${row.group ?? ''} ${row.id}`),
    node: make('li', { role: 'option', id: `${text.id}-${at}`, 'data-id': row.id }, make('span', {}, row.name), ' ', make('small', {}, [row.more, field.behind(row)].filter(Boolean).join(' · '))),
  }));
  const none = make('li', { class: 'fg-labs__none', role: 'presentation' }, 'No matches.');
  let shown = [];
  let at = -1;

  const mark = (next) => {
    at = next;
    for (const one of rows) one.node.toggleAttribute('data-at', one === shown[at]);
    if (shown[at]) {
      text.setAttribute('aria-activedescendant', shown[at].node.id);
      const { offsetTop, offsetHeight } = shown[at].node; // the list moves, the page does not
      if (offsetTop - HEAD < list.scrollTop) list.scrollTop = offsetTop - HEAD;
      else if (offsetTop + offsetHeight > list.scrollTop + list.clientHeight) list.scrollTop = offsetTop + offsetHeight - list.clientHeight;
    } else text.removeAttribute('aria-activedescendant');
  };
  const open = (query) => {
    const asked = fold(query).split(/\s+/).filter(Boolean);
    shown = rows.filter(({ words }) => asked.every((word) => words.includes(word)));
    list.replaceChildren(...(shown.length ? shown.flatMap(({ row, node }, nth) => (row.group && row.group !== shown[nth - 1]?.row.group ? [head(row.group), node] : [node])) : [none]));
    for (const one of rows) one.node.setAttribute('aria-selected', String(one.row === field.chosen));
    list.hidden = false;
    text.setAttribute('aria-expanded', 'true');
    mark(query ? 0 : shown.findIndex(({ row }) => row === field.chosen));
    count.textContent = asked.length ? `${shown.length} of ${rows.length}` : '';
  };
  const close = () => {
    field.typing = false;
    list.hidden = true;
    text.setAttribute('aria-expanded', 'false');
    text.value = field.chosen?.name ?? '';
    count.textContent = '';
    mark(-1);
  };
  const take = (one) => {
    if (!one) return;
    close();
    field.take(one.row);
  };
  const keys = {
    ArrowDown: () => (list.hidden ? open('') : mark(Math.min(at + 1, shown.length - 1))),
    ArrowUp: () => (list.hidden ? open('') : mark(Math.max(at - 1, 0))),
    PageDown: () => !list.hidden && mark(Math.min(at + 8, shown.length - 1)),
    PageUp: () => !list.hidden && mark(Math.max(at - 8, 0)),
    Enter: () => (list.hidden ? open('') : take(shown[at])),
    Escape: close,
  };
  list.addEventListener('pointerdown', (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener('click', (event) => {
    const found = event.target.closest('[data-id]');
    take(rows.find((one) => one.node === found));
  });
  return {
    keydown(event) {
      const press = keys[event.key];
      if (!press || event.isComposing || (list.hidden && event.key === 'Escape')) return;
      event.preventDefault();
      press();
    },
    input: () => open(text.value),
    click: () => { if (list.hidden) open(''); },
    focus: () => text.select(),
    blur: close,
  };
}
