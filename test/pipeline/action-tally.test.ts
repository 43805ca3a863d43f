import fc from 'fast-check';
import { closedBy } from '../../src/actions/of-controls.ts';
import { placesOf } from '../../src/actions/places.ts';
import { headlineFigures } from '../../src/actions/queue.ts';
import { allControls } from '../../src/controls/all.ts';
import {
  type AccountChanges,
  type Change,
  changeKinds,
  type Effect,
  noChanges,
} from '../../src/domain/action-table.ts';
import type { Metric } from '../../src/domain/summary.ts';
import { type AccountRow, type FindingRow, findingStatuses, severities } from '../../src/domain/tables.ts';
import { ActionTally } from '../../src/pipeline/action-tally.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';

const rowOf = (account: string, status: AccountRow['status'] = 'measured', ou: string[] = ['ou-1']): AccountRow =>
  ({ account, status, ou, figures: [] }) as unknown as AccountRow;
const effect = (metric: string, numerator: number, denominator = 0): Effect => ({
  ...{ metric, numerator, denominator },
  ...{ untrackable: 0, unread: 0 },
});
const change = (more: Partial<Change> & Pick<Change, 'key'>): Change => ({
  account: '111111111111',
  kind: 'delete-identity',
  what: `do ${more.key}`,
  command: null,
  policy: null,
  blast: { accounts: 1, identities: 1, used: 0, words: 'nobody' },
  effects: [],
  closes: [],
  ...more,
});
const finding = (control: string, resource: string, more: Partial<FindingRow> = {}): FindingRow =>
  ({
    id: `111111111111/${control}/${resource}`,
    account: '111111111111',
    severity: 'medium',
    status: 'fail',
    resourceType: 'role',
    remedy: { text: 'Do it', command: 'do-it' },
    exception: null,
    ...{ control, resource },
    ...more,
  }) as FindingRow;
const figure = (id: string, numerator: number, denominator: number, worse: Metric['worse'] = 'higher'): Metric =>
  ({
    ...{
      id,
      worse,
      numerator,
      denominator,
      scope: 'organization',
      basis: 'effective',
      open: false,
      untrackable: 0,
      unread: 0,
    },
  }) as Metric;

test('changes that close findings are named for controls that exist', () => {
  expect(Object.keys(closedBy).filter((control) => !allControls.some(({ id }) => id === control))).toEqual([]);
});

test('headline figures exist', () => {
  for (const id of headlineFigures) expect(allMetrics.map((it) => it.id)).toContain(id);
});

test('findings go with the change that closes them, else with one that the control names; an excepted one asks for nothing', () => {
  const tally = new ActionTally();
  const rows = tally.add(
    {
      row: rowOf('111111111111'),
      gaps: [],
      actions: { ...noChanges, changes: [change({ key: 'delete-identity/arn:r', closes: ['arn:r'] })] },
      findings: [
        finding('unused-identities', 'arn:r'),
        finding('role-trust-wildcard', 'arn:r', { severity: 'critical' }),
        finding('role-trust-wildcard', 'arn:other'),
        finding('password-length', '111111111111'),
        finding('password-reuse', '111111111111', { severity: 'low' }),
        finding('root-mfa', 'root', { exception: 'lab' }),
        finding('root-use', 'root', { status: 'not-measured' }),
      ],
    },
    'team',
    0,
  );
  expect(rows.map(({ id, severity, findings, command }) => [id, severity, findings.length, command])).toEqual([
    ['delete-identity/arn:r', 'critical', 2, 'do-it'],
    ['restrict-trust/111111111111/role-trust-wildcard/arn:other', 'medium', 1, 'do-it'],
    ['setting/111111111111/password-policy', 'medium', 2, 'do-it'],
  ]);
  expect(rows.every(({ owner }) => owner === 'team')).toBe(true);
});

