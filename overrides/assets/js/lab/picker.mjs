// The picker of a record: a field that shows the selected one. Its searchable list is fetched when the field gets the focus.

import { div, leave, line, make } from './elements.mjs';
import { changedOf, chosenOf, fills, inputsOf, leftOf } from './state.mjs';
import { belongs, named } from './caution.mjs';
import { undivided } from './words.mjs';

export function picker(input, id, { lab, short, put }) {
  const list = make('ul', { class: 'fg-labs__list', id: `${id}-list`, role: 'listbox', 'aria-label': input.label, hidden: true });
  const text = make('input', { type: 'text', id, role: 'combobox', autocomplete: 'off', spellcheck: 'false', 'aria-autocomplete': 'list', 'aria-expanded': 'false', 'aria-controls': list.id, 'aria-describedby': `${id}-said ${id}-why` });
  const count = make('span', { class: 'fg-sr', role: 'status' });
  const behind = make('span');
  const more = make('span', { class: 'fg-labs__more' });
  const said = make('p', { class: 'fg-labs__source', id: `${id}-said` }, behind, ' ', more);
  const node = make('div', { class: 'fg-labs__field fg-labs__field--pick', 'data-input': input.id }, make('label', { for: id }, input.label),
    input.note && line('note', input.note), div('combo', text, list), count, said);
  const back = ({ id: own, name }) => {
    const button = make('button', { type: 'button', class: 'fg-labs__back' }, `back to ${name}`);
    button.addEventListener('click', () => {
      put({ [input.id]: own });
      text.focus(); // the button is about to disappear
    });
    return button;
  };
  let noted = '';
  const made = {
    input, node, text, list, count, wrong: false, chosen: null, focus: () => text.focus(), say() {},
    take: (row) => put({ [input.id]: row.id }),
    /** The owner, source and date of a record's numbers: “OpenAI · its pricing page, 3 Nov 2026”. */
    behind({ note, origins = {} }) {
      const record = lab.origins[Object.values(origins)[0]];
      return [note, [record?.source, record?.as_of && undivided(record.as_of)].filter(Boolean).join(', ')].filter(Boolean).join(' · ');
    },
    show(values) {
      const chosen = chosenOf(input, values) ?? null;
      made.chosen = chosen;
      if (list.hidden && !made.typing) text.value = chosen?.name ?? '';
      text.placeholder = chosen ? '' : 'Search by name';
      behind.textContent = chosen ? made.behind(chosen) : '';
      const left = leftOf(lab, values, input);
      const changed = changedOf(lab, values, input);
      const key = `${chosen?.id} ${left?.of.id} ${changed.map((one) => one.id)}`;
      if (key === noted) return;
      noted = key;
      more.replaceChildren(...(changed.length ? [`You changed ${named(changed)}: `, back(chosen)] : [left ? belongs(left) : chosen && !short ? `Sets ${named(inputsOf(lab).filter(({ id: other, kind }) => kind !== 'pick' && fills(chosen, other)))}.` : '']));
    },
  };
  text.addEventListener('input', () => { made.typing = true; }); // an answer that comes before the list must not overwrite what is typed
  leave(text, made, ['focus', 'keydown', 'input', 'click', 'blur'], () => import('./list.mjs'));
  return made;
}
