import type { Night, Pointer } from '../domain/night.ts';
import type { ReportStatus } from '../domain/seal.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { WeekSummary } from '../domain/week.ts';
import { type SealDraft, type SealedNight, sealNight as seal } from '../evidence/seal-night.ts';
import type { Dependencies } from './dependencies.ts';
import { fetchPointer, fromJson } from './stored.ts';

export interface SealNightInput {
  readonly night: Night;
  readonly summary: Pointer;
  readonly reports: readonly ReportStatus[];
}

/** What travels on: where the seal lies, its number and digest. */
export interface SealReceipt {
  readonly key: string;
  readonly seq: number;
  readonly digest: string;
  readonly kind: string;
}

/** Signs the manifest of every object of the run and links it to the previous seal (design §5). */
export async function sealNight(
  { night, summary, reports }: SealNightInput,
  dependencies: Dependencies,
): Promise<{ readonly seal: SealReceipt }> {
  const bytes = await fetchPointer(dependencies.store, 'archive', summary);
  const draft = {
    ...commonOf(night, dependencies),
    ...(night.kind === 'week' ? ofWeek(fromJson<WeekSummary>(bytes)) : ofNight(fromJson<NightSummary>(bytes))),
    summary: summary.sha256,
    reports: [...reports],
    failure: null,
  };
  return { seal: receiptOf(await seal(dependencies.store, dependencies.signer, draft)) };
}

type Told = Pick<SealDraft, 'kind' | 'scope' | 'completeness' | 'counts'>;

const ofNight = ({ completeness, counts, scope }: NightSummary): Told => ({
  kind: 'night',
  scope: scopeWords(scope),
  completeness: completeness.accounts,
  counts,
});

/** The accounts of the last night of the week, and its changes by kind. */
const ofWeek = ({ nights, changes, scope }: WeekSummary): Told => ({
  kind: 'week',
  scope: scopeWords(scope),
  completeness: nights.at(-1)?.accounts ?? null,
  counts: changes.counts,
});

const scopeWords = ({ organization }: NightSummary['scope']): string => organization ?? 'no organisation';

/** What every seal of a run says, failed or not. */
export function commonOf(night: Night, { settings }: Dependencies) {
  return {
    schema: 'assay/seal/1' as const,
    run: night.run,
    clock: night.clock,
    sealedAt: night.clock, // the clock sets every time Assay itself writes (design §2)
    scopeDigest: night.scopeDigest,
    versions: { ...settings.versions },
    input: night.input,
  } satisfies Partial<SealDraft>;
}

export const receiptOf = ({ key, digest, seal: { seq, kind } }: SealedNight): SealReceipt => ({
  key,
  seq,
  digest,
  kind,
});
