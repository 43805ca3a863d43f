import { type AwsError, gapOf, noSession } from '../catalogue/errors.ts';
import { pagesOf } from '../catalogue/paging.ts';
import { isOurs, Refusal } from '../domain/gap.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Output } from '../ports/aws-reader.ts';
import { callKey } from './key.ts';

/** There is no time to ask more now: what was answered is kept, and the rest asked later. Not an answer of AWS. */
export class OutOfTime extends Error {
  override readonly name = 'OutOfTime';
}

/**
 * Answers from what was stored of an earlier try, and asks on where that ends. Running the collectors again over such readers goes on
 * where they were cut off: nothing that was answered is asked again, and the tape of the run is whole.
 */
export function resumingReaders(
  stored: readonly TranscriptLine[],
  readers: AwsReaders,
  mayAsk: () => boolean,
): AwsReaders {
  const book = new Map<string, TranscriptLine[]>();
  for (const line of worthKeeping(stored)) {
    const key = `${line.region} ${callKey(line.operation, line.input)}`;
    const equal = book.get(key);
    if (equal === undefined) book.set(key, [line]);
    else equal.push(line);
  }
  return {
    for: (scope) => resumingReader(readers.for(scope), scope.region, book, mayAsk),
    accounts: () => readers.accounts(),
  };
}

function resumingReader(
  live: AwsReader,
  region: string,
  book: ReadonlyMap<string, TranscriptLine[]>,
  mayAsk: () => boolean,
): AwsReader {
  const ask = <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    if (!mayAsk()) throw new OutOfTime(`no time left for ${operation}`);
    return live.call(operation, input);
  };
  const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    const line = book.get(`${region} ${callKey(operation, input as Record<string, unknown>)}`)?.shift();
    if (line === undefined) return ask(operation, input);
    if (line.error !== undefined) throw new Refusal(gapOf(operation, line.error), line.error);
    // The session of the role lives in the adapter alone, and has to be opened anew.
    if (operation === 'sts:AssumeRole') await ask(operation, input);
    return { output: line.output as Output<O>, at: line.at ?? null, source: line.source ?? null };
  };
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}

/** Answers, and not refusals: those are asked again, since they may have passed. Nor jobs that only the session that began them could read. */
function worthKeeping(stored: readonly TranscriptLine[]): TranscriptLine[] {
  const answers = stored.filter(({ operation, error }) => error === undefined || !mayPass(operation, error));
  const finished = new Set(answers.filter(isFinished).map(jobOf));
  return answers.filter((line) => jobOf(line) === null || finished.has(jobOf(line)));
}

/** What was not sent for want of a session is asked once there is one. */
const mayPass = (operation: string, error: AwsError): boolean =>
  error.name === noSession || isOurs(gapOf(operation as Operation, error));

/** The job a line is about: of the call that began it by its answer, of the one that reads it by its input. */
function jobOf({ operation, input, output }: TranscriptLine): string | null {
  if (operation === 'iam:GenerateServiceLastAccessedDetails') return text((output as { JobId?: unknown })?.JobId);
  return operation === 'iam:GetServiceLastAccessedDetails' ? text(input['JobId']) : null;
}

const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);

/** The last page of a report that AWS has made, or its failure. */
function isFinished({ operation, output }: TranscriptLine): boolean {
  if (operation !== 'iam:GetServiceLastAccessedDetails') return false;
  const { JobStatus, IsTruncated } = (output ?? {}) as { JobStatus?: unknown; IsTruncated?: unknown };
  return JobStatus === 'FAILED' || (JobStatus === 'COMPLETED' && IsTruncated !== true);
}
