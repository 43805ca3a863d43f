import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { TranscriptLine } from '../domain/transcript.ts';

/** Answers longer than this, in characters of JSON, are worth deflating. */
const long = 4_096;

/**
 * The same line, but a long answer is kept deflated and made anew each time somebody looks at it. An account of thousands of roles has
 * gigabytes of answers, which are looked at one by one (design §8).
 */
export function packed(line: TranscriptLine): TranscriptLine {
  const text = line.output === undefined ? '' : JSON.stringify(line.output);
  if (text.length <= long) return line;
  const bytes = Uint8Array.from(deflateRawSync(text)); // of its own: what zlib hands out keeps a block ten times as large
  const output = { enumerable: true, get: (): unknown => JSON.parse(inflateRawSync(bytes).toString('utf8')) };
  return Object.defineProperty({ ...line, output: null }, 'output', output); // in its place: the order of fields is that of the file
}
