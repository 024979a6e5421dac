// Copies a checked number as text, Markdown or a picture: its sentence, the value, the source with its date, and the link to its claim.
// popover.mjs fetches this module when the first number is opened; on a claim's page, clip.mjs does.

import { say } from './copy.mjs';

const WIDTH = 1200;
const EDGE = 72;
const LEFT_OUT = '.fg-cited, .fg-sources, .fg-opinion, .fg-copy, ul, ol';
const SHOWN_SOURCES = 2;

/** @typedef {{value: string, exact: string, what: string, asOf: string, derived: boolean, sentence: string, sources: {title: string, by: string, address: string}[], guide: string, address: string}} Quote */

const clean = (text) => text.replaceAll('\u2060', '').replace(/\s+/g, ' ').trim();
const textOf = (element, selector) => clean(element.querySelector(selector)?.textContent ?? '');
const partOf = (note, name) => textOf(note, `.fg-note__${name}`);
const absolute = (href) => new URL(href, document.querySelector('link[rel=canonical]')?.href ?? location.href).href;
const guideName = () => document.querySelector('meta[property="og:site_name"]').content;

/** The sentence of a number: its line of the paragraph, since each sentence is one line. Nothing in a table, where the claim's own words are used. */
export function sentenceOf(number) {
  const block = number.closest('td, th, figure, p, li, dd');
  if (!block?.matches('p, li, dd')) return '';
  let text = '';
  let at = -1;
  const read = (node) => {
    if (node === number) at = text.length;
    if (node.nodeType === Node.TEXT_NODE) text += node.data;
    else if (!(node instanceof Element && node !== block && node.matches(LEFT_OUT))) node.childNodes.forEach(read);
  };
  read(block);
  const end = text.indexOf('\n', at);
  return clean(text.slice(text.lastIndexOf('\n', at) + 1, end < 0 ? text.length : end));
}

/** The quote of a number in a chapter, from its note and those of its sources. */
export function quoteOf(number, note) {
  const source = (key) => {
    const own = document.getElementById(`note-${key}`);
    return { title: partOf(own, 'body'), by: textOf(own, '.fg-note__origin span'), address: own.querySelector('a').href };
  };
  return {
    value: clean(number.textContent), exact: partOf(note, 'name'), what: partOf(note, 'body'), asOf: (partOf(note, 'origin').match(/^As of [^.]+/)?.[0] ?? '').replace('As', 'as'), derived: partOf(note, 'origin').includes('Derived: '),
    sentence: sentenceOf(number), sources: note.dataset.sources.split(' ').filter(Boolean).map(source), guide: guideName(), address: absolute(number.getAttribute('href')),
  };
}

/** The quote of a claim on its own page. */
export function claimQuote({ quote: asOf, derived }) {
  const value = textOf(document, '.fg-value');
  const sources = [...document.querySelectorAll('.fg-source')].map((source) => ({ title: textOf(source, 'cite'), by: textOf(source, 'span'), address: source.querySelector('a').href }));
  return { value, exact: value, what: textOf(document, '.fg-what'), asOf, derived: derived !== undefined, sentence: textOf(document, '.fg-said').replace(/^“|”$/g, ''), sources, guide: guideName(), address: absolute('./') };
}

/** The first sources, formatted by `write`, and the number of further ones on the claim's page. */
function named(sources, write) {
  const more = sources.length - SHOWN_SOURCES;
  return [...sources.slice(0, SHOWN_SOURCES).map(write), ...(more > 0 ? [`and ${more} more`] : [])].join('; ');
}

const origin = (quote) => (quote.derived ? 'Calculated from' : quote.sources.length > 1 ? 'Sources:' : 'Source:');
const claim = (quote) => [quote.sentence ? quote.exact : `${quote.exact}: ${quote.what}`, quote.asOf].filter(Boolean).join(', ');

/** Plain text: the sentence, the value, the sources, the link. */
export function plainText(quote) {
  const sources = named(quote.sources, ({ title, by, address }) => `${by}, “${title}”, ${address}`);
  return [quote.sentence && `“${quote.sentence}”`, claim(quote), `${origin(quote)} ${sources}`, `${quote.guide}, ${quote.address}`].filter(Boolean).join('\n');
}

