import { gapOf } from '../../../src/catalogue/errors.ts';
import { pagesOf } from '../../../src/catalogue/paging.ts';
import { Refusal } from '../../../src/domain/gap.ts';
import type { Operation } from '../../../src/ports/aws-calls.ts';
import type { Answer, AwsReaders, Input, Output, Owner, ReaderScope } from '../../../src/ports/aws-reader.ts';

/** A clock that moves only from one sleep's end to the next, in seconds. */
export function fakeTime() {
  let moment = 1_000;
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const nextSleeper = () => {
    const first = sleepers.reduce((soonest, { at }, place) => (at < (sleepers[soonest]?.at ?? 0) ? place : soonest), 0);
    return sleepers.splice(first, 1)[0];
  };
  return {
    now: () => moment,
    sleep: (seconds: number) => new Promise<void>((wake) => sleepers.push({ at: moment + seconds, wake })),
    /** Sleeps on until nobody sleeps any more. */
    async run(): Promise<void> {
      for (;;) {
        await new Promise((resolve) => setImmediate(resolve)); // all that can go on without time has gone on
        const next = nextSleeper();
        if (next === undefined) return;
        moment = next.at;
        next.wake();
      }
    },
  };
}
export type FakeTime = ReturnType<typeof fakeTime>;

/** One call as it reached AWS. */
export interface Arrived {
  readonly at: number;
  readonly scope: ReaderScope;
  readonly operation: Operation;
  readonly input: Readonly<Record<string, unknown>>;
}

export interface FakeAws {
  readonly readers: AwsReaders;
  readonly arrived: readonly Arrived[];
}

export const refusal = (operation: Operation, name: string): Refusal => {
  const error = { name, message: `${name} at AWS` };
  return new Refusal(gapOf(operation, error), error);
};
export const throttling = (operation: Operation): Refusal => refusal(operation, 'Throttling');

/** AWS that notes each call and answers it as told: `outcome` gives an output or throws. `takes` seconds pass before it does. */
export function fakeAws(
  time: FakeTime,
  outcome: (call: Arrived, index: number) => object = () => ({}),
  takes: (index: number) => number = () => 0,
): FakeAws {
  const arrived: Arrived[] = [];
  const readers: AwsReaders = {
    accounts: () => ['111111111111' as never],
    for: (scope) => {
      const call = async <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> => {
        const index = arrived.length;
        const noted: Arrived = { at: time.now(), scope, operation, input: input as Record<string, unknown> };
        arrived.push(noted);
        if (takes(index) > 0) await time.sleep(takes(index));
        return { output: outcome(noted, index) as Output<O>, at: null, source: null };
      };
      return { call, pages: (operation, input) => pagesOf(call, operation, input) };
    },
  };
  return { readers, arrived };
}

export const account = (index: number): Owner => String(100_000_000_000 + index) as Owner;
export const inAccount = (index: number, region: string = 'global'): ReaderScope => ({
  account: account(index),
  region: region as ReaderScope['region'],
});
export const organization: ReaderScope = { account: 'organization', region: 'global' };

/** Asks without caring for the input or the answer; a refusal is no failure of the test. */
export async function ask(
  readers: AwsReaders,
  scope: ReaderScope,
  operation: Operation,
  input: object = {},
): Promise<void> {
  try {
    await readers.for(scope).call(operation, input as never);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

/** The most moments within any second that does not count its own end. */
export const mostInASecond = (moments: readonly number[]): number =>
  Math.max(0, ...moments.map((start) => moments.filter((at) => at >= start && at < start + 1 - 1e-6).length));

/** Whether some stretch of time holds more than a bucket of this rate and burst lets through. */
export function exceeds(moments: readonly number[], rate: number, burst: number): boolean {
  const sorted = [...moments].sort((a, b) => a - b);
  return sorted.some((start, first) =>
    sorted.slice(first).some((end, more) => more + 1 > burst + rate * (end - start) + 1e-6),
  );
}

/** Moments since the first, in seconds. */
export const since = (arrived: readonly Arrived[]): number[] =>
  arrived.map(({ at }) => Math.round((at - (arrived[0]?.at ?? 0)) * 1_000) / 1_000);
