import type { CredentialReportRow, LastAccessedReport } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import { placeLastUse, type Window } from '../domain/window.ts';

/** A last-use date, the source that gave it, and when that source was asked. */
export interface Use {
  readonly date: string;
  readonly source: string;
  readonly askedAt: string | null;
}

/** Dates of sources that an identity needs, dates that others add, and why a needed source was not read (null when all were). */
export interface Sources {
  readonly needed: readonly Use[];
  readonly added: readonly Use[];
  readonly missing: Gap | null;
}

/** Whether an identity was used in the window: `used` as soon as any source says so, `unused` when every needed source was read. */
export interface Activity {
  readonly activity: 'used' | 'unused' | 'unread';
  readonly lastUsed: string | null;
  readonly lastUsedSource: string | null;
  readonly unread: Gap | null;
}

/** Judges dates against the window. A date that cannot be makes a needed source unread; one that only adds then adds nothing. */
export function activityOf({ needed, added, missing }: Sources, window: Window): Activity {
  const place = (use: Use) => ({ ...use, placed: placeLastUse(use.date, window, use.askedAt) });
  const [own, others] = [needed.map(place), added.map(place)];
  const plausible = [...own, ...others].filter((use) => use.placed !== 'implausible');
  const latest = plausible.reduce<Use | undefined>(
    (best, use) => (best === undefined || use.date > best.date ? use : best), // of equal dates the first
    undefined,
  );
  const faulty = own.find((use) => use.placed === 'implausible');
  const fault: Gap | null =
    faulty === undefined ? null : { code: 'IMPLAUSIBLE_DATE', what: faulty.source, date: faulty.date };
  const used = plausible.some((use) => use.placed === 'inside');
  const unread = used ? null : (fault ?? missing);
  return {
    activity: used ? 'used' : unread === null ? 'unused' : 'unread',
    lastUsed: latest?.date ?? null,
    lastUsedSource: latest?.source ?? null,
    unread,
  };
}

/** The last-use dates of a user's rows in the credential report: password and access keys, never a creation or rotation date. */
export function usesInReport(rows: readonly CredentialReportRow[], askedAt: string | null): Use[] {
  const use = (date: string | null, source: string): Use[] => (date === null ? [] : [{ date, source, askedAt }]);
  return rows.flatMap((row) => [
    ...use(row.passwordLastUsed, 'password_last_used'),
    ...row.accessKeys.flatMap(({ lastUsed }, index) => use(lastUsed, `access_key_${index + 1}_last_used_date`)),
  ]);
}

/** The names under which last-accessed data stands as a source begin so; the service follows. */
export const lastAccessedSource = 'service-last-accessed';

/** The last-use dates of a last-accessed report, by service; none where it was not asked for or not read. */
export function usesInLastAccessed(report: Reading<LastAccessedReport> | undefined): Use[] {
  if (report?.kind !== 'known') return [];
  const { value, at: askedAt } = report;
  return value.services.flatMap(({ namespace, lastAuthenticated: date }) =>
    date === null ? [] : [{ date, source: `${lastAccessedSource} (${namespace})`, askedAt }],
  );
}

/** The gap of a reading, null where it is known. */
export const gapIn = (reading: Reading<unknown>): Gap | null => (reading.kind === 'unknown' ? reading.gap : null);
