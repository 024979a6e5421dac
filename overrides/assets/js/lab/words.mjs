// Numbers and dates as people say them, in the page and at build.
// Halves round away from zero, nothing is ever “−$0”, and no number shows more digits than it has.

const SCALES = [[1e12, 'trillion'], [1e9, 'billion'], [1e6, 'million']];
const SMALL = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'];
const SUPERSCRIPT = { '-': '⁻', 0: '⁰', 1: '¹', 2: '²', 3: '³', 4: '⁴', 5: '⁵', 6: '⁶', 7: '⁷', 8: '⁸', 9: '⁹' };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

const grouped = (text) => text.replace(/^\d+/, (whole) => whole.replace(/\B(?=(\d{3})+$)/g, ','));
const trimmed = (text) => (text.includes('.') ? text.replace(/\.?0+$/, '') : text);
const signed = (value, text) => (value < 0 && /[1-9]/.test(text) ? `−${text}` : text);

/** Digits of a number without a power of ten, as toFixed gives them only below 1e21. */
const plain = (value, places) => (value < 1e21 ? value.toFixed(places) : BigInt(value).toString() + (places ? `.${'0'.repeat(places)}` : ''));

/** A number with a fixed number of decimals and commas between thousands: 1,234.50. */
export function fixed(value, places) {
  return signed(value, grouped(plain(Math.abs(value), places)));
}

/** A number with a maximum of significant digits, without trailing zeros: 0.0042, 1.2, 1,230. */
export function digits(value, most) {
  if (!value) return '0';
  if (Math.abs(value) >= 1e21) return power(value);
  const [mantissa, exponent] = Math.abs(value).toExponential(most - 1).split('e');
  const places = most - 1 - Number(exponent);
  const text = places >= 0 ? Number(`${mantissa}e${exponent}`).toFixed(Math.min(places, 100)) : plain(Number(`${mantissa}e${exponent}`), 0);
  return signed(value, grouped(trimmed(text)));
}

/** US dollars: $0, $0.0042, $0.35, $12.90, $17,100, $1.25 million, $3 billion; −$10.90. */
export function money(value) {
  const size = Math.abs(value);
  return signed(value, `$${size >= 9.995e15 ? power(size) : scaled(size, 3) || dollars(size)}`);
}

function dollars(size) {
  if (size >= 999.995) return fixed(size, 0);
  if (size >= 0.0995) return fixed(size, 2).replace(/\.00$/, '');
  return size >= 5e-7 ? digits(size, 2) : '0';
}

/** Percent: 43%, 7.5%, 0.4%, −36%; a number below 100 is never shown as 100%. */
export function percent(value) {
  const size = Math.abs(value);
  const short = size >= 99.5 && size < 100;
  const text = short && size >= 99.95 ? '99.9' : fixed(size, size < 9.95 || short ? 1 : 0).replace(/\.0$/, '');
  return `${signed(value, text)}%`;
}

/** A number of things: 0.35, 12, 1,230, 98,700, 1.2 million, 4.5 trillion, 3.8×10²⁵; 10⁻⁹. */
export function count(value) {
  const size = Math.abs(value);
  return signed(value, size >= 9.995e14 || (size && size < 1e-6) ? power(size) : scaled(size, 3) || (size >= 999.5 ? fixed(size, 0) : digits(size, 3)));
}

function scaled(size, most) {
  for (const [scale, name] of SCALES) {
    if (size >= scale * (1 - (scale === 1e6 ? 5e-7 : 5e-4))) return `${size < scale * 9995 ? digits(size / scale, most) : fixed(size / scale, 0)} ${name}`;
  }
  return '';
}

/** A number of a thousand trillion or more, or a tiny one, with three digits: 3.8×10²⁵, 10²⁰. */
export function power(value) {
  const [mantissa, exponent] = Math.abs(value).toExponential(2).split('e');
  return signed(value, `${mantissa === '1.00' ? '' : `${trimmed(mantissa)}×`}10${[...String(Number(exponent))].map((sign) => SUPERSCRIPT[sign]).join('')}`);
}

/** A number of things with its noun: “one GPU”, “two GPUs”, “16 GPUs”, “1.5 GPUs”, “no GPUs”. */
export function some(value, one, many) {
  const said = Number.isInteger(value) && value >= 0 && value <= 10 ? SMALL[value] : count(value);
  return `${said} ${said === 'one' || said === '1' ? one : many}`;
}

/** 2026-10-27 as 27 Oct 2026; a month or a year as it is. */
export function dated(day) {
  const [year, month, date] = day.split('-');
  return [date && Number(date), month && MONTHS[month - 1], year].filter(Boolean).join(' ');
}

/** The same, which no line divides. */
export const undivided = (day) => dated(day).replaceAll(' ', '\u00A0');
