// Byte-pair encoding by the guide's merges, as fieldguide/text/bytepair.py does it; a test compares the two. Pure: no page, no network.
// Ids 0–255 are single bytes, 256 is the end of a text, and 257 + k is the result of merge k.

export const END = 256;
export const FIRST = 257;
export const MERGES = 1791;
const PIECE = / ?[A-Za-z\x80-\u{10FFFF}]+| ?[0-9]| ?[^ 0-9A-Za-z\x80-\u{10FFFF}]+| /gu;
const KEPT = 20000;
const SHARED = 2000;

const utf8 = new TextEncoder();
const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const lenient = new TextDecoder('utf-8', { ignoreBOM: true });

/** The merges of a file's text, in order. Throws an error that names the line. */
export function read(text) {
  const pairs = [];
  text.split('\n').forEach((line, at) => {
    if (!line || line.startsWith('#')) return;
    const found = /^(\d{1,6}) (\d{1,6})$/.exec(line);
    if (!found) throw new Error(`line ${at + 1} of the merges is not two ids`);
    const [left, right] = [Number(found[1]), Number(found[2])];
    if (left === END || right === END || Math.max(left, right) >= FIRST + pairs.length) throw new Error(`line ${at + 1} of the merges joins what is not made yet`);
    pairs.push([left, right]);
  });
  if (pairs.length !== MERGES || !text.endsWith('\n')) throw new Error(`the merges are cut short or too long: ${pairs.length} of ${MERGES} came`);
  return pairs;
}

const join = (one, other) => {
  const both = new Uint8Array(one.length + other.length);
  both.set(one);
  both.set(other, one.length);
  return both;
};

/** Bytes in hexadecimal: E4 B8. */
export const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).toUpperCase().padStart(2, '0')).join(' ');

/** Bytes as text, or null if they contain a part of a character. */
export function said(bytes) {
  try {
    return strict.decode(bytes);
  } catch {
    return null;
  }
}

const pieces = (text) => text.toWellFormed().match(PIECE) ?? [];

/** The tokenizer of these merges. */
export function tokenizer(pairs) {
  const size = FIRST + pairs.length;
  const ranks = new Map(pairs.map(([left, right], rank) => [left * size + right, rank]));
  const content = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte));
  content.push(new Uint8Array());
  for (const [left, right] of pairs) content.push(join(content[left], content[right]));
  const texts = content.map(said); // once for each id, since it is slow to find that bytes are not text
  const known = new Map();

  /** Joins the earliest-learned pair first, everywhere it stands, until none is left: {ids, joins: [[rank, place of its first byte]]}. What a merge makes is in later merges alone, so each rank comes once. */
  function merge(bytes) {
    const ids = Array.from(bytes);
    const next = ids.map((_, at) => at + 1);
    const before = ids.map((_, at) => at - 1);
    const waiting = new Map();
    const look = (at) => {
      const rank = at >= 0 && next[at] < ids.length ? ranks.get(ids[at] * size + ids[next[at]]) : undefined;
      if (rank === undefined) return;
      if (!waiting.has(rank)) waiting.set(rank, []);
      waiting.get(rank).push(at);
    };
    ids.forEach((_, at) => look(at));
    const joins = [];
    while (waiting.size) {
      let rank = Infinity;
      for (const one of waiting.keys()) if (one < rank) rank = one;
      const [left, right] = pairs[rank];
      const places = waiting.get(rank).toSorted((a, b) => a - b);
      waiting.delete(rank);
      for (const at of places) {
        const other = next[at];
        if (ids[at] !== left || ids[other] !== right) continue; // an earlier merge has used one of the two
        ids[at] = FIRST + rank;
        ids[other] = -1;
        next[at] = next[other];
        if (next[at] < ids.length) before[next[at]] = at;
        joins.push([rank, at]);
        look(before[at]);
        look(at);
      }
    }
    return { ids: ids.filter((id) => id >= 0), joins };
  }

  function idsOf(piece) {
    let found = known.get(piece);
    if (!found) {
      found = merge(utf8.encode(piece)).ids;
      if (piece.length <= SHARED) {
        if (known.size >= KEPT) known.clear();
        known.set(piece, found);
      }
    }
    return found;
  }

  return {
    content, size,

    ids: (text) => pieces(text).flatMap(idsOf),

    /** The tokens of a text: {id, bytes, text, start, end, piece, from}. `text` is null for a part of a letter; start and end are places in the text, `from` is the place of its first byte in its piece. */
    encode(text) {
      const tokens = [];
      let place = 0;
      for (const piece of pieces(text)) {
        const ids = idsOf(piece);
        const last = place + piece.length;
        let from = 0;
        let end = place;
        for (const id of ids) {
          const bytes = content[id];
          const start = end;
          for (const byte of bytes) if ((byte & 0xc0) !== 0x80) end += byte >= 0xf0 ? 2 : 1; // a character belongs to the token with its first byte
          tokens.push({ id, bytes, text: texts[id], start, end, piece, from });
          from += bytes.length;
        }
        place = last;
      }
      return tokens;
    },

    decode: (ids) => lenient.decode(ids.reduce((bytes, id) => join(bytes, content[id]), new Uint8Array())),

    /** How a stretch of a piece's bytes was joined, one merge at a time: [{ids, at, rank}], first the bytes alone; `at` is where the new symbol stands in `ids`. The stretch ends where tokens end. */
    steps(piece, from = 0, to = Infinity) {
      const bytes = utf8.encode(piece);
      const end = Math.min(to, bytes.length);
      let symbols = Array.from(bytes.subarray(from, end), (id, at) => ({ id, place: from + at }));
      const list = [{ ids: symbols.map(({ id }) => id), at: -1, rank: -1 }];
      for (const [rank, place] of merge(bytes).joins) {
        if (place < from || place >= end) continue;
        const at = symbols.findIndex((one) => one.place === place);
        symbols = symbols.toSpliced(at, 2, { id: FIRST + rank, place });
        list.push({ ids: symbols.map(({ id }) => id), at, rank });
      }
      return list;
    },
  };
}

// ---- the counts of others

const KINDS = [['emoji', /\p{Extended_Pictographic}/u], ['Chinese', /\p{Script=Han}/u], ['other scripts', /[^\p{Script=Latin}\p{Script=Common}\p{Script=Inherited}]/u], ['digits', /\p{Nd}/u]];

/** The kind of a piece of text, as the page's table of kinds names it. */
export const kindOf = (piece) => KINDS.find(([, rule]) => rule.test(piece))?.[0] ?? 'Latin letters';

/** How many tokens a published tokenizer would make of our tokens, [lowest, highest], not rounded; `rates` is a Map of each kind to how many of its tokens replace one of ours, [lowest, highest]. */
export const estimate = (tokens, rates) => [0, 1].map((end) => tokens.reduce((sum, { piece }) => sum + rates.get(kindOf(piece))[end], 0));

// ---- links

export const LINKED = 2000;
const PREFIX = '#t=';

/** The part of an address with a text; null for a text that is too long. */
export const encodeLink = (text) => ([...text].length > LINKED ? null : PREFIX + encodeURIComponent(text.toWellFormed()));

/** The text in an address, or null if there is none that can be read. */
export function decodeLink(hash) {
  if (!hash.startsWith(PREFIX) || hash.length > PREFIX.length + 12 * LINKED) return null;
  try {
    const text = decodeURIComponent(hash.slice(PREFIX.length)).replace(/[\0\r]/g, '');
    return text && [...text].length <= LINKED ? text : null;
  } catch {
    return null;
  }
}
