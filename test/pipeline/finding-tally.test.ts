import fc from 'fast-check';
import { type FindingRow, type FindingStatus, findingStatuses } from '../../src/domain/tables.ts';
import { FindingTally } from '../../src/pipeline/finding-tally.ts';

const control = 'root-mfa';
interface Told {
  readonly status: FindingStatus;
  readonly covered?: boolean;
}
const row = ({ status, covered = false }: Told): FindingRow =>
  ({ control, status, exception: covered && status === 'fail' ? 'E' : null }) as FindingRow;

function counted(...accounts: readonly (readonly Told[])[]) {
  const tally = new FindingTally();
  for (const rows of accounts) tally.add(rows.map(row));
  const summary = tally.summary({});
  const own = summary.controls.find(({ id }) => id === control);
  if (own === undefined) throw new Error('no such control');
  return { ...own, total: summary.excepted };
}

const [open, covered] = [{ status: 'fail' } as const, { status: 'fail', covered: true } as const];
const [fine, dark] = [{ status: 'pass' } as const, { status: 'not-measured' } as const];

test.each<{ name: string; accounts: Told[][]; findings: number; whole: number }>([
  { name: 'nothing is covered', accounts: [[open, fine]], findings: 0, whole: 0 },
  { name: 'all that fails is covered', accounts: [[covered, covered, fine]], findings: 2, whole: 1 },
  { name: 'a part of what fails is covered', accounts: [[covered, open]], findings: 1, whole: 0 },
  { name: 'something was not measured', accounts: [[covered, dark]], findings: 1, whole: 0 },
  { name: 'one account of two', accounts: [[covered], [covered, open]], findings: 2, whole: 1 },
  { name: 'nothing fails', accounts: [[fine, dark]], findings: 0, whole: 0 },
])('$name: $findings findings and $whole accounts are excepted', ({ accounts, findings, whole }) => {
  const told = counted(...accounts);
  expect(told.excepted).toEqual({ findings, accounts: whole });
  expect(told.total).toEqual({ findings, bySeverity: { critical: findings, high: 0, medium: 0, low: 0 } });
});

const told = fc.record({
  status: fc.constantFrom('fail', ...findingStatuses),
  covered: fc.boolean(),
  hidden: fc.boolean(),
});
const accounts = fc.array(fc.array(told, { minLength: 1, maxLength: 4 }), { maxLength: 4 });

test('exceptions move no count of findings or accounts, and lost data never leaves fewer accounts that are bad without them', () => {
  fc.assert(
    fc.property(accounts, (given) => {
      const plain = counted(...given.map((rows) => rows.map(({ status }) => ({ status }))));
      const whole = counted(...given);
      const lost = counted(
        ...given.map((rows) => rows.map((it) => (it.hidden ? { ...it, status: 'not-measured' as const } : it))),
      );
      expect([whole.findings, whole.accounts]).toEqual([plain.findings, plain.accounts]);
      expect(whole.excepted.findings).toBeLessThanOrEqual(whole.findings.fail);
      expect(whole.excepted.accounts).toBeLessThanOrEqual(whole.accounts.fail);
      const bad = ({ accounts: of, excepted }: typeof whole): number =>
        of.fail + of['not-measured'] - excepted.accounts;
      expect(bad(lost)).toBeGreaterThanOrEqual(bad(whole));
    }),
  );
});
