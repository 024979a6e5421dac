// What a seat earns: one product in one month.
// Names in parentheses are those of fieldguide/records/formulas/. USD are of a month, shares and margins are percent.
import { count, money, percent } from '../../assets/js/lab/words.mjs';

const NOTABLE = 4;
const FIGURE = 8; // the number of bars in the chapter's figure, which are always shown

export const of = (whole, share) => (whole * share) / 100; // percent_of
const perMillion = (tokens, price) => (tokens * price) / 1e6; // token_cost
const finite = (value) => (Number.isFinite(value) ? value : null);
const sum = (amounts) => amounts.reduce((made, one) => made + one, 0);
export const lower = (text) => text[0].toLowerCase() + text.slice(1);
const upper = (text) => text[0].toUpperCase() + text.slice(1);

const readBy = (v, steps) => steps * v.first + (v.growth * steps * (steps - 1)) / 2; // agent_input_tokens
// read_cost
const readCost = (read, cached, price, cachedPrice) => perMillion(read * (1 - cached / 100), price) + perMillion((read * cached) / 100, cachedPrice);
const listCost = (v, read, written) => readCost(read, v.cached, v.input_price, v.cached_price) + perMillion(written, v.output_price);
const lightCost = (v, read, written) => readCost(read, v.cached, v.light_input, v.light_input * (v.input_price ? Math.min(1, v.cached_price / v.input_price) : 1)) + perMillion(written, v.light_output);
const blend = (usual, other, share) => (usual * (100 - share) + other * share) / 100; // blended_cost

function eachCost(v, steps = v.steps) {
  const [read, written] = [readBy(v, steps), steps * v.out];
  const usual = blend(listCost(v, read, written), lightCost(v, read, written), v.light);
  const once = blend(usual, of(usual, v.batch_price), v.batch);
  return once + of(once, v.retries);
}

const revenue = (v) => (v.billing === 'seat' ? v.seats * v.price : of(v.seats * v.tasks, v.success) * v.fee);

function costs(v, each) {
  const talks = v.seats * v.tasks;
  const free = v.free_users * v.free_tasks;
  return [
    v.support, of(talks, v.reviewed) * v.review_cost, talks * each, free * (each + v.tools), v.hosting, of(revenue(v), v.fees),
    v.seats * v.data + talks * v.tools,
  ];
}

const marginOf = (income, cost) => (income ? finite((100 * (income - cost)) / income) : null); // gross_margin
const margin = (v, each = eachCost(v)) => marginOf(revenue(v), sum(costs(v, each)));

export const stepsIn = (v, years) => Math.max(1, v.steps * v.longer ** years); // grown

/** The margin after this many years, if token prices and calls change at their yearly rates. */
const marginIn = (v, years) => margin(v, eachCost(v, stepsIn(v, years)) / v.fall ** years);

const density = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The normal distribution up to x, by its series around 0. */
function normal(x) {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let term = x;
  let made = x;
  for (let at = 3; Math.abs(term) > 1e-17 && at < 400; at += 2) made += term *= (x * x) / at;
  return 0.5 + made * density(x);
}

/** Where it reaches p, by Newton's method from 0, which never overshoots. */
function quantile(p) {
  let x = 0;
  for (let step = 1, turn = 0; Math.abs(step) > 1e-15 && turn < 60; turn += 1) x += step = (p - normal(x)) / density(x);
  return x;
}

const TENTH = quantile(0.1);
const spreadOf = (share) => quantile(share / 100) - TENTH; // lognormal_spread

// lognormal_above
function aboveOf(level, mean, spread) {
  if (level <= 0 || mean <= 0) return mean > 0 ? 100 : 0;
  if (spread < 1e-6) return mean > level ? 100 : 0;
  return 100 * normal((Math.log(mean / level) - (spread * spread) / 2) / spread);
}

