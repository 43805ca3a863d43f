import type { Night, Pointer } from '../domain/night.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { Owner } from '../ports/aws-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { encodeLines, inOrder } from '../transcripts/lines.ts';
import { attemptFolder, partName, work } from './keys.ts';
import { archiveEach, type Part } from './stored.ts';

const linesPerPart = 20_000;

/** Takes the smallest free attempt number with a conditional write, so that two invocations never share a folder (design §5). */
export async function takeAttempt(store: ObjectStore, night: Night, owner: Owner): Promise<number> {
  for (let attempt = 1; ; attempt++)
    if ((await store.putIfAbsent('work', work.attempt(night.run, owner, attempt), new Uint8Array())) === 'created')
      return attempt;
}

/** Writes the transcript of an attempt, one file per collector and part. */
export async function archiveTranscript(
  store: ObjectStore,
  night: Night,
  owner: Owner,
  attempt: number,
  tapes: ReadonlyMap<string, readonly TranscriptLine[]>,
): Promise<Pointer[]> {
  return archiveEach(store, attemptFolder(night, owner, attempt), encodedParts(tapes));
}

async function* encodedParts(tapes: ReadonlyMap<string, readonly TranscriptLine[]>): AsyncGenerator<Part> {
  for (const [collector, lines] of [...tapes].filter(([, taped]) => taped.length > 0)) {
    const ordered = inOrder(lines);
    for (let start = 0, part = 1; start < ordered.length; start += linesPerPart, part++)
      yield {
        path: partName(collector, part),
        bytes: await encodeLines(ordered.slice(start, start + linesPerPart)),
      };
  }
}
