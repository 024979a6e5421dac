// The way of one prompt through the model in eight steps, as the page shows it and as the build draws it for readers without JavaScript: words, and
// pictures as lists of [tag, attributes, ...children]. Pure: no page, no network.

import { count as counted, fixed, percent, some } from '../../assets/js/lab/words.mjs';
import { chance, draw } from './model.mjs';

const ROWS = 6;
const LARGEST = 3;
const LABELED = 12;
const NUMBERED = 10;
const WIDE = 320;
const SIDE = 52;
const TOP = 22;
const HALF = 20;

const round = (value) => fixed(value, Math.abs(value) >= 100 ? 1 : 2);
const sum = (values) => values.reduce((total, value) => total + value, 0);
const plus = (one, other) => one.map((value, at) => value + other[at]);
const times = (one, other) => one.map((value, at) => value * other[at]);
const largest = (values, most = values.length) => values.map((_, at) => at).toSorted((one, other) => values[other] - values[one] || one - other).slice(0, most);
const n = (value) => Number(value.toFixed(2));
const size = (lists) => Math.max(...lists.flat().map(Math.abs), 1e-9);

/** A token as it stands in a picture; without a text, it is the mark of a line's start or end. */
export const shown = (text, mark = 'start') => (text === '' ? mark : text.replace(/^ /, '␣'));
const quoted = (text, mark) => (text === '' ? `the ${mark} mark` : `“${shown(text)}”`);

const line = (name, ...children) => ['p', { class: `fg-inside__${name}` }, ...children];
const list = (name, label, items) => ['ol', { class: `fg-inside__${name}`, 'aria-label': label }, ...items];

/** A list of numbers as bars up and down, with a line of words above; lists that share `most` have the same scale. */
function strip(words, given, most) {
  const values = Array.from(given);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const way = (sign) => values.map((value, at) => (value * sign > 0 ? `M${4 * at + 2} ${HALF}V${Math.round(HALF - (HALF * value) / most)}` : '')).join('');
  return [
    line('head', ['span', {}, words], ' ', ['small', {}, `${round(low)} to ${round(high)}`]),
    ['svg', { class: 'fg-vector', viewBox: `0 0 ${4 * values.length} ${2 * HALF}`, preserveAspectRatio: 'none', role: 'img', 'aria-label': `${words}: ${values.length} numbers from ${round(low)} to ${round(high)}` },
      ['path', { class: 'fg-vector__zero', d: `M0 ${HALF}H${4 * values.length}` }], ['path', { class: 'fg-vector__up', d: way(1) }], ['path', { class: 'fg-vector__down', d: way(-1) }]],
  ];
}

/** Numbers as squares, row after row, each as wide as its number, or just visible; those that are not above 0 are left blank. */
function cells(words, values) {
  const columns = values.length > 512 ? 64 : 32;
  const cell = WIDE / columns;
  const most = Math.max(...values, 1e-9);
  const squares = values.map((value, at) => {
    const wide = Math.max((cell - 1) * (value / most), 1.4);
    const [x, y] = [((at % columns) + 0.5) * cell, (Math.floor(at / columns) + 0.5) * cell];
    return value <= 0 ? '' : `M${n(x - wide / 2)} ${n(y - wide / 2)}h${n(wide)}v${n(wide)}h${n(-wide)}z`;
  });
  return ['svg', { class: 'fg-cells', viewBox: `0 0 ${WIDE} ${Math.ceil(values.length / columns) * cell}`, role: 'img', 'aria-label': words }, ['path', { d: squares.join('') }]];
}

const term = (name, how, value) => ['li', {}, ['span', {}, name], ['span', {}, how], ['b', {}, value]];

/** A sum of products line by line: the largest of them, the others together, and what they add up to. */
function products(one, other, after) {
  const all = times(one, other);
  const chosen = largest(all.map(Math.abs), LARGEST);
  const rest = all.length - chosen.length;
  return list('sum', 'The largest products, and what all of them add up to', [
    ...chosen.map((at) => term(`number ${at + 1}`, `${round(one[at])} × ${round(other[at])}`, round(all[at]))),
    term(`the other ${rest}`, '', round(sum(all) - sum(chosen.map((at) => all[at])))),
    ...after(sum(all)).map((given) => term(...given)),
  ]);
}

