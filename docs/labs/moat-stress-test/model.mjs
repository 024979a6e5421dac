// The moat stress test without a page: the content of the fallback's three tables, the evidence for a set of answers,
// and the brief as text. Nothing here touches the document, the clock or the network.

/** Answers, in the order in which they are offered. Addresses have their first letter, which is a capital for a hold with a proof. */
export const ANSWERS = ['holds', 'part', 'goes'];
export const ANSWER_NAMES = { holds: 'It would hold', part: 'In part, or not tested', goes: 'It would not hold' };
const LETTERS = { H: 'holds', h: 'holds', p: 'part', g: 'goes' };
/** The weight of a hold without a proof; with a proof it is 1, and for other answers 0. */
export const UNPROVEN = 0.5;
export const COUNTING = 'First answer each question in your own words, and then say whether your answer would hold up under that pressure. You get one point for “It would hold” if you note proof under it, and half a point if you don’t.';
export const NAME_LENGTH = 60;
export const NOTE_LENGTH = 160;
/** The row of the first table that applies if no kind is chosen; it cannot be chosen itself. */
export const ANY = 'Any company';

export const slug = (text) => text.toLowerCase().replace(/[^a-z0-9]+/g, '-').replace(/^-|-$/g, '');

/**
 * The three tables as rows of text cells, without their headers → kinds, questions and evidence.
 * Evidence rows keep `row`, their index, so that a view can show the cell itself with its links.
 * Throws if a row names a question, a kind or a side that does not exist.
 */
export function read({ kinds: kindRows, questions: questionRows, evidence: evidenceRows }) {
  const rows = kindRows.map(([name, better, cheaper, shipped]) => ({ id: slug(name), name, stress: { better, cheaper, shipped } }));
  const kinds = rows.filter(({ name }) => name !== ANY);
  const any = rows.find(({ name }) => name === ANY)?.stress ?? null;
  const questions = questionRows.map(([label, pressure, text, holds, goes, proof]) => ({ label, pressure, text, holds, goes, proof }));
  const evidence = evidenceRows.map(([question, names, side, text], row) => {
    const at = questions.findIndex(({ label }) => label === question);
    const of = names === 'all' ? null : names.split(',').map((name) => slug(name));
    const stranger = of?.find((id) => !kinds.some((kind) => kind.id === id));
    if (at < 0 || stranger || !['for', 'against'].includes(side)) throw new Error(`evidence row ${row + 1} names ${stranger ?? `${question} | ${side}`}`);
    return { question: at, kinds: of, side, text, row };
  });
  return { kinds, any, questions, evidence };
}

/** `proofs` says for each question whether the opened link says that a proof was noted; `notes` are typed here. */
export const empty = (test) => ({ kind: '', name: '', answers: test.questions.map(() => ''), notes: test.questions.map(() => ''), proofs: test.questions.map(() => false) });

/** Whether a question's answer is a hold with a proof: a note below it, or one that the sender of a link had. */
export const proven = (state, at) => state.answers[at] === 'holds' && (state.notes[at].trim() !== '' || state.proofs[at]);

/** `kind=agent&answers=Hpg-----&name=Acme`; unknown parts are ignored. Addresses never contain notes, only whether a hold has one. */
export function decode(test, text) {
  const given = new URLSearchParams(text);
  const kind = given.get('kind') ?? '';
  const letters = given.get('answers') ?? '';
  return {
    kind: test.kinds.some(({ id }) => id === kind) ? kind : '',
    name: (given.get('name') ?? '').slice(0, NAME_LENGTH),
    answers: test.questions.map((_, at) => LETTERS[letters[at]] ?? ''),
    notes: test.questions.map(() => ''),
    proofs: test.questions.map((_, at) => letters[at] === 'H'),
  };
}

/** The reverse of `decode`, without the notes; "" for an empty state. */
export function encode(state) {
  const parts = new URLSearchParams();
  if (state.kind) parts.set('kind', state.kind);
  if (state.answers.some(Boolean)) parts.set('answers', state.answers.map((answer, at) => (proven(state, at) ? 'H' : answer[0] ?? '-')).join(''));
  if (state.name) parts.set('name', state.name.slice(0, NAME_LENGTH));
  return parts.toString();
}

