// <x-lab name="slug">fallback</x-lab>: loads labs/<slug>/view.mjs when the element is on the page and lets it take over.
// A view exports mount(element) → unmount. The fallback stays for readers without JavaScript, and when a lab cannot load.

const labs = new URL('../../labs/', import.meta.url);

class Lab extends HTMLElement {
  #unmount;

  async connectedCallback() {
    const name = this.getAttribute('name');
    try {
      const view = await import(new URL(`${name}/view.mjs`, labs));
      if (this.isConnected) this.#unmount = view.mount(this);
    } catch (error) {
      const message = document.createElement('p');
      message.className = 'fg-lab__error';
      message.setAttribute('role', 'alert');
      message.textContent = `This lab could not load: ${error.message}. What stands below shows the default case.`;
      this.prepend(message);
      throw error;
    }
  }

  disconnectedCallback() {
    this.#unmount?.();
    this.#unmount = undefined;
  }
}

if (!customElements.get('x-lab')) customElements.define('x-lab', Lab);
