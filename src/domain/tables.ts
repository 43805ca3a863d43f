import { z } from 'zod';
import { actionRow } from './action-table.ts';
import { agentRow, takeoverRow, workspaceRow } from './agent-tables.ts';
import { forwardingRow } from './forwarding-table.ts';
import { figureKinds, identityKinds } from './identity.ts';
import { partStates, practiceIds, practiceStates } from './practice.ts';
import { account, agentWords, guardrailGrades, pairCounts, pairStates } from './table-parts.ts';

export type { ActionRow } from './action-table.ts';
export type { AgentRow, TakeoverRow, WorkspaceRow, WorkspaceSource } from './agent-tables.ts';
export { type ForwardingGrade, type ForwardingRow, forwardingGrades } from './forwarding-table.ts';
export {
  type AgentWord,
  type DeputyGrade,
  deputyGrades,
  guardrailGrades,
  type PairCounts,
  type PairState,
  pairStates,
} from './table-parts.ts';

// The result tables (design §5): one line per row, columns frozen by schema, a stable row id first. Rows come in plan order.

const moment = z.string().nullable();

/** A gap as it stands in tables and JSON: the code, and whatever fields belong to that code. */
export const gapSchema = z.looseObject({ code: z.string() });

/** Which policies count: identity and group policies alone, or with boundary, SCPs and RCPs as well. */
export const bases = ['effective', 'nominal'] as const;
export type Basis = (typeof bases)[number];

/**
 * One IAM user or role. `agent`: whether its trust policy lets an AI service act as it. `lastUsed` is the latest last-use date any source
 * gave; `unread` says why activity is not known. `sensitive` is null for roles of AWS's own services; `escalation`: the escalation sets
 * open to it on effective permissions, null where a policy was not read.
 */
export const identityRow = z.strictObject({
  id: z.string(),
  account,
  arn: z.string(),
  name: z.string(),
  kind: z.enum(identityKinds),
  agent: z.enum(agentWords),
  created: moment,
  tooNew: z.boolean(),
  activity: z.enum(['used', 'unused', 'unread']),
  lastUsed: moment,
  lastUsedSource: z.string().nullable(),
  unread: gapSchema.nullable(),
  sensitive: z.strictObject({ effective: pairCounts, nominal: pairCounts }).nullable(),
  escalation: z.array(z.string()).nullable(),
});
export type IdentityRow = z.infer<typeof identityRow>;

/**
 * Sensitive permissions that one identity holds and that are alike: each action is a pair of its own. `nominal` and `effective`: what
 * the reach over the account's resources is on that basis; `state`: whether it was used in the window.
 */
export const permissionRow = z.strictObject({
  id: z.string(),
  account,
  arn: z.string(),
  kind: z.enum(identityKinds),
  nominal: z.enum(['allowed', 'conditional', 'unread']),
  effective: z.enum(['allowed', 'conditional', 'denied', 'unread']),
  state: z.enum(pairStates),
  actions: z.array(z.string()),
});
export type PermissionRow = z.infer<typeof permissionRow>;

/** `none` = AWS has none on record: in its tracking period the services were not used, or no policy lets the user. */
export const lastUseStates = ['used', 'none', 'not-measured'] as const;
export const keyUses = ['denied', 'open', 'not-measured'] as const;
export type KeyUse = (typeof keyUses)[number];

/**
 * One service-specific credential. `status` is AWS's own word; `live` = Active and not past its expiry; `expires` null = never. AWS keeps
 * no last use of such a credential: `lastUse` is its user's last access to the services it opens.
 */
export const credentialRow = z.strictObject({
  id: z.string(),
  account,
  user: z.string(),
  service: z.string(),
  credentialId: z.string(),
  status: z.string(),
  created: moment,
  expires: moment,
  phantom: z.boolean(),
  ai: z.boolean(),
  live: z.boolean(),
  ageDays: z.number().int().nullable().describe('whole days since it was made; null = AWS gave no date that can be'),
  lastUse: z
    .strictObject({
      state: z.enum(lastUseStates),
      at: moment,
      sole: z
        .boolean()
        .nullable()
        .describe('whether the user holds nothing else that could have made it; null = not all of it was read'),
    })
    .describe("the user's last access to the services that the credential opens"),
  use: z.enum(keyUses).nullable().describe('whether guardrails deny every call with it to its user; null = no AI key'),
});
export type CredentialRow = z.infer<typeof credentialRow>;

export const keyHolderStates = ['live-key', 'inactive-only', 'expired-only', 'orphaned', 'not-measured'] as const;
export type KeyHolderState = (typeof keyHolderStates)[number];

/**
 * One user who holds a service-specific credential, may hold an AI key as far as was read, or was made by a console to hold one (`phantom`).
 * `state`: the worst of the user's credentials; `orphaned` = a phantom without any, `not-measured` = no live one was seen and not every
 * listing was read. A null count or list was not read.
 */