/** The evidence for one question that applies to a kind: first that about the kind, then that about all kinds. */
export function applicable(test, kind, question) {
  const own = test.evidence.filter((item) => item.question === question && item.kinds?.includes(kind));
  const general = test.evidence.filter((item) => item.question === question && item.kinds === null);
  const pick = (side) => [...own, ...general].filter((item) => item.side === side);
  return { for: pick('for'), against: pick('against') };
}

const list = (words) => (words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`);
const count = (number, one, many = one) => `${number} ${number === 1 ? one : many}`;
const named = (found) => list(found.map((pressure) => `“${pressure}”`));

/** The number of questions with a mark, and of all: {done, of}. */
export const progress = (test, state) => ({ done: state.answers.filter(Boolean).length, of: test.questions.length });

/** Whether a brief would have content: a mark or a note. */
export const isBlank = (state) => !state.answers.some(Boolean) && !state.notes.some((note) => note.trim());

/** The marks by pressure, in the order of the questions: {name, questions, answers, proofs, holds, proven, goes, marked}; `answers` are '' for open questions. */
export function byPressure(test, state) {
  return [...new Set(test.questions.map(({ pressure }) => pressure))].map((name) => {
    const at = test.questions.flatMap(({ pressure }, index) => (pressure === name ? [index] : []));
    const answers = at.map((index) => state.answers[index]);
    const proofs = at.map((index) => proven(state, index));
    const number = (answer) => answers.filter((given) => given === answer).length;
    return { name, questions: at.map((index) => test.questions[index]), answers, proofs, holds: number('holds'), proven: proofs.filter(Boolean).length, goes: number('goes'), marked: answers.filter(Boolean).length };
  });
}

/** How well a pressure's marks hold, with a hold without a proof as UNPROVEN; of two that are equal, the one with fewer “goes” is higher. */
const share = (item) => (item.proven + UNPROVEN * (item.holds - item.proven)) / item.marked - item.goes / item.marked / 100;

/** The names of pressures as one phrase. */
const under = (pressures) => named(pressures.map(({ name }) => name));

/**
 * The pressures under which least is shown to hold, and a finding about them. Nothing holds under a pressure only if each of its questions
 * was answered “goes”; “in part” and “not tested” are no finding. Otherwise the smallest share of holds, where one without a proof
 * counts half, then the largest of goes, and only where two pressures or more have marks and differ. There is no score: marks are the reader's own.
 */
export function weakest(test, state) {
  const all = byPressure(test, state);
  const marked = all.filter((item) => item.marked);
  const whole = all.filter((item) => item.marked === item.answers.length && !item.holds);
  const lost = whole.filter((item) => item.goes === item.marked);
  const unproven = whole.filter((item) => item.goes < item.marked);
  if (whole.length) return { pressures: lost.length ? lost : unproven, lost, unproven };
  const least = Math.min(...marked.map(share));
  const weak = marked.filter((item) => share(item) === least);
  return { pressures: weak.length < marked.length ? weak : [], lost, unproven };
}

/** A pressure's holds in words: “1 of 2 answers is “It would hold”, but it has no proof”. */
function shown({ holds, marked, proven: withProof }) {
  if (!holds) return marked === 1 ? 'the only answer isn’t “It would hold”' : `none of the ${marked} answers is “It would hold”`;
  const given = marked === 1 ? 'the only answer is' : `${holds} of ${marked} answers ${holds === 1 ? 'is' : 'are'}`;
  if (holds === 1) return `${given} “It would hold”, ${withProof ? 'and it has proof' : 'but it has no proof'}`;
  if (withProof === holds) return `${given} “It would hold”, and all of those have proof`;
  return `${given} “It would hold”, but ${withProof ? `only ${withProof} of those ${withProof === 1 ? 'has' : 'have'} proof` : 'none of those has proof'}`;
}

/** The findings from the marks, one sentence each, naming the weakest pressure. */
export function reading(test, state) {
  const { done, of } = progress(test, state);
  if (!done) return 'No questions answered yet.';
  const { pressures, lost, unproven } = weakest(test, state);
  const open = of - done ? ` ${count(of - done, 'question is', 'questions are')} unanswered.` : '';
  if (lost.length || unproven.length) return [lost.length ? `Nothing would hold under ${under(lost)}.` : '', unproven.length ? `Nothing has been shown to hold yet under ${under(unproven)}.` : ''].filter(Boolean).join(' ') + open;
  if (pressures.length) return `The company is weakest under ${under(pressures)}: ${pressures.map(shown).join('; ')}.${open}`;
  const marked = byPressure(test, state).filter((item) => item.marked);
  if (state.answers.every((answer) => answer === 'holds' || !answer)) {
    const withProof = state.answers.filter((_, at) => proven(state, at)).length;
    const rest = withProof ? `only ${withProof} of ${done} ${withProof === 1 ? 'has' : 'have'} proof, and an answer without proof gets half a point` : 'none has proof, so each gets half a point';
    return `Every answer is “It would hold”, ${withProof === done ? 'and each has proof' : `but ${rest}`}.${open}`;
  }
  return (marked.length > 1 ? 'All pressures with answers score the same.' : `Only ${under(marked)} has answers so far.`) + open;
}

/** What each pressure means for the kind, or for any company. */
export function meanings(test, state) {
  const stress = test.kinds.find(({ id }) => id === state.kind)?.stress ?? test.any;
  return stress ? [stress.better, stress.cheaper, stress.shipped] : [];
}

/** The brief as data: heading, reading, and for each question the answer, the proof that counts, the reader's note and at most one case for each side. */
export function brief(test, state) {
  const kind = test.kinds.find(({ id }) => id === state.kind);
  const items = test.questions.map((question, at) => {
    const found = applicable(test, state.kind, at);
    return { ...question, answer: state.answers[at], note: state.notes[at].trim(), proven: proven(state, at), said: said(question, state.answers[at], proven(state, at)), for: found.for[0] ?? null, against: found.against[0] ?? null };
  });
  return { title: `Moat stress test: ${state.name.trim() || (kind ? kind.name : 'no company named')}`, kind: kind ?? null, reading: reading(test, state), items };
}

function said(question, answer, withProof) {
  if (!answer) return 'Not answered';
  if (answer === 'part') return ANSWER_NAMES.part;
  return `${ANSWER_NAMES[answer]}${answer === 'holds' ? (withProof ? ', with proof' : ', without proof (half a point)') : ''}: ${question[answer]}`;
}

/** The line for the reader's proof; a link only says that there is one. */
export const proofLine = (item) => item.note || (item.proven ? SENT : '');

export const NO_CASE = { for: 'No checked case yet.', against: 'No checked case yet.' };
export const FILLED = 'A reader filled this in, and StarX has not checked the answers.';
export const SENT = 'noted by the person who sent the link (links don’t include notes)';
export const CAVEAT = 'Each case is a single event, so the cases don’t show how often something happens. Printed and copied summaries show only the first case on each side. This is not an offer, a solicitation or advice.';

/** The brief as plain text to paste. `address` is the page with this state, `date` a day as text. */
export function briefText(test, state, { address, date }) {
  const made = brief(test, state);
  const lines = [made.title, `${[made.kind?.name, date].filter(Boolean).join(', ')}. ${FILLED}`, '', made.reading];
  for (const item of made.items) {
    lines.push('', `${item.label}: ${item.text}`, item.said, `Accepted proof: ${item.proof}`, `Your proof: ${proofLine(item) || 'none noted'}`);
    for (const side of ['for', 'against']) lines.push(`${side === 'for' ? 'For' : 'Against'}: ${item[side]?.text ?? NO_CASE[side]}`);
  }
  return [...lines, '', CAVEAT, `Sources and all cases: ${address}`, ''].join('\n');
}
