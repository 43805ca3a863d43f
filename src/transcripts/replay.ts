import { gapOf, noneInSnapshot } from '../catalogue/errors.ts';
import { pagesOf } from '../catalogue/paging.ts';
import { Refusal } from '../domain/gap.ts';
import type { AccountId } from '../domain/ids.ts';
import type { TranscriptLine } from '../domain/transcript.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Output, Owner } from '../ports/aws-reader.ts';
import { callKey } from './key.ts';

/** The lines of equal calls, in call order. */
type Lines = TranscriptLine[];

/** One owner's lines by call, and which operations any of them answers, by Region. */
interface Book {
  readonly lines: ReadonlyMap<string, Lines>;
  readonly answered: ReadonlySet<string>;
}
const emptyBook: Book = { lines: new Map(), answered: new Set() };

/**
 * Answers calls from recorded lines. Equal calls are answered in the order of their lines and the last one repeats (polls); a call
 * that no line answers is unknown (`NOT_IN_SNAPSHOT`), never empty.
 */
export function replayReaders(owners: ReadonlyMap<Owner, readonly TranscriptLine[]>): AwsReaders {
  const books = new Map([...owners].map(([owner, lines]) => [owner, bookOf(lines)]));
  return {
    for: ({ account, region }) => replayReader(books.get(account) ?? emptyBook, region),
    accounts: () => [...owners.keys()].filter((owner): owner is AccountId => owner !== 'organization').sort(),
  };
}

function bookOf(lines: readonly TranscriptLine[]): Book {
  const book = new Map<string, Lines>();
  const answered = new Set<string>();
  for (const line of lines) {
    answered.add(`${line.region} ${line.operation}`);
    const key = `${line.region} ${callKey(line.operation, line.input)}`;
    const equal = book.get(key);
    if (equal === undefined) book.set(key, [line]);
    else equal.push(line);
  }
  return { lines: book, answered };
}

function replayReader(book: Book, region: string): AwsReader {
  const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
    const lines = book.lines.get(`${region} ${callKey(operation, input as Record<string, unknown>)}`) ?? [];
    const line = lines.length > 1 ? lines.shift() : lines[0];
    if (line === undefined) throw unanswered(operation, book.answered.has(`${region} ${operation}`));
    if (line.error !== undefined) throw new Refusal(gapOf(operation, line.error), line.error);
    return { output: line.output as Output<O>, at: line.at ?? null, source: line.source ?? null };
  };
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}

/** No line answers. Where none answers any call of this operation the refusal says so: nobody needs to ask a thousand times. */
function unanswered(operation: Operation, othersAre: boolean): Refusal {
  const alone = new Refusal({ code: 'NOT_IN_SNAPSHOT', operation });
  return othersAre ? alone : new Refusal(alone.gap, { name: noneInSnapshot, message: alone.message });
}
