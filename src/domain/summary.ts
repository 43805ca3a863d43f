import { z } from 'zod';
import { actionSummarySchema } from './action-summary.ts';
import { exceptionStatuses } from './exception.ts';
import { forwardingGrades } from './forwarding-table.ts';
import { countedKinds } from './identity.ts';
import { partStates, practiceIds, practiceStates } from './practice.ts';
import { accountStatuses, coverageStatuses, findingStatuses, severities } from './tables.ts';

const count = z.number().int().nonnegative();

/** One figure in one scope. Bounds are fractions; `pessimistic` is the worse end, or the worst there is while the figure is `open`. */
export const metricSchema = z.strictObject({
  id: z.string(),
  version: count,
  unit: z.string(),
  scope: z.string(),
  basis: z.enum(['effective', 'nominal']),
  worse: z.enum(['higher', 'lower']),
  numerator: count,
  denominator: count,
  untrackable: count,
  unread: count,
  unknown: count,
  lower: z.number(),
  upper: z.number(),
  pessimistic: z.number(),
  open: z.boolean(),
  accountsNotMeasured: z.array(z.string()),
  excepted: count.describe('of the worse side (numerator, or the rest where lower is worse): what exceptions cover'),
  withExceptions: z
    .strictObject({ numerator: count, lower: z.number(), upper: z.number(), pessimistic: z.number() })
    .describe(
      'the figure as if what is excepted were on the better side, over the same population; never the headline',
    ),
});
export type Metric = z.infer<typeof metricSchema>;

/** A figure of the organisation that is left out because nobody could be counted, and the accounts that hide it. */
const leftOut = z.strictObject({ id: z.string(), accountsNotMeasured: z.array(z.string()) });

/** An object that has the same for each name of a list. */
const each = <Name extends string, Of extends z.ZodType>(names: readonly Name[], of: Of) =>
  z.strictObject(Object.fromEntries(names.map((name) => [name, of])) as Record<Name, Of>);

const byKind = each(countedKinds, count);

/** How many findings have each status. */
const findingCounts = each(findingStatuses, count);
export type FindingCounts = z.infer<typeof findingCounts>;

/** One control: what it asks, by which calls it knows, and what it found. */
const controlSchema = z.strictObject({
  id: z.string(),
  version: count,
  title: z.string().describe('the good state, as a sentence'),
  severity: z.enum(severities),
  scope: z.enum(['account', 'organization']),
  resourceType: z.string(),
  method: z.string().describe('what is looked at, and when it passes'),
  operations: z.array(z.string()).describe('the calls of AWS whose answers decide'),
  thresholds: z.record(z.string(), z.number()),
  frameworks: z
    .record(z.string(), z.array(z.string()))
    .describe('requirements that it answers, by framework and version'),
  findings: findingCounts,
  accounts: findingCounts.describe('accounts by their worst finding: fail, then not-measured, then pass'),
  excepted: z
    .strictObject({
      findings: count.describe('failing findings that an exception covers'),
      accounts: count.describe('accounts all of whose failing findings are covered, and none is not measured'),
    })
    .describe('of `findings.fail` and `accounts.fail`: what fails by agreement; it fails all the same'),
});
export type ControlSummary = z.infer<typeof controlSchema>;

/** One exception of the file, and what it covers tonight. */
const exceptionSchema = z.strictObject({
  id: z.string(),
  controls: z.array(z.string()),
  accounts: z.array(z.string()).nullable().describe("null = any, and the organisation's own findings"),
  resources: z.array(z.string()).nullable().describe('patterns; null = any'),
  owner: z.string(),
  reason: z.string(),
  approver: z.string(),
  expires: z.string().describe('the last day on which it holds, UTC'),
  status: z
    .enum(exceptionStatuses)
    .describe(
      'unused: no failing finding matches; expiring-soon: it ends within 30 days; the first that holds of these',
    ),
  findings: count.describe('failing findings that it matches; none where it is expired'),
  notMeasured: count.describe('findings that it matches, or may match, and that were not measured'),
  returned: count.describe('of an expired one: failing findings that it matches, and no other exception covers'),
});
export type ExceptionSummary = z.infer<typeof exceptionSchema>;

