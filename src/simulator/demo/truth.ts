import type { PlantedMetric, PlantedTruth } from '../truth.ts';
import { idOf } from './places.ts';
import { plantedFindings } from './truth-findings.ts';
import { keyPowerMetrics, permissionMetrics } from './truth-permissions.ts';

// The figures of a 90-day night over the demo organisation, added up by hand from `population.ts`, `key-holders.ts`,
// `planted-roles.ts` and `trails.ts`; those of permissions are in `truth-permissions.ts`. Nothing here is computed by the product: a
// number that differs is a fault there, or in these sums.

const never = idOf('acquired-erp');
const throttled = idOf('data-lake');
/** Its reader role may not ask for last-accessed reports: svc-docs-bot, who holds Bedrock and Claude keys, stays unread. */
const blind = idOf('dev-payments');
/** A policy keeps everybody from listing the credentials of dw0s, and so all users' at once. */
const sealing = idOf('dev-web');
/** AWS cannot make the report of ticket-sync, a role in use. */
const failing = idOf('customer-portal');

const figure = (
  id: string,
  [numerator, denominator]: readonly [number, number],
  unread: number,
  accountsNotMeasured: string[],
  scope = 'organization',
): PlantedMetric => ({ id, scope, numerator, denominator, untrackable: 0, unread, accountsNotMeasured });

const unusedRate = 'identity.unused-rate';

// Policies are read from the organisation, so that acquired-erp has grades too: Security 2, Infrastructure 4, Production 3, Payments 3, AI
// Platform 4, Development 4, Sandbox 2. SCPs do not bind the management account. See `scps.ts`.
const members = 22;
const enforced = (guardrail: string, accounts: number): PlantedMetric =>
  figure(`guardrail.coverage:${guardrail}`, [accounts, members], 0, []);

const guardrailMetrics: readonly PlantedMetric[] = [
  // no-static-ai-keys on Security, Infrastructure and Payments denies every making of a key, of any age; ai-key-max-age misses keys without one.
  enforced('no-ai-key-creation', 2 + 4 + 3),
  enforced('ai-key-max-age', 2 + 4 + 3),
  enforced('no-long-term-ai-key-use', 2 + 4 + 3), // the same; those of Development and Sandbox have holes
  enforced('no-phantom-users', 2 + 4 + 3 + 3 + 4), // Security, Infrastructure, all below Production
  enforced('no-ai-policy-attach', 0), // one policy of five is named
  enforced('ai-workspace-admin-allow-list', 2 + 3), // Security: nothing of the service; Payments: the five, for nobody
  enforced('ai-workspace-data-allow-list', 2), // Security; those of Payments and AI Platform exempt roles
  enforced('outbound-federation-fence', 2 + 3), // Security, Payments
  enforced('trail-protection', 0), // five of the actions, and the log administrator is exempt
  enforced('invocation-log-protection', 2 + 4), // Security: nothing of Bedrock; AI Platform
];

