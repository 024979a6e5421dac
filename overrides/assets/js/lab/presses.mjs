// The actions of a lab's buttons; fetched when somebody comes near them.

import { speaking } from './actions.mjs';
import { change, defaults, preset } from './state.mjs';
import { summed } from './sum.mjs';

const PRINTED = 'fg-print-lab';

/** {name of a button: its action}. */
export function pressesOf(page) {
  const { lab } = page;
  const row = speaking(page.row.node);

  /** Replaces all values, and offers to undo that above a part of the page or in the row of buttons. */
  const jump = (next, words, below) => {
    const before = page.state;
    page.state = next;
    page.show(true);
    row.undo(words, () => {
      page.state = before;
      page.show(true);
    }, below);
  };
  const paper = async () => {
    await Promise.all([page.coded(), summed(page)]);
    return import('./paper.mjs');
  };

  return {
    attempt({ title, values }) {
      jump(page.with(change(lab, defaults(lab), values)), `Applied: ${title}.`, page.answer);
      page.answer.scrollIntoView({ block: 'nearest' });
    },
    preset(id) {
      const one = lab.presets.find((other) => other.id === id);
      jump(page.with(one ? preset(lab, one) : defaults(lab)), `Applied: ${one?.name ?? 'the guide’s example'}.`, page.about);
    },
    curves(fold) {
      fold.setAttribute('aria-pressed', String(page.view.toggleAttribute('data-curves')));
      page.soon();
    },
    async link() {
      await page.coded();
      row.copy(page.address, 'Link copied, with all your numbers.');
    },
    async csv() {
      (await paper()).save(page);
      row.say('File saved, with inputs, calculation, answer and link.');
    },
    async print() {
      const made = await paper();
      if (page.own?.paper) page.own.paper(page.stale ? null : made.around(page));
      else made.paper(page);
      const { classList } = document.documentElement;
      classList.add(PRINTED);
      window.addEventListener('afterprint', () => classList.remove(PRINTED), { once: true });
      window.print();
    },
    reset: () => jump({ a: defaults(lab), b: null, second: false }, 'All inputs reset.'),
    async keep() {
      await page.compared();
      page.state = { a: page.values, b: { ...page.values }, second: true };
      page.show();
      page.compare();
      page.bar.querySelector('input:checked').focus();
    },
    /** Keeps only the scenario in view. */
    single() {
      jump({ a: page.values, b: null, second: false }, 'Comparison closed.', page.bar);
      page.compare();
      page.bar.querySelector('button').focus();
    },
  };
}
