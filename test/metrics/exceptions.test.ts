import fc from 'fast-check';
import { allControls } from '../../src/controls/all.ts';
import type { Exception } from '../../src/domain/exception.ts';
import { bounds, pessimisticBound, withExceptionsOf } from '../../src/domain/share.ts';
import type { FindingRow, FindingStatus, IdentityRow, LoggingRow } from '../../src/domain/tables.ts';
import { coveredIn, withExceptions } from '../../src/judge/exceptions.ts';
import { judgedBy } from '../../src/metrics/exceptions.ts';
import { figuresOf } from '../../src/metrics/figures.ts';
import * as metrics from '../../src/metrics/index.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';

const clock = '2026-09-30T06:00:00Z';
const found = (control: string, resource: string, status: FindingStatus): FindingRow =>
  ({ account: '111122223333', control, resource, status, exception: null }) as FindingRow;
const exception = (more: Partial<Exception>): Exception => ({
  ...{ id: 'E', controls: [], owner: 'o', reason: 'r', approver: 'a', expires: '2026-12-31' },
  ...more,
});
const could = { users: true, roles: true, regions: true, chains: true };
const identity = (arn: string, activity: IdentityRow['activity']) =>
  ({ arn, kind: 'role', agent: 'no', tooNew: false, activity }) as IdentityRow;
const cell = (region: string, status: LoggingRow['status']) =>
  ({ region, status, core: true, eventClass: 'AWS::Bedrock::Model' }) as LoggingRow;

test('the table names figures and controls that exist', () => {
  const ids = new Set(allControls.map(({ id }) => id));
  for (const [figure, controls] of Object.entries(judgedBy)) {
    expect(allMetrics.map(({ id }) => id.split(':')[0])).toContain(figure);
    for (const control of controls) expect(ids).toContain(control);
  }
});

test.each<{ name: string; statuses: [first: FindingStatus, second: FindingStatus]; of: string[]; covered: boolean }>([
  { name: 'both fail, both covered', statuses: ['fail', 'fail'], of: ['one', 'two'], covered: true },
  { name: 'both fail, one covered', statuses: ['fail', 'fail'], of: ['one'], covered: false },
  { name: 'one fails, and is covered', statuses: ['fail', 'pass'], of: ['one'], covered: true },
  {
    name: 'one does not apply, the other is covered',
    statuses: ['not-applicable', 'fail'],
    of: ['two'],
    covered: true,
  },
  { name: 'one was not measured', statuses: ['fail', 'not-measured'], of: ['one', 'two'], covered: false },
  { name: 'nothing fails', statuses: ['pass', 'not-measured'], of: ['one', 'two'], covered: false },
])('of two controls, $name: $covered', ({ statuses: [first, second], of, covered }) => {
  const rows = [found('one', 'x', first), found('two', 'x', second), found('one', 'y', 'fail')];
  const given = withExceptions(rows, [exception({ controls: of, resources: ['x'] })], clock);
  expect(coveredIn(given)(['one', 'two'], 'x')).toBe(covered);
  expect(coveredIn(given)(['one', 'two'], 'y')).toBe(false);
  expect(coveredIn(given)(['one', 'two'], 'z')).toBe(false);
});

const excepted = (metric: (typeof allMetrics)[number], items: Parameters<typeof figuresOf>[1], on: string) => {
  const covers = (controls: readonly string[], resource: string) =>
    resource === on && judgedBy[metric.id.split(':')[0] ?? ''] === controls;
  const sum = (key: 'excepted' | 'numerator' | 'denominator') =>
    figuresOf([metric], items, could, covers)
      .filter(({ kind, basis, class: sensitive }) => kind !== 'agent-role' && basis === 'effective' && !sensitive)
      .reduce((total, figure) => total + figure[key], 0);
  return [sum('excepted'), sum('numerator'), sum('denominator')];
};
const pair = { kind: 'role', agent: 'no', basis: 'effective', class: null, state: 'unused', count: 5 } as const;
const holding = {
  kind: 'role',
  agent: 'no',
  basis: 'effective',
  held: 2,
  used: 0,
  unused: 2,
  untrackable: 0,
  unread: 0,
};
const user = { kind: 'user', aiKey: 'no', staleness: 'fresh' } as const;
const guardrails = ['enforced', 'absent', 'partial'].map((grade) => ({ guardrail: 'trail-protection', grade }));

