// What an agent's loop of calls costs without and with a cache. Data: list prices of a model, USD per million tokens.

import { count, money, percent } from '../../assets/js/lab/words.mjs';
import { bars } from '../../assets/js/live/shapes.mjs';

export const title = 'What a cache saves an agent';
export const facts = {
  input: 'anthropic-claude-opus-5-5.input', output: 'anthropic-claude-opus-5-5.output', cached: 'anthropic-claude-opus-5-5.cached', stored: 'price-parts.write-short',
};
const [FIRST, WRITTEN] = [2000, 500]; // tokens of the first call, and tokens that each call writes: the chapter's example

export const controls = () => [
  { id: 'calls', label: 'Calls in one attempt', low: 1, high: 100, step: 1, start: 40 },
  { id: 'growth', label: 'New tokens in each call', low: 100, high: 5000, step: 100, start: 1000, says: count },
];

/** agents.agent_input_tokens and agent_resent_tokens; USD. */
function billsOf({ calls, growth }, { input, output, cached, stored }) {
  const read = calls * FIRST + growth * calls * (calls - 1) / 2;
  const fresh = FIRST + growth * (calls - 1);
  const writing = calls * WRITTEN * output;
  return { read, again: (read - fresh) / read, plain: (read * input + writing) / 1e6, kept: (fresh * stored + (read - fresh) * cached + writing) / 1e6 };
}

export function picture(values, data) {
  const { plain, kept } = billsOf(values, data);
  const longest = Math.max(plain, kept);
  return [bars([{ name: 'without a cache', share: plain / longest, text: money(plain) }, { name: 'with a cache', share: kept / longest, text: money(kept) }])];
}

export function sentence(values, data) {
  const { read, again, plain, kept } = billsOf(values, data);
  const change = kept < plain ? `A cache cuts the bill by ${percent(100 * (1 - kept / plain))}.` : 'Here a cache costs more than it saves, because storing text costs more than reading it once.';
  return `The model reads ${count(read)} tokens, and ${percent(100 * again)} of them were sent before. ${change}`;
}
