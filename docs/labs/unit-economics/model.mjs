// What to charge for a seat, and what it leaves: one product in one month.
// Names in parentheses are those of fieldguide/records/formulas/. USD are of a month, shares and margins are percent.
import { count, digits, money, percent } from '../../assets/js/lab/words.mjs';
import { above, excess, reach, spreadOf, topExcess } from './spread.mjs';

const NOTABLE = 4;
const FIGURE = 8; // the number of bars in the chapter's figure, which are always shown

export const of = (whole, share) => (whole * share) / 100; // percent_of
const perMillion = (tokens, price) => (tokens * price) / 1e6; // token_cost
const finite = (value) => (Number.isFinite(value) ? value : null);
const sum = (amounts) => amounts.reduce((made, one) => made + one, 0);
const total = (plans, key) => sum(plans.map((plan) => plan.seats * plan[key]));
export const lower = (text) => text[0].toLowerCase() + text.slice(1);
const upper = (text) => text[0].toUpperCase() + text.slice(1);

// One use ------------------------------------------------------------

const readBy = (v, steps) => steps * v.first + (v.growth * steps * (steps - 1)) / 2; // agent_input_tokens
const writtenBy = (v, steps) => steps * (v.out + v.reasoning);

/** The share of the input that comes from a cache: what the loop sends again (agent_resent_tokens), or the reader's own share. */
export function cachedBy(v, steps) {
  if (v.cache !== 'loop') return v.cache === 'own' ? v.cached : 0;
  const read = readBy(v, steps);
  return read ? (100 * (read - v.first - v.growth * (steps - 1))) / read : 0;
}

const storing = (v) => (v.cache === 'none' ? 1 : v.write);
// read_cost
const readCost = (read, cached, price, cachedPrice) => perMillion(read * (1 - cached / 100), price) + perMillion((read * cached) / 100, cachedPrice);
const blend = (usual, other, share) => (usual * (100 - share) + other * share) / 100; // blended_cost

function eachCost(v, steps = v.steps, cached = cachedBy(v, steps)) {
  const [read, written] = [readBy(v, steps), writtenBy(v, steps)];
  const cost = (input, output, kept) => readCost(read, cached, input * storing(v), kept) + perMillion(written, output);
  const discount = v.input_price ? Math.min(1, v.cached_price / v.input_price) : 1;
  const usual = blend(cost(v.input_price, v.output_price, v.cached_price), cost(v.light_input, v.light_output, v.light_input * discount), v.light);
  const once = blend(usual, of(usual, v.batch_price), v.batch);
  return once + of(once, v.retries);
}

// Plans ------------------------------------------------------------

const bySeat = (v) => v.billing === 'seat';

/** The plans that somebody pays for: one, or two when seats of a second one are sold. */
function paidPlans(v) {
  if (!bySeat(v)) return [{ name: 'Pro', price: v.fee, seats: v.seats, tasks: v.tasks, included: 0 }];
  const first = { name: 'Pro', price: v.price, seats: v.seats, tasks: v.tasks, included: v.extra && v.included };
  const second = { name: 'Team', price: v.price2, seats: v.seats2, tasks: v.tasks2, included: v.extra && v.included2 };
  return !v.seats2 ? [first] : v.seats ? [first, second] : [second];
}

/** What a seat of a plan brings in: the price, lower for those who pay by the year, and uses beyond the allowance. */
const paidShare = (v) => 1 - of(v.yearly, v.discount) / 100;
const extraOf = (v, { included, tasks }) => (v.extra ? v.extra * excess(included, tasks, spreadOf(v.heavy)) : 0);
const incomeOf = (v, plan) => (bySeat(v) ? plan.price * paidShare(v) + extraOf(v, plan) : of(plan.tasks, v.success) * v.fee);
const useCost = (v, each) => each + of(v.review_cost, v.reviewed) + v.tools;

