// Values that the lines of the sum use besides the result.
import { count, money, percent, some } from '../../assets/js/lab/words.mjs';
import { ends, fine, fromTo, lower, months, of, parts, rate, soldOf, stepsIn, whoOf } from './model.mjs';

export const formats = { rate, months, fine };

/** A plan with the words of its lines. */
function told(r, v, plan) {
  const seat = v.billing === 'seat';
  const one = r.plans.length > 1 ? `${plan.name} ${soldOf(v)}` : seat || v.success === 100 ? soldOf(v) : `billed ${v.word}`;
  const paid = seat ? 1 - of(v.yearly, v.discount) / 100 : 1;
  const extra = seat && v.extra ? plan.income - plan.price * paid : 0;
  const sold = `${count(plan.seats)} seats × ${paid === 1 && !v.extra ? money(plan.price) : `(${[`${money(plan.price)}${paid === 1 ? '' : ` × ${percent(100 * paid)}`}`, v.extra && `${money(extra)} for extra use`].filter(Boolean).join(' + ')})`}`;
  return {
    one, revenue: plan.seats * plan.income, income_name: r.plans.length > 1 ? `revenue, ${plan.name}` : 'revenue',
    how: seat ? sold : `${percent(v.success)} of ${count(r.talks)} ${v.word}s × ${money(v.fee)}`, cost: plan.cost, left: plan.left, margin: plan.margin, name: plan.name, wanted: plan.wanted,
    alone: seat || of(plan.tasks, v.success) ? (plan.own + plan.shared) / (seat ? 1 : of(plan.tasks, v.success)) : null, extra, paid: paid === 1 ? 0 : 100 * paid, span: plan.range && fromTo(plan.range, money), low: plan.range?.[0] ?? null,
  };
}

export const more = (r, v) => {
  const { factor, least, year, each } = ends(v);
  return {
    who: whoOf(v), sold: soldOf(v), word: v.word, parts: parts(r, v).map(([{ name, note }, amount]) => ({ name: lower(name), note, amount })),
    told: r.plans.map((plan) => told(r, v, plan)), many: r.plans.length > 1, first_plan: r.plans.length > 1 ? `${r.plans[0].name} ${whoOf(v)}` : whoOf(v),
    further: v.steps - 1, measured: some(v.measured, 'user', 'users'), last: v.first + v.growth * (v.steps - 1), fresh: of(r.read, 100 - r.cached), saved: of(r.read, r.cached), stored: r.cached && v.write !== 1 ? v.write : 0,
    steps_one: stepsIn(v, 1), steps_two: stepsIn(v, 2), fall_two: v.fall ** 2, sign: r.slope > 0 ? '+' : '−', slant: Math.abs(r.slope), basis: Math.abs(r.base), heavy_extra: v.billing === 'seat' && v.extra ? 1 : 0,
    beyond: v.billing === 'seat' && v.extra > 0 && r.even > r.plans[0].included, tasks: r.plans[0].tasks, use_low: r.plans[0].tasks / factor, use_high: r.plans[0].tasks * factor, least, year, each_low: each[0], each_high: each[1],
    keeps: r.user_left > 0 && v.churn ? r.user_left / (v.churn / 100) : null,
  };
};