function uneven(v, each, cost) {
  if (!v.seats) return { base: null, slope: null, heavy_tasks: null, heavy_left: null, heavy_margin: null, even: null, losing: null };
  const bySeat = v.billing === 'seat';
  const kept = 1 - v.fees / 100;
  const paid = bySeat ? 0 : of(v.fee, v.success);
  const base = (bySeat ? v.price * kept : 0) - ((cost[0] + cost[3] + cost[4]) / v.seats + v.data);
  const slope = paid * kept - (each + of(v.review_cost, v.reviewed) + v.tools);
  const many = (v.tasks * v.heavy) / 10; // tenth_mean
  const income = bySeat ? v.price : paid * many;
  const left = base + slope * many;
  const even = slope ? finite(Math.max(0, base / -slope)) : null; // contribution_break_even
  const above = even === null ? 0 : aboveOf(even, v.tasks, spreadOf(v.heavy));
  let losing = slope < 0 ? above : 0;
  if (base < 0) losing = slope > 0 ? 100 - above : 100;
  if (losing < 1e-4) losing = 0;
  if (losing > 100 - 1e-4) losing = 100;
  return {
    base, slope, heavy_tasks: many, heavy_left: left, heavy_margin: income ? finite((100 * left) / income) : null,
    even: slope < 0 && !bySeat ? null : even, losing,
  };
}

export function work(v) {
  const each = eachCost(v);
  const income = revenue(v);
  const cost = costs(v, each);
  const talks = v.seats * v.tasks;
  const total = sum(cost);
  const made = marginOf(income, total);
  const units = v.billing === 'seat' ? v.seats : talks;
  const sold = v.billing === 'seat' ? units : of(talks, v.success);
  return {
    read: readBy(v, v.steps), written: v.steps * v.out, each, talks, free_talks: v.free_users * v.free_tasks, revenue: income, costs: cost, cost: total, left: income - total,
    margin: made, shown: made === null ? null : Math.max(-100, made), units, user_cost: v.seats ? total / v.seats : null,
    wanted: sold && v.fees + v.target < 100 ? finite((total - cost[5]) / sold / (1 - v.fees / 100 - v.target / 100)) : null, // price_for_margin
    year_one: marginIn(v, 1), year_two: marginIn(v, 2), ...uneven(v, each, cost),
  };
}

export function problems(v) {
  if (!v.cached || v.cached_price <= v.input_price) return [];
  return [{ id: 'cached_price', message: `Higher than the input price of ${money(v.input_price)}: lower it, or serve no input from cache.` }];
}

export function rate(value) {
  if (value === null) return 'none';
  return value < -999.5 ? 'below −999%' : percent(value);
}

// A margin has no lower end: curves show it down to −100%.
export const headline = { key: 'shown', name: 'gross margin', say: (value) => (value > -100 ? rate(value) : '−100% or less'), zero: 0 };

export const soldOf = (v) => (v.billing === 'use' ? v.word : 'seat');
export const whoOf = (v) => (v.billing === 'seat' ? 'seat' : 'customer');

export function sentence(r, v) {
  const sold = soldOf(v);
  if (r.margin === null) {
    if (money(r.cost) === '$0') return 'There is no revenue and no cost.';
    return `There is no revenue, and ${v.seats ? `a ${whoOf(v)} costs ${money(r.user_cost)}` : `costs are ${money(r.cost)}`} a month.`;
  }
  const left = money(Math.abs(r.left) / r.units);
  const kept = left === '$0' ? 'almost nothing' : left;
  const part = percent(Math.abs(r.margin));
  const price = `At ${money(sold === 'seat' ? v.price : v.fee)} per ${sold}`;
  if (part === '0%') return `${price}, you keep nothing, because each ${sold} costs as much as it brings in.`;
  if (r.left > 0) {
    if (sold === 'seat' || v.success === 100) return `${price}, you keep ${kept}, which is a gross margin of ${part}.`;
    return `A ${sold} brings in ${money(r.revenue / r.units)} on average, and you keep ${kept} of it, which is a gross margin of ${part}.`;
  }
  const more = r.cost < 10 * r.revenue ? `${part} more than it brings in` : `${count(r.cost / r.revenue)} times what it brings in`;
  return `You lose ${kept} on each ${sold}, because it costs ${more}.`;
}

