// What a seat leaves as it is used more. All costs are the chapter's example, per seat and month or per conversation, and illustrative.

import { count, money, percent } from '../../assets/js/lab/words.mjs';
import { stack } from '../../assets/js/live/shapes.mjs';

const TALK = { model: 0.06, review: 0.025 }; // USD per conversation: the model, and a person's review of 2% at $1.25
const SEAT = { 'free users': 0.6, 'hosting and support': 4.5, data: 0.9 }; // USD per seat and month
const FEES = 0.03; // of revenue

export const title = 'The more a seat is used, the less it leaves';
export const controls = () => [
  { id: 'price', label: 'Price of a seat', low: 5, high: 100, step: 1, start: 30, says: (value) => `${money(value)} a month` },
  { id: 'talks', label: 'Conversations per seat', low: 0, high: 600, step: 10, start: 120, says: (value) => `${count(value)} a month` },
];

function seatOf({ price, talks }) {
  const fixed = Object.values(SEAT).reduce((total, cost) => total + cost, FEES * price);
  const each = TALK.model + TALK.review;
  const left = price - fixed - talks * each;
  return { left, margin: left / price, even: (price - fixed) / each, others: fixed };
}

export function picture(values) {
  const { left, others } = seatOf(values);
  const { price, talks } = values;
  const parts = [['model', talks * TALK.model, 'model', 'solid'], ['review by people', talks * TALK.review, 'application', 'solid'], ['everything else', others, 'infrastructure', 'solid']];
  return [stack([
    ...parts.map(([name, cost, layer, look]) => ({ name, share: cost / price, text: money(cost), layer, look })),
    ...(left > 0 ? [{ name: 'left', share: left / price, text: money(left), layer: 'application', look: 'light' }] : []),
  ], sentence(values))];
}

export function sentence(values) {
  const { left, margin, even } = seatOf(values);
  const end = even > 0 ? ` The seat breaks even at ${count(Math.floor(even))} conversations a month.` : ' At this price the seat loses money even if nobody uses it.';
  return left >= 0 ? `The seat leaves ${money(left)} a month, a gross margin of ${percent(100 * margin)}.${end}` : `The seat loses ${money(-left)} a month.${end}`;
}