/** What is secondary: shown when the reader asks for it. */
const fold = (title, ...inner) => ['details', { class: 'fg-fold fg-inside__more' }, ['summary', { 'data-fold': '' }, title], ...inner];

/** Softmax line by line: e to the power of each of these scores, their total, and the largest share of it. */
function powers(names, scores, rest) {
  const all = scores.map(Math.exp);
  const total = sum(all) + sum(rest.map(Math.exp));
  return list('sum', 'Softmax line by line', [
    ...names.map((name, at) => term(name, ['span', {}, 'e', ['sup', {}, round(scores[at])]], counted(all[at]))),
    ...(rest.length ? [term(`the other ${rest.length}`, '', counted(sum(rest.map(Math.exp))))] : []),
    term('total', '', counted(total)), term(`share of ${names[0]}`, `${counted(all[0])} ÷ ${counted(total)}`, percent(100 * all[0] / total)),
  ]);
}

/** Rows of a token, a number, a bar for a share of `most`, and the share in words. */
const shares = (label, rows, most = 1) => list('shares', label, rows.map(([name, number, share, words]) => ['li', {},
  ['span', {}, name], ['span', {}, number], ['svg', { class: 'fg-amount', width: '100%', height: 12, 'aria-hidden': 'true' }, ['rect', { 'data-layer': 'model', width: percent(100 * Math.max(share, 0) / most), height: 12 }]], ['b', {}, words]]));

/** Tokens in a row, each with a small text below; in the page they can be pressed. */
const row = (trace, label, key, texts, chosen, live) => list('tokens', label, texts.map((small, at) => {
  const name = shown(trace.tokens[at]);
  return ['li', {}, live ? ['button', { type: 'button', [`data-${key}`]: at, 'aria-pressed': String(at === chosen) }, name] : ['span', at === chosen ? { class: 'fg-inside__chosen' } : {}, name], ['small', {}, small]];
}));

const short = (text, most) => (text.length > most ? `${text.slice(0, Math.max(most - 1, 1))}…` : text);

/** The cells of the matrix in units of its drawing: {from, cell, side, top}. */
export function grid(count) {
  const labeled = count <= LABELED;
  const [side, top] = labeled ? [SIDE, TOP] : [0, 0];
  return { side, top, cell: (WIDE - side) / count, tall: WIDE - side + top };
}

/** What one head attends to: for each pair of tokens, a cell filled to the height of its share, or in a long text a square as large as its share. What comes later is masked. */
function matrix({ attention, tokens, place, layer, head }) {
  const count = tokens.length;
  const { side, top, cell, tall } = grid(count);
  const numbered = count <= NUMBERED;
  const squares = [];
  const labels = [];
  attention.forEach((looks, from) => looks.forEach((share, to) => {
    const [x, y] = [side + (to + 0.5) * cell, top + (from + 0.5) * cell];
    const wide = (cell - 2) * (numbered ? 1 : Math.sqrt(share));
    const high = numbered ? (cell - 2) * share : wide;
    if (high < 0.3) return;
    squares.push(`M${n(x - wide / 2)} ${n(numbered ? y + cell / 2 - 1 - high : y - high / 2)}h${n(wide)}v${n(high)}h${n(-wide)}z`);
    if (numbered && share >= 0.005) labels.push(['text', { x: n(x), y: n(y + 5), 'text-anchor': 'middle' }, fixed(100 * share, 0)]);
  }));
  const stairs = Array.from({ length: count - 1 }, (_, at) => `H${n(side + (at + 1) * cell)}V${n(top + (at + 1) * cell)}`).join('');
  const names = side ? tokens.flatMap((text, at) => [
    ['text', { class: at === place ? 'fg-matrix__chosen' : null, x: side - 6, y: n(top + (at + 0.5) * cell + 5), 'text-anchor': 'end' }, short(shown(text), 6)],
    ['text', { x: n(side + (at + 0.5) * cell), y: top - 7, 'text-anchor': 'middle' }, short(shown(text), Math.floor(cell / 6.6))],
  ]) : [];
  return ['svg', { class: 'fg-matrix', 'data-solid': numbered ? null : '', viewBox: `0 0 ${WIDE} ${n(tall)}`, role: 'img', 'aria-label': `Shares of attention in layer ${layer + 1}, head ${head + 1}: ${count} rows of tokens that look, ${count} columns of tokens they look at. Cells above the diagonal are masked.` },
    ['path', { class: 'fg-matrix__masked', d: `M${side} ${top}${stairs}H${WIDE}V${top}z` }],
    ['rect', { class: 'fg-matrix__edge', x: side, y: top, width: WIDE - side, height: n(tall - top) }],
    count > 4 && side ? ['text', { class: 'fg-matrix__word', x: n(WIDE - 0.3 * count * cell), y: n(top + 0.25 * count * cell), 'text-anchor': 'middle' }, 'masked'] : null,
    ['path', { class: 'fg-matrix__squares', d: squares.join('') }], ...labels, ...names,
    ['rect', { class: 'fg-matrix__row', x: side, y: n(top + place * cell), width: n((place + 1) * cell), height: n(cell) }]];
}