const toned = (name, text, bad) => (bad ? { name, text, tone: 'bad' } : { name, text });

export function readings(r, v) {
  const who = whoOf(v);
  const paid = who === 'customer' && v.success < 100 ? 'paid ' : '';
  return [
    toned('gross margin', rate(r.margin), r.margin < 0),
    { name: `price per ${paid}${soldOf(v)} for a margin of ${percent(v.target)}`, text: r.wanted === null ? 'none' : money(r.wanted) },
    toned(`margin on the heaviest 10% of ${who}s, ${count(r.heavy_tasks ?? 0)} ${v.word}s each`, rate(r.heavy_margin), r.heavy_margin < 0),
    evenly(r, v),
  ];
}

function evenly(r, v) {
  const bySeat = v.billing === 'seat';
  const name = bySeat ? `${v.word}s a month that the seat price covers` : `${v.word}s a month above which a customer is profitable`;
  if (!v.seats || (bySeat ? r.base < 0 || r.even === 0 : r.slope <= 0)) return toned(name, 'none', v.seats > 0);
  return { name: `${name}; ${percent(r.losing)} of ${whoOf(v)}s have ${bySeat ? 'more' : 'fewer'}`, text: r.even ? count(r.even) : 'any number' };
}

/** The lines of the cost of goods, from the top of the stack down: name, how it is calculated, amount, layer and who is paid. */
export function parts(r, v) {
  const talks = `${count(r.talks)} ${v.word}s`;
  const each = money(r.each);
  const bought = v.data || !v.tools ? [`${money(v.data)} per ${whoOf(v)}`] : [];
  if (v.tools) bought.push(`${money(v.tools)} per ${v.word}`);
  return [
    ['Support', 'people who help your customers', 'application', 'your own people'], ['Human review', `${percent(v.reviewed)} of ${talks} × ${money(v.review_cost)}`, 'application', 'your own people'],
    ['Model, paying users', `${talks} × ${each}`, 'model', 'model provider'], ['Model, free users', `${count(r.free_talks)} ${v.word}s × ${v.tools ? `(${each} + ${money(v.tools)})` : each}`, 'model', 'model provider'],
    ['Hosting', 'servers, search index, logs', 'infrastructure', 'hosting provider'], ['Payment fees', `${percent(v.fees)} of the price`, null, 'other suppliers'],
    [v.tools ? 'Data and tools' : 'Data licenses', bought.join(' and '), null, 'other suppliers'],
  ].map(([name, note, layer, group], at) => [{ name, note, layer, look: layer ? 'solid' : 'chip', group }, r.costs[at]]);
}

export function charts(r, v, lab) {
  return [...(Math.max(r.revenue, r.cost) > 0 ? [stack(r, v, lab)] : []), ...(r.margin === null ? [] : [tornado(r, v, lab), later(r, v)])];
}

// The figure cost-of-goods, live.
function stack(r, v, { words }) {
  const sold = soldOf(v);
  const whole = Math.max(r.revenue, r.cost);
  const each = r.units || 1;
  const one = r.units ? `a ${sold}` : 'a month';
  const left = r.left > 0;
  const shown = parts(r, v).filter(([, amount]) => amount);
  if (left) shown.unshift([{ name: 'What you keep', note: words.kept, layer: null, look: 'empty', group: 'gross margin', strong: true }, r.left]);
  return {
    title: `Of the ${money(whole / each)} that ${one} ${left ? 'brings in' : 'costs'}, the model takes ${money((r.costs[2] + r.costs[3]) / each)}${left ? ` and ${money(r.left / each)} is left` : ''}`,
    context: words.stack,
    scene: {
      kind: 'stacked', direction: 'down', parts: shown.map(([part, amount]) => ({ ...part, cells: [money(amount / each).replace(/^\$\d{1,3}$/, '$&.00'), percent((100 * amount) / whole)] })),
      stacks: [{ name: upper(one), total: whole / each, values: shown.map(([, amount]) => amount / each), words: [money(whole / each)] }], point: '', heads: [one, left ? 'of revenue' : 'of cost'],
    },
  };
}

