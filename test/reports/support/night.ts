import { sensitiveClasses } from '../../../src/catalogue/sensitive/index.ts';
import type { Exception } from '../../../src/domain/exception.ts';
import { isCounted } from '../../../src/domain/identity.ts';
import { bounds, unknownOf, withExceptionsOf } from '../../../src/domain/share.ts';
import type { NightSummary } from '../../../src/domain/summary.ts';
import {
  type AccountRow,
  type AgentRow,
  type Basis,
  bases,
  type CredentialRow,
  type FindingRow,
  type GapRow,
  type GuardrailRow,
  type IdentityRow,
  type LoggingFixRow,
  type LoggingRow,
  type PermissionRow,
  type PracticeRow,
  type TableName,
  type TableRow,
  type TakeoverRow,
  type WorkspaceRow,
} from '../../../src/domain/tables.ts';
import { judgePractices } from '../../../src/judge/practices.ts';
import { countShare, type Place } from '../../../src/metrics/define.ts';
import {
  permissionUnusedSensitiveIdentityRate,
  permissionUnusedSensitivePairRate,
} from '../../../src/metrics/index.ts';
import { ActionTally } from '../../../src/pipeline/action-tally.ts';
import { ExceptionTally } from '../../../src/pipeline/exception-tally.ts';
import { FindingTally } from '../../../src/pipeline/finding-tally.ts';
import { PracticeTally } from '../../../src/pipeline/practice-tally.ts';
import { RequirementTally } from '../../../src/pipeline/requirement-tally.ts';
import type { ReportInput } from '../../../src/reports/input.ts';
import { holdingsOf, pairsOf } from './holders.ts';
import { clock } from './rows.ts';

/** The rows of a night, from which its summary is counted: totals agree by construction. */
export interface NightRows {
  readonly accounts: readonly AccountRow[];
  readonly identities: readonly IdentityRow[];
  readonly permissions?: readonly PermissionRow[];
  readonly credentials: readonly CredentialRow[];
  readonly logging: readonly LoggingRow[];
  readonly 'logging-fixes'?: readonly LoggingFixRow[];
  readonly findings?: readonly FindingRow[];
  /** Their findings carry them already. */
  readonly exceptions?: readonly Exception[];
  readonly guardrails?: readonly GuardrailRow[];
  readonly gaps: readonly GapRow[];
  readonly agents?: readonly AgentRow[];
  readonly takeovers?: readonly TakeoverRow[];
  readonly workspaces?: readonly WorkspaceRow[];
}

export const noRows: NightRows = {
  accounts: [],
  identities: [],
  permissions: [],
  credentials: [],
  logging: [],
  gaps: [],
};

export type Change = (summary: NightSummary) => NightSummary;

/** A report's input from rows; `change` bends the summary into the state a test is about. */
export function night(
  rows: NightRows,
  change: Change = (summary) => summary,
  evidence: ReportInput['evidence'] = [],
): ReportInput {
  return {
    summary: change(summaryOf(rows)),
    rows: <Name extends TableName>(table: Name) => stream(rowsOf({ ...rows, practices: practiceRowsOf(rows) }, table)),
    evidence,
  };
}

/** A table that a test does not speak of is empty. */
const rowsOf = <Name extends TableName>(rows: Partial<Record<TableName, readonly unknown[]>>, table: Name) =>
  (rows[table] ?? []) as readonly TableRow<Name>[];

async function* stream<Row>(rows: readonly Row[]): AsyncGenerator<Row> {
  yield* rows;
}

interface Counting<Item> {
  readonly id: string;
  readonly unit: string;
  readonly worse: 'higher' | 'lower';
  readonly scope: string;
  readonly basis?: Basis;
  readonly items: readonly Item[];
  place(item: Item): Place;
  /** How many an item stands for: 1 unless told. */
  weight?(item: Item): number;
}

export function metricOf<Item>(counting: Counting<Item>): NightSummary['metrics'] {
  const { id, unit, worse, scope, basis = 'effective', items, place, weight = () => 1 } = counting;
  const share = countShare(items.map((item) => ({ place: place(item), weight: weight(item) })));
  const ends = bounds(share);
  if (ends === undefined) return [];
  const [lower, upper] = ends;
  const pessimistic = worse === 'higher' ? upper : lower;
  const counts = {
    ...share,
    unknown: unknownOf(share),
    lower,
    upper,
    pessimistic,
    ...withExceptionsOf(share, 0, worse, false),
  };
  return [{ id, version: 1, unit, scope, basis, worse, ...counts, open: false, accountsNotMeasured: [] }];
}

