import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { sensitiveClasses } from '../../src/catalogue/sensitive/index.ts';
import { figureNames } from '../../src/cli/closing.ts';
import { countedKinds, identityKinds } from '../../src/domain/identity.ts';
import {
  type AccountRow,
  accountStatuses,
  coverageStatuses,
  type IdentityRow,
  type LoggingRow,
} from '../../src/domain/tables.ts';
import type { Metric, PairItem } from '../../src/metrics/define.ts';
import { figuresOf } from '../../src/metrics/figures.ts';
import * as index from '../../src/metrics/index.ts';
import { cellKey } from '../../src/pipeline/totals.ts';
import { methods } from '../../src/reports/auditor/methods.ts';
import { demoTruth } from '../../src/simulator/demo/index.ts';

const metrics = Object.values(index) as readonly Metric[];
const identity = (more: Partial<IdentityRow>): IdentityRow => ({
  id: 'a',
  account: '111111111111',
  arn: 'a',
  name: 'a',
  kind: 'role',
  agent: 'no',
  created: null,
  tooNew: false,
  activity: 'used',
  lastUsed: null,
  lastUsedSource: null,
  unread: null,
  sensitive: null,
  escalation: null,
  ...more,
});
const cell = (more: Partial<LoggingRow>): LoggingRow => ({
  id: 'a',
  account: '111111111111',
  region: 'us-east-1',
  eventClass: 'management',
  core: false,
  status: 'covered',
  by: [],
  why: null,
  witness: null,
  ...more,
});
const accountOf = (status: AccountRow['status']) => ({ status }) as AccountRow;

describe.each(metrics.map((metric) => [metric.id, metric] as const))('%s', (id, metric) => {
  test('its folder is its id, and it has a page with a question and examples', () => {
    expect(readdirSync('src/metrics')).toContain(id);
    const page = existsSync(`docs/metrics/${id}.md`) ? readFileSync(`docs/metrics/${id}.md`, 'utf8') : '';
    expect(page).toContain(metric.question);
    for (const part of ['**Population.**', '**Method.**', '**What it does not show.**', '| Example | Result |'])
      expect(page).toContain(part);
  });

  test('a population nobody could enumerate is marked, never counted as empty', () => {
    const figures = figuresOf([metric], {}, { users: false, roles: false, regions: false });
    const expected = metric.needs.length === 0 ? 'enumerated' : 'never-measured';
    expect(new Set(figures.map(({ population }) => population))).toEqual(new Set([expected]));
  });
});

test.each([
  { activity: 'unused', tooNew: false, kind: 'role', rate: 'in', known: 'in' },
  { activity: 'used', tooNew: false, kind: 'user', rate: 'out', known: 'in' },
  { activity: 'unread', tooNew: false, kind: 'phantom-user', rate: 'unread', known: 'out' },
  { activity: 'unused', tooNew: true, kind: 'role', rate: 'apart', known: 'in' },
  { activity: 'unused', tooNew: false, kind: 'service-linked-role', rate: 'apart', known: 'apart' },
  { activity: 'unused', tooNew: false, kind: 'break-glass', rate: 'apart', known: 'apart' },
] as const)('an identity of kind $kind, $activity, too new: $tooNew', ({ rate, known, ...more }) => {
  expect(index.identityUnusedRate.place(identity(more))).toBe(rate);
  expect(index.completenessIdentities.place(identity(more))).toBe(known);
  expect(identityKinds).toContain(more.kind);
});

test.each(
  coverageStatuses.map((status) => ({
    status,
    place: { covered: 'in', partial: 'out', 'not-covered': 'out', 'not-measured': 'unread' }[status],
  })),
)('a $status cell is placed $place in its own figure and apart from the other', ({ status, place }) => {
  expect(index.loggingManagementCoverage.place(cell({ status }))).toBe(place);
  expect(index.loggingAiDataEventCoverage.place(cell({ status }))).toBe('apart');
  expect(index.loggingAiDataEventCoverage.place(cell({ status, core: true, eventClass: 'AWS::Bedrock::Model' }))).toBe(
    place,
  );
  expect(index.loggingManagementCoverage.place(cell({ status, core: true, eventClass: 'AWS::Bedrock::Model' }))).toBe(
    'apart',
  );
});

test.each(
  accountStatuses.map((status) => ({
    status,
    place: { measured: 'in', partial: 'out', failed: 'out', suspended: 'apart', skipped: 'out' }[status],
  })),
)('a $status account is placed $place', ({ status, place }) => {
  expect(index.completenessAccounts.place(accountOf(status))).toBe(place);
});

test.each([
  { aiKey: 'yes', place: 'in' },
  { aiKey: 'no', place: 'out' },
  { aiKey: 'unread', place: 'unread' },
] as const)('a user whose AI keys are $aiKey is placed $place', ({ aiKey, place }) => {
  expect(index.credentialAiKeyUserRate.place({ arn: 'a', kind: 'user', aiKey, staleness: 'none' })).toBe(place);
});

test.each([
  { staleness: 'none', place: 'apart' },
  { staleness: 'stale', place: 'in' },
  { staleness: 'fresh', place: 'out' },
  { staleness: 'unread', place: 'unread' },
  { staleness: 'untrackable', place: 'untrackable' },
] as const)('a user whose credentials are $staleness is placed $place', ({ staleness, place }) => {
  expect(index.credentialStaleUserRate.place({ arn: 'a', kind: 'user', aiKey: 'no', staleness })).toBe(place);
});

