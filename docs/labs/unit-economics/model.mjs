// What a seat earns: one product in one month. fieldguide/records/cases/unit_economics.py says the same, and a test compares the two.
// Names in parentheses are those of fieldguide/records/formulas/. USD are of a month, shares and margins are percent.
import { count, money, percent } from '../../assets/js/lab/words.mjs';

const PARTS = [
  ['Support', 'application'], ['Human review', 'application'], ['Model, paying users', 'model'], ['Model, free users', 'model'],
  ['Hosting', 'infrastructure'], ['Payment fees', null], ['Data licenses', null],
];
const NOTABLE = 4;
const YEARS = 3;

const of = (whole, share) => (whole * share) / 100; // percent_of
const perMillion = (tokens, price) => (tokens * price) / 1e6; // cost_per_million
const finite = (value) => (Number.isFinite(value) ? value : null);
const sum = (amounts) => amounts.reduce((made, one) => made + one, 0);
const lower = (text) => text[0].toLowerCase() + text.slice(1);
const upper = (text) => text[0].toUpperCase() + text.slice(1);

// agent_input_tokens; what is written beside it
const tokens = (v) => [v.steps * v.first + (v.growth * v.steps * (v.steps - 1)) / 2, v.steps * v.out];
// read_cost
const readCost = (read, cached, price, cachedPrice) => perMillion(read * (1 - cached / 100), price) + perMillion((read * cached) / 100, cachedPrice);
const listCost = (v, read, written) => readCost(read, v.cached, v.input_price, v.cached_price) + perMillion(written, v.output_price);
const lightCost = (v, read, written) => readCost(read, v.cached, v.light_input, v.light_input * (v.input_price ? Math.min(1, v.cached_price / v.input_price) : 1)) + perMillion(written, v.light_output);
const blend = (usual, other, share) => (usual * (100 - share) + other * share) / 100; // blended_cost

function eachCost(v) {
  const [read, written] = tokens(v);
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
const margin = (v) => marginOf(revenue(v), sum(costs(v, eachCost(v))));

/** The same product so many years on (grown), with prices and calls changed at their yearly rates, or one of them. */
function aged(v, years, prices = true, calls = true) {
  const less = prices ? v.fall ** years : 1;
  const cheaper = {};
  for (const key of ['input_price', 'output_price', 'cached_price', 'light_input', 'light_output']) cheaper[key] = v[key] / less;
  return { ...v, ...cheaper, steps: Math.max(1, calls ? v.steps * v.longer ** years : v.steps) };
}

const density = (x) => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/** The normal distribution up to x, by its series around 0. */
function normal(x) {
  if (Math.abs(x) > 8) return x > 0 ? 1 : 0;
  let term = x;
  let made = x;
  for (let at = 3; Math.abs(term) > 1e-17 && at < 400; at += 2) made += term *= (x * x) / at;
  return 0.5 + made * density(x);
}

/** Where it reaches p, by Newton's steps from 0, which never pass it. */
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
  const [read, written] = tokens(v);
  const each = eachCost(v);
  const income = revenue(v);
  const cost = costs(v, each);
  const talks = v.seats * v.tasks;
  const total = sum(cost);
  const units = v.billing === 'seat' ? v.seats : talks;
  const sold = v.billing === 'seat' ? units : of(talks, v.success);
  return {
    read, written, each, talks, free_talks: v.free_users * v.free_tasks, revenue: income, costs: cost, cost: total, left: income - total,
    margin: marginOf(income, total), units, user_cost: v.seats ? total / v.seats : null,
    wanted: sold && v.fees + v.target < 100 ? finite((total - cost[5]) / sold / (1 - v.fees / 100 - v.target / 100)) : null, // price_for_margin
    year_one: margin(aged(v, 1)), year_two: margin(aged(v, 2)), ...uneven(v, each, cost),
  };
}

export function problems(v) {
  if (!v.cached || v.cached_price <= v.input_price) return [];
  return [{ id: 'cached_price', message: `A token from the cache would cost more than a fresh one, ${money(v.input_price)} a million: lower it, or set the share from the cache to 0.` }];
}

function rate(value) {
  if (value === null) return 'none';
  return value < -999.5 ? 'below −999%' : percent(value);
}

export const headline = { key: 'margin', name: 'gross margin', say: rate, zero: 0 };

const soldOf = (v) => (v.billing === 'use' ? v.word : 'seat');
const whoOf = (v) => (v.billing === 'seat' ? 'seat' : 'customer');