const escaped = (text) => text.replace(/[\\`*_[\]<>#|]/g, '\\$&');

/** Markdown: the sentence as a quotation with the value in bold, then the sources and the guide as links. */
export function markdownText(quote) {
  const sources = named(quote.sources, ({ title, by, address }) => `[${escaped(title)}](<${address}>), ${escaped(by)}`);
  const said = quote.sentence ? escaped(quote.sentence).replace(escaped(quote.value), '**$&**') : `**${escaped(quote.exact)}**: ${escaped(quote.what)}`;
  const dated = quote.sentence ? claim(quote) : quote.asOf.replace('as', 'As');
  return `> ${said}\n\n${dated && `${escaped(dated)}. `}${origin(quote)} ${sources}. Checked by [${escaped(quote.guide)}](<${quote.address}>).`;
}

/** `text` in lines of at most `room` px in the font of `pen`. */
function wrapped(pen, text, room) {
  const lines = [''];
  for (const part of text.split(' ')) {
    const longer = lines.at(-1) && `${lines.at(-1)} ${part}`;
    if (longer && pen.measureText(longer).width <= room) lines[lines.length - 1] = longer;
    else if (lines.at(-1)) lines.push(part);
    else lines[lines.length - 1] = part;
  }
  return lines;
}

/** The picture as a PNG in the page's colors and fonts: the value in large type, the sentence or the claim's words, then a rule, the sources and the link. */
export async function picture(quote) {
  const styles = getComputedStyle(document.documentElement);
  const token = (name) => styles.getPropertyValue(`--fg-${name}`).trim();
  const room = WIDTH - 2 * EDGE;
  const sources = named(quote.sources, ({ title, by }) => `${by}, “${title}”`);
  const blocks = [
    { text: /\d/.test(quote.value) ? quote.value : quote.exact, font: `500 92px ${token('font-display')}`, height: 104, color: token('ink') },
    { text: quote.sentence || quote.what, font: `400 40px ${token('font-display')}`, height: 54, color: token('ink'), above: 18 },
    { text: quote.sentence ? claim(quote) : quote.asOf, font: `400 25px ${token('font-text')}`, height: 36, color: token('ink-2'), above: 44, ruled: true },
    { text: `${origin(quote)} ${sources}`, font: `400 25px ${token('font-text')}`, height: 36, color: token('ink-2'), above: 8 },
    { text: `${quote.guide} · ${quote.address.replace(/^https?:\/\//, '')}`, font: `600 25px ${token('font-text')}`, height: 36, color: token('accent'), above: 8 },
  ].filter(({ text }) => text);
  await Promise.all(blocks.map(({ font, text }) => document.fonts.load(font, text)));
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d');
  let height = EDGE;
  for (const block of blocks) {
    pen.font = block.font;
    block.lines = wrapped(pen, block.text, room);
    block.top = height + (block.above ?? 0);
    height = block.top + block.lines.length * block.height;
  }
  canvas.width = WIDTH;
  canvas.height = height + EDGE - 16;
  pen.fillStyle = token('paper');
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = token('accent');
  pen.fillRect(0, 0, WIDTH, 8);
  for (const block of blocks) {
    if (block.ruled) {
      pen.fillStyle = token('rule-strong');
      pen.fillRect(EDGE, block.top - 22, room, 2);
    }
    pen.font = block.font;
    pen.fillStyle = block.color;
    block.lines.forEach((line, index) => pen.fillText(line, EDGE, block.top + index * block.height + block.height * .76));
  }
  return new Promise((done, fail) => canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error('The browser made no picture'))), 'image/png'));
}

async function copyText(text, what) {
  try {
    await navigator.clipboard.writeText(text);
    say(`Copied the sentence, its source and the link${what}`);
  } catch {
    say(`Your browser blocked copying. The text is: ${text}`);
  }
}

/** Copies the picture, or saves it as a file if the browser cannot copy pictures. */
async function copyPicture(quote) {
  const made = picture(quote);
  try {
    await navigator.clipboard.write([new ClipboardItem({ 'image/png': made })]); // at once, since browsers allow copying only right after a press
    say('Copied the picture');
  } catch {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(await made);
    link.download = `${quote.address.split('/').at(-2)}.png`;
    link.click();
    URL.revokeObjectURL(link.href);
    say('Your browser copies no pictures, so the picture was saved as a file');
  }
}

const WAYS = [
  ['Text', 'as plain text', (quote) => copyText(plainText(quote), '')],
  ['Markdown', 'as Markdown', (quote) => copyText(markdownText(quote), ' as Markdown')],
  ['Picture', 'as a picture', copyPicture],
];

/** The line with a button for each way to copy a quote; `find` returns the quote when one is pressed. */
export function quoteLine(find) {
  const line = document.createElement('p');
  line.className = 'fg-note__link fg-quote';
  const label = document.createElement('span');
  label.textContent = 'Copy as:';
  line.append(label);
  for (const [name, how, copy] of WAYS) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'fg-action';
    button.textContent = name;
    button.setAttribute('aria-label', `Copy the quote ${how}`);
    button.addEventListener('click', () => copy(find()));
    line.append(' ', button);
  }
  return line;
}
