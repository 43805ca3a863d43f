import { gunzipSync, gzipSync } from 'node:zlib';
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