/** Bars in rows of {name, label, values, looks}; the scale fits them. */
function bars(rows, low, base, more) {
  const ends = rows.flatMap(({ values }) => values);
  const [start, end] = [Math.min(low, ...ends), Math.max(low, ...ends)];
  return {
    kind: 'bars', x: { low: start, high: end, type: 'linear', name: '', ticks: start <= 0 && end >= 0 ? [{ at: 0, label: '0%: break-even' }] : [] },
    groups: [{ name: '', layer: null, rows: rows.map(({ name, values, label = '' }) => ({ name, note: '', label, marks: values.map((value) => ({ value, basis: 'disclosed', name: '', ...(!label && { label: rate(value) }) })) })) }], key: {}, point: '', base, looks: [rows.map(({ looks }) => looks)], ...more,
  };
}

// The figure margin-sensitivity, live.
export function swings(v, lab) {
  const given = { sold: soldOf(v), who: whoOf(v), word: v.word };
  const other = v.billing === 'seat' ? 'fee' : 'price';
  const ends = Object.fromEntries(lab.groups.flatMap(({ inputs }) => inputs).map((input) => [input.id, input]));
  return Object.entries(lab.words.bars).filter(([id]) => id !== other).flatMap(([id, text], at) => {
    const keys = id === 'tokens' ? ['first', 'growth', 'out'] : [id];
    const values = [0.5, 1.5].map((factor) => margin({ ...v, ...Object.fromEntries(keys.map((key) => [key, Math.min(Math.max(v[key] * factor, ends[key].low), ends[key].high)])) }));
    const width = Math.abs(values[1] - values[0]);
    const name = upper(text.replace(/\{(\w+)\}/g, (_, place) => given[place]));
    return !values.includes(null) && keys.some((key) => v[key]) && (at < FIGURE || width >= NOTABLE) ? [{ id, name, values, width, looks: ['hatched', 'solid'] }] : [];
  }).toSorted((one, two) => two.width - one.width);
}

function tornado(r, v, lab) {
  const rows = swings(v, lab);
  const first = rows.slice(0, 2).map(({ name }) => (/^(Price|Share)/.test(name) ? 'the ' : '') + lower(name));
  return {
    title: `The margin depends most on ${first.join(', then on ')}`, context: lab.words.tornado,
    scene: bars(rows, r.margin, r.margin, { line: { at: r.margin, label: `base ${rate(r.margin)}` }, swatches: [{ look: 'hatched', name: 'input 50% lower' }, { look: 'solid', name: '50% higher' }] }),
  };
}

function later(r, v) {
  const [now, then] = [rate(r.margin), rate(r.year_two)];
  const rows = [['now', r.margin], ['in a year', r.year_one], ['in two years', r.year_two], ['two years, prices only', margin(v, r.each / v.fall ** 2)], ['two years, calls only', margin(v, eachCost(v, stepsIn(v, 2)))]];
  return {
    title: `In two years, the margin is ${then}, ${now === then ? 'the same as now' : `compared with ${now} now`}`,
    context: `Gross margin if, each year, token prices are divided by ${count(v.fall)} and calls are multiplied by ${count(v.longer)}`,
    scene: bars(rows.map(([name, value], at) => ({ name, label: rate(value), values: [value ?? 0], looks: [at < 3 ? 'solid' : 'hatched'] })), 0, null),
  };
}