/** What a seat of each plan costs and leaves; fixed costs and free users are shared equally by all seats that are paid for. */
function plansOf(v, each, plans = paidPlans(v)) {
  const seats = sum(plans.map((plan) => plan.seats));
  const shared = seats ? (v.support + v.hosting + v.free_users * v.free_tasks * (each + v.tools)) / seats : 0;
  const kept = 1 - v.fees / 100 - v.target / 100;
  return plans.map((plan) => {
    const income = incomeOf(v, plan);
    const own = v.support_seat + v.hosting_seat + v.data + plan.tasks * useCost(v, each);
    const cost = own + shared + of(income, v.fees);
    const sold = bySeat(v) ? paidShare(v) : of(plan.tasks, v.success);
    const needed = ((own + shared) / kept - (bySeat(v) ? extraOf(v, plan) : 0)) / sold; // price_for_margin
    return { ...plan, income, own, shared, cost, left: income - cost, margin: marginOf(income, cost), wanted: plan.seats && sold && kept > 1e-9 ? finite(Math.max(0, needed)) : null };
  });
}

/** What an average seat or customer leaves at the prices for the wanted margin; nothing where there is no such price. */
function leftAtWanted(v, plans) {
  const seats = sum(plans.map((plan) => plan.seats));
  if (!plans.every((plan) => plan.wanted !== null)) return null;
  const left = total(plans.map((plan) => {
    const income = bySeat(v) ? incomeOf(v, { ...plan, price: plan.wanted }) : of(plan.tasks, v.success) * plan.wanted;
    return { seats: plan.seats, left: income - of(income, v.fees) - plan.own - plan.shared };
  }), 'left') / seats;
  return Math.abs(left) < 1e-9 ? 0 : left;
}

const marginOf = (income, cost) => (income ? finite((100 * (income - cost)) / income) : null); // gross_margin

function costs(v, each) {
  const plans = paidPlans(v);
  const seats = sum(plans.map((plan) => plan.seats));
  const talks = total(plans, 'tasks');
  return [
    v.support + seats * v.support_seat, of(talks, v.reviewed) * v.review_cost, talks * each, v.free_users * v.free_tasks * (each + v.tools),
    v.hosting + seats * v.hosting_seat, of(revenue(v), v.fees), seats * v.data + talks * v.tools,
  ];
}

const revenue = (v) => sum(paidPlans(v).map((plan) => plan.seats * incomeOf(v, plan)));
const margin = (v, each = eachCost(v)) => marginOf(revenue(v), sum(costs(v, each)));

// Later, and how sure ------------------------------------------------------------

export const stepsIn = (v, years) => Math.max(1, v.steps * v.longer ** years); // grown

/** The margin after this many years, if token prices and steps change at their yearly rates. */
const marginIn = (v, years) => margin(v, eachCost(v, stepsIn(v, years)) / v.fall ** years);

/** The ends of the range: average use, the share from cache and what a use costs the model, from low to high. */
export function ends(v) {
  const factor = reach(spreadOf(v.heavy), v.measured); // mean_reach
  const now = cachedBy(v, v.steps);
  const least = Math.min(now, v.cache_low);
  const year = Math.sqrt(v.fall);
  const each = [eachCost(v) / Math.max(1, year), eachCost(v, v.steps, least) / Math.min(1, year)];
  return { factor, least, year, each };
}

const span = (values) => (values.includes(null) ? null : [Math.min(...values), Math.max(...values)]);

/** The lowest and the highest price of each plan, and margin, over the four corners of the range. */
function range(v) {
  const { factor, each } = ends(v);
  const corners = [1 / factor, factor].flatMap((times) => each.map((one) => {
    const trial = { ...v, tasks: v.tasks * times, tasks2: v.tasks2 * times };
    return [plansOf(trial, one).map(({ wanted }) => wanted), margin(trial, one)];
  }));
  return { prices: corners[0][0].map((_, at) => span(corners.map(([wanted]) => wanted[at]))), margins: span(corners.map(([, one]) => one)) };
}

/** Months until a seat has earned what it cost to win, if a share of seats is lost every month (payback_months); none if it never does. */
function payback(cost, left, churn) {
  if (left <= 0) return cost > 0 ? null : 0;
  const lost = churn / 100;
  return lost ? finite(Math.log1p((-cost * lost) / left) / Math.log1p(-lost)) : cost / left;
}

