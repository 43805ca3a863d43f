import type { AccountFacts, CredentialReportRow, PrincipalFacts, RoleFact } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import { type IdentityKind, kindOfRole, kindOfUser, type SpecialNames } from '../domain/identity.ts';
import type { AccountId } from '../domain/ids.ts';
import { ofUser } from '../domain/of-user.ts';
import { itemsOf, type Reading, unknown } from '../domain/reading.ts';
import type { AgentWord, IdentityRow } from '../domain/tables.ts';
import { placeCreation, type Window } from '../domain/window.ts';
import { type Activity, activityOf, gapIn, usesInLastAccessed, usesInReport } from './activity.ts';
import { credentialsOf } from './credentials.ts';
import { trustOf } from './trust.ts';

/** Which of an account's two populations could be enumerated. */
export interface Enumerated {
  readonly users: boolean;
  readonly roles: boolean;
}

/** What activity is judged by. Where SSH keys were not asked for, nobody knows who holds one. */
type ActivityFacts = PrincipalFacts & Partial<Pick<AccountFacts, 'sshKeys'>>;

/** Every IAM user and role of an account with its kind and activity (design §3). */
export function judgeIdentities(facts: ActivityFacts, window: Window, special: SpecialNames): IdentityRow[] {
  const users = usersOf(facts).map(({ name, arn, created }) =>
    rowOf(
      facts.account,
      { arn, name, created, kind: kindOfUser(name, arn, special), agent: 'no' },
      userActivity({ name, arn }, facts, window),
      window,
    ),
  );
  const { roles } = facts.authorization;
  if (roles.kind === 'unknown') return users;
  const roleRows = roles.value.map((role) =>
    rowOf(
      facts.account,
      { ...role, kind: kindOfRole(role.name, role.path, role.arn, special), agent: trustOf(role).agent },
      roleActivity(role, facts, window),
      window,
    ),
  );
  return [...users, ...roleRows];
}

export function enumerated({ authorization, credentialReport }: AccountFacts): Enumerated {
  return {
    users: authorization.users.kind === 'known' || credentialReport.kind === 'known',
    roles: authorization.roles.kind === 'known',
  };
}

/** The account's users: from the authorization details, else from the credential report, which names them too. */
export function usersOf({
  authorization,
  credentialReport,
}: Pick<AccountFacts, 'authorization' | 'credentialReport'>): { name: string; arn: string; created: string | null }[] {
  if (authorization.users.kind === 'known')
    return authorization.users.value.map(({ name, arn, created }) => ({ name, arn, created }));
  if (credentialReport.kind === 'unknown') return [];
  const byName = new Map(
    credentialReport.value.users.map(({ user, arn, created }) => [user, { name: user, arn, created }]),
  );
  return [...byName.values()]; // the report can hold a user twice
}

/** An identity, with its own tags where they were read. */
export type TaggedIdentity = IdentityRow & { readonly tags?: Readonly<Record<string, string>> | undefined };

/** Identities with the tags they carry: a session of a role can bring others. */
export function withTags(
  identities: readonly IdentityRow[],
  { users, roles }: AccountFacts['authorization'],
): TaggedIdentity[] {
  const read = [...itemsOf(users), ...itemsOf(roles)];
  const tags = new Map(read.map((it) => [it.arn, it.tags]));
  return identities.map((row) => ({ ...row, tags: tags.get(row.arn) }));
}

interface Named {
  readonly name: string;
  readonly arn: string;
}

/** What was read of one user beside the user's last-accessed report. */
interface Seen extends Named {
  readonly rows: readonly CredentialReportRow[];
  readonly listed: ReturnType<typeof credentialsOf>;
  readonly sshKeys: Reading<readonly unknown[]>;
}

const sshNotAsked = unknown(
  { code: 'NOT_IN_SNAPSHOT', operation: 'iam:ListSSHPublicKeys' },
  { region: 'global', operation: 'iam:ListSSHPublicKeys' },
);

