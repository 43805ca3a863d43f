import { aiCredentialServices } from '../catalogue/credential-services.ts';
import { noChanges } from '../domain/action-table.ts';
import type { Exception } from '../domain/exception.ts';
import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import { explainGap, type Gap } from '../domain/gap.ts';
import type { GuardrailSettings } from '../domain/guardrail-settings.ts';
import { kindOfUser, type SpecialNames } from '../domain/identity.ts';
import type { PlannedAccount } from '../domain/night.ts';
import { type Reading, unknown, unknownsIn, unreadAmong } from '../domain/reading.ts';
import type { AccountResult, Receipt } from '../domain/result.ts';
import type { AccountStatus, AgentRow, GapRow, IdentityRow } from '../domain/tables.ts';
import type { Window } from '../domain/window.ts';
import type { AgentItem, Metric, UserItem } from '../metrics/define.ts';
import { figuresOf } from '../metrics/figures.ts';
import { lastAccessedSource } from './activity.ts';
import { judgeAgents } from './agents.ts';
import { holdsAiKey, judgeCredentials } from './credentials.ts';
import { coveredIn, withExceptions } from './exceptions.ts';
import { accountFence } from './fences.ts';
import { type ControlSettings, judgeFindings } from './findings.ts';
import { judgeForwarding } from './forwarding.ts';
import { judgeGuardrails } from './guardrails.ts';
import { type Doubt, type IdentityHolder, limitReadings } from './holders.ts';
import { enumerated, judgeIdentities, neededReports, usersOf, withTags } from './identities.ts';
import { judgeKeyHolders } from './key-holders.ts';
import { judgeKeyPowers } from './key-powers.ts';
import { judgeLogging } from './logging.ts';
import { loggingFixes } from './logging-fixes.ts';
import { actionsNotAsked, type JudgedPermissions, judgePermissions } from './permissions.ts';
import { judgePractices } from './practices.ts';
import { accountRow, gapRow } from './rows.ts';
import { stalenessOf } from './staleness.ts';
import { judgeTakeovers } from './takeovers.ts';
import { judgeWorkspaces } from './workspaces.ts';

/** What judging needs besides the facts. */
export interface Rules {
  readonly window: Window;
  readonly special: SpecialNames;
  readonly metrics: readonly Metric[];
  /** What is asked of resources, where it is not what each control says. */
  readonly thresholds?: ControlSettings;
  /** What is asked of guardrails; absent = the defaults. */
  readonly guardrails?: GuardrailSettings;
  /** Findings that were agreed to be lived with; absent = none. */
  readonly exceptions?: readonly Exception[];
}

/** Data events of S3 objects: CIS asks for writes and reads apart. */
const objectEvents = ['AWS::S3::Object#writes', 'AWS::S3::Object#reads'];

/** An account as it was judged, and how the policy engine sees its identities: what changes are tried on. */
export interface JudgedAccount {
  readonly result: AccountResult;
  readonly holders: ReadonlyMap<string, IdentityHolder>;
}

/** Judges one account: facts in, rows and figures out. Pure: the same facts give the same result. */
export const judgeAccount = (
  facts: AccountFacts,
  shared: SharedFacts,
  planned: PlannedAccount,
  receipt: Receipt,
  rules: Rules,
): AccountResult => judgeWhole(facts, shared, planned, receipt, rules).result;