/** How uneven use is felt: what the heaviest tenth leaves, the uses that a price covers, and the users beyond them. */
function uneven(v, each, plan) {
  if (!plan.seats) return { base: null, slope: null, heavy_tasks: null, heavy_left: null, heavy_margin: null, even: null, losing: null };
  const kept = 1 - v.fees / 100;
  const spread = spreadOf(v.heavy);
  const base = (bySeat(v) ? plan.price * paidShare(v) * kept : 0) - (plan.shared + v.support_seat + v.hosting_seat + v.data);
  const slope = (bySeat(v) ? 0 : of(v.fee, v.success) * kept) - useCost(v, each);
  const metered = bySeat(v) && v.extra > 0;
  const bend = metered ? plan.included : Infinity;
  const after = slope + (metered ? v.extra * kept : 0);
  const many = (plan.tasks * v.heavy) / 10; // tenth_mean
  const paid = metered ? v.extra * topExcess(plan.included, plan.tasks, spread) : 0;
  const income = bySeat(v) ? plan.price * paidShare(v) + paid : of(v.fee, v.success) * many;
  const left = base + slope * many + paid * kept;
  const beyond = (level) => (level === Infinity ? 0 : above(level, plan.tasks, spread));
  /** The share of users in a stretch of use who cost more than they pay, where `at` is left at its start. */
  const losers = (from, to, at, rise) => {
    const root = rise ? from - at / rise : 0;
    if (!rise) return at < 0 ? beyond(from) - beyond(to) : 0;
    const [start, end] = rise < 0 ? [Math.max(from, root), to] : [from, Math.min(to, root)];
    return end > start ? beyond(start) - beyond(end) : 0;
  };
  const turn = metered ? base + slope * bend : 0;
  let losing = losers(0, bend, base, slope) + (metered ? losers(bend, Infinity, turn, after) : 0);
  if (losing < 1e-4) losing = 0;
  if (losing > 100 - 1e-4) losing = 100;
  return { base, slope, heavy_tasks: many, heavy_left: left, heavy_margin: income ? finite((100 * left) / income) : null, even: evenOf(base, slope, bend, turn, after, bySeat(v)), losing };
}

/** The uses at which a user leaves nothing (contribution_break_even). */
function evenOf(base, slope, bend, turn, after, seat) {
  if (slope < 0 && !seat) return null;
  const first = slope ? Math.max(0, base / -slope) : null;
  if (first === null || first <= bend) return finite(first);
  return after < 0 ? bend - turn / after : null;
}

// The whole ------------------------------------------------------------

export function work(v) {
  const each = eachCost(v);
  const income = revenue(v);
  const cost = costs(v, each);
  const plans = plansOf(v, each);
  const seats = sum(plans.map((plan) => plan.seats));
  const talks = total(plans, 'tasks');
  const all = sum(cost);
  const made = marginOf(income, all);
  const left = seats ? (income - all) / seats : null;
  const { prices, margins } = range(v);
  const wanted_left = leftAtWanted(v, plans);
  return {
    read: readBy(v, v.steps), written: writtenBy(v, v.steps), cached: cachedBy(v, v.steps), each, talks, seats, free_talks: v.free_users * v.free_tasks, revenue: income, costs: cost, cost: all, left: income - all,
    margin: made, shown: made === null ? null : Math.max(-100, made), units: bySeat(v) ? seats : talks, user_cost: seats ? all / seats : null, user_left: left,
    plans: plans.map((plan, at) => ({ ...plan, range: prices[at], ...uneven(v, each, plan) })), wanted: plans[0].wanted, prices: prices[0], margins,
    year_one: marginIn(v, 1), year_two: marginIn(v, 2), wanted_left, payback: left === null ? null : payback(v.cac, left, v.churn), payback_wanted: wanted_left === null ? null : payback(v.cac, wanted_left, v.churn), ...uneven(v, each, plans[0]),
  };
}

export function problems(v) {
  const cached = Math.max(cachedBy(v, v.steps), 0);
  if (!cached || v.cached_price <= v.input_price) return [];
  return [{ id: 'cached_price', message: `Higher than the input price of ${money(v.input_price)}: lower it, or serve no input from cache.` }];
}

// What it says ------------------------------------------------------------

export function rate(value) {
  if (value === null) return 'none';
  return value < -999.5 ? 'below −999%' : percent(value);
}

/** A small amount with three digits, so that a sum of many can be followed: $0.0348. */
export const fine = (value) => (Math.abs(value) < 0.995 && Math.abs(value) >= 5e-7 ? `${value < 0 ? '−' : ''}$${digits(Math.abs(value), 3)}` : money(value));

/** A price to quote: whole dollars from $10, two digits below. */
const quoted = (value) => money(value >= 9.95 ? Math.round(value) : Number(value.toPrecision(2)));

export const fromTo = ([low, high], say) => (say(low) === say(high) ? say(low) : `${say(low)} to ${say(high)}`);