const byStatus = (status: string): 'in' | 'out' | 'unread' =>
  status === 'covered' ? 'in' : status === 'not-measured' ? 'unread' : 'out';

function metricsIn(scope: string, rows: NightRows): NightSummary['metrics'] {
  const { accounts, identities, credentials, logging, permissions = [] } = rows;
  const counted = identities.filter((it) => isCounted(it.kind));
  const holders = new Set(credentials.filter((it) => it.ai && it.live).map((it) => `${it.account} ${it.user}`));
  const users = counted.filter((it) => it.kind.includes('user'));
  return [
    ...metricOf({
      id: 'completeness.accounts',
      unit: 'accounts',
      worse: 'lower',
      scope,
      items: accounts.filter((it) => it.status !== 'suspended'),
      place: (it) => (it.status === 'measured' ? 'in' : 'out'),
    }),
    ...metricOf({
      id: 'completeness.identities',
      unit: 'identities',
      worse: 'lower',
      scope,
      items: counted,
      place: (it) => (it.activity === 'unread' ? 'out' : 'in'),
    }),
    ...metricOf({
      id: 'credential.ai-key-user-rate',
      unit: 'users',
      worse: 'higher',
      scope,
      items: users,
      place: (it) => (it.unread !== null ? 'unread' : holders.has(`${it.account} ${it.name}`) ? 'in' : 'out'),
    }),
    ...unusedIn(scope, counted),
    ...permissionsIn(scope, identities, permissions),
    ...metricOf({
      id: 'logging.ai-data-event-coverage',
      unit: 'cells account × Region × AI event class',
      worse: 'lower',
      scope,
      items: logging.filter((it) => it.core),
      place: (it) => byStatus(it.status),
    }),
    ...metricOf({
      id: 'logging.management-coverage',
      unit: 'cells account × Region',
      worse: 'lower',
      scope,
      items: logging.filter((it) => it.eventClass === 'management'),
      place: (it) => byStatus(it.status),
    }),
  ];
}

const unusedIn = (scope: string, items: readonly IdentityRow[]): NightSummary['metrics'] =>
  metricOf({
    id: 'identity.unused-rate',
    unit: 'identities',
    worse: 'higher',
    scope,
    items,
    place: (it) =>
      it.tooNew ? 'apart' : it.activity === 'unread' ? 'unread' : it.activity === 'unused' ? 'in' : 'out',
  });

function permissionsIn(
  scope: string,
  identities: readonly IdentityRow[],
  permissions: readonly PermissionRow[],
): NightSummary['metrics'] {
  const of = scope.startsWith('class:') ? scope.slice('class:'.length) : null;
  return bases.flatMap((basis) => [
    ...(of === null
      ? metricOf({
          ...permissionUnusedSensitiveIdentityRate,
          ...{ scope, basis, items: holdingsOf(identities, basis) },
        })
      : []),
    ...metricOf({
      ...permissionUnusedSensitivePairRate,
      ...{ scope, basis, items: pairsOf(permissions, basis, of), weight: ({ count }) => count },
    }),
  ]);
}

const ous: NightSummary['ous'] = [
  { id: 'ou-wl', name: 'Workloads', parent: null },
  { id: 'ou-prod', name: 'Production', parent: 'ou-wl' },
  { id: 'ou-test', name: 'Test', parent: 'ou-wl' },
  { id: 'ou-sec', name: 'Security', parent: null },
  { id: 'ou-lab', name: 'Sandbox', parent: null },
];

