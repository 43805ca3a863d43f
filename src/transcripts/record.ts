import { notInSnapshot } from '../catalogue/errors.ts';
import { pagesOf } from '../catalogue/paging.ts';
import { Refusal } from '../domain/gap.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, ReaderScope } from '../ports/aws-reader.ts';
import { trimmed } from './kept-events.ts';
import { strip } from './secrets.ts';

/** Receives each call as it is answered. */
export type Tape = (line: TranscriptLine) => void;

/** Passes every call on and tapes it: the recording is the evidence (design §2). A call that no file answered is taped as such. */
export function recordingReaders(readers: AwsReaders, tape: Tape): AwsReaders {
  return { for: (scope) => recordingReader(readers.for(scope), scope, tape), accounts: () => readers.accounts() };
}

function recordingReader(reader: AwsReader, scope: ReaderScope, tape: Tape): AwsReader {
  const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    const asked = { region: scope.region, operation, input: input as Record<string, unknown> };
    try {
      const answer = await reader.call(operation, input);
      const output = strip(trimmed(operation, answer.output));
      tape({
        ...(answer.at === null ? {} : { at: answer.at }),
        ...asked,
        output,
        ...(answer.source === null ? {} : { source: answer.source }),
      });
      return { ...answer, output };
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // not an answer of AWS: a bug of ours
      tape({ ...asked, error: strip(error.error ?? errorOf(error)) });
      throw error;
    }
  };
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}

/** The error that makes replay come to the same gap. */
function errorOf({ gap, message }: Refusal): { name: string; message: string } {
  if (gap.code === 'NOT_IN_SNAPSHOT') return { name: notInSnapshot, message };
  return { name: gap.code === 'UNEXPECTED' ? gap.name : gap.code, message };
}
