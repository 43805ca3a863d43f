import type { AiKeyPrefix, AiKeyService } from '../catalogue/credential-services.ts';
import { explainGap, type Gap } from '../domain/gap.ts';
import type { CredentialRow, KeyHolderRow, KeyHolderState, KeyPowerRow, Power } from '../domain/tables.ts';
import { arn, type Markup, name, shellWord } from './markup.ts';
import { day, plural } from './numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from './status.ts';
import { capital } from './words.ts';

/** A row of the credential register. `command` is what the copy button hands over; a key that is not live needs none. */
export interface KeyView {
  readonly account: string;
  readonly href: string | null;
  readonly user: Markup;
  readonly service: string;
  readonly id: string;
  readonly status: StatusView;
  readonly created: string;
  /** `254 days`. */
  readonly age: string | null;
  readonly expires: string;
  readonly endless: boolean;
  readonly phantom: boolean;
  readonly lastUse: string;
  /** A word on whose use it may have been. */
  readonly whose: string | null;
  /** Whether guardrails deny its use; null where that is no question. */
  readonly guardrail: StatusView | null;
  /** `owner: platform-team`, `also holds a password and 2 access keys`. */
  readonly notes: readonly string[];
  readonly command: string | null;
}

const serviceWords: Readonly<Record<string, string>> = {
  'aws-external-anthropic.amazonaws.com': 'Claude Platform',
  'bedrock.amazonaws.com': 'Bedrock',
} satisfies Record<AiKeyService, string>;