/** The same, with what was made on the way. */
export function judgeWhole(
  facts: AccountFacts,
  shared: SharedFacts,
  planned: PlannedAccount,
  receipt: Receipt,
  rules: Rules,
): JudgedAccount {
  const listed = judgeIdentities(facts, rules.window, rules.special);
  const permissions = judgePermissions(facts, shared, planned, listed, rules.window);
  const identities = listed.map((row) => ({ ...row, ...permissions.summaries.get(row.arn) }));
  const guardrails = judgeGuardrails(shared, planned, withTags(identities, facts.authorization), rules.guardrails);
  const arns = new Map(usersOf(facts).map(({ name, arn }) => [name, arn]));
  const credentials = judgeCredentials(facts, { window: rules.window, fence: accountFence(shared, planned), arns });
  const keyPowers = judgeKeyPowers({ identities, permissions: permissions.rows, holders: permissions.holders });
  const users = usersOf(facts).map((user) => userItem(user, facts, credentials, rules));
  const limits = limitReadings(shared, planned).find((it) => it.kind === 'unknown');
  // A policy that nobody can make out leaves open what its holders may do, as one that was not read does.
  const unread = limits?.gap ?? permissions.doubts.find(({ gap }) => gap.code === 'UNPARSABLE')?.gap;
  const own = statusOf(facts, permissions);
  const status = own === 'measured' && unread !== undefined ? 'partial' : own;
  const logging = status === 'failed' ? [] : judgeLogging(facts, shared, { clock: rules.window.clock });
  const subject = { account: facts.account, clock: rules.window.clock, special: rules.special, facts, shared };
  const objectLogging =
    status === 'failed' ? [] : judgeLogging(facts, shared, { clock: subject.clock, classes: objectEvents });
  const around = { objectLogging, doubt: permissions.doubts[0]?.gap ?? null, ou: planned.ou };
  const judged = { identities, credentials, logging, guardrails };
  const found = judgeFindings({ ...subject, ...around, ...judged }, rules.thresholds ?? {});
  const findings = withExceptions(found, rules.exceptions ?? [], rules.window.clock);
  const forwarding = judgeForwarding(facts, shared, logging);
  const agents = judgeAgents(facts, shared, planned, identities, permissions);
  const takeovers = judgeTakeovers(identities, permissions, agents);
  const workspaces = judgeWorkspaces(facts, shared, planned, permissions.holders, {
    guardrails,
    settings: rules.guardrails,
  });
  const gaps = gapRows(facts, identities, permissions.doubts);
  // Regions that were assumed leave out those an account opted into: its cells are not all known, and the figure stays open.
  const could = { ...enumerated(facts), regions: status !== 'failed' && !facts.regions.assumed, chains: true };
  const items = {
    ...permissions,
    ...{ identities, users, cells: logging, guardrails, powers: keyPowers.items, takeovers, forwarding },
    agents: agentItems(identities, agents),
  };
  const figures = figuresOf(rules.metrics, items, could, coveredIn(findings));
  const row = accountRow(planned, { status, receipt, facts, gaps, figures });
  const result: AccountResult = {
    account: facts.account,
    receipt,
    row: {
      ...row,
      // What the organisation did not answer is named once, there.
      ...(own === 'measured' && unread !== undefined ? { reason: explainGap(unread) } : {}),
    },
    identities,
    permissions: permissions.rows,
    credentials,
    keyHolders: judgeKeyHolders(facts, credentials),
    keyPowers: keyPowers.rows,
    logging,
    loggingFixes: loggingFixes(facts, shared, logging, { clock: rules.window.clock }),
    guardrails,
    findings,
    agents,
    takeovers,
    workspaces,
    practices: judgePractices({
      account: facts.account,
      guardrails,
      credentials,
      keysRead: aiKeysRead(facts, users),
      cells: logging,
      cellsRead: could.regions,
    }),
    forwarding,
    gaps,
    users: { total: users.length, withAiKey: count(users, 'yes'), unread: count(users, 'unread') },
    actions: noChanges,
  };
  return { result, holders: permissions.holders };
}

/** An IAM user as the credential figures count it. */
export const userItem = (
  { name, arn }: { readonly name: string; readonly arn: string },
  facts: AccountFacts,
  credentials: AccountResult['credentials'],
  { special, window }: Pick<Rules, 'special' | 'window'>,
): UserItem => ({
  arn,
  kind: kindOfUser(name, arn, special),
  aiKey: holdsAiKey(name, facts.serviceCredentials, credentials),
  staleness: stalenessOf({ name, arn }, facts, window),
});

/** Agent roles by what they let through; of a role whose trust policy was not read it is not known whether it is one. */
export const agentItems = (identities: readonly IdentityRow[], agents: readonly AgentRow[]): AgentItem[] => [
  ...agents,
  ...identities
    .filter(({ agent, kind }) => agent === 'unread' && kind !== 'service-linked-role')
    .map(({ arn, kind }): AgentItem => ({ arn, kind, deputy: 'not-measured' })),
];

/** Whether every AI key would have been seen: in the lists of all users, or in each user's own. */
function aiKeysRead(facts: AccountFacts, users: readonly UserItem[]): boolean {
  const { byService } = facts.serviceCredentials;
  const lists = [...aiCredentialServices].every((service) => byService[service]?.kind === 'known');
  return lists || (enumerated(facts).users && users.every(({ aiKey }) => aiKey !== 'unread'));
}

const count = (users: readonly UserItem[], aiKey: UserItem['aiKey']): number =>
  users.filter((user) => user.aiKey === aiKey).length;

/** Every call that a headline figure needs (design §3): all answered = measured, none = failed. */
function statusOf(facts: AccountFacts, { asking, doubts }: JudgedPermissions): AccountStatus {
  const readings: Reading<unknown>[] = [
    facts.regions.reading,
    facts.authorization.users,
    facts.authorization.roles,
    facts.credentialReport,
    ...credentialReadings(facts),
    ...neededReports(facts),
    ...asking.map((arn) => facts.lastAccessed[arn] ?? nobodyAsked),
    ...(doubts.includes(actionsNotAsked) ? [nobodyAsked] : []),
    ...Object.values(facts.logging.stores),
    ...Object.values(facts.logging.trails).flatMap((list) =>
      list.kind === 'unknown' ? [list] : [list, ...list.value.flatMap(({ status, selectors }) => [status, selectors])],
    ),
  ];
  const answered = readings.filter(({ kind }) => kind === 'known').length;
  if (facts.access.kind === 'unknown' || answered === 0) return 'failed';
  return answered === readings.length ? 'measured' : 'partial';
}

