import { type Collecting, collecting } from '../../src/collectors/define.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import type { Operation } from '../../src/ports/aws-calls.ts';
import type { Owner } from '../../src/ports/aws-reader.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';
import { account } from './facts.ts';

/** One recorded answer; the Region is `global` unless told. */
export const answer = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  output: unknown,
  region = 'global',
): TranscriptLine => ({ region, operation, input: { ...input }, output });

/** One recorded refusal. */
export const refusal = (
  operation: Operation,
  input: Readonly<Record<string, unknown>>,
  name: string,
  region = 'global',
): TranscriptLine => ({ region, operation, input: { ...input }, error: { name, message: name } });

/** What a collector reads with, answered by these lines; `pauses` counts the waits between polls. */
export function recordedAt(lines: readonly TranscriptLine[], owner: Owner = account): Collecting & { pauses: number } {
  const aws = {
    ...collecting(replayReaders(new Map([[owner, lines]])), owner, async () => {
      aws.pauses += 1;
    }),
    pauses: 0,
  };
  return aws;
}