export function sentence(r, v) {
  const sold = soldOf(v);
  if (r.margin === null) {
    if (money(r.cost) === '$0') return 'Nothing comes in, and nothing goes out.';
    return `Nothing comes in, and ${v.seats ? `a ${whoOf(v)} costs ${money(r.user_cost)}` : `${money(r.cost)} goes out`} a month.`;
  }
  const kept = money(Math.abs(r.left) / r.units);
  const part = percent(Math.abs(r.margin));
  const price = `At ${money(sold === 'seat' ? v.price : v.fee)} a ${sold}`;
  if (part === '0%') return `${price} you keep nothing: a ${sold} costs what it brings in.`;
  if (r.left > 0) {
    if (kept === '$0') return `${price} you keep a gross margin of ${part}.`;
    if (sold === 'seat' || v.success === 100) return `${price} you keep ${kept} of each: a gross margin of ${part}.`;
    return `A ${sold} brings in ${money(r.revenue / r.units)} on average, and you keep ${kept} of it: a gross margin of ${part}.`;
  }
  const more = r.cost < 10 * r.revenue ? `${part} more than it brings in` : `${count(r.cost / r.revenue)} times what it brings in`;
  return kept === '$0' ? `A ${sold} costs ${more}.` : `You lose ${kept} on each ${sold}: it costs ${more}.`;
}

const toned = (name, text, bad) => (bad ? { name, text, tone: 'bad' } : { name, text });
const loss = (value) => value !== null && value < 0;

export function readings(r, v) {
  const who = whoOf(v);
  const paid = who === 'customer' && v.success < 100 ? 'paid ' : '';
  return [
    toned('gross margin', rate(r.margin), loss(r.margin)),
    { name: `price of a ${paid}${soldOf(v)} for a margin of ${percent(v.target)}`, text: r.wanted === null ? 'none' : money(r.wanted) },
    toned(`margin on the heaviest tenth of ${who}s, ${count(r.heavy_tasks ?? 0)} ${v.word}s each`, rate(r.heavy_margin), loss(r.heavy_margin)),
    evenly(r, v),
  ];
}

function evenly(r, v) {
  const bySeat = v.billing === 'seat';
  const name = bySeat ? `${v.word}s a month that a seat pays for` : `${v.word}s a month from which a customer earns`;
  if (!v.seats || (bySeat ? r.base < 0 || r.even === 0 : r.slope <= 0)) return toned(name, 'none', v.seats > 0);
  return { name: `${name}; ${percent(r.losing)} of ${whoOf(v)}s hold ${bySeat ? 'more' : 'fewer'}`, text: r.even ? count(r.even) : 'any number' };
}

function line(name, how, value, unit = 'USD') {
  const say = { USD: money, '%': rate }[unit] ?? count;
  return { name, how, value, unit, text: value === null ? 'none' : say(value) };
}

function modelLines(r, v) {
  const steps = count(v.steps);
  const cached = v.cached ? ` + ${count(of(r.read, v.cached))} cached × ${money(v.cached_price)}` : '';
  const how = `${count(of(r.read, 100 - v.cached))} × ${money(v.input_price)}${cached} + ${count(r.written)} × ${money(v.output_price)}, per million tokens`;
  const light = v.light ? `; ${percent(v.light)} of calls at ${money(v.light_input)} and ${money(v.light_output)}` : '';
  const batch = v.batch ? `; ${percent(v.batch)} at ${percent(v.batch_price)} of the price` : '';
  const again = v.retries ? `; ${percent(v.retries)} made again` : '';
  return [
    line(`tokens read in a ${v.word}`, `${steps} × ${count(v.first)} + ${count(v.growth)} × ${steps} × ${count(v.steps - 1)} ÷ 2`, r.read, 'tokens'),
    line(`tokens written in a ${v.word}`, `${steps} × ${count(v.out)}`, r.written, 'tokens'),
    line(`one ${v.word}`, how + light + batch + again, r.each),
  ];
}

function notes(r, v) {
  const talks = `${count(r.talks)} ${v.word}s`;
  const each = money(r.each);
  const bought = v.data || !v.tools ? [`${money(v.data)} a ${whoOf(v)}`] : [];
  if (v.tools) bought.push(`${money(v.tools)} a ${v.word}`);
  return [
    'people who answer your own customers', `${percent(v.reviewed)} of ${talks} × ${money(v.review_cost)}`, `${talks} × ${each}`,
    `${count(r.free_talks)} ${v.word}s × ${v.tools ? `(${each} + ${money(v.tools)})` : each}`, 'servers, search index, logs', `${percent(v.fees)} of what is charged`, bought.join(' and '),
  ];
}

