import fc from 'fast-check';
import { allControls } from '../../src/controls/all.ts';
import type { RequirementSummary } from '../../src/domain/summary.ts';
import { type Figure, type FindingRow, type FindingStatus, findingStatuses } from '../../src/domain/tables.ts';
import type { ControlSettings } from '../../src/judge/findings.ts';
import { RequirementTally } from '../../src/pipeline/requirement-tally.ts';

interface Row {
  readonly control: string;
  readonly status: FindingStatus;
  readonly resource?: string;
  readonly exception?: string | null;
}
interface Account {
  readonly rows: readonly Row[];
  readonly figures?: Figure[];
}

const finding = ({ control, status, resource = 'one', exception = null }: Row): FindingRow =>
  ({ control, status, resource, exception }) as unknown as FindingRow;
const figure = (more: Partial<Figure>): Figure => ({
  id: 'identity.unused-rate',
  basis: 'effective',
  kind: 'role',
  class: null,
  population: 'enumerated',
  ...{ numerator: 0, denominator: 0, untrackable: 0, unread: 0, excepted: 0 },
  ...more,
});

function judged(
  accounts: readonly Account[],
  organization: readonly Row[] = [],
  listed = true,
  settings: ControlSettings = {},
  window = 90,
): RequirementSummary[] {
  const tally = new RequirementTally();
  tally.addOrganization(organization.map(finding));
  for (const { rows, figures = [] } of accounts) tally.add(rows.map(finding), figures);
  return tally.summary(listed, { settings, window });
}

const of = (all: readonly RequirementSummary[], key: string): RequirementSummary => {
  const found = all.find(({ framework, id }) => `${framework}/${id}` === key);
  if (found === undefined) throw new Error(`no requirement ${key}`);
  return found;
};
const none = { pass: 0, fail: 0, 'not-measured': 0, 'not-applicable': 0 };

test('an account counts by the worst of its controls, findings add up, and doubt widens the rate', () => {
  const all = judged([
    { rows: [{ control: 'root-mfa', status: 'pass' }] },
    { rows: [{ control: 'root-mfa', status: 'fail' }] },
    { rows: [{ control: 'root-mfa', status: 'not-measured', resource: 'root' }] },
  ]);
  expect(of(all, 'cis-aws-7.0.0/2.5')).toMatchObject({
    controls: ['root-mfa'],
    result: 'fail',
    accounts: { ...none, pass: 1, fail: 1, 'not-measured': 1 },
    rate: { numerator: 1, denominator: 2, unread: 1, lower: 1 / 3, upper: 2 / 3, pessimistic: 1 / 3, open: false },
    organization: null,
  });
  expect(of(all, 'pci-dss-4.0.1/8.4.1').controls).toEqual(['root-hardware-mfa', 'root-mfa']);
});

test('an exception changes no result and no rate; it is counted beside them', () => {
  const rows: Row[] = [{ control: 'root-mfa', status: 'fail', exception: 'lab' }];
  expect(of(judged([{ rows }]), 'cis-aws-7.0.0/2.5')).toMatchObject({
    result: 'fail',
    excepted: 1,
    rate: { pessimistic: 0, open: false },
  });
});

test('what could not be listed leaves the rate open: behind it may be any number of resources', () => {
  const rows: Row[] = [
    { control: 'access-key-age', status: 'pass' },
    { control: 'access-key-age', status: 'not-measured', resource: '*' },
  ];
  expect(of(judged([{ rows }]), 'cis-aws-7.0.0/2.12')).toMatchObject({
    result: 'not-measured',
    rate: { upper: 1, pessimistic: 0, open: true },
  });
});

test.each([
  { name: 'one on the bad side', more: { numerator: 1, denominator: 5, unread: 1 }, result: 'fail' },
  { name: 'one that was not read', more: { denominator: 5, unread: 1 }, result: 'not-measured' },
  { name: 'nobody listed', more: { population: 'never-measured' as const }, result: 'not-measured' },
  { name: 'all on the good side', more: { denominator: 5 }, result: 'pass' },
  { name: 'nobody to count', more: {}, result: 'not-applicable' },
])('a figure with $name makes the account $result', ({ more, result }) => {
  const all = judged([{ rows: [], figures: [figure(more), figure({ kind: 'agent-role', numerator: 1 })] }]);
  expect(of(all, 'soc-2/CC6.2')).toMatchObject({ result, rate: null });
});

test('coverage fails where a cell is not covered', () => {
  const cells = (numerator: number): Figure[] => [
    figure({ id: 'logging.management-coverage', kind: 'all', numerator, denominator: 2 }),
  ];
  expect(of(judged([{ rows: [], figures: cells(1) }]), 'aws-ai-security/AISF-DETECT-01').result).toBe('fail');
  expect(of(judged([{ rows: [], figures: cells(2) }]), 'aws-ai-security/AISF-DETECT-01').result).toBe('pass');
});

test('the organisation counts apart from its accounts, and by its own word', () => {
  const all = judged([], [{ control: 'authorization-policies', status: 'fail' }]);
  expect(of(all, 'cis-aws-7.0.0/2.1.2')).toMatchObject({ result: 'fail', organization: 'fail', accounts: none });
});

test('nothing passes that nothing answers, or whose accounts nobody could list', () => {
  expect(of(judged([]), 'cis-aws-7.0.0/2.2')).toMatchObject({ controls: [], result: 'not-measured', rate: null });
  const rows: Row[] = [{ control: 'root-mfa', status: 'pass' }];
  expect(of(judged([{ rows }], [], false), 'cis-aws-7.0.0/2.5')).toMatchObject({
    result: 'not-measured',
    rate: { open: true, pessimistic: 0 },
  });
});