/** One requirement of a framework: what speaks to it, and what that says. */
const requirementSchema = z.strictObject({
  framework: z.string().describe('framework and version'),
  id: z.string(),
  label: z.string().describe('what it is about, in our words'),
  proposal: z.boolean().describe('no published mapping ties such controls to it: the tie is our proposal'),
  controls: z.array(z.string()),
  metrics: z.array(z.string()),
  answers: z.string().nullable().describe('the part that is answered; null = nothing that is read answers it'),
  notCovered: z.string().nullable().describe('the part that is not answered'),
  laxer: z
    .string()
    .nullable()
    .describe(
      'why what passed is not measured: a configured threshold is laxer than the number it states; null = none is',
    ),
  result: z
    .enum(findingStatuses)
    .describe('the worst of the accounts and of the organisation; not-measured where nothing answers it'),
  findings: findingCounts.describe('of its controls'),
  excepted: count.describe('of those that fail: covered by an exception; the result stays'),
  rate: z
    .strictObject({
      numerator: count,
      denominator: count,
      unread: count,
      lower: z.number(),
      upper: z.number(),
      pessimistic: z.number(),
      open: z.boolean().describe('some resources could not be listed: they may be any number'),
    })
    .nullable()
    .describe('findings that pass, of those that apply; null = none'),
  accounts: findingCounts.describe('by the worst of their findings and figures that speak to it'),
  organization: z.enum(findingStatuses).nullable().describe('the same of the organisation itself; null = not asked'),
});
export type RequirementSummary = z.infer<typeof requirementSchema>;

