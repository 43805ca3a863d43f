import { escalationSets } from '../../catalogue/escalation.ts';
import type { Basis, PairCounts } from '../../domain/tables.ts';
import type { PlantedHolding, PlantedMetric } from '../truth.ts';
import { type AccountName, idOf } from './places.ts';

// Who in the demo holds which sensitive permissions and uses them, from `grants.ts`, `planted-roles.ts`, `scps.ts` and the population.

const never = idOf('acquired-erp');
const throttled = idOf('data-lake');
/** Where nobody could list users or roles: those of the first account, and the roles of the second. */
const hiding = (scope: string): string[] =>
  scope === 'kind:user' || scope === 'kind:phantom-user' ? [never] : [never, throttled];

/** Numerator, denominator, untrackable, unread. */
type Numbers = readonly [number, number, number, number];
const figures = (id: string, basis: Basis, scopes: Readonly<Record<string, Numbers>>): PlantedMetric[] =>
  Object.entries(scopes).map(([scope, [numerator, denominator, untrackable, unread]]) => ({
    id,
    scope,
    basis,
    numerator,
    denominator,
    untrackable,
    unread,
    accountsNotMeasured: hiding(scope),
  }));

// Identities, added up by hand. Without the too-new ones there are 109 users (48 unused, 60 used, docs-bot), 17 phantoms, 196 roles and 48
// of Identity Center; `grantTable` prints which purpose and which policies each of them has.
//
// An unused identity is in the numerator when it holds anything. A used one used its first three services, each with its first read that
// AWS tracks. That is a sensitive one for who may do (almost) everything (`logs:GetLogRecord`), and for who reads secrets and does little
// else with that service (`secretsmanager:GetSecretValue`): denominator. It is untrackable for who did something else in a service of
// which it holds a permission that AWS does not track, and in the numerator for who holds tracked ones alone.
//
// Users: 2 hold nothing sensitive (log-shipper, metrics).
//   unread      10 of data-lake, whose policies nobody could read (5 + 4 + catalogue), and 3 of dev-payments in use (2 + docs-bot) = 13
//   numerator   48 unused - 4 of data-lake - metrics                                                                              = 43
//   used        administrators 3 (ada 2, kofi), developers 6 (ben 3, elena, jonas, nora), svc-terraform 2                         = 11
//   untrackable 60 used - 6 of data-lake - 2 of dev-payments - 11 - log-shipper                                                   = 40
const users: Numbers = [43, 43 + 11, 40, 13];
// Phantoms: the 9 unused, and dw0s, whose report shows no use; of the 6 used dl7c in data-lake is unread, as is dl2x.
const phantoms: Numbers = [10, 10, 5, 2];
// Roles: cost-explorer, edge-router and order-events hold nothing sensitive: 14 of the unused, 9 of the used.
//   unread      2 of dev-payments in use (prompt-archive, session-replay), ticket-sync, vendor-connector                           = 4
//   numerator   108 unused - 14, and 12 that are used but with tracked permissions alone: key-rotation 3, patch-automation 4,
//               token-broker 3, night-operator, policy-editor                                                                     = 106
//   used        app-runtime 4, db-migration 4, deploy-pipeline 4, incident-tools 5, access-key-issuer                              = 18
//   untrackable 88 used - 9 - 12 - 18 - 4                                                                                          = 45
// Effective, trail-janitor (numerator) and agent-reviewer (untrackable) hold nothing: service control policies deny all they have.
const roles: Numbers = [106, 106 + 18, 45, 4];
const rolesEffective: Numbers = [105, 105 + 18, 44, 4];
// Identity Center: Billing holds nothing sensitive, 5 unused and 4 used.
//   unread      AdministratorAccess of dev-payments in use                                                                         = 1
//   numerator   19 unused - 5                                                                                                      = 14
//   used        AdministratorAccess 4, DeveloperAccess 4                                                                           = 8
//   untrackable AIPlatformUser 5, ReadOnlyAccess 4, SecurityAudit 7 = 29 - 4 - 1 - 8                                               = 16
// Effective, two AIPlatformUser in Security hold nothing, where all AI services are denied.
const center: Numbers = [14, 14 + 8, 16, 1];
const centerEffective: Numbers = [14, 14 + 8, 14, 1];