/** Two vectors and their sum, on one scale. */
function added(words, before, more, name, after) {
  const whole = plus(before, more);
  const most = size([before, more, whole]);
  return [...strip(`The vector ${words}`, before, most), ...strip(`What ${name} adds`, more, most), ...strip(`The vector ${after}`, whole, most),
    line('note', `Number 1: ${round(before[0])} ${more[0] < 0 ? '−' : '+'} ${round(Math.abs(more[0]))} = ${round(whole[0])}. All three strips have the same scale.`)];
}

/** The stretch of each token between 0 and 1, and the random number. */
function stretches(bars, number) {
  let start = 0;
  const parts = bars.slice(0, ROWS).map(([, text, share]) => {
    const from = start;
    start += share;
    const wide = WIDE * share;
    return ['g', {}, ['rect', { x: n(WIDE * from), y: 22, width: n(wide), height: 24 }],
      wide > 34 ? ['text', { x: n(WIDE * from + wide / 2), y: 38.5, 'text-anchor': 'middle' }, short(shown(text, 'end'), Math.floor(wide / 8))] : null];
  });
  const at = WIDE * number;
  return ['svg', { class: 'fg-draw', viewBox: `0 0 ${WIDE} 64`, role: 'img', 'aria-label': `The odds laid end to end from 0 to 1, and the random number ${fixed(number, 3)}` },
    ['rect', { class: 'fg-draw__all', y: 22, width: WIDE, height: 24 }], ...parts,
    ['path', { d: `M${n(at - 5)} 16h10l-5 8zM${n(at - 0.8)} 44h1.6v6h-1.6z` }], ['text', { x: n(Math.min(Math.max(at, 18), WIDE - 18)), y: 12, 'text-anchor': 'middle' }, fixed(number, 3)],
    ['text', { y: 62 }, '0'], ['text', { x: WIDE, y: 62, 'text-anchor': 'end' }, '1']];
}

/** The likeliest tokens of a draw, and where the random number falls. */
function drawn({ bars, left, chance: number, settings: { temperature } }, logits) {
  if (!temperature) return [line('point', `At temperature 0 there is no draw: the model always picks the likeliest token, here ${quoted(bars[0][1], 'end')}.`)];
  const id = draw(bars.map(([one, , share]) => [one, share]), number);
  const at = bars.findIndex(([one]) => one === id);
  const upTo = sum(bars.slice(0, at + 1).map(([, , share]) => share));
  const scores = new Map(logits.map(([one, , score]) => [one, score]));
  const beyond = upTo <= number;
  return [
    shares('The likeliest tokens: logit divided by temperature, and odds', bars.slice(0, ROWS).map(([one, text, share]) => [shown(text, 'end'), scores.has(one) ? round(scores.get(one) / temperature) : '', share, percent(100 * share)]), bars[0][2]),
    left > ROWS ? line('note', `The odds of all ${fixed(left, 0)} tokens add up to 100%.`) : null,
    line('head', ['span', {}, 'The odds, laid end to end']), stretches(bars, number),
    line('point', beyond ? `The random number, ${fixed(number, 3)}, falls beyond these tokens, so a less likely one is drawn.`
      : `The random number, ${fixed(number, 3)}, falls on the stretch of ${quoted(bars[at][1], 'end')}, which ends at ${fixed(upTo, 3)}, so that token is drawn.`),
  ];
}

/** The stored trace of a prompt, with the plain settings and the first random number of seed 1. */
export const stored = (inside) => ({ ...inside, left: inside.shape.vocabulary, settings: { temperature: 1 }, chance: chance(1)() });

