import { pagesOf } from '../../catalogue/paging.ts';
import type { Rates } from '../../catalogue/rates.ts';
import { Refusal } from '../../domain/gap.ts';
import type { Operation } from '../../ports/aws-calls.ts';
import type { Answer, AwsReader, AwsReaders, Input, ReaderScope } from '../../ports/aws-reader.ts';
import type { Bucket } from './bucket.ts';
import { type Gate, gate, type Time } from './gate.ts';
import { type Shelf, shelf } from './shelf.ts';
import { type CallStats, count, noCalls, perSecond } from './stats.ts';

interface Budget {
  readonly now: Time['now'];
  readonly shelf: Shelf;
  readonly gate: Gate;
  readonly stats: CallStats;
  readonly inLastSecond: (moment: number) => number;
}

/**
 * Keeps every call within the rates AWS allows (design §8): each waits until its account's, its organisation's and its run's bucket have
 * a token. What AWS throttles slows the buckets of that call. Lies next to the transport, so that calls asked again count as well.
 */
export function budgeted(
  readers: AwsReaders,
  rates: Rates,
  { now, sleep, stats = noCalls() }: Time & { readonly stats?: CallStats },
): AwsReaders {
  const budget = { now, shelf: shelf(rates), gate: gate({ now, sleep }), stats, inLastSecond: perSecond() };
  return {
    for: (scope) => budgetedReader(readers.for(scope), scope, budget),
    accounts: () => readers.accounts(),
  };
}

function budgetedReader(reader: AwsReader, scope: ReaderScope, budget: Budget): AwsReader {
  const call = <O extends Operation>(operation: O, input: Input<O>): Promise<Answer<O>> =>
    budget.shelf.lend({ scope, operation, moment: budget.now() }, async (buckets) => {
      const wentAt = await turn(operation, buckets, budget);
      return answer(() => reader.call(operation, input), operation, buckets, wentAt, budget);
    });
  return { call, pages: (operation, input) => pagesOf(call, operation, input) };
}

/** Waits for the call's turn; resolves to the moment it came. */
async function turn(operation: Operation, buckets: readonly Bucket[], budget: Budget): Promise<number> {
  const { now, gate, stats, inLastSecond } = budget;
  const cameAt = now();
  const wentAt = await gate.pass(buckets);
  count(stats.calls, operation);
  stats.queued += wentAt - cameAt;
  stats.firstAt ??= wentAt;
  stats.lastAt = wentAt;
  stats.mostInOneSecond = Math.max(stats.mostInOneSecond, inLastSecond(wentAt));
  return wentAt;
}

/** AWS does not say which of its limits was met, so that all buckets of a throttled call slow down. */
async function answer<T>(
  ask: () => Promise<T>,
  operation: Operation,
  buckets: readonly Bucket[],
  wentAt: number,
  { now, stats }: Budget,
): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof Refusal && error.gap.code === 'THROTTLED') {
      count(stats.throttles, operation);
      for (const bucket of buckets) bucket.throttled(wentAt, now());
    }
    throw error;
  }
}