const names = (v) => PARTS.map(([name]) => (v.tools && name === 'Data licenses' ? 'Data and tools' : name));

export function lines(r, v) {
  const { word } = v;
  const who = whoOf(v);
  const bySeat = who === 'seat';
  const made = notes(r, v);
  const found = [
    ...modelLines(r, v),
    line('revenue', bySeat ? `${count(v.seats)} seats × ${money(v.price)}` : `${percent(v.success)} of ${count(r.talks)} ${word}s × ${money(v.fee)}`, r.revenue),
    ...names(v).map((name, at) => line(lower(name), made[at], r.costs[at])),
    line('cost of goods', 'sum of the seven lines', r.cost),
  ];
  if (v.seats) {
    found.push(line(`cost of goods of a ${who}`, `${money(r.cost)} ÷ ${count(v.seats)}`, r.user_cost));
    found.push(line(`left of a ${who} of the heaviest tenth`, `${money(r.base)} ${r.slope > 0 ? '+' : '−'} ${count(r.heavy_tasks)} × ${money(Math.abs(r.slope))}`, r.heavy_left));
  }
  if (r.even) found.push(line(`${word}s at which a ${who} leaves nothing`, `${money(Math.abs(r.base))} ÷ ${money(Math.abs(r.slope))}`, r.even, `${word}s`));
  if (r.wanted !== null) {
    const sales = bySeat ? r.units : of(r.talks, v.success);
    found.push(line(`price of a ${soldOf(v)} for a margin of ${percent(v.target)}`, `${money((r.cost - r.costs[5]) / sales)} ÷ (100% − ${percent(v.fees)} − ${percent(v.target)})`, r.wanted));
  }
  for (const [name, key, years] of [['gross margin in a year', 'year_one', 1], ['gross margin in two years', 'year_two', 2]]) {
    found.push(line(name, `token prices ÷ ${count(v.fall ** years)}, ${count(aged(v, years).steps)} calls`, r[key], '%'));
  }
  found.push(line('gross margin', r.revenue ? `(${money(r.revenue)} − ${money(r.cost)}) ÷ ${money(r.revenue)}` : 'nothing comes in', r.margin, '%'));
  return found;
}

export function charts(r, v, lab) {
  return [...(Math.max(r.revenue, r.cost) > 0 ? [stack(r, v)] : []), ...(r.margin === null ? [] : [tornado(r, v, lab), later(r, v)])];
}

// The figure cost-of-goods, live.
function stack(r, v) {
  const sold = soldOf(v);
  const whole = Math.max(r.revenue, r.cost);
  const each = r.units || 1;
  const made = notes(r, v);
  const shown = names(v).map((name, at) => [{ name, note: made[at], layer: PARTS[at][1], look: PARTS[at][1] ? 'solid' : 'chip' }, r.costs[at]]).filter(([, one]) => one);
  if (r.left > 0) shown.unshift([{ name: 'What you keep', note: 'before salaries, research and selling', layer: null, look: 'empty' }, r.left]);
  const stacks = [[`A ${sold}`, r.units], ['A month', 1]].filter(([, by]) => by).map(([name, by]) => ({ name, total: whole / by, values: shown.map(([, one]) => one / by) }));
  const model = money((r.costs[2] + r.costs[3]) / each);
  const one = r.units ? `a ${sold}` : 'a month';
  const brings = money(r.revenue / each);
  const goes = `the model takes ${model} and ${money(r.left / each)} is left`;
  let title = `${upper(one)} brings in ${brings} and costs ${money(r.cost / each)}, of which the model takes ${model}`;
  if (r.left > 0) title = sold === 'seat' ? `Of a ${brings} seat, ${goes}` : `Of the ${brings} that ${one} brings in, ${goes}`;
  return { title, context: 'What comes in or goes out, cut into lines by who is paid', scene: { kind: 'stacked', direction: 'down', parts: shown.map(([part]) => part), stacks, point: '' } };
}

