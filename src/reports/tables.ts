import { isCounted } from '../domain/identity.ts';
import type { IdentityRow } from '../domain/tables.ts';
import { arn, type Markup } from './markup.ts';
import { day, daysBetween, plural } from './numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from './status.ts';
import { kindWord } from './words.ts';

/** A row of an identity list. */
export interface IdentityView {
  readonly account: string;
  readonly href: string | null;
  readonly arn: Markup;
  readonly copy: string;
  readonly kind: string;
  readonly created: string;
  readonly lastUsed: string;
  readonly idle: string;
  readonly status: StatusView;
}

export function identityView(row: IdentityRow, clock: string, href: string | null): IdentityView {
  return {
    account: row.account,
    href,
    arn: arn(row.arn),
    copy: row.arn,
    kind: kindWord[row.kind],
    created: day(row.created),
    lastUsed:
      row.lastUsed === null ? (row.activity === 'unread' ? 'not measured' : 'no use on record') : day(row.lastUsed),
    idle: idleOf(row, clock),
    status: activityStatus(row),
  };
}

/** Without a use on record nobody can say for how long: AWS forgets a use after some 400 days. */
function idleOf({ activity, lastUsed }: IdentityRow, clock: string): string {
  const days = lastUsed === null || activity === 'unread' ? null : daysBetween(lastUsed, clock);
  return days === null ? '–' : plural(Math.max(days, 0), 'day');
}

function activityStatus({ kind, activity, tooNew, unread }: IdentityRow): StatusView {
  if (!isCounted(kind)) return noStatus(`${activity === 'unread' ? 'not measured' : activity}, counted apart`);
  if (activity === 'used') return passes('used');
  if (activity === 'unread') return unknownStatus(unread === null ? 'not measured' : `not measured: ${unread.code}`);
  return tooNew ? noStatus('too new to judge') : fails('unused');
}