/**
 * The eight steps of a trace, each {title, say, picture}. A trace has what Machine.inside finds, and `tokens`, `ids`, `place`, `layer`, `head`, `shape`,
 * `row` (the likeliest token’s row in the table), `logits` and `bars` (the likeliest tokens by id, text and number), `lens` (the likeliest after each layer),
 * `left` (the number of tokens that the settings leave), `settings` and `chance`. `other` is the token whose key is compared; `live` makes tokens pressable.
 */
export function steps(trace, { other: asked, live = false } = {}) {
  const { tokens, ids, place, layer, head, shape: { vocabulary, width, layers, heads }, attention, logits } = trace;
  const wide = width / heads;
  const here = quoted(tokens[place], 'start');
  const last = place === tokens.length - 1;
  const weights = attention[place];
  const order = largest(weights);
  const other = asked <= place ? asked : order[0];
  const there = quoted(tokens[other], 'start');
  const [hidden, key] = [Array.from(trace.hidden), Array.from(trace.keys[other])];
  const [query, mixed, before, attended, fed, final, best] = ['query', 'mixed', 'before', 'attended', 'fed', 'last', 'row'].map((name) => Array.from(trace[name]));
  const middle = plus(before, attended);
  const active = hidden.filter((value) => value > 0).length;
  const strongest = largest(hidden, 1)[0];
  const top = order.slice(0, LARGEST).filter((at, nth) => !nth || weights[at] >= 0.005);
  const rest = order.slice(top.length);
  const blended = top.map((at) => Array.from(trace.values[at], (value) => weights[at] * value));
  const spread = size([...blended, mixed]);
  const few = order.slice(0, LARGEST);
  const listed = order.slice(0, 2 * ROWS);
  const [first] = logits;
  const where = `layer ${layer + 1}`;
  return [
    {
      title: 'The text becomes tokens',
      say: [`The tokenizer cuts the text into pieces called tokens. Each token has an ID, which is its number in a vocabulary of ${fixed(vocabulary, 0)}. A start mark comes before the text, and “␣” stands for a space.`],
      picture: [line('head', ['span', {}, 'Each token, with its ID below it']), row(trace, 'Tokens, each with its ID', 'place', ids.map(String), place, live),
        line('point', `The next steps show what the model does at ${here}, ${last ? 'the last token, ' : ''}to predict the token after it.`)],
    },
    {
      title: 'Each token becomes a vector',
      say: [`The model looks up the token in a table and finds its vector, a list of ${width} numbers. The model learned these numbers in training.`],
      picture: [...strip(`The vector of ${here}`, trace.first, size([Array.from(trace.first)])), line('note', `${Array.from(trace.first).slice(0, 5).map(round).join(', ')}, … ${round(trace.first[width - 1])}`),
        ...(layer ? strip(`The same vector as ${where} reads it`, before, size([before])) : []),
        layer ? line('note', `By then, ${some(layer, 'layer has', 'layers have')} added to the vector.`) : null,
        line('note', 'Bars above the line are positive numbers, and bars below it are negative. The numbers are scaled so that their squares average 1, which is called RMS norm. The model scales a copy of the vector in the same way before each part of a layer and at the end.')],
    },
    {
      title: 'A query is compared with a key',
      say: [`Attention fetches information from earlier tokens. Head ${head + 1} of ${where} turns the vector of ${here} into a query, which says what to look for. It turns the vector of ${there} into a key, which says what can be found there.`],
      picture: [...strip(`Query of ${here}`, query, size([query])), ...strip(`Key of ${there}`, key, size([key])), ...strip('Their products, number by number', times(query, key), size([times(query, key)])),
        line('point', `The sum of the products, divided by √${wide}, is the score. It shows how well the key matches the query.`),
        line('head', ['span', {}, live ? 'Scores of all keys; select a token to compare it' : 'Scores of all keys']), row(trace, 'Tokens, each with its score', 'other', Array.from(trace.scores, round), other, live),
        fold('Show the calculation', products(query, key, (total) => [['sum', '', round(total)], ['score', `${round(total)} ÷ √${wide}`, round(total / Math.sqrt(wide))]]),
          line('note', `The sum is divided by the square root of ${wide}, the length of the lists, to keep the scores moderate. Before that, the query and the key were each rotated by an angle that depends on their token’s position (rotary position embedding), so the score also depends on the distance between the tokens.`))],
    },
    {
      title: 'Softmax turns scores into shares',
      say: ['Softmax turns the head’s scores into shares of attention that add up to 100%.'],
      picture: [shares('Tokens with their scores and shares of attention', few.map((at) => [shown(tokens[at]), round(trace.scores[at]), weights[at], percent(100 * weights[at])]), weights[order[0]]),
        few.length < order.length ? line('note', `The other ${some(order.length - few.length, 'token', 'tokens')} together get ${percent(100 * sum(order.slice(few.length).map((at) => weights[at])))}.`) : null,
        line('head', ['span', {}, `Head ${head + 1} of ${where}, token by token`]), matrix(trace),
        line('note', `Each row shows where one token looks${tokens.length <= NUMBERED ? ', in percent' : ''}. Later tokens are masked.`),
        fold('Show the calculation', line('note', 'Softmax raises e, about 2.718, to the power of each score. A token’s share is its result divided by the total.'),
          powers(listed.map((at) => shown(tokens[at])), listed.map((at) => trace.scores[at]), order.slice(listed.length).map((at) => trace.scores[at])))],
    },
    {
      title: 'The head blends the values',
      say: [`Each token also has a value, ${wide} numbers that it offers to other tokens. The head multiplies each value by its share of attention and adds up the results.`],
      picture: [...top.flatMap((at, nth) => strip(`${percent(100 * weights[at])} of the value of ${quoted(tokens[at], 'start')}`, blended[nth], spread)),
        rest.length ? line('note', `… and ${percent(100 * sum(rest.map((at) => weights[at])))} for the other ${some(rest.length, 'token', 'tokens')}`) : null, ...strip('The blend', mixed, spread),
        line('point', `All ${some(heads, 'head', 'heads')} of the layer do this. Their blends go through one more table of weights, and the result is added to the vector. This addition is called a residual connection.`),
        fold('Show the addition', ...added('before', before, attended, 'attention', 'after attention'))],
    },
    {
      title: 'The feed-forward layer works on the result',
      say: [`This part looks at one token by itself. It turns the ${width} numbers into ${hidden.length}, sets the negative ones to 0 and squares the others (squared ReLU). Another table turns them back into ${width} numbers, which are added to the vector.`],
      picture: [line('head', ['span', {}, `The ${hidden.length} numbers`], ' ', ['small', {}, `${active} above 0`]), cells(`${hidden.length} numbers, of which ${active} are above 0`, hidden), line('note', `The area of a square shows the number after squaring. The largest is number ${strongest + 1}: ${round(hidden[strongest])}² = ${round(hidden[strongest] ** 2)}.`),
        line('point', `Steps 3 to 6 take place in each of the ${some(layers, 'layer', 'layers')}, and each layer has weights of its own.`),
        fold('Show the addition', ...added('after attention', middle, fed, 'the feed-forward layer', `after ${where}`))],
    },
    {
      title: 'The vector is compared with every token',
      say: [`After layer ${layers}, the model multiplies the vector, number by number, by each token’s row in the table from step 2. The sum of the products is the token’s logit, its score for coming next.`],
      picture: [line('head', ['span', {}, 'The highest logits']), shares('The highest logits', logits.slice(0, ROWS).map(([, text, score]) => [shown(text, 'end'), '', score, round(score)]), Math.max(first[2], 1e-9)),
        line('head', ['span', {}, 'The likeliest next token if the model stopped after each layer']),
        shares('The likeliest token after each layer', trace.lens.map(([, text, share], at) => [`layer ${at + 1}`, shown(text, 'end'), share, percent(100 * share)])),
        fold('Show the calculation', ...strip(`The final vector of ${here}`, final, size([final])), ...strip(`The row of ${quoted(first[1], 'end')} in the table`, best, size([best])), products(final, best, (total) => [['logit', '', round(total)]]))],
    },
    {
      title: 'One token is drawn',
      say: ['Each logit is divided by the temperature, and softmax turns the results into odds. Then a random number picks the token.'],
      picture: [...drawn(trace, logits), line('point', last ? 'The token joins the text, and the model takes all of these steps again for the next one.' : `In your text, ${quoted(tokens[place + 1], 'start')} follows ${here}.`)],
    },
  ];
}