const metrics: readonly PlantedMetric[] = [
  ...guardrailMetrics,

  // Too-new identities are apart from the rate. Users: of the 22 lines, data-lake's too, from its credential report.
  // unused: 22 idle + 19 never used + 3 with a certificate + 4 holders (notebook, legacy-git, mirror, metrics) = 48.
  // used: 21 by password + 24 by key + 4 by second key + 6 holders (claude-proxy, marie, lars, anna, release, catalogue), and by their
  // last-accessed reports 5 holders (benchmark, fraud-model, git, keyspaces, log-shipper) = 60. unread: docs-bot.
  figure(unusedRate, [48, 48 + 60], 1, [never], 'kind:user'),
  // 19 phantoms, 2 of them too new (hk2y, hk9e). Used: rs6w by access key; gw7f, in4h, ag5x, ci8k, dl7c by their reports = 6.
  // unused: dv1o and an3i, which hold nothing; gw9q, in2c, ag8z, rs1v, rs3d, dv4s, pc5m = 9. unread: dl2x, whose report failed, and dw0s, whose credentials nobody
  // may list.
  figure(unusedRate, [9, 9 + 6], 2, [never], 'kind:phantom-user'),
  // Roles of the 21 lines whose authorization details answer: unused 56 idle + 50 never used, used 79.
  // Planted: unused trail-janitor, mexico-inference; used the nine others.
  figure(unusedRate, [106 + 2, 106 + 2 + 79 + 9], 0, [never, throttled], 'kind:role'),
  figure(unusedRate, [19, 19 + 29], 0, [never, throttled], 'kind:identity-center-role'),
  // 48 + 9 + 108 + 19 = 184 unused, 60 + 6 + 88 + 29 = 183 used, 1 + 2 unread.
  figure(unusedRate, [184, 184 + 183], 3, [never, throttled]),

  // 12 phantoms and 7 ordinary users hold a live AI key. Users: 105 of the table + 17 holders + 18 phantoms; dw0s is unread.
  figure('credential.ai-key-user-rate', [12 + 7, 105 + 17 + 18], 1, [never]),

  ...keyPowerMetrics,

  // One stale credential is enough.
  // Table: stale 4 with a stale first key + 22 idle + 19 never used + 3 with a certificate = 48, fresh 21 + 24 + 7 + 5 = 57.
  // Ordinary holders: stale fraud-model, anna, mirror, metrics = 4; fresh benchmark, lars, git, keyspaces, log-shipper = 5; untrackable
  // claude-proxy, marie, team-07, release, catalogue = 5; unread docs-bot; notebook and legacy-git hold nothing live.
  // Phantoms: stale gw9q, in2c, ag8z, dv4s, pc5m and the password of an3i = 6; fresh gw7f, in4h, hk2y, hk9e, dl7c = 5; untrackable rs6w,
  // ci8k; unread dw0s; 5 hold nothing live.
  {
    ...figure('credential.stale-user-rate', [48 + 4 + 6, 48 + 4 + 6 + 57 + 5 + 5], 2, [never]),
    untrackable: 5 + 2,
  },

  // 22 accounts answer; 17 default Regions each, one more in web-shop (eu-south-1) and in ai-research (mx-central-1): 376 cells.
  // In full: ai-gateway 17, payments-core 17, ai-agents 17, customer-portal 17, web-shop 18, ai-research 18, dev-ai 1 = 105.
  figure('logging.management-coverage', [105, 376], 0, [never]),
  // 14 core classes: 376 x 14 = 5,264 cells; covered by class as listed under `logging`: 376 + 645.
  figure('logging.ai-data-event-coverage', [1021, 5264], 0, [never]),

  // Six planted roles are agents': agent-operator and image-archive serve their own account, agent-reviewer the organisation, ticket-sync
  // tokens of one role; night-operator an account outside, mexico-inference anybody. One of the six lies unused.
  figure('agent.confused-deputy-rate', [2, 6], 0, [never, throttled]),
  figure(unusedRate, [1, 6], 0, [never, throttled], 'kind:agent-role'),
  figure('completeness.identities', [6, 6], 0, [never, throttled], 'kind:agent-role'),
  figure('agent.takeover-rate', [28, 65], 14, [never, throttled]),
  figure('agent.takeover-rate', [1, 1], 0, [never, throttled], 'kind:agent-role'), // agent-operator, which may not pass its own role

  // 24 monitored: the Workspace class of 22 accounts, Bedrock's management events of security-tooling and network. Recorded: 22 + 4 x 22 management
  // classes + 42 core cells below + SageMaker endpoints of sandbox-hackathon. Not known: 13 core classes of dev-ai.
  figure('logging.ai-monitored-rate', [24, 22 + 4 * 22 + 42 + 1], 13, [never]),

  ...permissionMetrics,

  // 24 accounts without the suspended one; of those acquired-erp, data-lake, dev-web, dev-payments and customer-portal are not fully
  // measured.
  figure('completeness.accounts', [17, 23], 0, []),
  // Too-new ones included: 416 counted, 3 of them unread.
  figure('completeness.identities', [413, 416], 0, [never, throttled]),
];

