import type { z } from 'zod';
import { Refusal } from '../domain/gap.ts';
import type { Region } from '../domain/ids.ts';
import { known, type Reading, unknown } from '../domain/reading.ts';
import type { Operation } from '../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, Owner } from '../ports/aws-reader.ts';

/** What a collector reads with: one owner's answers in any Region, and the facts of the collectors before it. */
export interface Collecting {
  readonly owner: Owner;
  in(region: Region | 'global'): AwsReader;
  /** Waits between polls; replay does not wait. */
  pause(seconds: number): Promise<void>;
}

/** One kind of fact: which calls it needs, and how their answers become the fact. It never throws for an answer of AWS. */
export interface Collector<Fact, Needs = void> {
  readonly id: string;
  readonly operations: readonly Operation[];
  collect(aws: Collecting, needs: Needs): Promise<Fact>;
}

export const defineCollector = <Fact, Needs = void>(collector: Collector<Fact, Needs>): Collector<Fact, Needs> =>
  collector;

export function collecting(readers: AwsReaders, owner: Owner, pause: Collecting['pause']): Collecting {
  return { owner, in: (region) => readers.for({ account: owner, region }), pause };
}

/** Runs one reading: a refusal becomes `unknown`, with the call it was refused to. Anything else thrown is a bug and stays one. */
export async function reading<T>(
  region: Region | 'global',
  operation: Operation,
  read: () => Promise<{ readonly value: T; readonly at: string | null }>,
): Promise<Reading<T>> {
  try {
    const { value, at } = await read();
    return known(value, at);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return unknown(error.gap, { region, operation });
  }
}

/** The whole list of a paged call, each page checked against its schema; `at` is the moment of the first page. */
export const everyPage = <O extends Operation, Page>(
  reader: AwsReader,
  operation: O,
  input: Input<O>,
  schema: z.ZodType<Page>,
): ReturnType<typeof pagesUpTo<O, Page>> => pagesUpTo(Number.POSITIVE_INFINITY, reader, operation, input, schema);

/** The same of its first pages alone: for lists that have no end worth reading to. */
export async function pagesUpTo<O extends Operation, Page>(
  most: number,
  reader: AwsReader,
  operation: O,
  input: Input<O>,
  schema: z.ZodType<Page>,
): Promise<{ readonly value: Page[]; readonly at: string | null; readonly source: string }> {
  const pages: Page[] = [];
  let first: Answer<O> | undefined;
  for await (const answer of reader.pages(operation, input)) {
    first ??= answer;
    pages.push(parsed(schema, operation, answer));
    if (pages.length >= most) break;
  }
  return { value: pages, at: first?.at ?? null, source: first?.source ?? operation };
}

/** One answer, checked against its schema. */
export async function oneAnswer<O extends Operation, Page>(
  reader: AwsReader,
  operation: O,
  input: Input<O>,
  schema: z.ZodType<Page>,
): Promise<{ readonly value: Page; readonly at: string | null; readonly source: string }> {
  const answer = await reader.call(operation, input);
  return { value: parsed(schema, operation, answer), at: answer.at, source: answer.source ?? operation };
}

function parsed<O extends Operation, Page>(schema: z.ZodType<Page>, operation: O, answer: Answer<O>): Page {
  const result = schema.safeParse(answer.output);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? operation : issue.path.join('.');
  throw new Refusal({
    code: 'UNPARSABLE',
    file: answer.source ?? operation,
    place,
    problem: `not the shape AWS documents (${issue?.message ?? 'unknown'})`,
  });
}