export const keyHolderRow = z.strictObject({
  id: z.string(),
  account,
  user: z.string(),
  arn: z.string().nullable().describe('null = no list of users was read, only the credential'),
  created: moment,
  phantom: z.boolean(),
  state: z.enum(keyHolderStates),
  unread: gapSchema.nullable().describe('why not all credentials are known'),
  credentials: z.number().int().describe('service-specific credentials that were seen'),
  live: z.number().int().describe('of these, live'),
  owner: z.string().nullable().describe("the user's tag `owner`, whatever its case"),
  others: z.strictObject({
    password: z.boolean().nullable(),
    accessKeys: z.number().int().nullable().describe('active'),
    accessKeysInactive: z.number().int().nullable(),
    sshKeys: z.number().int().nullable().describe('active'),
    certificates: z.number().int().nullable().describe('active signing certificates'),
  }),
  gained: z
    .enum(['yes', 'no', 'not-measured'])
    .nullable()
    .describe(
      'whether a phantom has an access key or a console password, which no console gives it; null = no phantom',
    ),
  consolePolicies: z
    .array(z.string())
    .nullable()
    .describe('attached managed policies that a console attaches with a key'),
  otherPolicies: z.array(z.string()).nullable().describe('other attached policies, `inline NAME` and `group NAME`'),
});
export type KeyHolderRow = z.infer<typeof keyHolderRow>;

export const powers = ['allowed', 'conditional', 'denied', 'unread'] as const;
export type Power = (typeof powers)[number];

/**
 * One user or role that could make an AI key, or call an AI service with one, on effective permissions. `make`: by the service of the key;
 * `call`: `CallWithBearerToken` by prefix, of a user with a long-term key, of a role with a short-term one: it can have no other.
 */
export const keyPowerRow = z.strictObject({
  id: z.string(),
  account,
  arn: z.string(),
  kind: z.enum(identityKinds),
  make: z.strictObject({ 'aws-external-anthropic': z.enum(powers), bedrock: z.enum(powers) }),
  call: z.strictObject({
    'aws-external-anthropic': z.enum(powers),
    bedrock: z.enum(powers),
    'bedrock-mantle': z.enum(powers),
  }),
});
export type KeyPowerRow = z.infer<typeof keyPowerRow>;

export const coverageStatuses = ['covered', 'partial', 'not-covered', 'not-measured'] as const;
export type CoverageStatus = (typeof coverageStatuses)[number];

/**
 * One cell account × Region × event class. `by`: the trails and stores that record it, in full or in part; `why`: what narrows, stops or
 * hides it; `witness`: where it is partial, an event that is not recorded, as a CloudTrail record for `assay logging verify-event`.
 */
export const loggingRow = z.strictObject({
  id: z.string(),
  account,
  region: z.string(),
  eventClass: z.string(),
  core: z.boolean(),
  status: z.enum(coverageStatuses),
  by: z.array(z.string()),
  why: z.string().nullable(),
  witness: z.record(z.string(), z.unknown()).nullable(),
});
export type LoggingRow = z.infer<typeof loggingRow>;

/**
 * What closes logging gaps of an account: commands for the AWS CLI, run with credentials of `runIn`, that change `target` (null = they make a
 * trail; `model-invocation-logging` = Bedrock's own) and keep what it has. `closes`: cells that are covered then; `costDriver`: the
 * class whose events are likely the most.
 */
export const loggingFixRow = z.strictObject({
  id: z.string(),
  account,
  target: z.string().nullable(),
  runIn: account,
  region: z.string(),
  steps: z.array(z.string()),
  closes: z.array(z.strictObject({ eventClass: z.string(), regions: z.array(z.string()) })),
  costDriver: z.string().nullable(),
  costs: z.array(z.strictObject({ eventClass: z.string(), oneEventPer: z.string() })),
});
export type LoggingFixRow = z.infer<typeof loggingFixRow>;

/**
 * One guardrail in one account. `probes`: requests that must be denied, `open`: those that are not; `by`: what stops the others; `witness`:
 * a request that gets through, as `assay evaluate` takes it; `faults`: statements that look like it and do not do it.
 */
export const guardrailRow = z.strictObject({
  id: z.string(),
  account,
  guardrail: z.string(),
  grade: z.enum(guardrailGrades),
  why: z.string().nullable(),
  probes: z.number().int(),
  open: z.number().int(),
  by: z.array(z.string()),
  exemptions: z.array(
    z.strictObject({
      key: z.string(),
      values: z.array(z.string()),
      broad: z.boolean(),
      existing: z.array(z.string()).describe('principals of the account that it exempts, the first 20'),
      free: z
        .boolean()
        .nullable()
        .describe(
          'whether somebody may take a name that it exempts and nobody bears; null = who is there was not read',
        ),
      used: z
        .boolean()
        .nullable()
        .describe('whether one of them was used in the window; null = none exists, or it cannot be told'),
    }),
  ),
  faults: z.array(z.strictObject({ fault: z.string(), policy: z.string(), statement: z.string() })),
  witness: z
    .strictObject({
      principal: z.string(),
      action: z.string(),
      resource: z.string(),
      resourceAccount: z.string(),
      context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    })
    .nullable(),
});
export type GuardrailRow = z.infer<typeof guardrailRow>;

