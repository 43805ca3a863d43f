import { gapOf } from '../catalogue/errors.ts';
import { pagesOf } from '../catalogue/paging.ts';
import { Refusal } from '../domain/gap.ts';
import type { AccountId } from '../domain/ids.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Output, Owner } from '../ports/aws-reader.ts';
import { callKey } from './key.ts';

/** The lines of equal calls, in call order. */
type Lines = TranscriptLine[];

/**
 * Answers calls from recorded lines. Equal calls are answered in the order of their lines and the last one repeats (polls); a call
 * that no line answers is unknown (`NOT_IN_SNAPSHOT`), never empty.
 */
export function replayReaders(owners: ReadonlyMap<Owner, readonly TranscriptLine[]>): AwsReaders {
  const books = new Map([...owners].map(([owner, lines]) => [owner, bookOf(lines)]));
  return {
    for: ({ account, region }) => replayReader(books.get(account) ?? new Map(), region),
    accounts: () => [...owners.keys()].filter((owner): owner is AccountId => owner !== 'organization').sort(),
  };
}

function bookOf(lines: readonly TranscriptLine[]): Map<string, Lines> {
  const book = new Map<string, Lines>();
  for (const line of lines) {
    const key = `${line.region} ${callKey(line.operation, line.input)}`;
    const equal = book.get(key);
    if (equal === undefined) book.set(key, [line]);
    else equal.push(line);
  }
  return book;
}

function replayReader(book: Map<string, Lines>, region: string): AwsReader {
  const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    const lines = book.get(`${region} ${callKey(operation, input as Record<string, unknown>)}`) ?? [];
    const line = lines.length > 1 ? lines.shift() : lines[0];
    if (line === undefined) throw new Refusal({ code: 'NOT_IN_SNAPSHOT', operation });
    if (line.error !== undefined) throw new Refusal(gapOf(operation, line.error), line.error);
    return { output: line.output as Output<O>, at: line.at ?? null, source: line.source ?? null };
  };
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}
