import { limited } from '../adapters/limits/limited.ts';
import { summed } from '../adapters/limits/stats.ts';
import type { CallSummary } from '../domain/calls.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';

/** Readers that keep to the rate budget of one process, and what they asked so far. */
export function limitedReaders(
  live: AwsReaders,
  maxRate: number | undefined,
): { readonly readers: AwsReaders; readonly calls: () => CallSummary } {
  const { readers, stats } = limited(live, { maxRate: maxRate ?? null });
  return { readers, calls: () => summed(stats) };
}