function seen({ name, arn }: Named, { credentialReport, serviceCredentials, sshKeys = {} }: ActivityFacts): Seen {
  const rows = credentialReport.kind === 'known' ? ofUser(credentialReport.value.users, name) : [];
  const listed = credentialsOf(name, serviceCredentials);
  return { name, arn, rows, listed, sshKeys: sshKeys[name] ?? sshNotAsked };
}

function userActivity(named: Named, facts: ActivityFacts, window: Window): Activity {
  const user = seen(named, facts);
  const report = facts.credentialReport;
  const own = usesInReport(user.rows, report.kind === 'known' ? report.at : null);
  const accessed = usesInLastAccessed(facts.lastAccessed[user.arn]);
  const missing = missingSource(user, facts);
  return holdsUnseen(user)
    ? activityOf({ needed: [...own, ...accessed], added: [], missing }, window)
    : activityOf({ needed: own, added: accessed, missing }, window);
}

/** A role needs `RoleLastUsed`; a last-accessed report adds to it (design §3). */
function roleActivity({ arn, lastUsed }: RoleFact, facts: PrincipalFacts, window: Window): Activity {
  const date = lastUsed.kind === 'known' ? lastUsed.value : null;
  const askedAt = lastUsed.kind === 'known' ? lastUsed.at : null;
  const needed = date === null ? [] : [{ date, source: 'RoleLastUsed', askedAt }];
  return activityOf({ needed, added: usesInLastAccessed(facts.lastAccessed[arn]), missing: gapIn(lastUsed) }, window);
}

/** Why a user's silence proves nothing: no report, or credentials in use that the report cannot see and whose own source is unread. */
function missingSource(user: Seen, { credentialReport, lastAccessed }: PrincipalFacts): Gap | null {
  const report = gapIn(credentialReport);
  if (report !== null) return report;
  if (user.rows.length === 0)
    return { code: 'NOT_IN_SNAPSHOT', operation: `iam:GetCredentialReport row of ${user.name}` };
  if (user.listed.kind === 'unknown') return user.listed.gap;
  const accessed = lastAccessed[user.arn];
  if (!holdsUnseen(user)) return accessed?.kind === 'known' ? null : gapIn(user.sshKeys);
  if (accessed !== undefined) return gapIn(accessed);
  return { code: 'NOT_IN_SNAPSHOT', operation: `iam:GenerateServiceLastAccessedDetails of ${user.name}` }; // nobody asked
}

/** Whether a user holds a credential whose use only a last-accessed report shows: of a service, an SSH key or a signing certificate (design §3). */
const holdsUnseen = ({ rows, listed, sshKeys }: Seen): boolean =>
  [listed, sshKeys].some((list) => list.kind === 'known' && list.value.length > 0) ||
  rows.some(({ signingCertificateActive }) => signingCertificateActive);

/** The answers without which somebody's activity is not known: last-accessed reports, and where one was not read whether it was needed. */
export function neededReports(facts: AccountFacts): Reading<unknown>[] {
  return usersOf(facts)
    .map((user) => seen(user, facts))
    .flatMap((user): Reading<unknown>[] => {
      const report = facts.lastAccessed[user.arn];
      if (holdsUnseen(user)) return report === undefined ? [] : [report];
      return report?.kind === 'known' ? [] : [user.sshKeys];
    });
}

interface Placed extends Named {
  readonly created: string | null;
  readonly kind: IdentityKind;
  readonly agent: AgentWord;
}

function rowOf(
  account: AccountId,
  { arn, name, created, kind, agent }: Placed,
  activity: Activity,
  window: Window,
): IdentityRow {
  const age = created === null ? 'before' : placeCreation(created, window);
  const faulty = age === 'implausible' && activity.activity === 'unused'; // a wrong clock could hide a use as well
  const fault: Gap = { code: 'IMPLAUSIBLE_DATE', what: `creation of ${name}`, date: created ?? '' };
  return {
    id: arn,
    account,
    arn,
    name,
    kind,
    agent,
    created,
    tooNew: age === 'inside',
    ...activity,
    sensitive: null,
    escalation: null,
    ...(faulty ? { activity: 'unread' as const, unread: fault } : {}),
  };
}
