// Where the last token of a sentence looks, for one head of one layer. Data: {tokens, attention: [layer][head][token], one list of shares for each head}.

import { percent } from '../../assets/js/lab/words.mjs';
import { tokens } from '../../assets/js/live/shapes.mjs';

const START = 'start of the text';

export const title = 'Each head looks for something different';
export const controls = ({ attention, layer, head }) => [
  { id: 'layer', label: 'Layer', low: 1, high: attention.length, step: 1, start: layer },
  { id: 'head', label: 'Head', low: 1, high: attention[0].length, step: 1, start: head },
];

const sharesOf = ({ layer, head }, { attention }) => attention[layer - 1][head - 1];
const called = (text) => (text ? `“${text.trim()}”` : `the ${START}`);

export const picture = (values, data) => {
  const shares = sharesOf(values, data);
  return [tokens(data.tokens.map((text, at) => ({ text: text || START, share: shares[at], strong: at === data.tokens.length - 1 })),
    `The shares of attention: ${data.tokens.map((text, at) => `${text || START} ${percent(100 * shares[at])}`).join(', ')}`)];
};

export function sentence(values, data) {
  const shares = sharesOf(values, data);
  const [first, second] = shares.map((share, at) => [share, data.tokens[at]]).toSorted(([one], [other]) => other - one);
  return `In layer ${values.layer}, head ${values.head}, the last token, ${called(data.tokens.at(-1))}, gives ${percent(100 * first[0])} of its attention to ${called(first[1])} and ${percent(100 * second[0])} to ${called(second[1])}.`;
}
