import { createReadStream, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { InputError } from './input-error.ts';

/** The lines of a text file (gzip where it is named `.gz`) in batches, without their ends; `-` is standard input. Holds one chunk and one line at a time. */
export async function* linesOf(path: string): AsyncGenerator<string[]> {
  let rest: Buffer | null = null;
  for await (const chunk of chunksOf(path)) {
    const bytes: Buffer = rest === null ? chunk : Buffer.concat([rest, chunk]);
    const lines: string[] = [];
    let from = 0;
    for (let to = bytes.indexOf(10); to >= 0; to = bytes.indexOf(10, from)) {
      lines.push(bytes.toString('utf8', from, to));
      from = to + 1;
    }
    rest = from < bytes.length ? bytes.subarray(from) : null;
    if (lines.length > 0) yield lines;
  }
  if (rest !== null) yield [rest.toString('utf8')];
}

/** The bytes of a file; damaged gzip is bad input. */
async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* streamOf(path) as AsyncIterable<Buffer>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code?.startsWith('Z_') !== true) throw error;
    throw new InputError('UNREADABLE', { file: path }, 'the gzip data is damaged', 'copy or pack the file again');
  }
}

function streamOf(path: string): Readable {
  if (path === '-') return process.stdin;
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new InputError('MISSING', { file: path }, 'no such file', 'give a file of cases, or - for standard input');
  if (found.isDirectory()) throw new InputError('UNREADABLE', { file: path }, 'a directory', 'give one file');
  const bytes = createReadStream(path, { highWaterMark: 1 << 17 });
  if (!path.endsWith('.gz')) return bytes;
  const text = createGunzip();
  bytes.on('error', (error) => text.destroy(error));
  return bytes.pipe(text);
}