/** Page one of every report, the trend, and `summary.json`: totals of one night. Rows live in the result tables. */
export const summarySchema = z.strictObject({
  schema: z.literal('assay/summary/2'),
  run: z.strictObject({
    id: z.string(),
    kind: z.enum(['night', 'week']),
    start: z.string().describe('first moment of the window'),
    end: z.string().describe('last moment of the window: the clock'),
    window: count.describe('days'),
    clock: z.string(),
    versions: z.record(z.string(), z.string()),
  }),
  scope: z.strictObject({
    source: z.enum(['aws', 'snapshot', 'simulator']),
    organization: z.string().nullable(),
    managementAccount: z.string().nullable(),
    accountsFrom: z.enum(['organization', 'arns']),
    note: z.string().nullable(),
    digest: z.string(),
  }),
  completeness: z.strictObject({
    accounts: z.strictObject({
      discovered: count,
      measured: count,
      partial: count,
      failed: count,
      suspended: count,
      skipped: count,
    }),
    identities: z.strictObject({
      counted: count.describe('all of the four counted kinds, too-new ones included'),
      known: count.describe('of these, with known activity'),
      unread: count,
      byKind,
      apart: z.strictObject({ tooNew: count, serviceLinkedRole: count, breakGlass: count, assayReader: count }),
    }),
    gaps: z
      .array(
        z.strictObject({
          code: z.string(),
          operation: z.string(),
          cause: z.string(),
          remedy: z.string(),
          count,
          accounts: count,
        }),
      )
      .describe('gaps by cause, most accounts first; the rows are in table `gaps`'),
    openings: z
      .array(z.strictObject({ remedy: z.string(), operations: z.array(z.string()), accounts: count }))
      .describe(
        'what opens failed and partial accounts: `*` in a remedy stands for its calls; an account counts once for each',
      ),
    accountsNotMeasured: z
      .array(
        z.strictObject({
          account: z.string(),
          name: z.string().nullable(),
          status: z.enum(accountStatuses),
          causes: z.array(z.string()),
        }),
      )
      .describe('failed and partial accounts in plan order, the first 50'),
    freshness: z.strictObject({
      credentialReportOldest: z.string().nullable(),
      credentialReportNewest: z.string().nullable(),
      iamLagHours: count.describe('hours until IAM shows a use'),
    }),
    regions: z.strictObject({
      accountsAssumed: count.describe('accounts whose Regions were assumed to be the default ones'),
      accountsUntracked: z.array(z.string()).describe('accounts with Regions enabled where AWS tracks no last use'),
    }),
  }),
  counts: z.strictObject({
    users: count,
    aiKeyUsers: count,
    aiKeyUsersUnread: count,
    aiKeysLive: count,
    aiKeysLiveNotDenied: count.describe('of these, whose use no guardrail is proven to deny to their user'),
    aiKeysLiveNeverExpiring: count,
    aiKeysLiveOnPhantomUsers: count,
    aiKeysExpired: count,
    aiKeysInactive: count,
    phantomUsers: count,
    phantomUsersWithoutLiveKey: count,
    phantomUsersLiveKey: count.describe(
      'the states of phantom users, those whom only a listing of credentials names included; rows in table `key-holders`',
    ),
    phantomUsersInactiveOnly: count,
    phantomUsersExpiredOnly: count,
    phantomUsersOrphaned: count,
    phantomUsersNotMeasured: count,
    phantomUsersGained: count.describe('with an access key or a console password'),
    phantomUsersGainedNotMeasured: count,
  }),
  agents: z
    .strictObject({
      roles: count.describe('roles of counted kinds that AI services may act as'),
      rolesUnread: count.describe('roles whose trust policy could not be read'),
      rolesForOthers: count.describe('agent roles that let somebody outside the organisation be served'),
      takeovers: count.describe('identities of counted kinds that can change what agents do'),
      takeoversUnowned: count.describe('of these, those that can do so to agents they do not own'),
      takeoversUnread: count.describe('identities of counted kinds whose policies leave it open whether they can'),
      workspaces: count.describe('workspaces of Claude Platform that were seen'),
      workspacesOpen: count.describe('of these, those without a fence around their data that is known to hold'),
      accountsNotMeasured: count.describe('accounts whose roles, or whose workspaces, were not all listed'),
    })
    .describe('agent identities, who can change what they do, and workspaces'),
  metrics: z.array(metricSchema),
  leftOut: z.array(leftOut),
  logging: z
    .array(
      z.strictObject({
        eventClass: z.string(),
        core: z.boolean(),
        cells: each(coverageStatuses, count),
      }),
    )
    .describe('cells account × Region by event class'),
  findings: findingCounts.describe('one for each control and resource'),
  findingsBySeverity: each(severities, findingCounts),
  excepted: z
    .strictObject({ findings: count, bySeverity: each(severities, count) })
    .describe('of the findings that fail: those that an exception covers; they are counted as failing all the same'),
  exceptions: z.array(exceptionSchema).describe('what was agreed to be lived with, in the order of the file'),
  controls: z.array(controlSchema),
  requirements: z.array(requirementSchema),
  practices: z
    .array(
      z.strictObject({
        practice: z.enum(practiceIds),
        state: z.enum(partStates),
        accounts: each(practiceStates, count),
        management: z
          .enum(practiceStates)
          .nullable()
          .describe('of the management account; null = not in the plan, or not known'),
        parts: z.array(
          z.strictObject({
            part: z.string(),
            accounts: each(partStates, count),
          }),
        ),
      }),
    )
    .describe('the three practices over all accounts that are not suspended, the management account in its own word'),
  forwarding: z
    .array(
      z.strictObject({
        eventClass: z.string(),
        core: z.boolean(),
        accounts: each(forwardingGrades, count),
      }),
    )
    .describe('accounts by AI event class and what becomes of its events'),
  ous: z.array(z.strictObject({ id: z.string(), name: z.string(), parent: z.string().nullable() })),
  sensitive: z
    .strictObject({
      list: z.string(),
      version: count,
      permissions: count,
      catalogue: z.string().describe('version of the action catalogue'),
      unclassified: z.array(z.string()).describe('actions under a watched AI prefix that the list has not judged yet'),
    })
    .describe('the list of sensitive permissions behind the permission figures'),
  actions: actionSummarySchema.describe('what to do, and what it does to the figures'),
  notBuilt: z
    .array(z.strictObject({ id: z.string(), what: z.string() }))
    .describe('figures this version does not compute'),
});
export type NightSummary = z.infer<typeof summarySchema>;