// A margin has no lower end: curves show it down to −100%.
export const headline = { key: 'shown', name: 'gross margin', say: (value) => (value > -100 ? rate(value) : '−100% or less'), zero: 0 };

export const soldOf = (v) => (bySeat(v) ? 'seat' : v.word);
export const whoOf = (v) => (bySeat(v) ? 'seat' : 'customer');
const billedOf = (v) => (bySeat(v) || v.success === 100 ? soldOf(v) : `billed ${v.word}`);
const nameOf = (r, { name }, one) => (r.plans.length > 1 ? `${name} ${one}` : one);

/** The price to charge, in half a sentence; none where no price leaves such a margin. */
function advice(r, v) {
  const asked = r.plans.filter((plan) => plan.range).map((plan) => `${fromTo(plan.range, quoted)} per ${nameOf(r, plan, billedOf(v))}`);
  return asked.length ? `Charge ${asked.join(' and ')} for a margin of ${percent(v.target)}` : '';
}

/** What today's price leaves, in the other half. */
function today(r, v) {
  const many = r.plans.length > 1;
  const place = many ? 'your prices' : `at today’s ${money(r.plans[0].price)}`;
  const part = percent(Math.abs(r.margin));
  const left = many ? `${money(Math.abs(r.left))} a month` : `${money(Math.abs(r.left) / r.units)}${bySeat(v) ? '' : ` per ${v.word}`}`;
  if (part === '0%') return many ? 'your prices leave nothing' : `${place}, you keep nothing`;
  const around = r.margins ? ` (${fromTo(r.margins, rate)})` : '';
  const loser = r.plans.find((plan) => plan.left < 0);
  if (r.left > 0) return many ? `your prices leave ${left}, a margin of ${part}${around}${loser ? `, but ${loser.name} loses ${money(-loser.left)} per seat` : ''}` : `${place}, you keep ${left}, a margin of ${part}${around}`;
  const loss = r.cost < 10 * r.revenue ? `or ${part} of revenue` : `with costs of ${count(r.cost / r.revenue)} times revenue`;
  return many ? `your prices lose ${left}` : `${place}, you lose ${left}, ${loss}`;
}

export function sentence(r, v) {
  const advised = advice(r, v);
  if (r.margin === null) {
    if (money(r.cost) === '$0') return 'There is no revenue and no cost.';
    const cost = r.seats ? `a ${whoOf(v)} costs ${money(r.user_cost)} a month` : `costs are ${money(r.cost)} a month`;
    return advised ? `${advised}; without revenue, ${cost}.` : `There is no revenue, and ${cost}.`;
  }
  const now = today(r, v);
  return advised ? `${advised}; ${now}.` : `${upper(now)}; no price leaves a margin of ${percent(v.target)} after fees of ${percent(v.fees)}.`;
}

const toned = (name, text, bad) => (bad ? { name, text, tone: 'bad' } : { name, text });

export function months(value) {
  if (value === null) return 'never';
  const said = count(value < 100 ? Number(value.toPrecision(2)) : value);
  return `${said} month${said === '1' ? '' : 's'}`;
}

/** At which prices a seat earns back its acquisition cost: today's, and those for the wanted margin. */
function earnedAt(r, v) {
  const [only, more] = r.plans;
  const now = more ? 'your prices' : `today’s price of ${money(bySeat(v) ? only.price : v.fee)}`;
  const never = r.payback === null && r.user_left > 0 ? `, where it leaves ${money(r.user_left / (v.churn / 100))} in all before it churns` : '';
  return `at ${now}${never}${r.wanted_left === null ? '' : `; at ${more ? `the prices for ${percent(v.target)}` : money(r.wanted)}: ${months(r.payback_wanted)}`}`;
}

export function readings(r, v) {
  const who = nameOf(r, r.plans[0], whoOf(v));
  return [
    { name: `per ${nameOf(r, r.plans[0], billedOf(v))}${r.prices ? `, or ${money(r.wanted)} with the numbers entered,` : ''} for a margin of ${percent(v.target)}`, text: r.prices ? fromTo(r.prices, quoted) : 'none' },
    toned(`margin on the heaviest 10% of ${who}s, ${count(r.heavy_tasks ?? 0)} ${v.word}s each`, rate(r.heavy_margin), r.heavy_margin < 0),
    toned(`until a ${whoOf(v)} earns back its acquisition cost of ${money(v.cac)} ${earnedAt(r, v)}`, r.seats ? months(r.payback) : 'none', r.seats > 0 && r.payback === null),
  ];
}