const identityRate = 'permission.unused-sensitive-identity-rate';
const identities: readonly PlantedMetric[] = [
  ...figures(identityRate, 'nominal', {
    organization: [43 + 10 + 106 + 14, 173 + 11 + 18 + 8, 40 + 5 + 45 + 16, 20],
    'kind:user': users,
    'kind:phantom-user': phantoms,
    'kind:role': roles,
    'kind:identity-center-role': center,
    'kind:agent-role': [2, 2, 3, 1], // night-operator, mexico-inference; three untrackable; ticket-sync
  }),
  ...figures(identityRate, 'effective', {
    organization: [43 + 10 + 105 + 14, 172 + 11 + 18 + 8, 40 + 5 + 44 + 14, 20],
    'kind:user': users,
    'kind:phantom-user': phantoms,
    'kind:role': rolesEffective,
    'kind:identity-center-role': centerEffective,
    'kind:agent-role': [2, 2, 2, 1], // agent-reviewer holds nothing any more
  }),
];

// Pairs are too many to add up by hand. `test/simulator/permissions.test.ts` counts them a second time: it asks the reference evaluator of
// `test/iam`, which shares no code with the product, whether some request of a sample is allowed, from the raw documents and chains of the
// simulated organisation, and reads states from AWS's raw reports. The numbers are those it gave; both it and the night must give them.
// Checks by hand: 37 identities used one permission each, so 37 pairs are used; 15 identities whose policies are unknown (10 users and 2
// phantoms of data-lake, vendor-connector) hold 640 unread pairs each. The fence around workspaces denies on
// `workspace/*` alone: all that acts on a workspace, nothing of what acts on none.
const pairRate = 'permission.unused-sensitive-pair-rate';
const pairs: readonly PlantedMetric[] = [
  ...figures(pairRate, 'nominal', {
    organization: [27414, 27414 + 37, 8161, 9746],
    'kind:user': [11432, 11432 + 11, 3337, 7152],
    'kind:phantom-user': [55, 55, 28, 2 * 640],
    'kind:role': [9724, 9724 + 18, 2571, 674],
    'kind:identity-center-role': [6203, 6203 + 8, 2225, 640],
    'kind:agent-role': [2, 2, 5, 1],
    'class:credential-exposure': [3725, 3725 + 9, 1461, 1415],
    'class:data-access': [6204, 6204 + 36, 2429, 2098],
    'class:privilege-escalation': [3800, 3800 + 1, 715, 1455],
    'class:resource-exposure': [5934, 5934, 2854, 2386],
    'class:logging-guardrail-weakening': [4140, 4140, 626, 1378],
    'class:agent-takeover': [3089, 3089, 73, 866],
    'class:ai-entry': [801, 801, 36, 238],
    'class:ai-cost-abuse': [1617, 1617, 72, 446],
  }),
  ...figures(pairRate, 'effective', {
    organization: [21509, 21509 + 37, 7003, 9738],
    'kind:user': [11018, 11018 + 11, 3281, 7148],
    'kind:phantom-user': [35, 35, 18, 2 * 640],
    'kind:role': [4634, 4634 + 18, 1513, 674],
    'kind:identity-center-role': [5822, 5822 + 8, 2191, 636],
    'kind:agent-role': [2, 2, 3, 1],
    'class:credential-exposure': [3012, 3012 + 9, 1254, 1415],
    'class:data-access': [4982, 4982 + 36, 2103, 2098],
    'class:privilege-escalation': [2980, 2980 + 1, 613, 1455],
    'class:resource-exposure': [4962, 4962, 2474, 2386],
    'class:logging-guardrail-weakening': [3053, 3053, 520, 1370],
    'class:agent-takeover': [2194, 2194, 35, 866],
    'class:ai-entry': [582, 582, 29, 238],
    'class:ai-cost-abuse': [1206, 1206, 57, 446],
  }),
];

export const permissionMetrics: readonly PlantedMetric[] = [...identities, ...pairs];