/** Where one of the three practices stands in one account; `parts`: what it is made of, in words that stand for themselves. */
export const practiceRow = z.strictObject({
  id: z.string(),
  account,
  practice: z.enum(practiceIds),
  state: z.enum(practiceStates),
  management: z.boolean().describe('whether it is the management account, which no SCP binds'),
  parts: z.array(z.strictObject({ part: z.string(), state: z.enum(partStates), evidence: z.string() })),
});
export type PracticeRow = z.infer<typeof practiceRow>;

export const accountStatuses = ['measured', 'partial', 'failed', 'suspended', 'skipped'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/**
 * One figure of one account, by kind of identity where it has kinds. A population that could not be listed tonight counts as unread,
 * as large as it was when last measured; one that was never measured leaves the figure open (design §3).
 */
export const figureSchema = z.strictObject({
  id: z.string(),
  basis: z.enum(bases),
  kind: z.enum(['all', ...figureKinds]),
  class: z.string().nullable().describe('class of sensitive permissions; null = all of them'),
  population: z.enum(['enumerated', 'last-measured', 'never-measured']),
  numerator: z.number().int(),
  denominator: z.number().int(),
  untrackable: z.number().int(),
  unread: z.number().int(),
  excepted: z.number().int().describe('of the worse side: members that exceptions cover'),
});
export type Figure = z.infer<typeof figureSchema>;

/** One account of the plan, with its figures. */
export const accountRow = z.strictObject({
  id: z.string(),
  account,
  name: z.string().nullable(),
  ou: z.array(z.string()),
  owner: z.string().nullable().describe('its tag `owner`, whatever its case; null = none, or not read'),
  ownerRead: z.boolean().describe('whether its tags were read'),
  state: z.string(),
  status: z.enum(accountStatuses),
  reason: z.string().nullable(),
  attempt: z.number().int().nullable(),
  regions: z.number().int(),
  regionsAssumed: z.boolean(),
  untrackedRegions: z.array(z.string()),
  credentialReportAt: moment,
  gaps: z.number().int(),
  figures: z.array(figureSchema),
});
export type AccountRow = z.infer<typeof accountRow>;

/** What a control says of one resource. Unknown is never a pass. */
export const findingStatuses = ['pass', 'fail', 'not-measured', 'not-applicable'] as const;
export type FindingStatus = (typeof findingStatuses)[number];

export const severities = ['critical', 'high', 'medium', 'low'] as const;
export type Severity = (typeof severities)[number];

/**
 * One control on one resource. The id is made of account, control and resource, so that it stays the same from night to night; `account`
 * is `organization` where the control is about the organisation, and `resource` is `*` for what could not be listed.
 */
export const findingRow = z.strictObject({
  id: z.string(),
  account: z.string(),
  control: z.string(),
  version: z.number().int(),
  severity: z.enum(severities),
  status: z.enum(findingStatuses),
  resourceType: z.string(),
  resource: z.string(),
  region: z.string().nullable(),
  reason: z.string(),
  evidence: z
    .record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]))
    .describe('the values that decided'),
  thresholds: z.record(z.string(), z.number()).describe('what was asked of the resource'),
  gap: gapSchema.nullable().describe('why it was not measured'),
  remedy: z.strictObject({ text: z.string(), command: z.string().nullable() }).nullable(),
  exception: z
    .string()
    .nullable()
    .describe('the exception that covers it; it fails all the same. null = none, or it does not fail'),
});
export type FindingRow = z.infer<typeof findingRow>;

/** One thing that could not be read: where, why, and what to do. */
export const gapRow = z.strictObject({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  collector: z.string(),
  operation: z.string(),
  gap: gapSchema,
  cause: z.string(),
  remedy: z.string(),
});
export type GapRow = z.infer<typeof gapRow>;

/** The tables of this version, by folder name under `results/`. */
export const tables = {
  accounts: accountRow,
  identities: identityRow,
  permissions: permissionRow,
  credentials: credentialRow,
  'key-holders': keyHolderRow,
  'key-powers': keyPowerRow,
  logging: loggingRow,
  'logging-fixes': loggingFixRow,
  guardrails: guardrailRow,
  findings: findingRow,
  agents: agentRow,
  takeovers: takeoverRow,
  workspaces: workspaceRow,
  practices: practiceRow,
  forwarding: forwardingRow,
  actions: actionRow,
  gaps: gapRow,
} as const;
export type TableName = keyof typeof tables;
export type TableRow<Name extends TableName> = z.infer<(typeof tables)[Name]>;
