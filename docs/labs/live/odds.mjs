// The odds of the next token after a prompt, by temperature. Data: {prompt, tokens: [[text, score], …, the likeliest first], rest: {temperature: sum of e^(score ÷ temperature) of all other tokens}}.

import { percent } from '../../assets/js/lab/words.mjs';
import { bars } from '../../assets/js/live/shapes.mjs';

const says = (value) => value.toFixed(1);

export const title = 'Temperature changes the odds of the next token';
export const controls = () => [{ id: 'temperature', label: 'Temperature', low: 0.2, high: 2, step: 0.1, start: 1, says }];

/** softmax: e^(score ÷ temperature) over the sum of all. */
function oddsOf({ temperature }, { tokens, rest }) {
  const powers = tokens.map(([, score]) => Math.exp(score / temperature));
  const sum = powers.reduce((total, power) => total + power, rest[says(temperature)]);
  return powers.map((power) => power / sum);
}

export function picture(values, data) {
  const odds = oddsOf(values, data);
  const others = 1 - odds.reduce((total, share) => total + share, 0);
  return [['p', { class: 'fg-live__prompt' }, data.prompt, ['b', {}, ' ?']], bars([
    ...data.tokens.map(([name], at) => ({ name: name.trim() || 'end of the line', share: odds[at], text: percent(100 * odds[at]) })),
    { name: 'all other tokens', share: others, text: percent(100 * others), muted: true }])];
}

export function sentence(values, data) {
  const [first, second] = oddsOf(values, data);
  return `At temperature ${says(values.temperature)}, “${data.tokens[0][0].trim()}” has a ${percent(100 * first)} chance of coming next, ${(first / second).toFixed(1)} times the chance of “${data.tokens[1][0].trim()}”.`;
}
