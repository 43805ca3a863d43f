import { budgeted } from '../adapters/limits/budget.ts';
import { retrying } from '../adapters/limits/retry.ts';
import { type CallStats, noCalls } from '../adapters/limits/stats.ts';
import { ratesOf } from '../catalogue/rates.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';

/** Readers that keep to the rate budget and ask again where AWS throttles, and what they have to tell at the end (design §8). */
export function limitedReaders(
  readers: AwsReaders,
  maxRate: number | undefined,
): { readonly readers: AwsReaders; readonly told: () => string } {
  const stats = noCalls();
  const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const now = (): number => performance.now() / 1_000; // does not jump when the clock is set
  const rates = ratesOf({ maxRate: maxRate ?? null });
  const within = budgeted(readers, rates, { now, sleep, stats });
  return { readers: retrying(within, { sleep, random: Math.random, stats }), told: () => callsText(stats) };
}

function callsText({ calls, throttles, retries, mostInOneSecond }: CallStats): string {
  const sum = (counts: Readonly<Record<string, number>>): number =>
    Object.values(counts).reduce((total, count) => total + count, 0);
  return `${sum(calls)} calls to AWS, at most ${mostInOneSecond} in a second; throttled ${sum(throttles)} times, asked again ${sum(retries)} times`;
}