test('the three entries that move a figure most, before and after, counted over the whole organisation', () => {
  const id = 'identity.unused-rate';
  const tally = new ActionTally();
  const owners = [
    ['a', 1],
    ['b', 4],
    ['c', 2],
    ['d', 3],
    ['b', 1],
  ] as const;
  for (const [place, [owner, count]] of owners.entries()) {
    const account = String(100_000_000_000 + place);
    const effects = [effect(id, -count, -count)];
    tally.add(
      {
        row: rowOf(account),
        gaps: [],
        findings: [],
        actions: {
          ...noChanges,
          changes: [change({ key: `delete-identity/${account}`, account, effects })],
          together: [{ kind: 'delete-identity', effects }],
        },
      },
      owner,
      place,
    );
  }
  const { figures, queue, kinds, changes } = tally.summary([figure(id, 20, 40)], []);
  expect(changes).toBe(5);
  expect(figures).toEqual([
    {
      metric: id,
      before: { numerator: 20, denominator: 40, lower: 0.5, upper: 0.5 },
      open: false,
      best: ['b', 'd', 'c'].map((owner, at) => {
        const left = 20 - ([5, 3, 2][at] ?? 0);
        const upper = left / (left + 20);
        return {
          id: `owner/delete-identity/${owner}`,
          after: { numerator: left, denominator: left + 20, lower: upper, upper },
          gain: 0.5 - upper,
        };
      }),
    },
  ]);
  expect(queue.map(({ owner }) => owner)).toEqual(['b', 'd', 'c', 'a']);
  expect(kinds[0]).toMatchObject({ kind: 'delete-identity', changes: 5, owners: 4 });
  expect(kinds[0]?.moves[0]?.after).toEqual({ numerator: 9, denominator: 29, lower: 9 / 29, upper: 9 / 29 });
});

test('a figure nobody is left in has no after, and all of its worse side is gained', () => {
  const tally = new ActionTally();
  const effects = [effect('identity.unused-rate', -2, -4)];
  const actions = {
    ...noChanges,
    changes: [change({ key: 'delete-identity/x', effects })],
    together: [{ kind: 'delete-identity' as const, effects }],
  };
  tally.add({ row: rowOf('111111111111'), gaps: [], findings: [], actions }, 'a', 0);
  const [move] = tally.summary([figure('identity.unused-rate', 2, 4)], []).queue[0]?.moves ?? [];
  expect(move).toMatchObject({ after: null, gain: 0.5 });
});

test('an account that one cause alone hides is measured once that cause is gone; with two causes no change alone does it', () => {
  const gap = (code: string, operation: string) =>
    ({ gap: { code }, operation, cause: 'refused', remedy: 'allow it' }) as never;
  const tally = new ActionTally();
  const add = (account: string, gaps: never[], place: number) =>
    tally.add({ row: rowOf(account, 'partial'), gaps, findings: [], actions: noChanges }, 'a', place);
  add('111111111111', [gap('ACCESS_DENIED', 'iam:ListUsers'), gap('ACCESS_DENIED', 'iam:ListUsers')], 0);
  add('222222222222', [gap('ACCESS_DENIED', 'iam:ListUsers'), gap('THROTTLED', 'iam:ListRoles')], 1);
  const { queue, kinds } = tally.summary([figure('completeness.accounts', 0, 2, 'lower')], []);
  expect(kinds[0]?.moves[0]).toMatchObject({ gain: 1, after: { numerator: 2 } }); // both causes gone
  expect(queue.map(({ id, accounts, moves }) => [id, accounts, moves.map(({ gain }) => gain)])).toEqual([
    ['central/open-reading/ACCESS_DENIED/iam:ListUsers', 2, [0.5]],
    ['central/open-reading/THROTTLED/iam:ListRoles', 1, []],
  ]);
});

const ous = [
  { id: 'ou-a', name: 'A', parent: null },
  { id: 'ou-b', name: 'B', parent: null },
  { id: 'ou-a1', name: 'A1', parent: 'ou-a' },
];
test.each([
  { name: 'nobody keeps anything', nodes: { root: [3, 0], 'ou-a': [2, 0], 'ou-b': [1, 0] }, where: 'the root' },
  {
    name: 'all open accounts lie below one unit',
    nodes: { root: [2, 0], 'ou-a': [2, 0], 'ou-a1': [2, 0] },
    where: 'unit A1',
  },
  {
    name: 'somebody beside keeps what it takes',
    nodes: { root: [3, 1], 'ou-a': [2, 0], 'ou-b': [1, 1] },
    where: 'unit A, 1 account one by one',
  },
  { name: 'nothing is open', nodes: { root: [0, 2] }, where: null },
])('an SCP goes as high as it may: $name', ({ nodes, where }) => {
  const counted = new Map(
    Object.entries(nodes).map(([node, [open, kept]]) => [node, { open: open ?? 0, kept: kept ?? 0 }]),
  );
  expect(placesOf(counted, ous)).toBe(where);
});

