import fc from 'fast-check';
import { sensitiveClasses } from '../../src/catalogue/sensitive/index.ts';
import { countedKinds } from '../../src/domain/identity.ts';
import type { PlannedAccount } from '../../src/domain/night.ts';
import { populationOf } from '../../src/domain/share.ts';
import { type AccountRow, bases, type Figure } from '../../src/domain/tables.ts';
import { allMetrics } from '../../src/pipeline/judge-account.ts';
import { cellKey, settle, Totals } from '../../src/pipeline/totals.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/demo/index.ts';
import { planned } from '../support/facts.ts';
import { cellsOf, clock, inputAt, memoryStore, night, world } from '../support/world.ts';

const id = 'permission.unused-sensitive-pair-rate';
const cell = (more: Partial<Figure>): Figure => ({
  id,
  basis: 'effective',
  kind: 'role',
  class: null,
  population: 'enumerated',
  numerator: 0,
  denominator: 0,
  untrackable: 0,
  unread: 0,
  excepted: 0,
  ...more,
});
const rowOf = (
  account: string,
  ...figures: Figure[]
): Pick<AccountRow, 'account' | 'ou' | 'owner' | 'ownerRead' | 'figures'> => ({
  account,
  ou: ['ou-1', 'ou-2'],
  owner: null,
  ownerRead: true,
  figures,
});
const ous = ['ou-1', 'ou-2'].map((it) => ({ id: it, name: it, parent: null }));
const listed = { ous, accountsListed: true };
const told = (metrics: ReturnType<Totals['metrics']>) =>
  metrics.map(({ scope, basis, numerator, denominator, unread, open }) => [
    scope,
    basis,
    numerator,
    denominator,
    unread,
    open,
  ]);

test('kinds add up to the whole, on each basis by itself; a class counts in its own scope alone', () => {
  const totals = new Totals();
  const row = rowOf(
    '1',
    cell({ numerator: 1, denominator: 2 }),
    cell({ kind: 'user', numerator: 2, denominator: 3 }),
    cell({ basis: 'nominal', numerator: 4, denominator: 5 }),
    cell({ kind: 'all', class: 'ai-entry', numerator: 1, denominator: 1 }),
    cell({ kind: 'all', class: 'data-access', population: 'never-measured', unread: 1 }),
  );
  totals.add(row, 0);
  const whole = (basis: string, n: number, d: number) =>
    ['organization', 'ou:ou-1', 'ou:ou-2'].map((scope) => [scope, basis, n, d, 0, false]);
  expect(told(totals.metrics(allMetrics, listed))).toEqual([
    ...whole('effective', 3, 5),
    ['kind:user', 'effective', 2, 3, 0, false],
    ['kind:role', 'effective', 1, 2, 0, false],
    ['class:data-access', 'effective', 0, 0, 1, true],
    ['class:ai-entry', 'effective', 1, 1, 0, false],
    ...whole('nominal', 4, 5),
    ['kind:role', 'nominal', 4, 5, 0, false],
  ]);
  expect(told(Totals.ofAccount(row, allMetrics))).toEqual([
    ['account:1', 'effective', 3, 5, 0, false],
    ['account:1', 'nominal', 4, 5, 0, false],
  ]);
});

const figures = fc.array(
  fc
    .record({
      basis: fc.constantFrom(...bases),
      kind: fc.constantFrom(...countedKinds),
      class: fc.option(fc.constantFrom(...sensitiveClasses.map((it) => it.id))),
      population: fc.constantFrom('enumerated', 'never-measured'),
      numerator: fc.nat(5),
      others: fc.nat(5),
      untrackable: fc.nat(5),
      unread: fc.nat(5),
    })
    .map(({ others, kind, ...more }) =>
      cell({ ...more, kind: more.class === null ? kind : 'all', denominator: more.numerator + others }),
    ),
  { maxLength: 6 },
);

test('accounts can be added in any order: figures are the same, and bounds stay where they must', () => {
  fc.assert(
    fc.property(fc.array(figures, { minLength: 1, maxLength: 4 }), (lists) => {
      const rows = lists.map((list, at) => rowOf(String(at), ...list));
      const totals = new Totals();
      for (const [place, row] of rows.entries()) totals.add(row, place);
      const backwards = new Totals();
      for (const [place, row] of [...rows.entries()].toReversed()) backwards.add(row, place);
      const metrics = totals.metrics(allMetrics, listed);
      expect(backwards.metrics(allMetrics, listed)).toEqual(metrics);
      for (const { lower, upper, pessimistic, open, numerator, denominator, unknown } of metrics) {
        expect(lower).toBeCloseTo(numerator / (denominator + unknown));
        expect(upper).toBeCloseTo((numerator + unknown) / (denominator + unknown));
        expect(pessimistic).toBe(open ? 1 : upper); // worse when higher
      }
    }),
  );
});