test.each([
  {
    name: 'unused identities',
    metric: metrics.identityUnusedRate,
    items: { identities: [identity('x', 'unused'), identity('y', 'unused'), identity('z', 'used')] },
    told: [1, 2, 3],
  },
  {
    name: 'used ones have nothing to except',
    metric: metrics.identityUnusedRate,
    items: { identities: [identity('x', 'used'), identity('y', 'unused')] },
    told: [0, 1, 2],
  },
  {
    name: 'what was not read neither',
    metric: metrics.identityUnusedRate,
    items: { identities: [identity('x', 'unread'), identity('y', 'unused')] },
    told: [0, 1, 1],
  },
  {
    name: 'where lower is worse, the cells that are not covered',
    metric: metrics.loggingAiDataEventCoverage,
    items: { cells: [cell('x', 'not-covered'), cell('x', 'partial'), cell('x', 'covered'), cell('y', 'not-covered')] },
    told: [2, 1, 4],
  },
  {
    name: 'pairs, as many as they are',
    metric: metrics.permissionUnusedSensitivePairRate,
    items: {
      pairs: [
        { ...pair, unusedArn: 'x' },
        { ...pair, unusedArn: null, count: 3 },
      ],
    },
    told: [5, 8, 8],
  },
  {
    name: 'identities that hold',
    metric: metrics.permissionUnusedSensitiveIdentityRate,
    items: {
      holdings: [
        { ...holding, arn: 'x' },
        { ...holding, arn: 'y' },
      ],
    },
    told: [1, 2, 2],
  },
  {
    name: 'users with a stale credential',
    metric: metrics.credentialStaleUserRate,
    items: {
      users: [
        { ...user, arn: 'x', staleness: 'stale' },
        { ...user, arn: 'y' },
      ],
    },
    told: [1, 1, 2],
  },
  {
    name: 'users with an AI key',
    metric: metrics.credentialAiKeyUserRate,
    items: {
      users: [
        { ...user, arn: 'x', aiKey: 'yes' },
        { ...user, arn: 'y', aiKey: 'yes' },
      ],
    },
    told: [1, 2, 2],
  },
  {
    name: 'agent roles',
    metric: metrics.agentConfusedDeputyRate,
    items: { agents: [{ arn: 'x', kind: 'role', deputy: 'any-account' }] },
    told: [1, 1, 1],
  },
  {
    name: 'a guardrail',
    metric: allMetrics.find(({ id }) => id === 'guardrail.coverage:trail-protection'),
    items: { guardrails },
    on: 'trail-protection',
    told: [2, 1, 3],
  },
  {
    name: 'a figure that no control judges',
    metric: metrics.completenessIdentities,
    items: { identities: [identity('x', 'unread')] },
    told: [0, 0, 1],
  },
])('$name: excepted, numerator and denominator are $told', ({ metric, items, on = 'x', told }) => {
  expect(excepted(metric as never, items as never, on)).toEqual(told);
});

const member = fc.record({
  bad: fc.boolean(),
  covered: fc.boolean(),
  hidden: fc.boolean(),
});

test.each(['higher', 'lower'] as const)(
  'where %s is worse: exceptions never move the figure, and lost data never helps the second',
  (worse) => {
    const metric = worse === 'higher' ? metrics.identityUnusedRate : metrics.loggingManagementCoverage;
    const [control = ''] = judgedBy[metric.id] ?? [];
    fc.assert(
      fc.property(fc.array(member, { minLength: 1, maxLength: 8 }), fc.boolean(), (members, open) => {
        const figure = (hide: boolean, exceptions: readonly Exception[]) => {
          const rows = members.map(({ bad, hidden }, at) => {
            const status = hide && hidden ? 'not-measured' : bad ? 'fail' : 'pass';
            return found(control, String(at), status);
          });
          const items = {
            identities: rows.map(({ resource, status }) =>
              identity(resource, status === 'fail' ? 'unused' : status === 'pass' ? 'used' : 'unread'),
            ),
            cells: rows.map(({ resource, status }) => ({
              ...cell(resource, status === 'fail' ? 'not-covered' : status === 'pass' ? 'covered' : 'not-measured'),
              eventClass: 'management',
            })),
          };
          const covers = coveredIn(withExceptions(rows, exceptions, clock));
          const [own] = figuresOf([metric as never], items, could, covers).filter(
            ({ kind }) => kind === 'role' || kind === 'all',
          );
          if (own === undefined) throw new Error('no figure');
          return { own, ...withExceptionsOf(own, own.excepted, worse, open) };
        };
        const resources = members.flatMap(({ covered }, at) => (covered ? [String(at)] : []));
        const held = resources.length === 0 ? [] : [exception({ controls: [control], resources })];
        const [plain, with_, lost] = [figure(false, []), figure(false, held), figure(true, held)];
        expect({ ...with_.own, excepted: 0 }).toEqual(plain.own);
        expect(
          figure(
            false,
            held.map((it) => ({ ...it, expires: '2026-09-29' })),
          ),
        ).toEqual(plain);
        expect(with_.excepted).toBe(members.filter(({ bad, covered }) => bad && covered).length);
        const better = (a: number, b: number): number => (worse === 'higher' ? b - a : a - b);
        const headline = pessimisticBound(plain.own, worse, open) ?? Number.NaN;
        expect(better(with_.withExceptions.pessimistic, headline)).toBeGreaterThanOrEqual(0);
        expect(better(lost.withExceptions.pessimistic, with_.withExceptions.pessimistic)).toBeLessThanOrEqual(1e-12);
        const { lower, upper, numerator } = lost.withExceptions;
        expect(lower).toBeLessThanOrEqual(upper);
        expect(numerator).toBeGreaterThanOrEqual(0);
        expect(bounds({ ...lost.own, numerator })).toEqual([lower, upper]);
      }),
    );
  },
);