// Who can make an AI key and who can call with one, too-new ones included: counted a second time like the pairs, over all identities, by the
// reference evaluator. Unread: 11 users and 2 phantoms of data-lake, vendor-connector. By hand: of the phantoms, 17 whose policies were read,
// all may call but pc5m, dw0s and dv1o, whose OUs deny long-term keys on all that their policies open.
export const keyPowerMetrics: readonly PlantedMetric[] = [
  ...figures('credential.ai-key-maker-rate', 'effective', {
    organization: [10 + 13 + 6, 111 + 17 + 221 + 53, 0, 14],
    'kind:user': [10, 111, 0, 11],
    'kind:phantom-user': [0, 17, 0, 2],
    'kind:role': [13, 221, 0, 1],
    'kind:identity-center-role': [6, 53, 0, 0],
  }),
  ...figures('credential.ai-key-caller-rate', 'effective', {
    organization: [27 + 14 + 17 + 23, 111 + 17 + 221 + 53, 0, 14],
    'kind:user': [27, 111, 0, 11],
    'kind:phantom-user': [14, 17, 0, 2],
    'kind:role': [17, 221, 0, 1],
    'kind:identity-center-role': [23, 53, 0, 0],
  }),
];

/** Used, unused, untrackable, unread. */
const counts = (used: number, unused: number, untrackable = 0, unread = 0): PairCounts => ({
  held: used + unused + untrackable + unread,
  used,
  unused,
  untrackable,
  unread,
});
const tooNew = (held: number): PairCounts => ({ held, used: 0, unused: 0, untrackable: 0, unread: 0 });
const nothing = counts(0, 0);

const holding = (
  account: AccountName,
  name: string,
  nominal: PairCounts,
  effective: PairCounts,
  escalation: readonly string[] | null,
): PlantedHolding => ({ account: idOf(account), name, nominal, effective, escalation });
const same = (account: AccountName, name: string, both: PairCounts, escalation: readonly string[] | null = []) =>
  holding(account, name, both, both, escalation);

const allSets = escalationSets.map(({ id }) => id);
const deployFunctions = ['lambda-001', 'lambda-003', 'lambda-004'];
const newFunctions = ['lambda-001', 'lambda-002', 'lambda-006', 'lambda-003', 'lambda-004', 'lambda-005'];
const boundedDeploy = ['sts-001', 'ec2-001', 'ec2-003', 'ec2-002', 'ec2-004', ...newFunctions];

/** Identities that each stand for one case. */
export const demoHoldings: readonly PlantedHolding[] = [
  // Tracked: one used, one not.
  same('ci-build', 'access-key-issuer', counts(1, 1), ['iam-002', 'iam-004']),
  // Untrackable: only AWS's silence about `iam:PassRole`, and about reading objects.
  same('ci-build', 'build-runner', counts(0, 0, 1)),
  same('web-shop', 'image-archive', counts(0, 0, 1)),
  // Unread: no report could be made; nobody may ask for one.
  same('customer-portal', 'ticket-sync', counts(0, 0, 0, 1)),
  same('dev-payments', 'svc-docs-bot', counts(0, 0, 0, 92), ['assay-bedrock-action-group']),
  // A policy that IAM would refuse: it may hold all 640, and nobody knows a way from there.
  same('payments-core', 'vendor-connector', counts(0, 0, 0, 640), null),
  // Denied by a service control policy of the root, and of an OU: the set of agents is open in one OU and closed in another.
  holding('network', 'trail-janitor', counts(0, 2), nothing, []),
  same('ai-agents', 'agent-operator', counts(0, 0, 2), ['bedrock-002']),
  holding('security-tooling', 'agent-reviewer', counts(0, 0, 2), nothing, []),
  // A boundary cuts everything down to what a pipeline needs; the OU takes what is left of AI services and trails.
  holding('ai-agents', 'deploy-pipeline', counts(1, 372, 267), counts(1, 52, 11), boundedDeploy),
  // No service control policy binds the management account, so the boundary alone does.
  holding('management', 'deploy-pipeline', counts(0, 640), counts(0, 64), boundedDeploy),
  same('management', 'svc-terraform', counts(0, 640), allSets),
  // Reads everything but what a denial of its own names.
  same('network', 'vendor-access', counts(0, 4, 4)),
  // From a group alone.
  same('payments-core', 'carla.rossi', counts(0, 9, 6)),
  // Under a condition alone.
  same('shared-services', 'night-operator', counts(0, 1), ['ec2-002']),
  // A way to all rights from one permission; a function with a role of choice.
  same('dev-web', 'policy-editor', counts(0, 1), ['iam-001']),
  same('web-shop', 'svc-deploy', counts(0, 16, 7), deployFunctions),
  // Too new for any figure: only what it holds is told.
  same('sandbox-hackathon', 'team-07', tooNew(47)),
];
