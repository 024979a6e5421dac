// Tokens a second of the page's own code: node speed.mjs FOLDER LINES. See speed.py.

import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { END, Machine } from '../docs/labs/next-token/model.mjs';

const [folder, lines] = process.argv.slice(2);
const raw = gunzipSync(readFileSync(`${folder}/model.bin.gz`));
const sheet = JSON.parse(readFileSync(`${folder}/model.json`, 'utf-8'));
const machine = new Machine(sheet, raw.buffer.slice(raw.byteOffset, raw.byteOffset + raw.byteLength));

function write(first) {
  const ids = [END];
  let next = first;
  while (ids.length < sheet.places) {
    ids.push(next);
    const logits = machine.read(ids);
    next = 0;
    for (let id = 1; id < logits.length; id += 1) if (logits[id] > logits[next]) next = id;
  }
  return ids.length;
}

write(97);
const start = performance.now();
let read = 0;
for (let line = 0; line < Number(lines); line += 1) read += write(97 + line);
process.stdout.write(JSON.stringify({ speed: (1000 * read) / (performance.now() - start) }));
