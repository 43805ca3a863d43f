import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { figureNames } from '../../src/cli/closing.ts';
import { identityKinds } from '../../src/domain/identity.ts';
import {
  type AccountRow,
  accountStatuses,
  coverageStatuses,
  type IdentityRow,
  type LoggingRow,
} from '../../src/domain/tables.ts';
import type { Items, Metric } from '../../src/metrics/define.ts';
import { figuresOf } from '../../src/metrics/figures.ts';
import * as index from '../../src/metrics/index.ts';
import { methods } from '../../src/reports/auditor/methods.ts';
import { demoTruth } from '../../src/simulator/demo/index.ts';

const metrics = Object.values(index) as readonly Metric[];
const identity = (more: Partial<IdentityRow>): IdentityRow => ({
  id: 'a',
  account: '111111111111',
  arn: 'a',
  name: 'a',
  kind: 'role',
  created: null,
  tooNew: false,
  activity: 'used',
  lastUsed: null,
  lastUsedSource: null,
  unread: null,
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
    const nothing: { readonly [Over in keyof Items]: readonly Items[Over][] } = {
      identities: [],
      users: [],
      cells: [],
      accounts: [],
    };
    const figures = figuresOf([metric], nothing, { users: false, roles: false, regions: false });
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
  expect(index.credentialAiKeyUserRate.place({ kind: 'user', aiKey, staleness: 'none' })).toBe(place);
});

test.each([
  { staleness: 'none', place: 'apart' },
  { staleness: 'stale', place: 'in' },
  { staleness: 'fresh', place: 'out' },
  { staleness: 'unread', place: 'unread' },
  { staleness: 'untrackable', place: 'untrackable' },
] as const)('a user whose credentials are $staleness is placed $place', ({ staleness, place }) => {
  expect(index.credentialStaleUserRate.place({ kind: 'user', aiKey: 'no', staleness })).toBe(place);
});

// What a published figure is. A change here is a change of its meaning: raise the version.
test.each([
  { id: 'completeness.accounts', version: 1, worse: 'lower', unit: 'accounts' },
  { id: 'completeness.identities', version: 1, worse: 'lower', unit: 'identities' },
  { id: 'credential.ai-key-user-rate', version: 1, worse: 'higher', unit: 'users' },
  { id: 'credential.stale-user-rate', version: 1, worse: 'higher', unit: 'users' },
  { id: 'identity.unused-rate', version: 1, worse: 'higher', unit: 'identities' },
  { id: 'logging.ai-data-event-coverage', version: 1, worse: 'lower', unit: 'cells account × Region × AI event class' },
  { id: 'logging.management-coverage', version: 1, worse: 'lower', unit: 'cells account × Region' },
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