export function keyView(row: CredentialRow, holder: KeyHolderRow | null, href: string | null): KeyView {
  return {
    account: row.account,
    href,
    user: name(row.user),
    service: serviceWords[row.service] ?? row.service,
    id: row.credentialId,
    status: keyStatus(row),
    created: day(row.created),
    age: row.ageDays === null ? null : plural(row.ageDays, 'day'),
    expires: row.expires === null ? 'never' : day(row.expires),
    endless: row.live && row.expires === null,
    phantom: row.phantom,
    lastUse: lastUseWords(row),
    whose: row.lastUse.state === 'used' ? whoseWords(row) : null,
    guardrail: row.live && row.use !== null ? guardrailStatus[row.use] : null,
    notes: holder === null ? [] : notesOn(holder),
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

const guardrailStatus: Readonly<Record<NonNullable<CredentialRow['use']>, StatusView>> = {
  denied: passes('denied'),
  open: fails('not denied'),
  'not-measured': unknownStatus('not measured'),
};

function lastUseWords({ lastUse: { state, at } }: CredentialRow): string {
  if (state === 'not-measured') return 'not measured';
  return state === 'used' ? day(at) : 'none on record';
}

function whoseWords({ lastUse: { sole } }: CredentialRow): string | null {
  if (sole === true) return null;
  return sole === false ? 'or by another credential of the user' : 'whether by this one is not known';
}

/** What stands below a holder's name: owner, other credentials, policies of a console on an ordinary user. */
function notesOn(holder: KeyHolderRow): string[] {
  const { owner, phantom, consolePolicies } = holder;
  const policies = phantom ? [] : (consolePolicies ?? []);
  return [
    ...(owner === null ? [] : [`owner ${owner}`]),
    ...(othersWords(holder).length === 0 ? [] : [`also ${othersWords(holder).join(', ')}`]),
    ...(policies.length === 0 ? [] : [`has ${policies.map(policyName).join(', ')}`]),
  ];
}

/** `a password`, `2 access keys`, `SSH keys not measured`; nothing where there is none. */
function othersWords({ others }: KeyHolderRow): string[] {
  const { password, accessKeys, accessKeysInactive, sshKeys, certificates } = others;
  const counted = (count: number | null, one: string): string[] =>
    count === null ? [`${one}s not measured`] : count === 0 ? [] : [plural(count, one)];
  return [
    ...(password === null ? ['password not measured'] : password ? ['a password'] : []),
    ...counted(accessKeys, 'access key'),
    ...(accessKeysInactive === null || accessKeysInactive === 0
      ? []
      : [plural(accessKeysInactive, 'inactive access key')]),
    ...counted(sshKeys, 'SSH key'),
    ...counted(certificates, 'signing certificate'),
  ];
}

const policyName = (policy: string): string => policy.slice(policy.lastIndexOf('/') + 1);

/** A row of the list of phantom users. */
export interface PhantomView {
  readonly account: string;
  readonly href: string | null;
  readonly user: Markup;
  readonly created: string;
  readonly state: StatusView;
  readonly others: string;
  readonly gained: boolean;
  readonly policies: string;
  readonly advice: string;
}

const stateStatus: Readonly<Record<KeyHolderState, StatusView>> = {
  'live-key': fails('live key'),
  'inactive-only': fails('inactive keys only'),
  'expired-only': noStatus('expired keys only'),
  orphaned: noStatus('orphaned: no key'),
  'not-measured': unknownStatus('not measured'),
};

export function phantomView(holder: KeyHolderRow, href: string | null): PhantomView {
  const others = othersWords(holder);
  return {
    account: holder.account,
    href,
    user: name(holder.user),
    created: day(holder.created),
    state: stateStatus[holder.state],
    others: others.length === 0 ? 'none' : capital(others.join(', ')),
    gained: holder.gained === 'yes',
    policies: policiesWords(holder),
    advice: adviceOn(holder),
  };
}

function policiesWords({ consolePolicies, otherPolicies }: KeyHolderRow): string {
  if (consolePolicies === null || otherPolicies === null) return 'not measured';
  const [console, other] = [consolePolicies.map(policyName), otherPolicies.map(policyName)];
  const parts = [
    ...(console.length === 0 ? [] : [`${console.join(', ')} (by the console)`]),
    ...(other.length === 0 ? [] : [`${other.join(', ')} (by somebody)`]),
  ];
  return parts.length === 0 ? 'none' : parts.join('; ');
}

/** What to do with a phantom user. Only one of which everything was read, and nothing is left, may be deleted unseen. */
export function adviceOn({ state, unread, gained, others }: KeyHolderRow): string {
  if (state === 'not-measured')
    return `Do not delete it: it may hold a live key (${unread === null ? 'not read' : explainGap(unread as unknown as Gap)}).`;
  if (gained === 'yes') return 'Somebody gave it more than a key: find out who uses that before anything is deleted.';
  if (state !== 'live-key' && Object.values(others).some((count) => count !== false && count !== 0))
    return 'Look at its other credentials first: not all of them are known to be none.';
  return byState[state];
}

const byState: Readonly<Record<Exclude<KeyHolderState, 'not-measured'>, string>> = {
  'live-key': 'Move its work to a role, deactivate the key, then delete both.',
  'inactive-only': 'An inactive key can be turned on again: delete it and the user.',
  'expired-only': 'Delete its expired keys and the user.',
  orphaned: 'Nothing is left of its key: delete the user.',
};

/** A row of those who could make an AI key or call with one. */
export interface PowerView {
  readonly account: string;
  readonly href: string | null;
  readonly arn: Markup;
  readonly make: string;
  readonly call: string;
}

const prefixWords: Readonly<Record<string, string>> = {
  'aws-external-anthropic': 'Claude Platform',
  bedrock: 'Bedrock',
  'bedrock-mantle': 'Bedrock Mantle',
} satisfies Record<AiKeyPrefix, string>;

export const powerView = (row: KeyPowerRow, href: string | null): PowerView => ({
  account: row.account,
  href,
  arn: arn(row.arn),
  make: powerWords(row.make),
  call: powerWords(row.call),
});

function powerWords(powers: Readonly<Record<string, Power>>): string {
  const found = Object.entries(powers).flatMap(([prefix, power]) => {
    const word = prefixWords[prefix] ?? prefix;
    if (power === 'denied') return [];
    if (power === 'allowed') return [word];
    return [`${word} (${power === 'unread' ? 'unread' : 'under conditions'})`];
  });
  return found.length === 0 ? '–' : found.join(', ');
}
