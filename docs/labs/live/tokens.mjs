// A text cut into tokens as it is typed, by our own small tokenizer. Data: {text, pieces (the tokens of that text)}; in the page also `cut`, which cuts any text.

import { tokens } from '../../assets/js/live/shapes.mjs';

const LONGEST = 200;
const some = (number, word) => `${number} ${word}${number === 1 ? '' : 's'}`;

export const title = 'Type a sentence to see its tokens';
export const controls = ({ text }) => [{ id: 'text', label: 'Your text', length: LONGEST, start: text }];

export async function load(folder) {
  const [{ read, tokenizer }, answer] = await Promise.all([import('../tokenizer/model.mjs'), fetch(new URL('../tokenizer/merges.txt', folder))]);
  if (!answer.ok) throw new Error('the tokenizer’s file is missing');
  const { encode } = tokenizer(read(await answer.text()));
  return { cut: (text) => encode(text).map((token) => token.text ?? '�') };
}

const piecesOf = ({ text }, data) => (data.cut ? data.cut(text) : data.pieces);

export const picture = (values, data) => [tokens(piecesOf(values, data).map((text) => ({ text })), `The tokens: ${piecesOf(values, data).join(' | ')}`)];

export function sentence(values, data) {
  const pieces = piecesOf(values, data);
  const letters = [...values.text].length;
  if (!letters) return 'Type a text to see its tokens.';
  return `Our small tokenizer cuts these ${some(letters, 'character')} into ${some(pieces.length, 'token')}.`;
}
