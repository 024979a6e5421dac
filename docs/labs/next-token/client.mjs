// The client of the definition machine: a worker that is started on demand and ended when the page is left.

/** Starts the machine; `progress` gets the share of the model that has been loaded. Rejects with a message for the reader. */
export async function open({ progress = () => {} } = {}) {
  const machine = new Client(progress);
  try {
    return Object.assign(machine, await machine.ask('open'));
  } catch (error) {
    machine.close();
    throw error;
  }
}

class Client {
  #worker = new Worker(new URL('worker.mjs', import.meta.url), { type: 'module' });
  #waiting = new Map();
  #count = 0;

  constructor(progress) {
    this.#worker.addEventListener('message', ({ data }) => {
      if ('progress' in data) {
        progress(data.progress);
        return;
      }
      const { done, failed } = this.#waiting.get(data.id) ?? {};
      this.#waiting.delete(data.id);
      if ('fault' in data) failed?.(new Error(data.fault));
      else done?.(data.found);
    });
    this.#worker.addEventListener('error', () => this.#end('its thread could not start'));
  }

  ask(ask, given) {
    return new Promise((done, failed) => {
      const id = this.#count += 1;
      this.#waiting.set(id, { done, failed });
      this.#worker.postMessage({ id, ask, given });
    });
  }

  look(text) {
    return this.ask('look', { text });
  }

  close() {
    this.#end('it was closed');
  }

  #end(why) {
    this.#worker.terminate();
    for (const { failed } of this.#waiting.values()) failed(new Error(why));
    this.#waiting.clear();
  }
}