/** The lines of the cost of goods, from the top of the stack down: name, how it is calculated, amount, layer and who is paid. */
export function parts(r, v) {
  const talks = `${count(r.talks)} ${v.word}s`;
  const each = fine(r.each);
  const who = whoOf(v);
  const bought = v.data || !v.tools ? [`${money(v.data)} per ${who}`] : [];
  if (v.tools) bought.push(`${money(v.tools)} per ${v.word}`);
  const perSeat = (one, fixed, otherwise) => [one && `${money(one)} per ${who}`, fixed && `${money(fixed)} a month`].filter(Boolean).join(' and ') || otherwise;
  return [
    ['Support', perSeat(v.support_seat, v.support, 'people who help your customers'), 'application', 'your own people'], ['Human review', `${percent(v.reviewed)} of ${talks} × ${money(v.review_cost)}`, 'application', 'your own people'],
    ['Model, paying users', `${talks} × ${each}`, 'model', 'model provider'], ['Model, free users', `${count(r.free_talks)} ${v.word}s × ${v.tools ? `(${each} + ${money(v.tools)})` : each}`, 'model', 'model provider'],
    ['Hosting', perSeat(v.hosting_seat, v.hosting, 'servers, search index, logs'), 'infrastructure', 'hosting provider'], ['Payment fees', `${percent(v.fees)} of the price`, null, 'other suppliers'],
    [v.tools ? 'Data and tools' : 'Data licenses', bought.join(' and '), null, 'other suppliers'],
  ].map(([name, note, layer, group], at) => [{ name, note, layer, look: layer ? 'solid' : 'chip', group }, r.costs[at]]);
}

// What it draws ------------------------------------------------------------

export function charts(r, v, lab) {
  return [
    ...(r.plans.length > 1 ? [sideBySide(r, v, lab)] : []), ...(Math.max(r.revenue, r.cost) > 0 ? [stack(r, v, lab)] : []), ...(r.margin === null ? [] : [tornado(r, v, lab), later(r, v)]),
  ];
}

const cents = (amount) => money(amount).replace(/^(−?\$\d{1,3})$/, '$1.00');
const keptPart = (words) => ({ name: 'What you keep', note: words.kept, layer: null, look: 'empty', group: 'gross margin', strong: true });

// The figure cost-of-goods, live.
function stack(r, v, { words }) {
  const sold = soldOf(v);
  const whole = Math.max(r.revenue, r.cost);
  const each = r.units || 1;
  const one = r.units ? `a ${sold}` : 'a month';
  const left = r.left > 0;
  const shown = parts(r, v).filter(([, amount]) => amount);
  if (left) shown.unshift([keptPart(words), r.left]);
  return {
    title: `Of the ${money(whole / each)} that ${one} ${left ? 'brings in' : 'costs'}, the model takes ${money((r.costs[2] + r.costs[3]) / each)}${left ? ` and ${money(r.left / each)} is left` : ''}`,
    context: words.stack,
    scene: {
      kind: 'stacked', direction: 'down', parts: shown.map(([part, amount]) => ({ ...part, cells: [cents(amount / each), percent((100 * amount) / whole)] })),
      stacks: [{ name: upper(one), total: whole / each, values: shown.map(([, amount]) => amount / each), words: [money(whole / each)] }], point: '', heads: [one, left ? 'of revenue' : 'of cost'],
    },
  };
}