// The figure margin-sensitivity, live.
function swings(v, lab) {
  const who = whoOf(v);
  const known = [
    [who === 'seat' ? 'price' : 'fee', `Price of a ${soldOf(v)}`], ['tasks', `${upper(v.word)}s a ${who}`], ['tokens', `Tokens a ${v.word}`], ['reviewed', 'Share reviewed by people'],
    ['hosting', 'Hosting'], ['support', 'Support'], ['free_users', 'Free users'], ['data', 'Data licenses'],
  ];
  const more = [
    ['success', 'Share that is paid'], ['cached', 'Share read from a cache'], ['light', 'Share of the cheaper model'], ['batch', 'Share sent as batch'],
    ['retries', 'Calls made again'], ['tools', `Bought for a ${v.word}`], ['fees', 'Payment fees'],
  ];
  const ends = Object.fromEntries(lab.groups.flatMap(({ inputs }) => inputs).map(({ id, low, high }) => [id, [low, high]]));
  const found = [...known, ...more].flatMap(([id, name], at) => {
    const keys = id === 'tokens' ? ['first', 'growth', 'out'] : [id];
    const [low, high] = [0.5, 1.5].map((factor) => margin({ ...v, ...Object.fromEntries(keys.map((key) => [key, Math.min(Math.max(v[key] * factor, ends[key][0]), ends[key][1])])) }));
    const width = Math.abs(high - low);
    return low !== null && high !== null && keys.some((key) => v[key]) && (at < known.length || width >= NOTABLE) ? [{ name, low, high, width }] : [];
  });
  return found.toSorted((one, other) => other.width - one.width);
}

const axis = (low, high, name, ticks, label) => ({ low, high, type: 'linear', name, ticks: ticks.map((at) => ({ at, label: label ?? rate(at) })) });

function tornado(r, v, lab) {
  const rows = swings(v, lab);
  const ends = [r.margin, ...rows.flatMap(({ low, high }) => [low, high])];
  const [low, high] = [Math.min(...ends), Math.max(...ends)];
  const first = rows.slice(0, 2).map(({ name }) => (/^(Price|Share)/.test(name) ? 'the ' : '') + lower(name));
  const marks = rows.map((row) => ({ name: row.name, note: '', label: '', marks: [row.low, row.high].map((value) => ({ value, basis: 'disclosed', name: '' })) }));
  return {
    title: first.length ? `Most of all the margin follows ${first.join(', then ')}` : 'Nothing moves this margin',
    context: 'Gross margin when one input falls or rises by half, all others held',
    scene: { kind: 'bars', x: axis(low, high, '', low <= 0 && high >= 0 ? [0] : [], '0%: nothing left'), groups: [{ name: '', layer: null, rows: marks }], key: {}, point: '', base: r.margin, looks: [rows.map(() => ['hatched', 'solid'])] },
  };
}

function later(r, v) {
  const every = [0];
  const series = [['both', 'both', true, null, true, true], ['prices', 'cheaper tokens alone', false, '6 4', true, false], ['calls', 'longer loops alone', false, '1.5 4', false, true]].map(([id, name, strong, dash, prices, calls]) => {
    const marks = Array.from({ length: YEARS + 1 }, (_, x) => ({ id: `${id}-${x}`, x, y: margin(aged(v, x, prices, calls)) ?? 0, basis: 'derived', name: '', label: '' }));
    marks[YEARS].label = rate(marks[YEARS].y);
    every.push(...marks.map(({ y }) => y));
    return { id, name, layer: null, strong, join: true, dash, curve: [], marks };
  });
  const [low, high] = [Math.min(...every), Math.max(...every)];
  let step = 10;
  for (let turn = 0; (high - low) / step > 5; turn += 1) step *= [2, 2.5, 2][turn % 3];
  const first = Math.floor(low / step);
  const last = Math.max(Math.ceil(high / step), first + 1);
  const ticks = Array.from({ length: last - first + 1 }, (_, at) => (first + at) * step);
  const x = { low: 0, high: YEARS, type: 'linear', name: 'years from now', ticks: Array.from({ length: YEARS + 1 }, (_, at) => ({ at, label: at ? String(at) : 'now' })) };
  const [now, then] = [rate(r.margin), rate(r.year_two)];
  return {
    title: `In two years the margin is ${then}, ${now === then ? 'as it is now' : `against ${now} now`}`,
    context: `Gross margin if token prices are divided by ${count(v.fall)} each year and the calls in a ${v.word} multiplied by ${count(v.longer)}`,
    scene: { kind: 'xy', panels: [{ title: '', x, y: axis(first * step, last * step, 'gross margin', ticks), series, rules: [], regions: [], said: [] }], key: {}, point: '' },
  };
}