test.each([
  { name: 'nothing held', counts: {}, place: 'apart' },
  { name: 'all unused', counts: { unused: 2 }, place: 'in' },
  { name: 'one used', counts: { used: 1, unused: 5, untrackable: 5, unread: 5 }, place: 'out' },
  { name: 'none used, one unread', counts: { unused: 5, untrackable: 5, unread: 1 }, place: 'unread' },
  { name: 'none used, one untrackable', counts: { unused: 5, untrackable: 1 }, place: 'untrackable' },
  { name: 'all untrackable', counts: { untrackable: 2 }, place: 'untrackable' },
] as const)('an identity with $name is placed $place', ({ counts, place }) => {
  const none = { used: 0, unused: 0, untrackable: 0, unread: 0, ...counts };
  const held = none.used + none.unused + none.untrackable + none.unread;
  const item = { arn: 'a', kind: 'role', agent: 'no', basis: 'nominal', ...none, held } as const;
  expect(index.permissionUnusedSensitiveIdentityRate.place(item)).toBe(place);
});

const pairOf = (more: Partial<PairItem>): PairItem => ({
  unusedArn: null,
  kind: 'role',
  agent: 'no',
  basis: 'effective',
  class: null,
  state: 'unused',
  count: 1,
  ...more,
});

test.each([
  { state: 'used', place: 'out' },
  { state: 'unused', place: 'in' },
  { state: 'untrackable', place: 'untrackable' },
  { state: 'unread', place: 'unread' },
] as const)('a pair that is $state is placed $place', ({ state, place }) => {
  expect(index.permissionUnusedSensitivePairRate.place(pairOf({ state }))).toBe(place);
});

describe('pairs', () => {
  const could = { users: true, roles: true, regions: true };
  const pairs = [
    pairOf({ state: 'used', count: 2 }),
    pairOf({ state: 'unused', count: 3 }),
    pairOf({ state: 'unread', count: 4, kind: 'user' }),
    pairOf({ state: 'untrackable', count: 5, basis: 'nominal' }),
    pairOf({ state: 'unused', count: 3, class: 'data-access' }),
    pairOf({ state: 'used', count: 2, class: 'ai-entry' }),
  ];
  const figures = figuresOf([index.permissionUnusedSensitivePairRate], { pairs }, could);
  const cellIs = (wanted: object) =>
    figures.filter((it) => Object.entries(wanted).every(([k, v]) => it[k as 'id'] === v));

  test('count as many as they are, each in the cell of its kind, basis and class', () => {
    expect(cellIs({ basis: 'effective', kind: 'role', class: null })).toMatchObject([
      { numerator: 3, denominator: 5, untrackable: 0, unread: 0 },
    ]);
    expect(cellIs({ basis: 'effective', kind: 'user' })).toMatchObject([{ denominator: 0, unread: 4 }]);
    expect(cellIs({ basis: 'nominal', kind: 'role' })).toMatchObject([{ denominator: 0, untrackable: 5 }]);
    expect(cellIs({ basis: 'effective', class: 'data-access' })).toMatchObject([
      { kind: 'all', numerator: 3, denominator: 3 },
    ]);
    expect(cellIs({ basis: 'effective', class: 'ai-entry' })).toMatchObject([
      { kind: 'all', numerator: 0, denominator: 2 },
    ]);
  });
  test('have a cell for each basis, and there for each kind and class', () => {
    expect(figures).toHaveLength(2 * (countedKinds.length + 1 + sensitiveClasses.length));
    expect(new Set(figures.map(cellKey)).size).toBe(figures.length);
  });
  test('of roles that nobody listed hide the kinds of roles and every class', () => {
    const hidden = figuresOf([index.permissionUnusedSensitivePairRate], { pairs }, { ...could, roles: false });
    const never = hidden.filter(({ population }) => population === 'never-measured');
    expect(new Set(never.map(({ kind }) => kind))).toEqual(
      new Set(['role', 'identity-center-role', 'agent-role', 'all']),
    );
  });
});

test('a figure that does not ask which policies count has one basis and no class', () => {
  const could = { users: true, roles: true, regions: true };
  const others = metrics.filter(({ id }) => !id.startsWith('permission.'));
  const cells = figuresOf(others, {}, could).map((it) => `${it.basis} ${it.class}`);
  expect(new Set(cells)).toEqual(new Set(['effective null']));
});

// What a published figure is. A change here is a change of its meaning: raise the version.
test.each([
  { id: 'completeness.accounts', version: 1, worse: 'lower', unit: 'accounts' },
  { id: 'completeness.identities', version: 1, worse: 'lower', unit: 'identities' },
  { id: 'credential.ai-key-user-rate', version: 1, worse: 'higher', unit: 'users' },
  { id: 'credential.stale-user-rate', version: 1, worse: 'higher', unit: 'users' },
  { id: 'identity.unused-rate', version: 1, worse: 'higher', unit: 'identities' },
  { id: 'logging.ai-data-event-coverage', version: 1, worse: 'lower', unit: 'cells account × Region × AI event class' },
  { id: 'logging.ai-monitored-rate', version: 1, worse: 'lower', unit: 'account × AI event class' },
  { id: 'logging.management-coverage', version: 1, worse: 'lower', unit: 'cells account × Region' },
  { id: 'permission.unused-sensitive-identity-rate', version: 1, worse: 'higher', unit: 'identities' },
  {
    id: 'permission.unused-sensitive-pair-rate',
    version: 1,
    worse: 'higher',
    unit: 'pairs of identity and permission',
  },
])('$id version $version is worse when $worse', (expected) => {
  expect(metrics.find(({ id }) => id === expected.id)).toMatchObject(expected);
});

test.each(metrics.map(({ id }) => id))(
  '%s has planted truth in the demo, words in the auditor report and a line in the terminal',
  (id) => {
    expect(demoTruth.metrics.map((metric) => metric.id)).toContain(id);
    expect(Object.keys(methods)).toContain(id);
    expect(Object.keys(figureNames)).toContain(id);
  },
);
