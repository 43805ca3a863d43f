import type { AwsReaders } from '../ports/aws-reader.ts';

/** Readers that keep to the rate budget, and what they have to tell at the end. */
export function limitedReaders(
  readers: AwsReaders,
  _maxRate: number | undefined,
): { readonly readers: AwsReaders; readonly told: () => string } {
  return { readers, told: () => '' };
}
