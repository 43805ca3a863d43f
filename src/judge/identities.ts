import type { AccountFacts, CredentialReportRow } from '../domain/facts.ts';
import type { Gap } from '../domain/gap.ts';
import { type IdentityKind, kindOfRole, kindOfUser, type SpecialNames } from '../domain/identity.ts';
import type { AccountId } from '../domain/ids.ts';
import type { IdentityRow } from '../domain/tables.ts';
import { placeCreation, type Window } from '../domain/window.ts';
import { type Activity, activityOf, gapIn, roleActivity, usesInReport } from './activity.ts';
import { credentialsOf } from './credentials.ts';

/** Which of an account's two populations could be enumerated. */
export interface Enumerated {
  readonly users: boolean;
  readonly roles: boolean;
}

const lastAccessed: Gap = { code: 'NOT_IMPLEMENTED', feature: 'service-last-accessed data' };

/** Every IAM user and role of an account with its kind and activity (design §3). */
export function judgeIdentities(facts: AccountFacts, window: Window, special: SpecialNames): IdentityRow[] {
  const users = usersOf(facts).map(({ name, arn, created }) =>
    rowOf(
      facts.account,
      { arn, name, created, kind: kindOfUser(name, arn, special) },
      userActivity(name, facts, window),
      window,
    ),
  );
  const { roles } = facts.authorization;
  if (roles.kind === 'unknown') return users;
  const roleRows = roles.value.map(({ arn, name, path, created, lastUsed }) =>
    rowOf(
      facts.account,
      { arn, name, created, kind: kindOfRole(name, path, arn, special) },
      roleActivity(lastUsed, window),
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
}: AccountFacts): { name: string; arn: string; created: string | null }[] {
  if (authorization.users.kind === 'known')
    return authorization.users.value.map(({ name, arn, created }) => ({ name, arn, created }));
  if (credentialReport.kind === 'unknown') return [];
  const byName = new Map(
    credentialReport.value.users.map(({ user, arn, created }) => [user, { name: user, arn, created }]),
  );
  return [...byName.values()]; // the report can hold a user twice
}

function userActivity(name: string, facts: AccountFacts, window: Window): Activity {
  const report = facts.credentialReport;
  const rows = report.kind === 'known' ? report.value.users.filter(({ user }) => user === name) : [];
  const askedAt = report.kind === 'known' ? report.at : null;
  return activityOf(usesInReport(rows), window, askedAt, missingSource(name, rows, facts));
}

/** Why a user's silence proves nothing: no report, or credentials in use that the report cannot see and whose own source is unread. */
function missingSource(name: string, rows: readonly CredentialReportRow[], facts: AccountFacts): Gap | null {
  const report = gapIn(facts.credentialReport);
  if (report !== null) return report;
  if (rows.length === 0) return { code: 'NOT_IN_SNAPSHOT', operation: `iam:GetCredentialReport row of ${name}` };
  const listed = credentialsOf(name, facts.serviceCredentials);
  if (listed.kind === 'unknown') return listed.gap;
  const unseen = listed.value.length > 0 || rows.some(({ signingCertificateActive }) => signingCertificateActive);
  return unseen ? lastAccessed : null;
}

interface Named {
  readonly arn: string;
  readonly name: string;
  readonly created: string | null;
  readonly kind: IdentityKind;
}

function rowOf(
  account: AccountId,
  { arn, name, created, kind }: Named,
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
    created,
    tooNew: age === 'inside',
    ...activity,
    ...(faulty ? { activity: 'unread' as const, unread: fault } : {}),
  };
}