export function summaryOf(rows: NightRows): NightSummary {
  const used = new Set(rows.accounts.flatMap((it) => it.ou));
  const inOu = (ou: string): NightRows => {
    const members = new Set(rows.accounts.filter((it) => it.ou.includes(ou)).map((it) => it.account));
    const only = <Row extends { account: string }>(list: readonly Row[]): Row[] =>
      list.filter((it) => members.has(it.account));
    return {
      accounts: only(rows.accounts),
      identities: only(rows.identities),
      permissions: only(rows.permissions ?? []),
      credentials: only(rows.credentials),
      logging: only(rows.logging),
      guardrails: only(rows.guardrails ?? []),
      gaps: only(rows.gaps),
    };
  };
  const shown = ous.filter((it) => used.has(it.id));
  const kinds = ['user', 'phantom-user', 'role', 'identity-center-role'] as const;
  const metrics = [
    ...metricsIn('organization', rows),
    ...shown.flatMap(({ id }) => metricsIn(`ou:${id}`, inOu(id))),
    ...kinds.flatMap((kind) => {
      const own = <Row extends { kind: string }>(list: readonly Row[]): Row[] => list.filter((it) => it.kind === kind);
      const [identities, permissions] = [own(rows.identities), own(rows.permissions ?? [])];
      return [...unusedIn(`kind:${kind}`, identities), ...permissionsIn(`kind:${kind}`, identities, permissions)];
    }),
    ...sensitiveClasses.flatMap(({ id }) => permissionsIn(`class:${id}`, [], rows.permissions ?? [])),
  ];
  const ids = [
    'credential.ai-key-user-rate',
    'identity.unused-rate',
    'logging.ai-data-event-coverage',
    'logging.management-coverage',
    permissionUnusedSensitiveIdentityRate.id,
    permissionUnusedSensitivePairRate.id,
  ];
  const failed = rows.accounts.filter((it) => it.status === 'failed').map((it) => it.account);
  return {
    schema: 'assay/summary/2',
    run: {
      id: '4f2a90c1d7be',
      kind: 'night',
      start: '2026-08-26T02:00:00Z',
      end: clock,
      window: 90,
      clock,
      versions: { code: '0.1.0', catalogue: '2026-10', definitions: '1', configuration: 'sha256:9f31c0' },
    },
    scope: {
      source: 'simulator',
      organization: 'o-a1b2c3d4e5',
      managementAccount: '200000000001',
      accountsFrom: 'organization',
      note: null,
      digest: '5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef',
    },
    completeness: completenessOf(rows),
    counts: countsOf(rows),
    agents: {
      roles: rows.agents?.length ?? 0,
      rolesUnread: 0,
      rolesForOthers: 0,
      takeovers: rows.takeovers?.length ?? 0,
      takeoversUnowned: (rows.takeovers ?? []).filter(({ unowned }) => unowned.length > 0).length,
      takeoversUnread: 0,
      workspaces: rows.workspaces?.length ?? 0,
      workspacesOpen: 0,
      accountsNotMeasured: failed.length,
    },
    metrics,
    leftOut: ids
      .filter((id) => !metrics.some((it) => it.id === id && it.scope === 'organization'))
      .map((id) => ({ id, accountsNotMeasured: failed })),
    logging: loggingOf(rows.logging),
    ...findingsOf(rows),
    requirements: requirementsOf(rows),
    practices: practicesOf(rows),
    actions: new ActionTally().summary(metrics, shown),
    forwarding: [],
    ous: shown,
    sensitive: { list: 'assay-sensitive', version: 1, permissions: 640, catalogue: '0.21.1', unclassified: [] },
    notBuilt: [{ id: 'frameworks', what: 'pass rates by requirement of CIS, NIST, PCI DSS, ISO 27001 and SOC 2' }],
  };
}

/** Counted account by account, as the merge does. */
function findingsOf({ findings = [], exceptions = [] }: NightRows) {
  const [tally, covered] = [new FindingTally(), new ExceptionTally()];
  for (const rows of Map.groupBy(findings, ({ account }) => account).values()) {
    tally.add(rows);
    covered.add(rows, exceptions, clock);
  }
  return { ...tally.summary({}), exceptions: covered.summary(exceptions, clock) };
}

/** The rows of one account, of a list grouped once: a test has a thousand accounts. */
function byAccount<Row extends { account: string }>(rows: readonly Row[]): (account: string) => readonly Row[] {
  const groups = Map.groupBy(rows, ({ account }) => account);
  return (account) => groups.get(account) ?? [];
}

function requirementsOf({ accounts, findings = [] }: NightRows): NightSummary['requirements'] {
  const [tally, own] = [new RequirementTally(), byAccount(findings)];
  for (const { account, figures } of accounts) tally.add(own(account), figures);
  return tally.summary(true, { settings: {}, window: 90 });
}

/** Judged as a night does it; guardrails where a test states them. */
export function practiceRowsOf(rows: NightRows): PracticeRow[] {
  const identities = byAccount(rows.identities);
  const guardrails = byAccount(rows.guardrails ?? []);
  const credentials = byAccount(rows.credentials);
  const cells = byAccount(rows.logging);
  return rows.accounts
    .filter(({ status }) => status !== 'suspended' && status !== 'skipped')
    .flatMap(({ account, status, regionsAssumed }) =>
      judgePractices({
        account,
        guardrails: guardrails(account),
        credentials: credentials(account),
        keysRead:
          status !== 'failed' &&
          identities(account).every(({ kind, unread }) => !kind.includes('user') || unread === null),
        cells: cells(account),
        cellsRead: status !== 'failed' && !regionsAssumed,
      }),
    );
}

