import { isCounted } from '../domain/identity.ts';
import type { CredentialRow, IdentityRow } from '../domain/tables.ts';
import { arn, type Markup, name, shellWord } from './markup.ts';
import { day, daysBetween, plural } from './numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from './status.ts';
import { kindWord } from './words.ts';

/** A row of the credential register. `command` is what the copy button hands over. */
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
  readonly command: string;
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
    command:
      `aws iam update-service-specific-credential --user-name ${shellWord(row.user)} ` +
      `--service-specific-credential-id ${shellWord(row.credentialId)} --status Inactive`,
  };
}

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
  const since = row.lastUsed ?? row.created;
  return {
    account: row.account,
    href,
    arn: arn(row.arn),
    copy: row.arn,
    kind: kindWord[row.kind],
    created: day(row.created),
    lastUsed:
      row.lastUsed === null ? (row.activity === 'unread' ? 'not measured' : 'no use on record') : day(row.lastUsed),
    idle: since === null || row.activity === 'unread' ? '–' : plural(Math.max(daysBetween(since, clock), 0), 'day'),
    status: activityStatus(row),
  };
}

function activityStatus({ kind, activity, tooNew, unread }: IdentityRow): StatusView {
  if (!isCounted(kind)) return noStatus(`${activity === 'unread' ? 'not measured' : activity}, counted apart`);
  if (activity === 'used') return passes('used');
  if (activity === 'unread') return unknownStatus(unread === null ? 'not measured' : `not measured: ${unread.code}`);
  return tooNew ? noStatus('too new to judge') : fails('unused');
}