/** Of 376 cells: covered, partial; the rest is not covered. */
const cells = (covered: number, partial: number) => ({
  covered,
  partial,
  'not-covered': 376 - covered - partial,
  'not-measured': 0,
});

// 35 cells hold every core class: ai-gateway 17 + payments-core 17 + dev-ai 1. Others add 17, ai-research (18 Regions) adds 18.
const logging: PlantedTruth['logging'] = [
  // The organisation's trail writes down writes alone, everywhere: what is not covered in full is partial.
  { eventClass: 'management', cells: cells(105, 271) },
  // ... and the Workspace class in full.
  { eventClass: 'AWS::AWSExternalAnthropic::Workspace', cells: cells(376, 0) },
  { eventClass: 'AWS::Bedrock::Model', cells: cells(35 + 18, 17) }, // ai-research; ai-inference reads alone
  { eventClass: 'AWS::Bedrock::AsyncInvoke', cells: cells(35 + 18, 17) }, // ai-research; ai-inference writes alone
  { eventClass: 'AWS::Bedrock::AgentAlias', cells: cells(35 + 17, 0) }, // ai-agents, from two selectors
  { eventClass: 'AWS::Bedrock::InlineAgent', cells: cells(35 + 17, 0) }, // ai-agents
  { eventClass: 'AWS::Bedrock::KnowledgeBase', cells: cells(35 + 17 + 17, 0) }, // ai-agents, data-lake
  { eventClass: 'AWS::Bedrock::FlowAlias', cells: cells(35, 17) }, // ai-agents leaves one role out
  { eventClass: 'AWS::Bedrock::Guardrail', cells: cells(35 + 17, 17) }, // data-lake; ai-inference one event alone
  { eventClass: 'AWS::BedrockMantle::Project', cells: cells(35 + 18, 0) }, // ai-research
  { eventClass: 'AWS::BedrockAgentCore::Runtime', cells: cells(35 + 17, 17) }, // ai-agents; ai-inference one runtime alone
  { eventClass: 'AWS::BedrockAgentCore::Gateway', cells: cells(35 + 17, 0) }, // ai-agents
  { eventClass: 'AWS::BedrockAgentCore::Memory', cells: cells(35 + 17, 0) }, // ai-agents
  { eventClass: 'AWS::BedrockAgentCore::CodeInterpreter', cells: cells(35, 0) },
  { eventClass: 'AWS::BedrockAgentCore::Browser', cells: cells(35, 0) },
];

/** In place, partly, open, not measured, not applicable: together the 23 accounts that are not suspended. */
const accounts = (inPlace: number, partly: number, open: number, notMeasured: number, notApplicable: number) => ({
  'in-place': inPlace,
  partly,
  open,
  'not-measured': notMeasured,
  'not-applicable': notApplicable,
});

const practices: PlantedTruth['practices'] = [
  // In place: Security 2, where all AI services are denied, and Payments 3. Partly: AI Platform 4, whose fence misses what no workspace ARN
  // matches. Open: Infrastructure 4, the one nobody could enter too, Production 3, Development 4, Sandbox 2. No SCP binds management.
  {
    practice: 'workspace-administration',
    state: 'partly',
    accounts: accounts(5, 4, 13, 0, 1),
    management: 'not-applicable',
  },
  // In place: Security 2, Infrastructure 3, payments-ledger: no live key, none can be made or used. Partly: payments-core and -cards, whose
  // keys are denied; web-shop, customer-portal and management, where nothing stops one. Not measured: acquired-erp, dev-web. The other ten
  // have keys that can be used.
  {
    practice: 'no-long-term-ai-credentials',
    state: 'partly',
    accounts: accounts(6, 5, 10, 2, 0),
    management: 'partly',
  },
  // In place: ai-gateway, payments-core. All others have the Workspace class from the organisation's trail.
  { practice: 'ai-data-events-logged', state: 'partly', accounts: accounts(2, 20, 0, 1, 0), management: 'partly' },
];

