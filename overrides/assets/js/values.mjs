// Charts: the values of a mark or a line under the pointer, at a tap or by the arrow keys. Its data-row is the number of its row in the figure's
// data table, whose words are shown. Without this script the drawing and the table stand for themselves.

const NEAR = 30; // px from a mark within which it is meant
const HEADER = 64; // px that the page's header covers
const GAP = 10; // px between a mark and its values
const APART = 4; // units of the drawing between the places at which a line is looked for
const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };

const span = (name, ...content) => {
  const node = document.createElement('span');
  node.className = `fg-values__${name}`;
  node.append(...content);
  return node;
};
const texts = (row) => [...row.cells].map((cell) => cell.textContent.trim());
const clamp = (value, low, high) => Math.max(low, Math.min(value, high));

const lines = new WeakMap();

/** Places along a line, in px of the page; none of a shape that has an area. */
function placesOf(shape) {
  if (!lines.has(shape)) {
    const length = shape.localName === 'path' && shape.getAttribute('fill') === 'none' ? shape.getTotalLength() : 0;
    const pieces = Math.ceil(length / APART);
    lines.set(shape, Array.from({ length: pieces && pieces + 1 }, (_, at) => shape.getPointAtLength(length * at / pieces)));
  }
  const page = shape.getScreenCTM();
  return lines.get(shape).map((place) => place.matrixTransform(page));
}

/** The place of a line that is nearest to (x, y), or the box of any other shape, in px of the page. */
function nearest(shape, x, y) {
  const far = (place) => Math.hypot(x - place.x, y - place.y);
  const [place] = placesOf(shape).toSorted((one, other) => far(one) - far(other));
  return place ? new DOMRect(place.x, place.y) : shape.getBoundingClientRect();
}

function enliven(plot, table) {
  const box = document.createElement('p');
  box.className = 'fg-values';
  box.hidden = true;
  box.setAttribute('role', 'status');
  plot.append(box);
  plot.tabIndex = 0;
  plot.setAttribute('role', 'group');
  plot.setAttribute('aria-label', 'Values of the chart: the arrow keys step through them');
  let shown = null;

  const marks = () => [...plot.querySelectorAll('[data-row]')].filter((mark) => mark.getClientRects().length);

  const hide = () => {
    for (const mark of plot.querySelectorAll('[data-on]')) mark.removeAttribute('data-on');
    box.hidden = true;
    shown = null;
  };

  /** Shows a row beside the box of one of its marks, near `x` where the mark is wide. */
  const show = (number, place, x) => {
    const area = plot.getBoundingClientRect();
    if (number !== shown) {
      hide();
      shown = number;
      for (const each of marks()) each.toggleAttribute('data-on', each.dataset.row === number);
      const heads = texts(table.tHead.rows[0]);
      const said = texts(table.tBodies[0].rows[number]).map((text, at) => text && span('line', at ? span('head', `${heads[at]}: `) : '', text));
      box.replaceChildren(...said);
      box.hidden = false;
    }
    const middle = clamp(x ?? (place.left + place.right) / 2, place.left, place.right) - area.left;
    const above = place.top - box.offsetHeight - GAP;
    box.style.left = `${clamp(middle - box.offsetWidth / 2, 0, area.width - box.offsetWidth)}px`;
    box.style.top = `${(above > HEADER ? above : place.bottom + GAP) - area.top}px`;
  };

  /** Shows the mark nearest to the pointer, the smallest of those that it is on. */
  const point = ({ clientX: x, clientY: y }) => {
    let best = { far: NEAR };
    for (const mark of marks()) {
      for (const part of mark.querySelectorAll(':not(g)')) {
        const place = nearest(part, x, y);
        const { left, right, top, bottom, width, height } = place;
        const far = Math.hypot(x - clamp(x, left, right), y - clamp(y, top, bottom));
        if (far < best.far || (far === best.far && width * height < best.size)) best = { far, size: width * height, mark, place };
      }
    }
    if (best.mark) show(best.mark.dataset.row, best.place, x);
    else hide();
  };

  const step = (event) => {
    if (event.key === 'Escape') hide();
    if (event.target !== plot || !(event.key in STEPS)) return;
    event.preventDefault();
    const downward = marks().toSorted((one, other) => one.getBoundingClientRect().top - other.getBoundingClientRect().top);
    const rows = new Map(downward.toReversed().map((mark) => [mark.dataset.row, mark])); // the highest mark of each
    const order = [...rows.keys()].toSorted((a, b) => a - b);
    const number = order[clamp(order.indexOf(shown) + STEPS[event.key], 0, order.length - 1)];
    const { x, y, width, height } = rows.get(number).getBoundingClientRect();
    show(number, nearest(rows.get(number).querySelector(':not(g)'), x + width / 2, y + height / 2));
  };

  plot.addEventListener('pointermove', (event) => event.pointerType !== 'touch' && point(event));
  plot.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && hide());
  plot.addEventListener('click', point);
  plot.addEventListener('keydown', step);
  plot.addEventListener('focusout', hide);
}

for (const table of document.querySelectorAll('.fg-figure__data table')) {
  const plot = table.closest('.fg-figure').querySelector('.fg-figure__plot');
  if (plot.querySelector('[data-row]')) enliven(plot, table);
}