const anyChange = fc.record({
  key: fc.constantFrom('a', 'b', 'c', 'd'),
  kind: fc.constantFrom(...changeKinds),
  central: fc.boolean(),
  used: fc.option(fc.nat(2)),
  effects: fc.array(fc.record({ metric: fc.constantFrom(...headlineFigures), n: fc.integer({ min: -2, max: 2 }) }), {
    maxLength: 2,
  }),
  spared: fc.array(fc.constantFrom('p', 'q', 'r')),
  commands: fc.array(fc.constantFrom('aws a', 'aws b', 'aws c')),
});
const anyAccount = fc.record({
  status: fc.constantFrom('measured' as const, 'partial' as const),
  owner: fc.constantFrom('x', 'y'),
  changes: fc.array(anyChange, { maxLength: 3 }),
  findings: fc.array(
    fc.record({
      control: fc.constantFrom(...allControls.map(({ id }) => id)),
      status: fc.constantFrom(...findingStatuses),
      severity: fc.constantFrom(...severities),
    }),
    { maxLength: 4 },
  ),
  fence: fc.constantFrom('open' as const, 'kept' as const),
});

test('accounts add up in any order and any tree to the same bytes', () => {
  fc.assert(
    fc.property(
      fc.array(anyAccount, { minLength: 1, maxLength: 5 }),
      fc.array(fc.nat(), { minLength: 12, maxLength: 12 }),
      (accounts, draws) => {
        const parts = accounts.map(({ status, owner, changes, findings, fence }, place) => {
          const account = String(100_000_000_000 + place);
          const made = changes.map(({ key, kind, central, used, effects, spared, commands }, at) =>
            change({
              key: central ? `${kind}/${key}` : `${kind}/${account}/${at}`,
              account: central ? 'organization' : account,
              kind,
              blast: { accounts: 1, identities: 1, used, words: key },
              effects: effects.map(({ metric, n }) => effect(metric, n)),
              spared,
              commands,
            }),
          );
          const actions: AccountChanges = { changes: made, together: [], fences: [{ guardrail: 'g', state: fence }] };
          const tally = new ActionTally();
          const rows = findings.map((it, at) => finding(it.control, `r${at}`, { ...it, id: `${account}/${at}` }));
          tally.add({ row: rowOf(account, status), actions, findings: rows, gaps: [] }, owner, place);
          return tally.toJSON();
        });
        const sum = (list: typeof parts) => {
          const tally = new ActionTally();
          for (const it of list) tally.merge(it);
          return tally.toJSON();
        };
        const whole = JSON.stringify(sum(parts));
        const left = [...parts];
        const take = () => left.splice((draws.pop() ?? 0) % left.length, 1)[0] as (typeof parts)[number];
        while (left.length > 1) left.push(sum([take(), take()]));
        expect(JSON.stringify(sum(left))).toBe(whole);
      },
    ),
    { numRuns: 150 },
  );
});

test('a change that is made once for many accounts has the commands of all of them, each once', () => {
  const tally = new ActionTally();
  for (const [place, commands] of [['aws b'], ['aws a', 'aws b']].entries()) {
    const told = change({
      ...{ key: 'tell-of-events/group', account: 'organization', kind: 'tell-of-events' },
      ...{ command: commands.join('\n'), commands },
    });
    const actions: AccountChanges = { changes: [told], together: [], fences: [] };
    tally.add({ row: rowOf(`10000000000${place}`, 'measured'), actions, findings: [], gaps: [] }, 'x', place);
  }
  expect(tally.centralRows()).toMatchObject([{ command: 'aws a\naws b', blast: { accounts: 2 } }]);
});
