// Updates the steps on the page when inputs differ from the example: words, numbers, pictures, lines, marks and links to other labs. Fetched when needed.

import { draw, make } from '../../assets/js/lab/elements.mjs';
import { summed } from '../../assets/js/lab/sum.mjs';
import { marks } from './marks.mjs';
import { Records } from './records.mjs';
import { onward, steps } from './steps.mjs';

const STEP = '.fg-step:not([data-step=model])';
const SVG = ['svg', 'g', 'rect', 'line', 'polygon', 'text'];

/** The element of a tree of pictures.mjs. */
const grow = ([tag, attributes, ...children]) => (SVG.includes(tag) ? draw : make)(tag, attributes, ...children.map((child) => (typeof child === 'string' ? child : grow(child))));

/** Updates the steps with the lines of the sum. */
export async function follow(view) {
  await summed(view.page);
  return new Follow(view);
}

class Follow {
  constructor({ node, page, number }) {
    this.parts = [...node.querySelectorAll(STEP)].map((part) => ({
      slug: part.dataset.step, head: part.querySelector('h2'), number: part.querySelector('.fg-step__number'), note: part.querySelector('.fg-step__given'),
      picture: part.querySelector('.fg-step__drawn'), lines: part.querySelector('.fg-step__lines').tBodies[0],
    }));
    Object.assign(this, {
      page, number, ways: [...node.querySelectorAll('[data-lab]')], node,
      records: new Records(node.querySelector('[data-step=dollar] .fg-step__more table'), page),
    });
  }

  show(result, values) {
    const { page: { lab, lines }, parts } = this;
    const found = lines(result, values, lab);
    const marked = marks(found, values, lab);
    const soft = new Map(marked.map(([gives, ring]) => [gives, ring]));
    const rows = found.map(({ name, how, text }, at) => make('tr', {},
      make('th', { scope: 'row' }, make('span', { 'data-gives': marked[at][0], 'data-mark': marked[at][1] && 'ring' }, name), marked[at][2] && make('small', {}, ' yours')), make('td', {}, how), make('td', {}, text)));
    for (const { slug, lines: body } of parts) body.replaceChildren(...rows.filter((_, at) => found[at].step === slug));
    steps(result, values, lab).forEach(({ heading, number, name, note, picture }, at) => {
      const part = parts[at];
      part.head.firstChild.textContent = heading;
      this.number(part.number, number, name);
      part.note.textContent = note;
      part.picture.replaceChildren(...picture.map(grow));
    });
    for (const one of this.node.querySelectorAll(':is(.fg-step__number, .fg-step__drawn) [data-gives]')) {
      if (soft.get(one.dataset.gives)) one.dataset.mark = 'ring';
      else delete one.dataset.mark;
    }
    this.records.show(values);
    const given = onward(result, values);
    for (const way of this.ways) {
      const [version] = way.hash.split('&');
      way.hash = [version, ...Object.entries(given[way.dataset.lab]).map(([name, value]) => `${name}=${String(value).replace('e+', 'e')}`)].join('&');
    }
  }
}
