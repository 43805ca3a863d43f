import type { NightSummary } from '../domain/summary.ts';
import { differences, metricDifferences, type PlantedMetric } from './truth.ts';

/** The headline figures that a night of an earlier week must give. */
export interface WeekTruth {
  readonly accounts: NightSummary['completeness']['accounts'];
  readonly aiKeysLive: number;
  readonly metrics: readonly PlantedMetric[];
}

/** Where a night of an earlier week differs from the truth, one sentence each; empty when they are equal. */
export function compareWithWeek(
  { completeness, counts, metrics }: NightSummary,
  { accounts, aiKeysLive, metrics: planted }: WeekTruth,
): string[] {
  return [
    ...differences('accounts', accounts, completeness.accounts),
    ...differences('counts', { aiKeysLive }, counts),
    ...planted.flatMap((it) => metricDifferences(it, metrics)),
  ];
}
