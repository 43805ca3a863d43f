import type { NightSummary } from '../domain/summary.ts';

/** Whether not one account answered: then no figure may be read as good or bad. */
export const nothingMeasured = ({ completeness: { accounts } }: NightSummary): boolean =>
  accounts.measured + accounts.partial === 0;

/** Accounts that were not looked at, so that no answer about all of them can be a clean one. */
export const unseen = ({ completeness: { accounts } }: NightSummary): number => accounts.failed + accounts.skipped;

/** What an empty list may claim: nothing at all, nothing in what was read, or truly none. */
export function nothingWords(summary: NightSummary): string {
  if (nothingMeasured(summary)) return 'Not measured.';
  return unseen(summary) + summary.completeness.gaps.length > 0 ? 'None was seen in what could be read.' : 'None.';
}
