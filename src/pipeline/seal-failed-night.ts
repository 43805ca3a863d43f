import type { Night } from '../domain/night.ts';
import { sealNight as seal } from '../evidence/seal-night.ts';
import type { Dependencies } from './dependencies.ts';
import { plainCause } from './plain-cause.ts';
import { commonOf, receiptOf, type SealReceipt } from './seal-night.ts';

export interface SealFailedNightInput {
  readonly night: Night;
  readonly failure: { readonly Error: string; readonly Cause: string };
}

/** The scope that the seal of a failed week names: its kind says only that it failed. */
export const failedWeek = 'a week of nights';

/** Seals what a failed night left, and says that and why it failed: a gap in the chain would look like a deleted night. */
export async function sealFailedNight(
  { night, failure }: SealFailedNightInput,
  dependencies: Dependencies,
): Promise<{ readonly seal: SealReceipt }> {
  const draft = {
    ...commonOf(night, dependencies),
    kind: 'failed' as const,
    scope: night.kind === 'week' ? failedWeek : 'not known',
    summary: null,
    completeness: null,
    counts: null,
    reports: [],
    failure: { error: failure.Error, cause: plainCause(failure.Cause).slice(0, 2_000) },
  };
  return { seal: receiptOf(await seal(dependencies.store, dependencies.signer, draft)) };
}
