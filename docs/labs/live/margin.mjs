// What a seat leaves as it is used more. All costs are the chapter's example, per seat and month or per conversation, and illustrative.

import { count, money, percent } from '../../assets/js/lab/words.mjs';
import { plot } from '../../assets/js/live/shapes.mjs';

const TALK = { model: 0.06, review: 0.025 }; // USD per conversation: the model, and a person's review of 2% at $1.25
const SEAT = { 'free users': 0.6, 'hosting and support': 4.5, data: 0.9 }; // USD per seat and month
const FEES = 0.03; // of revenue
const MOST = 600; // conversations
const signed = (value) => (value < 0 ? `−${money(-value)}` : money(value));

export const title = 'The more a seat is used, the less it leaves';
export const controls = () => [
  { id: 'price', label: 'Price of a seat', low: 5, high: 100, step: 1, start: 30, says: (value) => `${money(value)} a month` },
  { id: 'talks', label: 'Conversations per seat', low: 0, high: MOST, step: 10, start: 120, says: (value) => `${count(value)} a month` },
];

function seatOf({ price, talks }) {
  const each = TALK.model + TALK.review;
  const unused = price - Object.values(SEAT).reduce((total, cost) => total + cost, FEES * price);
  const left = unused - talks * each;
  return { left, margin: left / price, even: unused / each };
}

export function picture(values, data, width) {
  const { left, even } = seatOf(values);
  const [most, least] = [0, MOST].map((talks) => seatOf({ ...values, talks }).left);
  const step = most - least > 80 ? 25 : 10;
  const [low, high] = [step * Math.floor(Math.min(0, least) / step), step * Math.ceil(Math.max(0, most) / step)];
  const ticks = Array.from({ length: (high - low) / step + 1 }, (_, at) => low + at * step);
  return [plot({
    width, height: width < 480 ? 240 : 280, label: sentence(values), layer: 'application',
    x: { low: 0, high: MOST, name: 'Conversations per seat and month', ticks: [0, 200, 400, MOST].map((talks) => [talks, count(talks)]) },
    y: { low, high, name: 'What the seat leaves a month', ticks: ticks.map((value) => [value, signed(value)]) },
    lines: [{ points: [[0, most], [MOST, least]] }, { points: [[0, 0], [MOST, 0]], quiet: true, dash: true }],
    marks: [{ x: values.talks, y: left, name: signed(left) }, ...(even > 0 && even <= MOST ? [{ x: even, y: 0, name: `breaks even at ${count(Math.round(even))}`, open: true }] : [])],
  })];
}

export function sentence(values) {
  const { left, margin, even } = seatOf(values);
  const end = even > 0 ? ` The seat breaks even at ${count(Math.round(even))} conversations a month.` : ' At this price the seat loses money even if nobody uses it.';
  return left >= 0 ? `The seat leaves ${money(left)} a month, a gross margin of ${percent(100 * margin)}.${end}` : `The seat loses ${money(-left)} a month.${end}`;
}