describe('by owner', () => {
  const owned = (account: string, owner: string | null, ownerRead: boolean, ...figures: Figure[]) => ({
    ...rowOf(account, ...figures),
    ou: [],
    owner,
    ownerRead,
  });
  const of = (totals: Totals) =>
    totals
      .metrics(allMetrics, listed)
      .filter(({ scope }) => scope.startsWith('owner:'))
      .map(({ scope, numerator, denominator, open, pessimistic, accountsNotMeasured }) => ({
        scope,
        share: `${numerator} of ${denominator}`,
        open,
        pessimistic,
        accountsNotMeasured,
      }));

  test('accounts of an owner add up; who has no owner is in no such figure', () => {
    const totals = new Totals();
    totals.add(owned('1', 'b', true, cell({ numerator: 1, denominator: 2 })), 0);
    totals.add(owned('2', 'a', true, cell({ numerator: 0, denominator: 4 })), 1);
    totals.add(owned('3', 'b', true, cell({ kind: 'user', numerator: 1, denominator: 2 })), 2);
    totals.add(owned('4', null, true, cell({ numerator: 5, denominator: 5 })), 3);
    expect(of(totals)).toEqual([
      { scope: 'owner:a', share: '0 of 4', open: false, pessimistic: 0, accountsNotMeasured: [] },
      { scope: 'owner:b', share: '2 of 4', open: false, pessimistic: 0.5, accountsNotMeasured: [] },
    ]);
  });

  test('an account whose tags were not read may be anybody’s: every owner’s figure is open, and counts as the worst', () => {
    const totals = new Totals();
    totals.add(owned('1', 'a', true, cell({ numerator: 0, denominator: 4 })), 0);
    totals.add(owned('2', null, false, cell({ numerator: 1, denominator: 1 })), 1);
    totals.add(owned('3', null, false, cell({})), 2); // nobody there, whoever owns it
    const expected = [{ scope: 'owner:a', share: '0 of 4', open: true, pessimistic: 1, accountsNotMeasured: ['2'] }];
    expect(of(totals)).toEqual(expected);
    const again = new Totals();
    again.merge(JSON.parse(JSON.stringify(totals)) as ReturnType<Totals['toJSON']>);
    expect(of(again)).toEqual(expected);
    expect(totals.metrics(allMetrics, listed).map(({ scope }) => scope)).toEqual([
      'organization',
      'owner:a',
      'kind:role',
    ]);
  });
});

describe('populations of last night', () => {
  const last: PlannedAccount = {
    ...planned,
    lastPopulation: { [`${id}|role|effective`]: 5, [`${id}|role|nominal`]: 7, [`${id}|all|effective|ai-entry`]: 2 },
  };
  test.each([
    { name: 'of the same cell', figure: cell({}), unread: 5 },
    { name: 'of the other basis', figure: cell({ basis: 'nominal' }), unread: 7 },
    { name: 'of a class', figure: cell({ kind: 'all', class: 'ai-entry' }), unread: 2 },
  ])('$name stand in for those nobody could list', ({ figure, unread }) => {
    const hidden = { ...figure, population: 'never-measured' } as const;
    expect(settle([hidden], last)).toEqual([{ ...figure, population: 'last-measured', unread }]);
    const some = { ...hidden, denominator: 1, untrackable: 1 };
    expect(settle([some], last)).toMatchObject([{ unread: unread - 2 }]);
    const more = { ...hidden, denominator: 9 };
    expect(settle([more], last)).toMatchObject([{ population: 'last-measured', unread: 0 }]);
    expect(settle([figure], last)).toEqual([figure]);
  });
  test('of another cell stand in for nobody', () => {
    const hidden = cell({ kind: 'all', class: 'data-access', population: 'never-measured' });
    expect(settle([hidden], last)).toEqual([hidden]);
  });
  test('every cell has a name of its own', () => {
    const cells = bases.flatMap((basis) =>
      [null, 'ai-entry'].flatMap((it) => (['all', 'user'] as const).map((kind) => cell({ basis, kind, class: it }))),
    );
    expect(new Set(cells.map(cellKey)).size).toBe(8);
  });

  test('an account that cannot be entered tonight keeps its place in every figure of permissions', async () => {
    const inline = {
      p: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: ['iam:*', 's3:*'], Resource: '*' }] },
    };
    const members = { users: [{ name: 'u', password: 3, inline }], roles: [{ name: 'r', used: 200, inline }] };
    const nightOf = (refuses: Record<string, string>, at: string, store: ReturnType<typeof memoryStore>) =>
      night(
        world(simulatorReaders(buildOrganization({ clock, accounts: [{}, members, { ...members, refuses }] })), {
          store,
        }),
        inputAt(at),
      );
    const store = memoryStore();
    const { summary: whole } = await nightOf({}, clock, store);
    const { summary: lost } = await nightOf({ 'sts:AssumeRole': 'AccessDenied' }, '2026-10-01T06:00:00Z', store);
    const own = cellsOf(whole).filter((it) => it.id.startsWith('permission.'));
    expect(own.length).toBeGreaterThan(20);
    const sizes = (cells: typeof own) =>
      cells.map((it) => [`${it.id} ${it.basis} ${it.scope}`, populationOf(it), it.open]);
    expect(sizes(cellsOf(lost).filter((it) => it.id.startsWith('permission.')))).toEqual(sizes(own));
  });
});
