// Chromium prints the fill of an SVG pattern as a bitmap as large as the page. Here each filled shape gets the pattern's pieces drawn one by one, as lines and dots.
() => {
  const SVG = 'http://www.w3.org/2000/svg';
  const make = (name, attributes, ...children) => {
    const element = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...children);
    return element;
  };
  let count = 0;
  for (const shape of document.querySelectorAll('[fill^="url(#"]')) {
    const pattern = document.getElementById(shape.getAttribute('fill').slice(5, -1));
    if (!(pattern instanceof SVGPatternElement) || !shape.getClientRects().length) continue;
    const [x, y, width, height] = ['x', 'y', 'width', 'height'].map((name) => pattern[name].baseVal.value);
    const turn = pattern.patternTransform.baseVal.consolidate()?.matrix ?? shape.ownerSVGElement.createSVGMatrix();
    const box = shape.getBBox();
    const corners = [[0, 0], [1, 0], [0, 1], [1, 1]].map(([right, down]) => new DOMPoint(box.x + right * box.width, box.y + down * box.height).matrixTransform(turn.inverse()));
    const [left, top] = ['x', 'y'].map((axis) => Math.min(...corners.map((corner) => corner[axis])));
    const [right, bottom] = ['x', 'y'].map((axis) => Math.max(...corners.map((corner) => corner[axis])));
    const tiles = [];
    for (let row = Math.floor((top - y) / height); y + row * height < bottom; row += 1) {
      for (let column = Math.floor((left - x) / width); x + column * width < right; column += 1) {
        tiles.push(make('g', { transform: `translate(${x + column * width} ${y + row * height})` }, ...[...pattern.children].map((child) => child.cloneNode(true))));
      }
    }
    count += 1;
    const outline = shape.cloneNode();
    for (const name of ['fill', 'stroke', 'class', 'id']) outline.removeAttribute(name);
    const { a, b, c, d, e, f } = turn;
    shape.before(
      make('clipPath', { id: `pattern-clip-${count}` }, outline),
      make('g', { 'clip-path': `url(#pattern-clip-${count})` }, make('g', { transform: `matrix(${a} ${b} ${c} ${d} ${e} ${f})` }, ...tiles)),
    );
    shape.setAttribute('fill', 'none');
  }
  return count;
}