const nobodyAsked = unknown(
  { code: 'NOT_IN_SNAPSHOT', operation: 'iam:GenerateServiceLastAccessedDetails' },
  { region: 'global', operation: 'iam:GenerateServiceLastAccessedDetails' },
);

/** Lists of all users, or, where those were refused, each user's own: either way of reading them is complete. */
function credentialReadings({ serviceCredentials: { byService, byUser } }: AccountFacts): Reading<unknown>[] {
  const own = Object.values(byUser);
  return own.length > 0 ? own : Object.values(byService);
}

/** Where the users' own listings leave a doubt, the refusal of the lists of all users is the cause to name. */
function credentialDoubts(facts: AccountFacts): Reading<unknown>[] {
  const readings = credentialReadings(facts);
  if (readings.every(({ kind }) => kind === 'known')) return [];
  const telling = readings.filter((it) => it.kind === 'unknown' && it.gap.code !== 'NOT_IN_SNAPSHOT');
  return [...Object.values(facts.serviceCredentials.byService), ...telling];
}

function gapRows(facts: AccountFacts, identities: readonly IdentityRow[], doubts: readonly Doubt[]): GapRow[] {
  const parts: Readonly<Record<string, unknown>> = {
    'account-access': facts.access,
    'enabled-regions': facts.regions.reading,
    'authorization-details': facts.authorization,
    'credential-report': facts.credentialReport,
    'service-specific-credentials': credentialDoubts(facts),
    'last-accessed': unreadAmong(facts.lastAccessed),
    trails: facts.logging.trails,
    'event-data-stores': facts.logging.stores,
    'trail-settings': facts.trailSettings,
    'account-summary': facts.summary,
    'password-policy': facts.passwordPolicy,
    'mfa-devices': facts.mfa,
    'ssh-public-keys': facts.sshKeys,
    'signing-certificates': facts.signingCertificates,
    'server-certificates': facts.serverCertificates,
    'identity-providers': facts.identityProviders,
    'outbound-federation': facts.outboundFederation,
    'model-invocation-logging': facts.invocationLogging,
    'enforced-guardrails': facts.enforcedGuardrails,
    'access-analyzers': facts.analyzers,
    'config-recorders': facts.recorders,
    'claude-workspaces': facts.workspaces,
    'workspace-events': facts.workspaceEvents,
    'log-routes': facts.forwarding.groups,
    alarms: facts.forwarding.alarms,
    'event-rules': [facts.forwarding.rules, facts.forwarding.buses],
  };
  const known = facts.access.kind === 'unknown' ? { 'account-access': facts.access } : parts;
  const unread = Object.entries(known).flatMap(([collector, part]) =>
    unknownsIn(part).map(({ gap, place }) => gapRow(facts.account, collector, gap, place)),
  );
  return unique([...unread, ...identityGaps(facts.account, identities), ...policyGaps(facts.account, doubts)]);
}

/** Doubts that judging found, not reading: an implausible date, a user the report does not know. */
function identityGaps(account: string, identities: readonly IdentityRow[]): GapRow[] {
  const found = identities.flatMap(({ unread }) => (unread === null ? [] : [unread as unknown as Gap]));
  const own = found.filter((gap) => gap.code === 'IMPLAUSIBLE_DATE' || isMissingRow(gap));
  return own.map((gap) => gapRow(account, 'identity-activity', gap, { region: 'global', operation: sourceOf(gap) }));
}

/** The call whose answer the doubt is about. */
const sourceOf = (gap: Gap): string =>
  gap.code === 'IMPLAUSIBLE_DATE' && gap.what.startsWith(lastAccessedSource)
    ? 'iam:GetServiceLastAccessedDetails'
    : 'iam:GetCredentialReport';

const isMissingRow = (gap: Gap): boolean => gap.code === 'NOT_IN_SNAPSHOT' && gap.operation.includes(' row of ');

/** Policies without which it is not known what an identity holds, and which no collector names. */
const policyGaps = (account: string, doubts: readonly Doubt[]): GapRow[] =>
  doubts.flatMap(({ gap, operation }) =>
    operation === null ? [] : [gapRow(account, 'permissions', gap, { region: 'global', operation })],
  );

const unique = (rows: readonly GapRow[]): GapRow[] => [...new Map(rows.map((row) => [row.id, row])).values()];