test('nothing passes by a threshold that is laxer than the number the requirement states', () => {
  const rows: Row[] = [
    { control: 'unused-credentials', status: 'pass' },
    { control: 'unused-credentials', status: 'pass', resource: 'two' },
  ];
  const by = (unusedDays: number) => judged([{ rows }], [], true, { 'unused-credentials': { unusedDays } });
  for (const key of ['cis-aws-7.0.0/2.11', 'cis-aws-5.0.0/1.11', 'cis-aws-3.0.0/1.12']) {
    for (const strict of [1, 45]) expect(of(by(strict), key)).toMatchObject({ result: 'pass', laxer: null });
    expect(of(by(46), key)).toMatchObject({
      result: 'not-measured',
      laxer: 'it asks for `unusedDays` of `unused-credentials` at most 45; 46 is configured',
      accounts: { ...none, 'not-measured': 1 },
      findings: { ...none, 'not-measured': 2 },
      rate: { numerator: 0, denominator: 0, unread: 2, lower: 0, upper: 1 },
    });
  }
  expect(of(by(90), 'pci-dss-4.0.1/8.2.6').result).toBe('pass');
  expect(of(by(91), 'pci-dss-4.0.1/8.2.6').result).toBe('not-measured');
  const failing = judged([{ rows: [...rows, { control: 'unused-credentials', status: 'fail' }] }], [], true, {
    'unused-credentials': { unusedDays: 90 },
  });
  expect(of(failing, 'cis-aws-7.0.0/2.11')).toMatchObject({ result: 'fail', rate: { numerator: 0, unread: 2 } });
  const nobody = judged([{ rows: [{ control: 'unused-credentials', status: 'not-applicable' }] }], [], true, {
    'unused-credentials': { unusedDays: 90 },
  });
  expect(of(nobody, 'cis-aws-7.0.0/2.11').result).toBe('not-applicable');
});

test('a number that must be at least met', () => {
  const rows: Row[] = [{ control: 'password-length', status: 'pass' }];
  const by = (minimumLength: number) =>
    of(judged([{ rows }], [], true, { 'password-length': { minimumLength } }), 'cis-aws-7.0.0/2.8').result;
  expect([by(13), by(14), by(15)]).toEqual(['not-measured', 'pass', 'pass']);
});

const ofAccounts = allControls.filter(({ scope }) => scope === 'account').map(({ id }) => id);
/** Few controls of one requirement, so that they meet; findings of one of them may be many. */
const row = fc.record({
  control: fc.constantFrom('root-mfa', 'full-admin-policies', 'pass-any-role', 'assume-any-role'),
  status: fc.constantFrom(...findingStatuses),
});

test('losing an answer, a list or an account never makes a requirement better', () => {
  const isGood = (status: FindingStatus): boolean => status === 'pass' || status === 'not-applicable';
  const lost = fc.constantFrom('finding', 'list', 'account');
  fc.assert(
    fc.property(
      fc.array(fc.array(row, { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 4 }),
      lost,
      (rows, how) => {
        const first = rows[0] ?? [];
        const control = first[0]?.control ?? '';
        const nothing = (id: string): Row => ({ control: id, status: 'not-measured', resource: '*' });
        const after: Record<typeof how, Row[]> = {
          finding: first.map((it, at) => (at === 0 ? { ...it, status: 'not-measured' } : it)),
          list: [...first.filter((it) => it.control !== control), nothing(control)],
          account: ofAccounts.map(nothing),
        };
        const [was, is] = [rows, [after[how], ...rows.slice(1)]].map((all) =>
          judged(all.map((own) => ({ rows: own }))),
        );
        for (const [at, { result, rate, accounts }] of (is ?? []).entries()) {
          const before = was?.[at];
          if (before === undefined) throw new Error('requirements differ');
          if (!isGood(before.result)) expect(isGood(result)).toBe(false);
          if (before.rate !== null) expect(rate?.pessimistic).toBeLessThanOrEqual(before.rate.pessimistic);
          expect(accounts.pass).toBeLessThanOrEqual(before.accounts.pass);
        }
      },
    ),
    { numRuns: 150 },
  );
});

test('nothing passes over a longer window than the requirement allows, and what fails in it fails', () => {
  const rows: Row[] = [{ control: 'unused-identities', status: 'pass' }];
  const over = (window: number, more: Row[] = []) => judged([{ rows: [...rows, ...more] }], [], true, {}, window);
  const key = 'pci-dss-4.0.1/8.2.6';
  for (const short of [30, 90]) expect(of(over(short), key)).toMatchObject({ result: 'pass', laxer: null });
  expect(of(over(91), key)).toMatchObject({
    result: 'not-measured',
    laxer: 'it asks for a window of at most 90 days; that of the night has 91',
    findings: { ...none, 'not-measured': 1 },
    accounts: { ...none, 'not-measured': 1 },
  });
  const failing: Row = { control: 'unused-identities', status: 'fail', resource: 'two' };
  expect(of(over(365, [failing]), key)).toMatchObject({ result: 'fail', accounts: { ...none, fail: 1 } });
  const lax = judged([{ rows }], [], true, { 'unused-credentials': { unusedDays: 120 } }, 120);
  expect(of(lax, key).laxer).toBe(
    'it asks for `unusedDays` of `unused-credentials` at most 90; 120 is configured; it asks for a window of at most 90 days; that of the night has 120',
  );
  expect(of(over(365), 'soc-2/CC6.2').laxer).toBeNull(); // it states no number
});
