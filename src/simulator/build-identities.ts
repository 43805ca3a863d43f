import type { StatusType } from '@aws-sdk/client-iam';
import type { AccountId, Region } from '../domain/ids.ts';
import type { Calendar } from './calendar.ts';
import type {
  PolicyDocument,
  SimulatedAccessKey,
  SimulatedCredential,
  SimulatedGrants,
  SimulatedRole,
  SimulatedUser,
} from './organization.ts';
import { uniqueId } from './unique-id.ts';

// Users and roles told in days before the clock, so that a test or a table states only what it is about.

/** Long before any window: what is not said to be new is old. */
const old = 500;
const home = 'eu-central-1' as Region;

export interface CredentialSpec {
  readonly service: string;
  readonly status?: StatusType;
  /** Days before the clock; the user's own age where absent. */
  readonly created?: number;
  /** Days after the clock, negative for an expiry that has passed; absent = never. */
  readonly expires?: number;
}

/** Days since a service was used, null = never; or with days since some of its tracked actions were, and where. */
export type UseSpec =
  | number
  | null
  | { readonly used: number; readonly actions?: Readonly<Record<string, number>>; readonly region?: string };

interface IdentitySpec extends Partial<SimulatedGrants> {
  readonly name: string;
  readonly boundary?: string;
  /** By service, where its last-accessed report shows another use than follows from the rest; `failed` = no report. */
  readonly uses?: Readonly<Record<string, UseSpec>> | 'failed';
}

export interface UserSpec extends IdentitySpec {
  readonly created?: number;
  readonly groups?: readonly string[];
  /** Days since the password was used; null = a password nobody used; absent = no password. */
  readonly password?: number | null;
  /** Active access keys: days since each was used, null = never. */
  readonly keys?: readonly (number | null)[];
  /** Holds an active signing certificate. */
  readonly certificate?: boolean;
  readonly credentials?: readonly CredentialSpec[];
  /** Nobody may list its credentials. */
  readonly sealed?: true;
  /** Who its tag `Owner` names. */
  readonly owner?: string;
}

export interface RoleSpec extends IdentitySpec {
  readonly path?: string;
  readonly created?: number;
  /** Days since its last use; null or absent = AWS saw none. */
  readonly used?: number | null;
  /** Who may assume it: a service, or the root of the account where absent. */
  readonly service?: string;
  /** The whole trust policy, where a service's name does not tell it. */
  readonly trust?: PolicyDocument;
}

export function buildUser(account: AccountId, calendar: Calendar, spec: UserSpec): SimulatedUser {
  const { name, created = old, groups = [], attached = [], inline = {}, credentials = [] } = spec;
  const since = calendar.before(created);
  return {
    name,
    created: since,
    groups,
    attached,
    inline,
    ...identityOf(calendar, spec),
    password: passwordOf(calendar, since, spec.password),
    accessKeys: (spec.keys ?? []).map((used) => accessKey(calendar, since, used)),
    certificates: spec.certificate === true ? [{ active: true, rotated: since }] : [],
    credentials: credentials.map((credential, index) => ({
      ...credentialOf(calendar, created, credential),
      id: uniqueId('ACCA', `${account}/${name}/${credential.service}/${index}`),
    })),
    sealed: spec.sealed === true,
    tags: spec.owner === undefined ? {} : { Owner: spec.owner },
  };
}

function identityOf(
  { before }: Calendar,
  { boundary, uses = {} }: IdentitySpec,
): Pick<SimulatedUser, 'boundary' | 'accessed'> {
  if (uses === 'failed') return { boundary: boundary ?? null, accessed: uses };
  const entries = Object.entries(uses).map(([service, use]) => {
    if (use === null) return [service, null] as const;
    const { used, actions = {}, region = home } = typeof use === 'number' ? { used: use } : use;
    const dated = Object.entries(actions).map(([action, days]) => [action, before(days)] as const);
    const told = { at: before(used), region: region as Region, actions: Object.fromEntries(dated) };
    return [service, told] as const;
  });
  return { boundary: boundary ?? null, accessed: Object.fromEntries(entries) };
}

function passwordOf({ before }: Calendar, changed: string, used: number | null | undefined): SimulatedUser['password'] {
  if (used === undefined) return null;
  return { changed, lastUsed: used === null ? null : before(used), mfa: used !== null };
}

function accessKey({ before }: Calendar, rotated: string, used: number | null): SimulatedAccessKey {
  return { active: true, rotated, lastUsed: used === null ? null : { at: before(used), region: home, service: 's3' } };
}

function credentialOf(calendar: Calendar, userAge: number, spec: CredentialSpec): Omit<SimulatedCredential, 'id'> {
  const { service, status = 'Active', created = userAge, expires } = spec;
  return {
    service,
    status,
    created: calendar.before(created),
    expires: expires === undefined ? null : calendar.after(expires),
  };
}

export function buildRole(account: AccountId, calendar: Calendar, spec: RoleSpec): SimulatedRole {
  const { name, path = '/', created = old, used = null, service, attached = [], inline = {} } = spec;
  return {
    name,
    path,
    created: calendar.before(created),
    attached,
    inline,
    ...identityOf(calendar, spec),
    trust:
      spec.trust ?? trustOf(service === undefined ? { AWS: `arn:aws:iam::${account}:root` } : { Service: service }),
    lastUsed: used === null ? null : { at: calendar.before(used), region: home },
  };
}

const trustOf = (principal: Readonly<Record<string, string>>): PolicyDocument => ({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: principal, Action: 'sts:AssumeRole' }],
});
