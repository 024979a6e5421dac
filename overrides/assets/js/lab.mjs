// <x-lab name="slug">fallback</x-lab>: loads labs/<slug>/view.mjs when the element comes near the view and lets it take over.
// A view exports mount(element) → unmount, or a promise of it. The fallback stays for readers without JavaScript, in print before a lab is
// loaded, and when it cannot load. With the attribute `short` it is the form for a chapter, which leaves the address alone; a whole lab
// loads at once where the address holds a state for it, which has an equals sign as no heading's does.

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
