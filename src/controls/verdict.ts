import { explainGap, type Gap } from '../domain/gap.ts';
import { type Reading, unknown } from '../domain/reading.ts';
import type { FindingStatus } from '../domain/tables.ts';
import { placeCreation, placeLastUse } from '../domain/window.ts';

/** The values that decided, by name. */
export type Evidence = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** What a control says of one resource, and why. `gap`: why it could not be measured. */
export interface Verdict {
  readonly status: FindingStatus;
  readonly reason: string;
  readonly evidence: Evidence;
  readonly gap: Gap | null;
}

export const pass = (reason: string, evidence: Evidence = {}): Verdict => ({
  status: 'pass',
  reason,
  evidence,
  gap: null,
});
export const fail = (reason: string, evidence: Evidence = {}): Verdict => ({
  status: 'fail',
  reason,
  evidence,
  gap: null,
});
export const notApplicable = (reason: string, evidence: Evidence = {}): Verdict => ({
  status: 'not-applicable',
  reason,
  evidence,
  gap: null,
});
export const notMeasured = (gap: Gap, evidence: Evidence = {}): Verdict => ({
  status: 'not-measured',
  reason: explainGap(gap),
  evidence,
  gap,
});

/** Worst first: what fails fails, whatever else is not known; and what is not known never passes. */
export const badness: readonly FindingStatus[] = ['fail', 'not-measured', 'pass', 'not-applicable'];

/** One verdict of many about the same resource: the worst, with the reasons of all that are as bad. */
export function worst(verdicts: readonly Verdict[], none: Verdict): Verdict {
  const status = badness.find((it) => verdicts.some((verdict) => verdict.status === it));
  const same = verdicts.filter((verdict) => verdict.status === status);
  const [first] = same;
  if (first === undefined) return none;
  const reasons = [...new Set(same.map(({ reason }) => reason))];
  return { ...first, reason: reasons.join('; '), evidence: Object.assign({}, ...same.map(({ evidence }) => evidence)) };
}

/** A verdict on a fact that another verdict of the same resource can do without. */
export const ifKnown = <T>(reading: Reading<T>, judge: (value: T, at: string | null) => Verdict): Verdict =>
  reading.kind === 'known' ? judge(reading.value, reading.at) : notMeasured(reading.gap);

/** Where a date of creation lies; `null` where it tells nothing, with the gap to name. */
export function agedBeyond(date: string | null, what: string, days: number, clock: string): boolean | Gap {
  if (date === null) return { code: 'NO_DATE', what: `the creation of ${what}` };
  const placed = placeCreation(date, { clock, days });
  return placed === 'implausible' ? { code: 'IMPLAUSIBLE_DATE', what, date } : placed === 'before';
}

/** Whether a last use lies before the days that count. */
export function unusedFor(
  lastUsed: string,
  what: string,
  { days, clock, at }: { readonly days: number; readonly clock: string; readonly at: string | null },
): boolean | Gap {
  const placed = placeLastUse(lastUsed, { clock, days }, at);
  return placed === 'implausible' ? { code: 'IMPLAUSIBLE_DATE', what, date: lastUsed } : placed === 'before';
}

/** A fact that nobody asked for: no more known than a refused one. */
export const askedFor = <T>(
  readings: Readonly<Record<string, Reading<T>>>,
  key: string,
  operation: string,
): Reading<T> => readings[key] ?? unknown({ code: 'NOT_IN_SNAPSHOT', operation }, { region: 'global', operation });

/** `1 key`, `2 keys`; a word with an irregular plural passes it. */
export const counted = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
