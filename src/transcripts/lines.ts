import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGunzip, createGzip, gunzipSync, gzipSync } from 'node:zlib';
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

/** JSON lines, gzip. */
export function encodeLines(rows: readonly unknown[]): Uint8Array {
  return gzipSync(rows.map((row) => `${JSON.stringify(row)}\n`).join(''), { level: 6 });
}

/** The rows of a gzip file of JSON lines. */
export function decodeLines<Row>(bytes: Uint8Array): Row[] {
  const text = gunzipSync(bytes).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Row);
}

/** The file of a transcript: as `encodeLines`, line by line, so that it need never be there as one text. */
export const encodeTranscript = (lines: Iterable<TranscriptLine>): Promise<Uint8Array> =>
  buffer(Readable.from(textsOf(lines)).pipe(createGzip({ level: 6 })));

function* textsOf(lines: Iterable<TranscriptLine>): Generator<string> {
  for (const line of lines) yield `${JSON.stringify(line)}\n`;
}

const newline = 10;

/** The lines of a transcript file, one by one. */
export async function* decodeTranscript(bytes: Uint8Array): AsyncGenerator<TranscriptLine> {
  let begun: Buffer[] = [];
  for await (const chunk of Readable.from([bytes]).pipe(createGunzip()) as AsyncIterable<Buffer>) {
    let from = 0;
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, from)) {
      yield JSON.parse(Buffer.concat([...begun, chunk.subarray(from, end)]).toString('utf8')) as TranscriptLine;
      begun = [];
      from = end + 1;
    }
    if (from < chunk.length) begun.push(chunk.subarray(from));
  }
}