/** Of 22 accounts: monitored, forwarded, only stored, not known; the rest records nothing of the class. */
const grades = (monitored: number, forwarded: number, stored: number, unknown: number) => ({
  monitored,
  forwarded,
  'stored-only': stored,
  'not-recorded': 22 - monitored - forwarded - stored - unknown,
  'not-measured': unknown,
});
const ofAgentCore = (type: string) => `AWS::BedrockAgentCore::${type}`;

// The organisation's trail records the writes of management events and the Workspace class everywhere, and tells somebody of model calls on
// Claude Platform alone. ai-gateway and payments-core forward all they record (every class), by a filter and by a policy; dev-ai has a
// pattern that nobody can judge (every core class).
const forwarding: PlantedTruth['forwarding'] = [
  { eventClass: 'management:aws-external-anthropic.amazonaws.com', accounts: grades(0, 2, 20, 0) },
  // security-tooling tells people by a rule, network by one of another bus; ai-inference tells a function, shared-services the bus of another
  // account. The rule of dev-web has no target, and on the bus of backup no rule waits for such events.
  { eventClass: 'management:bedrock.amazonaws.com', accounts: grades(2, 4, 16, 0) },
  { eventClass: 'management:bedrock-mantle.amazonaws.com', accounts: grades(0, 2, 20, 0) },
  { eventClass: 'management:bedrock-agentcore.amazonaws.com', accounts: grades(0, 2, 20, 0) },
  { eventClass: 'AWS::AWSExternalAnthropic::Workspace', accounts: grades(22, 0, 0, 0) },
  // ai-research stores them; ai-inference forwards by the rule
  { eventClass: 'AWS::Bedrock::Model', accounts: grades(0, 3, 1, 1) },
  { eventClass: 'AWS::Bedrock::AsyncInvoke', accounts: grades(0, 3, 1, 1) },
  { eventClass: 'AWS::Bedrock::AgentAlias', accounts: grades(0, 2, 1, 1) }, // ai-agents
  { eventClass: 'AWS::Bedrock::InlineAgent', accounts: grades(0, 2, 1, 1) }, // ai-agents
  { eventClass: 'AWS::Bedrock::KnowledgeBase', accounts: grades(0, 2, 2, 1) }, // ai-agents, data-lake
  { eventClass: 'AWS::Bedrock::FlowAlias', accounts: grades(0, 2, 1, 1) }, // ai-agents
  { eventClass: 'AWS::Bedrock::Guardrail', accounts: grades(0, 3, 1, 1) }, // data-lake; ai-inference forwards
  { eventClass: 'AWS::BedrockMantle::Project', accounts: grades(0, 2, 1, 1) }, // ai-research
  { eventClass: ofAgentCore('Runtime'), accounts: grades(0, 2, 2, 1) }, // ai-agents (actions off), ai-inference (no rule for it)
  { eventClass: ofAgentCore('Gateway'), accounts: grades(0, 2, 1, 1) }, // ai-agents
  { eventClass: ofAgentCore('Memory'), accounts: grades(0, 2, 1, 1) }, // ai-agents
  { eventClass: ofAgentCore('CodeInterpreter'), accounts: grades(0, 2, 0, 1) },
  { eventClass: ofAgentCore('Browser'), accounts: grades(0, 2, 0, 1) },
];

