import type { Night, Pointer } from '../domain/night.ts';
import type { Seal } from '../domain/seal.ts';
import type { NightRef, SelectedNights } from '../domain/week.ts';
import { sha256 } from '../evidence/canonical.ts';
import { dtOf, type StoredSeal, walkChain } from '../evidence/chain.ts';
import { EvidenceError } from '../evidence/error.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { type Absence, type Asked, type SealedRun, selectNights as selected } from '../history/nights.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { scopeDigestOf } from './claim-night.ts';
import type { Dependencies } from './dependencies.ts';
import { work } from './keys.ts';
import { fetchPointer, fromJson, toJson } from './stored.ts';

/** A period without a single night: a report that says nothing would look like a good one, so the week fails and is sealed as failed. */
export class NoNights extends Error {
  override readonly name = 'NoNights';
}

/** Days of a period, where no earlier week says that it must begin before that. */
const weekDays = 7;

/** How far back `reopened` is looked for: nights before the period, the newest first, with so many accounts in all. */
const lookBack = 100_000;

/**
 * The nights of a week (design §1): walks the chain of seals from the head and takes, of the same scope, the last night of each date that did
 * not fail. What is kept of a seal is small, and kept of this scope alone.
 */
export async function selectNights(
  { night }: { readonly night: Night },
  { store }: Dependencies,
): Promise<{ readonly nights: Pointer }> {
  const bytes = toJson(await selectionFor(store, night));
  const key = work.nights(night.run);
  await store.put('work', key, bytes);
  return { nights: { key, sha256: sha256(bytes) } };
}

/** The same without anything written: throws NoNights where the period has none, EvidenceError where the chain is broken. */
export async function selectionFor(store: ObjectStore, night: Night): Promise<SelectedNights> {
  const { runs, week } = await walk(store, night);
  const lastWeek = week === undefined ? null : await lastWeekOf(store, week);
  return selectionOf(runs, lastWeek, night);
}

/** What is kept of a seal while the chain is walked. */
type Kept = SealedRun & Pick<StoredSeal, 'digest'> & Pick<Seal, 'summary' | 'completeness'>;

/** The nights and failed nights of the scope up to the clock, and the last week of it before the clock. */
async function walk(
  store: ObjectStore,
  night: Night,
): Promise<{ readonly runs: readonly Kept[]; readonly week: StoredSeal | undefined }> {
  const scopeDigest = nightScope(night);
  const runs: Kept[] = [];
  let week: StoredSeal | undefined;
  for await (const stored of walkChain(store)) {
    const { kind, run, seq, clock, failure, summary, completeness } = stored.seal;
    if (clock > night.clock) continue;
    if (stored.seal.scopeDigest === scopeDigest)
      runs.push({ kind, run, seq, clock, scopeDigest, failure, digest: stored.digest, summary, completeness });
    const earlierWeek = kind === 'week' && stored.seal.scopeDigest === night.scopeDigest && clock < night.clock;
    if (earlierWeek && clock > (week?.seal.clock ?? '')) week = stored;
  }
  return { runs, week };
}

/** The scope that nights of a week's selection have: weeks have one of their own. */
const nightScope = ({ input, selection }: Night): string => scopeDigestOf({ kind: 'night', input, selection });

async function lastWeekOf(store: ObjectStore, { seal, digest }: StoredSeal): Promise<SelectedNights['lastWeek']> {
  const { run, seq, clock, summary } = seal;
  const key = summaryKey({ dt: dtOf(clock), run }, 'week');
  if (summary === null) throw new EvidenceError('SUMMARY_MISMATCH', `the week ${run} was sealed without a summary`);
  const { period } = fromJson<{ period: SelectedNights['period'] }>(
    await fetchPointer(store, 'archive', { key, sha256: summary }),
  );
  return { run, seq, seal: digest, to: period.to };
}

function selectionOf(runs: readonly Kept[], lastWeek: SelectedNights['lastWeek'], night: Night): SelectedNights {
  const period = periodOf(night.clock, runs, lastWeek?.to ?? null);
  const scopeDigest = nightScope(night);
  const choose = (asked: Omit<Asked, 'scopeDigest'>) => selected(runs, { scopeDigest, ...asked });
  const within = choose({ from: period.from, before: shifted(period.to, 1) });
  const nights = within.nights.map(refOf);
  const [first] = nights;
  if (first === undefined) throw new NoNights(noNights(period, within.failed));
  const [base, ...history] = choose({ before: period.from }).nights.map(refOf).toReversed();
  const there = new Set([...nights, ...within.failed].map(({ dt }) => dt));
  return {
    period,
    nights,
    base: base ?? (nights.length > 1 ? first : null),
    baseIn: base === undefined ? 'period' : 'before',
    failed: [...within.failed],
    missing: datesOf(period).filter((dt) => !there.has(dt)),
    lastWeek,
    history: newestWithin(history, lookBack),
  };
}

/**
 * The dates of a week: seven that end with the clock's own, or with the day before where that has no night yet; further back where the last
 * week ended before that, so that no night falls between two weeks.
 */
function periodOf(clock: string, runs: readonly Kept[], lastTo: string | null): SelectedNights['period'] {
  const today = dtOf(clock);
  const to = runs.some((run) => dtOf(run.clock) === today) ? today : shifted(today, -1);
  const usual = shifted(to, 1 - weekDays);
  const next = lastTo === null ? usual : shifted(lastTo, 1);
  const from = next < usual ? next : usual;
  return { from, to, days: Math.round((Date.parse(to) - Date.parse(from)) / dayMs) + 1 };
}

const dayMs = 86_400_000;
const shifted = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
const datesOf = ({ from, days }: SelectedNights['period']): string[] =>
  Array.from({ length: days }, (_, index) => shifted(from, index));

const refOf = ({ run, clock, seq, digest, summary, completeness }: Kept): NightRef => ({
  run,
  dt: dtOf(clock),
  clock,
  seq,
  seal: digest,
  summary,
  accounts: completeness ?? {},
});

function newestWithin(nights: readonly NightRef[], budget: number): NightRef[] {
  let left = budget;
  return nights.filter(({ accounts }) => {
    left -= Math.max(1, accounts['discovered'] ?? 1);
    return left >= 0;
  });
}

function noNights({ from, to }: SelectedNights['period'], failed: readonly Absence[]): string {
  const last = failed.at(-1);
  const why = last === undefined ? 'none was begun' : `${failed.length} failed, the last because ${last.why}`;
  return `no night of this scope has figures from ${from} to ${to}: ${why}`;
}
