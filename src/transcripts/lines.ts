import { once } from 'node:events';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createGzip } from 'node:zlib';
import type { TranscriptLine } from '../domain/transcript.ts';
import { callKey } from './key.ts';

/** Lines in the order of (region, operation, input), equal calls in call order (design §2): the same calls give the same file. */
export function inOrder(lines: readonly TranscriptLine[]): TranscriptLine[] {
  const keyed = lines.map((line) => ({
    line,
    key: `${line.region} ${callKey(line.operation, line.input)}`,
  }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ line }) => line); // sort is stable
}

/** So much text is handed over at once: enough to be worth the way, too little to be felt. */
const textAtOnce = 2 ** 18;

/**
 * A gzip file of JSON lines in the making: rows go in as they come, and only what they are compressed to is kept, so that the table of a
 * thousand accounts need never be there as rows or as one text.
 */
export class LineFile {
  readonly #gzip = createGzip({ level: 6 });
  readonly #bytes = buffer(this.#gzip);
  #text = '';

  async add(rows: Iterable<unknown>): Promise<void> {
    for (const row of rows) {
      this.#text += `${JSON.stringify(row)}\n`;
      if (this.#text.length >= textAtOnce) await this.#hand();
    }
  }

  /** The whole file; nothing can be added to it any more. */
  async bytes(): Promise<Uint8Array> {
    await this.#hand();
    this.#gzip.end();
    return this.#bytes;
  }

  async #hand(): Promise<void> {
    const text = this.#text;
    this.#text = '';
    if (!this.#gzip.write(text)) await once(this.#gzip, 'drain');
  }
}

/** The file of rows that are there already. */
export async function encodeLines(rows: Iterable<unknown>): Promise<Uint8Array> {
  const file = new LineFile();
  await file.add(rows);
  return file.bytes();
}

const newline = 10;

/** The rows of a gzip file of JSON lines, one by one. */
export async function* decodeLines<Row>(bytes: Uint8Array): AsyncGenerator<Row> {
  let begun: Buffer[] = [];
  const chunks = Readable.from([bytes]).pipe(createGunzip({ chunkSize: textAtOnce })) as AsyncIterable<Buffer>;
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      const line =
        begun.length === 0 ? chunk.subarray(from, end) : Buffer.concat([...begun, chunk.subarray(from, end)]);
      yield JSON.parse(line.toString('utf8')) as Row;
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
  if (begun.length > 0) yield JSON.parse(Buffer.concat(begun).toString('utf8')) as Row;
}
