import type { FindingCounts } from '../domain/summary.ts';
import { integer } from './numbers.ts';

/** `maxAgeDays 90`, or a word where there is none. */
export const thresholdWords = (thresholds: Readonly<Record<string, number>>): string =>
  Object.entries(thresholds)
    .map(([name, value]) => `${name} ${integer(value)}`)
    .join(', ') || 'none';

/** Findings, or accounts, by status. */
export const countWords = (counts: FindingCounts): string =>
  `${integer(counts.fail)} fail, ${integer(counts['not-measured'])} not measured, ${integer(counts.pass)} pass, ${integer(counts['not-applicable'])} not applicable`;