export const demoTruth: PlantedTruth = {
  // 24 = 18 measured + data-lake + dev-web + dev-payments + customer-portal + acquired-erp + sandbox-2024.
  accounts: { discovered: 24, measured: 17, partial: 5, failed: 1, suspended: 1, skipped: 0 },
  identities: {
    counted: 416, // 122 + 19 + 222 + 53
    known: 413, // 416 - 3
    unread: 3, // docs-bot, dl2x, dw0s
    byKind: {
      user: 122, // 21 + 24 + 4 + 22 + 19 + 3 + 7 + 5 = 105 of the table, 17 holders
      'phantom-user': 19,
      role: 222, // 79 + 56 + 50 + 12 + 14, without data-lake's 20, and the 11 planted ones
      'identity-center-role': 53, // 29 + 19 + 5, without data-lake's 4
    },
    apart: {
      tooNew: 46, // users 7 + 5 + team-07, phantoms 2, roles 12 + 14, Identity Center 5
      serviceLinkedRole: 45, // without data-lake's 3
      breakGlass: 2, // one role each in management and security-tooling
      assayReader: 20, // 23 members without acquired-erp, sandbox-2024 and data-lake
    },
  },
  counts: {
    users: 141, // 105 + 17 + 19
    aiKeyUsers: 19, // 12 phantoms + 7
    aiKeyUsersUnread: 1, // dw0s
    aiKeysLive: 21, // 13 on phantoms + 8
    aiKeysLiveNotDenied: 19, // 21 without one each in the two accounts below no-static-ai-keys
    aiKeysLiveNeverExpiring: 8, // gw7f, in2c, rs6w, dv4s, pc5m, ci8k; benchmark, anna
    aiKeysLiveOnPhantomUsers: 13,
    aiKeysExpired: 4, // ag5x and dl2x still called Active, rs1v and lars called Expired
    aiKeysInactive: 4, // ag8z, rs3d, notebook, docs-bot
    phantomUsers: 19,
    phantomUsersWithoutLiveKey: 6, // ag5x, rs1v, rs3d, dv1o, an3i, dl2x
    phantomUsersLiveKey: 12,
    phantomUsersInactiveOnly: 1, // rs3d; ag8z has a live key as well
    phantomUsersExpiredOnly: 3, // ag5x, rs1v, dl2x
    phantomUsersOrphaned: 2, // dv1o, an3i
    phantomUsersNotMeasured: 1, // dw0s
    phantomUsersGained: 3, // access keys of rs6w and dv4s, the password of an3i
    phantomUsersGainedNotMeasured: 0,
  },
  agents: {
    roles: 6, // of the planted ones
    rolesUnread: 0,
    rolesForOthers: 2, // mexico-inference, night-operator
    // By the reference evaluator (test/simulator/agents.test.ts). Unread: the 12 users of data-lake, docs-bot's none, vendor-connector ...
    takeovers: 65,
    takeoversUnowned: 28,
    takeoversUnread: 14,
    // One in each account where somebody holds a Claude key, and a second of ai-research that events alone show; those below
    // claude-workspace-allow-list are fenced.
    workspaces: 12,
    workspacesOpen: 7,
    accountsNotMeasured: 3, // acquired-erp, data-lake, ai-research
  },
  metrics,
  logging,
  findings: plantedFindings,
  practices,
  forwarding,
  notMeasured: [
    { account: never, status: 'failed' },
    { account: throttled, status: 'partial' },
    { account: sealing, status: 'partial' },
    { account: blind, status: 'partial' },
    { account: failing, status: 'partial' },
    { account: idOf('payments-core'), status: 'partial' }, // the policy of vendor-connector
  ],
  gaps: [
    { code: 'ROLE_NOT_ASSUMED', account: never, operation: 'sts:AssumeRole' },
    { code: 'THROTTLED', account: throttled, operation: 'iam:GetAccountAuthorizationDetails' },
    { code: 'ACCESS_DENIED', account: blind, operation: 'iam:GenerateServiceLastAccessedDetails' },
    { code: 'NOT_OFFERED', account: idOf('ai-research'), operation: 'cloudcontrol:ListResources' },
    { code: 'ACCESS_DENIED', account: sealing, operation: 'iam:ListServiceSpecificCredentials' },
    // Reports that AWS could not make: of dl2x and of the role ticket-sync.
    { code: 'TIMED_OUT', account: throttled, operation: 'iam:GetServiceLastAccessedDetails' },
    { code: 'TIMED_OUT', account: failing, operation: 'iam:GetServiceLastAccessedDetails' },
    // The policy of vendor-connector.
    { code: 'UNPARSABLE', account: idOf('payments-core'), operation: 'iam:GetAccountAuthorizationDetails' },
  ],
  untrackedRegions: [idOf('ai-research')],
  rows: { credentials: 37 }, // 18 AI keys of phantoms + 11 of ordinary users + 8 that are no AI keys
};
