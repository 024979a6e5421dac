// Users who share one machine: what all get together, what each gets, and what a million tokens then cost. Data: the chapter's model and machine.

import { fixed, money, some } from '../../assets/js/lab/words.mjs';
import { bars } from '../../assets/js/live/shapes.mjs';
import { memoryOf, speedOf } from '../serving-cost/machine.mjs';

export const title = 'Sharing a machine makes tokens cheaper and answers slower';
export const facts = {
  parameters: 'model-70b.parameters', layers: 'llama-31-70b-shape.layers', kv_heads: 'llama-31-70b-shape.kv-heads', head_size: 'llama-31-70b-shape.head-size',
  chips: 'nim-llama-70b.chips', prompt: 'nim-llama-70b.prompt', answer: 'nim-llama-70b.answer', memory: 'h100-sxm.memory', bandwidth: 'h100-sxm.bandwidth', rate8: 'h100-sxm.fp8',
  reserve: 'serving-70b.kept', reading: 'serving-70b.prefill-share', writing: 'serving-70b.step-reached', hour: 'serving-70b.hour',
};
const MACHINE = { bits: 'eight', cache_bits: 'eight', vectors: 2, experts: 1, chosen: 1, cached: 0, speed: 'bound' };
const MOST = 80;

export const controls = () => [{ id: 'users', label: 'Users at once', low: 1, high: MOST, step: 1, start: 50 }];

function speeds({ users }, data) {
  const inputs = { ...MACHINE, ...data, active: data.parameters };
  const at = (count) => speedOf({ ...inputs, users: count }, memoryOf({ ...inputs, users: count }));
  const { out, each } = at(users);
  return { all: out, each, most: at(MOST).out, alone: at(1).each, cost: data.hour / (out * 3600) * 1e6 };
}

export function picture(values, data) {
  const { all, each, most, alone } = speeds(values, data);
  return [bars([
    { name: 'all together', share: all / most, text: `${fixed(all, 0)} tokens/s`, layer: 'infrastructure' },
    { name: 'each user', share: each / alone, text: `${fixed(each, 0)} tokens/s`, layer: 'application' },
  ])];
}

export function sentence(values, data) {
  const { each, alone, cost } = speeds(values, data);
  const slower = values.users > 1 ? ` Each user’s answer appears at ${fixed(100 * each / alone, 0)}% of the speed that a single user would get.` : '';
  return `With ${some(values.users, 'user', 'users')}, a million written tokens cost ${money(cost)} in rent.${slower}`;
}
