import type { NightSummary } from '../domain/summary.ts';
import { findFigure } from './figures.ts';
import { integer, plural } from './numbers.ts';
import { nothingMeasured, unseen } from './scope.ts';

/** How much of the organisation's AI keys was read: all, a part (every count is a least one), or nothing. */
export type Known = 'whole' | 'part' | 'none';

export function aiKeysKnown(summary: NightSummary): Known {
  if (nothingMeasured(summary)) return 'none';
  const found = findFigure(summary, 'credential.ai-key-user-rate');
  if (found.state === 'not-measured' || found.state === 'not-built')
    return summary.counts.aiKeysLive > 0 ? 'part' : 'none';
  const hidden = found.state === 'known' && (found.metric.open || found.metric.unknown > 0);
  return hidden || summary.counts.aiKeyUsersUnread + unseen(summary) > 0 ? 'part' : 'whole';
}

/** `21`, or `at least 21` where not every user was read. */
export const keyCount = (summary: NightSummary, count: number, one: string): string =>
  `${aiKeysKnown(summary) === 'whole' ? '' : 'at least '}${plural(count, one)}`;

/** `at least 21 long-term AI keys are live`. */
export const liveKeys = (summary: NightSummary): string =>
  `${keyCount(summary, summary.counts.aiKeysLive, 'long-term AI key')} ${summary.counts.aiKeysLive === 1 ? 'is' : 'are'} live`;

/** `10 never expire, 1 sits on a phantom user`; of the keys that were seen. */
export function liveKeyDetail({ counts }: NightSummary): string {
  const { aiKeysLiveNeverExpiring: endless, aiKeysLiveOnPhantomUsers: phantom } = counts;
  const sit = phantom === 1 ? 'sits on a phantom user' : 'sit on phantom users';
  return `${neverExpire(endless)}, ${integer(phantom)} ${sit}`;
}

export const neverExpire = (count: number): string => `${integer(count)} never ${count === 1 ? 'expires' : 'expire'}`;

/** Whose keys were not read, or null: `3 users were not read, 2 accounts not counted in full`. */
export function keysUnread(summary: NightSummary): string | null {
  const found = findFigure(summary, 'credential.ai-key-user-rate');
  const metric = found.state === 'known' || found.state === 'not-measured' ? found : null;
  const accounts = metric?.state === 'known' && !metric.metric.open ? 0 : accountsOf(metric);
  const unread = summary.counts.aiKeyUsersUnread;
  const parts = [
    ...(unread > 0 ? [`${plural(unread, 'user')} not read`] : []),
    ...(accounts > 0 ? [`${plural(accounts, 'account')} not counted in full`] : []),
  ];
  return parts.length === 0 ? null : parts.join(', ');
}

type Hidden = Extract<ReturnType<typeof findFigure>, { state: 'known' | 'not-measured' }>;

const accountsOf = (found: Hidden | null): number =>
  found === null ? 0 : (found.state === 'known' ? found.metric.accountsNotMeasured : found.accounts).length;
