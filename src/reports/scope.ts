import type { NightSummary } from '../domain/summary.ts';

/** Whether not one account answered: then no figure may be read as good or bad. */
export const nothingMeasured = ({ completeness: { accounts } }: NightSummary): boolean =>
  accounts.measured + accounts.partial === 0;

/** Accounts that were not looked at, so that no answer about all of them can be a clean one. */
export const unseen = ({ completeness: { accounts } }: NightSummary): number => accounts.failed + accounts.skipped;