function practicesOf(rows: NightRows): NightSummary['practices'] {
  const tally = new PracticeTally();
  const judged = byAccount(practiceRowsOf(rows));
  for (const { account, status } of rows.accounts) tally.add(status, judged(account));
  return tally.summary(true);
}

function completenessOf({ accounts, identities, gaps }: NightRows): NightSummary['completeness'] {
  const with_ = (status: string): number => accounts.filter((it) => it.status === status).length;
  const counted = identities.filter((it) => isCounted(it.kind));
  const kind = (wanted: string): number => identities.filter((it) => it.kind === wanted).length;
  const causes = [...new Set(gaps.map((it) => `${it.operation} ${it.cause}`))].map((key) =>
    gaps.filter((it) => `${it.operation} ${it.cause}` === key),
  );
  return {
    accounts: {
      discovered: accounts.length,
      measured: with_('measured'),
      partial: with_('partial'),
      failed: with_('failed'),
      suspended: with_('suspended'),
      skipped: with_('skipped'),
    },
    identities: {
      counted: counted.length,
      known: counted.filter((it) => it.activity !== 'unread').length,
      unread: counted.filter((it) => it.activity === 'unread').length,
      byKind: {
        user: kind('user'),
        'phantom-user': kind('phantom-user'),
        role: kind('role'),
        'identity-center-role': kind('identity-center-role'),
      },
      apart: {
        tooNew: counted.filter((it) => it.tooNew).length,
        serviceLinkedRole: kind('service-linked-role'),
        breakGlass: kind('break-glass'),
        assayReader: kind('assay-reader'),
      },
    },
    gaps: causes
      .map((same) => ({
        code: same[0]?.gap.code ?? '',
        operation: same[0]?.operation ?? '',
        cause: same[0]?.cause ?? '',
        remedy: same[0]?.remedy ?? '',
        count: same.length,
        accounts: new Set(same.map((it) => it.account)).size,
      }))
      .toSorted((a, b) => b.accounts - a.accounts),
    openings: [],
    accountsNotMeasured: accounts
      .filter((it) => it.status === 'failed' || it.status === 'partial')
      .slice(0, 50)
      .map(({ account, name, status }) => ({
        account,
        name,
        status,
        causes: [...new Set(gaps.filter((it) => it.account === account).map((it) => it.cause))],
      })),
    freshness: {
      credentialReportOldest: '2026-11-24T00:40:00Z',
      credentialReportNewest: '2026-11-24T01:55:00Z',
      iamLagHours: 4,
    },
    regions: { accountsAssumed: accounts.filter((it) => it.regionsAssumed).length, accountsUntracked: [] },
  };
}

function countsOf({ identities, credentials }: NightRows): NightSummary['counts'] {
  const ai = credentials.filter((it) => it.ai);
  const live = ai.filter((it) => it.live);
  const phantoms = identities.filter((it) => it.kind === 'phantom-user');
  const users = identities.filter((it) => it.kind === 'user' || it.kind === 'phantom-user');
  return {
    users: users.length,
    aiKeyUsers: new Set(live.map((it) => `${it.account} ${it.user}`)).size,
    aiKeyUsersUnread: users.filter((it) => it.unread !== null).length,
    aiKeysLive: live.length,
    aiKeysLiveNotDenied: 0,
    aiKeysLiveNeverExpiring: live.filter((it) => it.expires === null).length,
    aiKeysLiveOnPhantomUsers: live.filter((it) => it.phantom).length,
    aiKeysExpired: ai.filter((it) => !it.live && it.status === 'Active').length,
    aiKeysInactive: ai.filter((it) => it.status === 'Inactive').length,
    phantomUsers: phantoms.length,
    phantomUsersWithoutLiveKey: phantoms.filter(
      (it) => !live.some((key) => key.account === it.account && key.user === it.name),
    ).length,
    phantomUsersLiveKey: phantoms.length,
    phantomUsersInactiveOnly: 0,
    phantomUsersExpiredOnly: 0,
    phantomUsersOrphaned: 0,
    phantomUsersNotMeasured: 0,
    phantomUsersGained: 0,
    phantomUsersGainedNotMeasured: 0,
  };
}

function loggingOf(rows: readonly LoggingRow[]): NightSummary['logging'] {
  const classes = [...new Set(rows.map((it) => it.eventClass))];
  return classes.map((eventClass) => {
    const here = rows.filter((it) => it.eventClass === eventClass);
    const count = (status: string): number => here.filter((it) => it.status === status).length;
    return {
      eventClass,
      core: here.some((it) => it.core),
      cells: {
        covered: count('covered'),
        partial: count('partial'),
        'not-covered': count('not-covered'),
        'not-measured': count('not-measured'),
      },
    };
  });
}
