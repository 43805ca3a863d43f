import fc from 'fast-check';
import type { AccountRow, FindingRow } from '../../src/domain/tables.ts';
import { applyChanges, type ComparedNight, differenceOf, type Past } from '../../src/history/difference.ts';

const finding = (more: Partial<FindingRow> = {}): FindingRow => ({
  id: '1/root-mfa/root',
  account: '1',
  control: 'root-mfa',
  version: 1,
  severity: 'high',
  status: 'fail',
  resourceType: 'root user',
  resource: 'root',
  region: null,
  reason: 'no MFA',
  evidence: {},
  thresholds: {},
  gap: null,
  remedy: null,
  exception: null,
  ...more,
});
type Account = Pick<AccountRow, 'account' | 'status' | 'reason'>;
const account: Account = { account: '1', status: 'measured', reason: null };
/** Another finding of the same control, which never changes: so the control is asked on every night. */
const other = finding({ id: 'organization/root-mfa/x', account: 'organization', status: 'pass' });
const night = (findings: readonly FindingRow[], accounts: readonly Account[] = [account]): ComparedNight => ({
  findings: [...findings, other],
  accounts,
});
const never: Past = () => undefined;
const denied = { code: 'ACCESS_DENIED', action: 'iam:ListUsers', by: null } as unknown as FindingRow['gap'];
const open = finding();
const fine = finding({ status: 'pass', reason: 'MFA' });
const unread = finding({ status: 'not-measured', gap: denied });
const whole = finding({ id: '1/root-mfa/*', resource: '*', status: 'not-measured', gap: denied });

test.each<{
  name: string;
  from: readonly FindingRow[];
  to: readonly FindingRow[];
  accounts?: Account[];
  past?: Past;
  told: unknown;
}>([
  { name: 'passed, now open', from: [fine], to: [open], told: [['new', 'no MFA']] },
  { name: 'was not there, now open', from: [], to: [open], told: [['new', 'no MFA']] },
  {
    name: 'open before it passed',
    from: [fine],
    to: [open],
    past: () => ({ last: 'pass', everOpen: true }),
    told: [['reopened', 'no MFA']],
  },
  {
    name: 'gone, and back again',
    from: [],
    to: [open],
    past: () => ({ last: 'fail', everOpen: true }),
    told: [['reopened', 'no MFA']],
  },
  { name: 'open, now passing', from: [open], to: [fine], told: [['resolved', 'MFA']] },
  {
    name: 'open, now refused',
    from: [open],
    to: [unread],
    told: [['not-re-measured', expect.stringContaining('iam:ListUsers')]],
  },
  {
    name: 'passing, now refused',
    from: [fine],
    to: [unread],
    told: [['not-re-measured', expect.stringContaining('iam:ListUsers')]],
  },
  {
    name: 'open, and its list is refused: not resolved, not gone',
    from: [open],
    to: [whole],
    told: [
      ['appeared', 'no MFA'],
      ['not-re-measured', expect.stringContaining('iam:ListUsers')],
    ],
  },
  {
    name: 'open, and its account could not be entered',
    from: [open],
    to: [],
    accounts: [{ account: '1', status: 'failed', reason: 'no role' }],
    told: [['not-re-measured', 'the account was not measured: no role']],
  },
  { name: 'gone', from: [open], to: [], told: [['gone', 'the root user is not there any more']] },
  {
    name: 'gone with its account',
    from: [open],
    to: [],
    accounts: [],
    told: [['gone', 'the account is not in the organisation any more']],
  },
  {
    name: 'gone with an account that was closed',
    from: [open],
    to: [],
    accounts: [{ account: '1', status: 'suspended', reason: null }],
    told: [['gone', 'the account is suspended or closed']],
  },
  {
    name: 'unread, then open, for the first time',
    from: [unread],
    to: [open],
    told: [['new', 'measured for the first time: no MFA']],
  },
  {
    name: 'unread, then open, as it was',
    from: [unread],
    to: [open],
    past: () => ({ last: 'fail', everOpen: true }),
    told: [['measured-again', 'still open: no MFA']],
  },
  {
    name: 'unread, then passing, open before',
    from: [unread],
    to: [fine],
    past: () => ({ last: 'fail', everOpen: true }),
    told: [['resolved', 'MFA']],
  },
  {
    name: 'a threshold that moved is no change of the account',
    from: [finding({ thresholds: { days: 90 }, status: 'pass' })],
    to: [finding({ thresholds: { days: 45 } })],
    told: [['rule-changed', 'threshold days is 45, it was 90']],
  },
  {
    name: 'a control of another version',
    from: [open],
    to: [finding({ version: 2, status: 'pass' })],
    told: [['rule-changed', 'the control is version 2, it was 1']],
  },
  {
    name: 'a control that was not asked before',
    from: [],
    to: [finding({ id: '1/new/root', control: 'new' })],
    told: [['rule-changed', 'the control was not asked before: no MFA']],
  },
  {
    name: 'a control that is not asked any more',
    from: [finding({ id: '1/old/root', control: 'old' })],
    to: [],
    told: [['rule-changed', 'the control is not asked any more']],
  },
  {
    name: 'open, and excepted now',
    from: [open],
    to: [finding({ exception: 'E1' })],
    told: [['excepted', 'exception `E1` covers it: no MFA']],
  },
  {
    name: 'by another exception, in other words',
    from: [finding({ exception: 'E1' })],
    to: [finding({ exception: 'E2', reason: 'none' })],
    told: [['excepted', 'exception `E2` covers it, it was `E1`: none']],
  },
  {
    name: 'open, and its exception is over',
    from: [finding({ exception: 'E1' })],
    to: [open],
    told: [['exception-ended', 'exception `E1` covers it no more: no MFA']],
  },
  {
    name: 'new, and excepted from the first night on',
    from: [fine],
    to: [finding({ exception: 'E1' })],
    told: [['new', 'no MFA; exception `E1` covers it']],
  },
  { name: 'excepted, now passing', from: [finding({ exception: 'E1' })], to: [fine], told: [['resolved', 'MFA']] },
  {
    name: 'excepted, now refused',
    from: [finding({ exception: 'E1' })],
    to: [unread],
    told: [['not-re-measured', expect.stringContaining('iam:ListUsers')]],
  },
  {
    name: 'a threshold that moved and an exception: the rule first',
    from: [finding({ thresholds: { days: 90 } })],
    to: [finding({ thresholds: { days: 45 }, exception: 'E1' })],
    told: [['rule-changed', 'threshold days is 45, it was 90; exception `E1` covers it']],
  },
  { name: 'other words', from: [open], to: [finding({ reason: 'none' })], told: [['reworded', 'none']] },
  { name: 'nothing changed', from: [open], to: [finding()], told: [] },
])('$name', ({ from, to, accounts, past = never, told }) => {
  const changes = differenceOf(night(from), night(to, accounts), past);
  expect(changes.map(({ kind, cause }) => [kind, cause])).toEqual(told);
});

