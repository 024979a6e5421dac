// <x-live name="slug">still</x-live>: a picture that answers its controls. When it comes near the screen, labs/live/<slug>.mjs is loaded,
// which exports controls and picture(values, data, width); the still, which the build drew with the same module, is replaced once somebody
// uses a control, or where it is not as wide as its place. Without this script the still stands for itself.

const SVG = new Set(['svg', 'rect', 'path', 'text', 'circle']);
const NEAR = '500px 0px';
const modules = new URL('../../labs/live/', import.meta.url);

const make = (tag, attributes = {}, ...children) => {
  const node = SVG.has(tag) ? document.createElementNS('http://www.w3.org/2000/svg', tag) : document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== undefined && value !== false) node.setAttribute(name, value);
  node.append(...children.map((child) => (Array.isArray(child) ? make(...child) : child)));
  return node;
};

/** The control of a value: {node, read}. A range has low, high, step and says (value → words); a choice has choose; a text has length. */
function controlOf({ id, label, low, high, step, choose, length, start, says = String }, name, changed) {
  const field = `${name}-${id}`;
  const words = make('label', { for: field }, label);
  if (choose) {
    const select = make('select', { id: field }, ...Object.entries(choose).map(([value, text]) => ['option', { value }, text]));
    select.value = start;
    select.addEventListener('change', changed);
    return { node: make('div', {}, words, select), read: () => select.value };
  }
  if (length) {
    const text = make('input', { id: field, type: 'text', maxlength: length, autocomplete: 'off', spellcheck: 'false' });
    text.value = start;
    text.addEventListener('input', changed);
    return { node: make('div', {}, words, text), read: () => text.value };
  }
  const range = make('input', { id: field, type: 'range', min: low, max: high, step });
  const shown = make('output', { for: field });
  range.value = start;
  const tell = () => {
    shown.textContent = says(Number(range.value));
    range.setAttribute('aria-valuetext', shown.textContent);
    range.style.setProperty('--at', (range.value - low) / (high - low));
  };
  tell();
  range.addEventListener('input', () => {
    tell();
    changed();
  });
  return { node: make('div', {}, words, shown, range), read: () => Number(range.value) };
}

class Live extends HTMLElement {
  #ends = new AbortController();

  connectedCallback() {
    const near = new IntersectionObserver((seen) => {
      if (!seen.some(({ isIntersecting }) => isIntersecting)) return;
      near.disconnect();
      this.#load();
    }, { rootMargin: NEAR });
    near.observe(this);
    this.#ends.signal.addEventListener('abort', () => near.disconnect());
  }

  disconnectedCallback() {
    this.#ends.abort();
    this.#ends = new AbortController();
  }

  async #load() {
    const name = this.getAttribute('name');
    try {
      const live = await import(new URL(`${name}.mjs`, modules));
      const data = { ...JSON.parse(this.dataset.values), ...(await live.load?.(modules)) };
      if (!this.isConnected) return;
      const [place, picture, says] = ['controls', 'picture', 'says'].map((part) => this.querySelector(`.fg-live__${part}`));
      const controls = Object.fromEntries(live.controls(data).map((control) => [control.id, controlOf(control, name, () => show())]));
      const show = () => {
        const values = Object.fromEntries(Object.entries(controls).map(([id, { read }]) => [id, read()]));
        const width = Math.round(picture.clientWidth);
        picture.replaceChildren(...live.picture(values, data, width).map((part) => make(...part)));
        says.textContent = live.sentence(values, data);
      };
      place.replaceChildren(...Object.values(controls).map(({ node }) => node));
      const sized = new ResizeObserver(([{ contentRect }]) => {
        if (Math.round(contentRect.width) !== this.#width) show();
        this.#width = Math.round(contentRect.width);
      });
      sized.observe(picture);
      this.#ends.signal.addEventListener('abort', () => sized.disconnect());
    } catch (error) {
      this.querySelector('.fg-live__controls').replaceChildren(make('p', { role: 'alert' }, `This picture can’t be changed here: ${error.message}. It shows its first values.`));
      throw error;
    }
  }

  #width = 0;
}

customElements.define('x-live', Live);
