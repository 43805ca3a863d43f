import { type RateOptions, ratesOf } from '../../catalogue/rates.ts';
import type { AwsReaders } from '../../ports/aws-reader.ts';
import { budgeted } from './budget.ts';
import { retrying } from './retry.ts';
import { type CallStats, noCalls } from './stats.ts';

/** Readers that keep to the rate budget and ask again where AWS throttles, on the clock of this machine; and what they count (design §8). */
export function limited(
  readers: AwsReaders,
  options: RateOptions,
): { readonly readers: AwsReaders; readonly stats: CallStats } {
  const stats = noCalls();
  const sleep = (seconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
  const now = (): number => performance.now() / 1_000; // does not jump when the clock is set
  const within = budgeted(readers, ratesOf(options), { now, sleep, stats });
  return { readers: retrying(within, { sleep, random: Math.random, stats }), stats };
}