const rows = fc.uniqueArray(
  fc
    .record({
      at: fc.nat(9),
      status: fc.constantFrom('pass', 'fail', 'not-measured', 'not-applicable'),
      version: fc.integer({ min: 1, max: 2 }),
      days: fc.constantFrom(45, 90),
      reason: fc.constantFrom('a', 'b'),
      covered: fc.constantFrom(null, 'E1', 'E2'),
    })
    .map(({ at, days, covered, ...more }) =>
      finding({
        ...(more as Partial<FindingRow>),
        account: String(at % 3),
        resource: at === 9 ? '*' : String(at),
        id: `${at % 3}/root-mfa/${at}`,
        thresholds: { days },
        gap: more.status === 'not-measured' ? denied : null,
        exception: more.status === 'fail' ? covered : null,
      }),
    ),
  { selector: ({ id }) => id },
);
const accounts = fc.uniqueArray(
  fc.record({
    account: fc.constantFrom('0', '1', '2'),
    status: fc.constantFrom('measured', 'partial', 'failed', 'suspended', 'skipped'),
    reason: fc.constant(null),
  }),
  { selector: (it) => it.account },
) as fc.Arbitrary<Account[]>;
const byId = (list: readonly FindingRow[]): FindingRow[] => list.toSorted((a, b) => (a.id < b.id ? -1 : 1));

test('the earlier night and the changes are the later night', () => {
  fc.assert(
    fc.property(rows, rows, accounts, (from, to, there) => {
      const changes = differenceOf(night(from), night(to, there), never);
      expect(byId(applyChanges(from, changes))).toEqual(byId(to));
      expect(differenceOf(night(to, there), night(to, there), never)).toEqual([]);
    }),
  );
});

test('an exception that came or went is told wherever a finding stays open, and as nothing else', () => {
  fc.assert(
    fc.property(rows, rows, (from, to) => {
      const changes = new Map(differenceOf(night(from), night(to), never).map((it) => [it.id, it]));
      for (const after of to) {
        const before = from.find(({ id }) => id === after.id);
        if (before?.status !== 'fail' || after.status !== 'fail' || before.exception === after.exception) continue;
        const { kind, cause } = changes.get(after.id) ?? {};
        const ruled = before.version !== after.version || before.thresholds['days'] !== after.thresholds['days'];
        expect(kind).toBe(ruled ? 'rule-changed' : after.exception === null ? 'exception-ended' : 'excepted');
        if (after.exception !== null) expect(cause).toContain(after.exception);
      }
    }),
  );
});

test('what was not read again is never told as resolved or gone', () => {
  fc.assert(
    fc.property(rows, rows, accounts, (from, to, there) => {
      const failed = new Set(
        there.filter(({ status }) => status === 'failed' || status === 'skipped').map((it) => it.account),
      );
      for (const { kind, before, after } of differenceOf(night(from), night(to, there), never)) {
        if (kind === 'resolved') expect(['pass', 'not-applicable']).toContain(after?.status);
        if (kind === 'gone') expect(failed).not.toContain(before?.account);
      }
    }),
  );
});
