import type { CredentialReportRow, RoleFact } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import { placeLastUse, type Window } from '../domain/window.ts';

/** A last-use date and the source that gave it. */
interface Use {
  readonly date: string;
  readonly source: string;
}

/** Whether an identity was used in the window: `used` as soon as any source says so, `unused` when every needed source was read. */
export interface Activity {
  readonly activity: 'used' | 'unused' | 'unread';
  readonly lastUsed: string | null;
  readonly lastUsedSource: string | null;
  readonly unread: Gap | null;
}

/** Judges dates against the window. `missing`: why a source that this identity needs was not read, null when all were. */
export function activityOf(
  uses: readonly Use[],
  window: Window,
  askedAt: string | null,
  missing: Gap | null,
): Activity {
  const placed = uses.map((use) => ({ ...use, placed: placeLastUse(use.date, window, askedAt) }));
  const plausible = placed.filter((use) => use.placed !== 'implausible').sort((a, b) => (a.date < b.date ? 1 : -1));
  const latest = plausible[0];
  const faulty = placed.find((use) => use.placed === 'implausible');
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
export function usesInReport(rows: readonly CredentialReportRow[]): Use[] {
  return rows.flatMap((row) => [
    ...(row.passwordLastUsed === null ? [] : [{ date: row.passwordLastUsed, source: 'password_last_used' }]),
    ...row.accessKeys.flatMap(({ lastUsed }, index) =>
      lastUsed === null ? [] : [{ date: lastUsed, source: `access_key_${index + 1}_last_used_date` }],
    ),
  ]);
}

/** A role needs `RoleLastUsed` and nothing else (design §3). */
export function roleActivity(lastUsed: RoleFact['lastUsed'], window: Window): Activity {
  if (lastUsed.kind === 'unknown') return activityOf([], window, null, lastUsed.gap);
  return activityOf(
    lastUsed.value === null ? [] : [{ date: lastUsed.value, source: 'RoleLastUsed' }],
    window,
    lastUsed.at,
    null,
  );
}

/** The gap of a reading, null where it is known. */
export const gapIn = (reading: Reading<unknown>): Gap | null => (reading.kind === 'unknown' ? reading.gap : null);