/** The plans beside each other: a seat of each, a free user, and all of them in a month. */
function sideBySide(r, v, { words }) {
  const fixed = (amount) => amount / r.seats;
  const free = v.free_tasks * (r.each + v.tools);
  const aSeat = (plan) => [
    Math.max(0, plan.left), v.support_seat + fixed(v.support), plan.tasks * of(v.review_cost, v.reviewed), plan.tasks * r.each, fixed(r.costs[3]), v.hosting_seat + fixed(v.hosting), of(plan.income, v.fees), v.data + plan.tasks * v.tools,
  ];
  const says = (plan) => (plan.margin === null ? 'brings in nothing' : `${plan.left < 0 ? 'loses' : 'keeps'} ${rate(Math.abs(plan.margin))}${plan.wanted === null ? '' : `; ${money(plan.wanted)} for ${percent(v.target)}`}`);
  const columns = [
    ...(v.free_users ? [{ name: 'Free', words: [`Free, ${count(v.free_users)} users`, `costs ${money(free)} each`], total: free, values: [0, 0, 0, 0, free, 0, 0, 0] }] : []),
    ...r.plans.map((plan) => ({ name: plan.name, words: [`${plan.name}, ${count(plan.seats)} × ${money(plan.price)}`, says(plan)], total: Math.max(plan.income, plan.cost), values: aSeat(plan) })),
    { name: 'All', words: ['All plans in a month', r.margin === null ? '' : `${r.left < 0 ? 'lose' : 'keep'} ${rate(Math.abs(r.margin))} of ${money(r.revenue)}`], total: Math.max(r.revenue, r.cost), values: [Math.max(0, r.left), ...r.costs] },
  ];
  const rows = [[keptPart({}), 0], ...parts(r, v)].map(([{ name, layer, look, strong }], at) => ({ name: name.replace('paying users', 'paid plans').replace('free users', 'free plan'), layer, look, strong, cells: columns.map(({ name: plan, values }) => (values[at] ? (plan === 'All' ? money : cents)(values[at]) : '')) }));
  const some = rows.map(({ cells }) => cells.some(Boolean));
  return {
    title: r.plans.map((plan) => `${plan.name} ${plan.left < 0 ? 'loses' : 'keeps'} ${money(Math.abs(plan.left))} per seat`).join(', and '), context: words.plans,
    scene: {
      kind: 'stacked', direction: 'across', parts: rows.filter((_, at) => some[at]), heads: columns.map(({ name }) => name), point: '',
      stacks: columns.map(({ values, ...column }) => ({ ...column, values: values.filter((_, at) => some[at]) })),
    },
  };
}

/** Bars in rows of {name, label, values, looks}; the scale fits them. */
function bars(rows, low, base, more) {
  const values = rows.flatMap((row) => row.values);
  const [start, end] = [Math.min(low, ...values), Math.max(low, ...values)];
  return {
    kind: 'bars', x: { low: start, high: end, type: 'linear', name: '', ticks: start <= 0 && end >= 0 ? [{ at: 0, label: '0%: break-even' }] : [] },
    groups: [{ name: '', layer: null, rows: rows.map(({ name, values: shown, label = '' }) => ({ name, note: '', label, marks: shown.map((value) => ({ value, basis: 'disclosed', name: '', ...(!label && { label: rate(value) }) })) })) }], key: {}, point: '', base, looks: [rows.map(({ looks }) => looks)], ...more,
  };
}

/** Inputs that a bar changes together, where it is not the one of its name. */
const TOGETHER = { tokens: ['first', 'growth', 'out', 'reasoning'], price: ['price', 'price2'], tasks: ['tasks', 'tasks2'], hosting: ['hosting', 'hosting_seat'], support: ['support', 'support_seat'] };

// The figure margin-sensitivity, live.
export function swings(v, lab) {
  const given = { sold: soldOf(v), who: whoOf(v), word: v.word };
  const other = bySeat(v) ? 'fee' : 'price';
  const limits = Object.fromEntries(lab.groups.flatMap(({ inputs }) => inputs).map((input) => [input.id, input]));
  return Object.entries(lab.words.bars).filter(([id]) => id !== other).flatMap(([id, text], at) => {
    const keys = TOGETHER[id] ?? [id];
    const values = [0.5, 1.5].map((factor) => margin({ ...v, ...Object.fromEntries(keys.map((key) => [key, Math.min(Math.max(v[key] * factor, limits[key].low), limits[key].high)])) }));
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
  const rows = [['now', r.margin], ['in a year', r.year_one], ['in two years', r.year_two], ['two years, prices only', margin(v, r.each / v.fall ** 2)], ['two years, steps only', margin(v, eachCost(v, stepsIn(v, 2)))]];
  return {
    title: `In two years, the margin is ${then}, ${now === then ? 'the same as now' : `compared with ${now} now`}`,
    context: `Gross margin if, each year, token prices are divided by ${count(v.fall)} and steps are multiplied by ${count(v.longer)}`,
    scene: bars(rows.map(([name, value], at) => ({ name, label: rate(value), values: [value ?? 0], looks: [at < 3 ? 'solid' : 'hatched'] })), 0, null),
  };
}
