import { make } from '../../assets/js/lab/elements.mjs';
import { frame } from '../../assets/js/lab/frame.mjs';
import * as model from './model.mjs';

/** Adds to the page what takes a model's config.json; its code is fetched when somebody opens it. */
function brought(page) {
  const fold = make('details', { class: 'fg-fold fg-labs__paste' }, make('summary', {}, 'Bring your own model'));
  fold.addEventListener('toggle', async () => (await import('./paste.mjs')).open(fold, page), { once: true });
  page.fields.find(({ input }) => input.id === 'model')?.node.append(fold);
  return { show() {}, close() {} };
}

export const mount = (element) => frame(element, model, import.meta.url, brought);
