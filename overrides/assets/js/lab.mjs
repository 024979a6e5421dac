// <x-lab name="slug">fallback</x-lab>: loads labs/<slug>/view.mjs when the element comes near the viewport, and mounts it.
// A view exports mount(element) → unmount, or a promise of it. The fallback is for readers without JavaScript, for print before a lab is
// loaded, and for labs that cannot load. The attribute `short` is for chapters, where a lab does not use the address. A whole lab
// loads at once if the fragment of the address is a state, which contains an equals sign, unlike any heading's id.

const labs = new URL('../../labs/', import.meta.url);
const NEAR = '800px 0px';

class Lab extends HTMLElement {
  #unmount;
  #near;
  #asked = () => { if (!this.hasAttribute('short') && location.hash.includes('=')) this.#load(); };

  connectedCallback() {
    if (!('IntersectionObserver' in window)) {
      this.#load();
      return;
    }
    this.#near = new IntersectionObserver((seen) => { if (seen.some(({ isIntersecting }) => isIntersecting)) this.#load(); }, { rootMargin: NEAR });
    this.#near.observe(this);
    window.addEventListener('hashchange', this.#asked);
    this.#asked();
  }

  #wait() {
    this.#near?.disconnect();
    this.#near = undefined;
    window.removeEventListener('hashchange', this.#asked);
  }

  async #load() {
    this.#wait();
    try {
      const view = await import(new URL(`${this.getAttribute('name')}/view.mjs`, labs));
      const unmount = this.isConnected && await view.mount(this);
      if (this.isConnected) this.#unmount = unmount;
      else if (unmount) unmount();
    } catch (error) {
      const message = document.createElement('p');
      message.className = 'fg-lab__error';
      message.setAttribute('role', 'alert');
      message.textContent = `This lab could not load: ${error.message}. The default case is shown below.`;
      this.prepend(message);
      throw error;
    }
  }

  disconnectedCallback() {
    this.#wait();
    this.#unmount?.();
    this.#unmount = undefined;
  }
}

if (!customElements.get('x-lab')) customElements.define('x-lab', Lab);
