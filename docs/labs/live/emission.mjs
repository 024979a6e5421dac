// Who pays for an hour of work in a network that pays its suppliers partly in new tokens. All numbers are the chapter's, and illustrative.

import { count, money, percent } from '../../assets/js/lab/words.mjs';
import { stack } from '../../assets/js/live/shapes.mjs';

const [COST, MACHINES, HOURS, TOKENS] = [1, 100, 8760, 1e7]; // USD per hour, machines, hours in a year, older tokens

export const title = 'Who pays for an hour of work';
export const controls = () => [
  { id: 'paid', label: 'Customers pay per hour', low: 0, high: 1.2, step: 0.05, start: 0.35, says: money },
  { id: 'price', label: 'Price of a token', low: 0.25, high: 5, step: 0.25, start: 2, says: money },
];

function yearOf({ paid, price }) {
  const gap = Math.max(0, COST - paid);
  const issued = MACHINES * HOURS * gap / price;
  return { gap, issued, bought: MACHINES * HOURS * gap, diluted: issued / (TOKENS + issued) };
}

export function picture(values) {
  const { gap } = yearOf(values);
  const [customers, profit] = [Math.min(COST, values.paid), Math.max(0, values.paid - COST)];
  return [stack([
    { name: 'customers', share: customers, text: money(customers), layer: 'application' },
    ...(gap ? [{ name: 'buyers of new tokens', share: gap, text: money(gap), layer: 'crypto', look: 'light' }] : []),
    ...(profit ? [{ name: 'left for the supplier', share: profit, text: money(profit), layer: 'infrastructure', look: 'light' }] : []),
  ], sentence(values))];
}

export function sentence(values) {
  const { gap, issued, bought, diluted } = yearOf(values);
  if (!gap) return 'Customers pay for all of the work, so the network needs no new tokens to pay its suppliers.';
  return `Customers pay ${percent(100 * values.paid / COST)} of the cost. In a year, the suppliers of 100 machines receive ${count(issued)} new tokens, and somebody has to buy them for ${money(bought)}. Holders of older tokens are diluted by ${percent(100 * diluted)}.`;
}
