import { isCounted } from '../domain/identity.ts';
import type { CredentialRow, IdentityRow } from '../domain/tables.ts';
import { arn, type Markup, name, shellWord } from './markup.ts';
import { day, daysBetween, plural } from './numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from './status.ts';
import { kindWord } from './words.ts';

/** A row of the credential register. `command` is what the copy button hands over; a key that is not live needs none. */
export interface KeyView {
  readonly account: string;
  readonly href: string | null;
  readonly user: Markup;
  readonly service: string;
  readonly id: string;
  readonly status: StatusView;
  readonly created: string;
  readonly expires: string;
  readonly endless: boolean;
  readonly phantom: boolean;
  readonly command: string | null;
}

const serviceWords: Readonly<Record<string, string>> = {
  'aws-external-anthropic.amazonaws.com': 'Claude Platform',
  'bedrock.amazonaws.com': 'Bedrock',
};

export function keyView(row: CredentialRow, href: string | null): KeyView {
  return {
    account: row.account,
    href,
    user: name(row.user),
    service: serviceWords[row.service] ?? row.service,
    id: row.credentialId,
    status: keyStatus(row),
    created: day(row.created),
    expires: row.expires === null ? 'never' : day(row.expires),
    endless: row.live && row.expires === null,
    phantom: row.phantom,
    command: row.live ? deactivation(row) : null,
  };
}

const deactivation = ({ user, credentialId }: CredentialRow): string =>
  `aws iam update-service-specific-credential --user-name ${shellWord(user)} ` +
  `--service-specific-credential-id ${shellWord(credentialId)} --status Inactive`;

function keyStatus({ live, ai, status, expires }: CredentialRow): StatusView {
  if (live) return ai ? fails('live') : noStatus('live');
  return passes(status === 'Active' && expires !== null ? 'expired' : status.toLowerCase());
}

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
