import fc from 'fast-check';
import type { AccountRow, FindingRow, FindingStatus } from '../../src/domain/tables.ts';
import { type ComparedNight, differenceOf, type Past } from '../../src/history/difference.ts';
import { Period } from '../../src/history/period.ts';

const denied = { code: 'ACCESS_DENIED', action: 'iam:ListUsers', by: null } as unknown as FindingRow['gap'];
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
  reason: more.status ?? 'fail',
  evidence: {},
  thresholds: {},
  gap: more.status === 'not-measured' ? denied : null,
  remedy: null,
  exception: null,
  ...more,
});

/** How a finding stands on a night: a status, not there at all, or not listed (so nobody knows). */
type Stand = FindingStatus | 'absent' | 'unlisted' | 'v2-pass' | 'reworded';
const controls = new Set(['root-mfa']);
const measured: Pick<AccountRow, 'account' | 'status' | 'reason'> = { account: '1', status: 'measured', reason: null };

const nightWith = (stand: Stand): ComparedNight => ({
  accounts: [measured],
  controls,
  findings:
    stand === 'absent'
      ? []
      : stand === 'unlisted'
        ? [finding({ id: '1/root-mfa/*', resource: '*', status: 'not-measured' })]
        : stand === 'reworded'
          ? [finding({ reason: 'in other words' })]
          : [stand === 'v2-pass' ? finding({ status: 'pass', version: 2 }) : finding({ status: stand })],
});
const never: Past = () => undefined;

/** What is told of the one finding over a period; the first stand is the night before it. */
function told(stands: readonly Stand[], past: Past = never) {
  const [base = 'absent', ...nights] = stands;
  const period = new Period(nightWith(base), past);
  nights.forEach((stand, at) => {
    period.add({ ...nightWith(stand), dt: `2026-09-2${at}` });
  });
  return [...period.changes()].filter(({ id }) => id === '1/root-mfa/root');
}

test.each<{ name: string; stands: Stand[]; past?: Past; kinds: string[] }>([
  { name: 'open all week', stands: ['fail', 'fail', 'fail'], kinds: [] },
  { name: 'opened', stands: ['pass', 'pass', 'fail', 'fail'], kinds: ['new'] },
  { name: 'opened with its resource', stands: ['absent', 'fail', 'fail'], kinds: ['new'] },
  { name: 'resolved', stands: ['fail', 'pass', 'pass'], kinds: ['resolved'] },
  {
    name: 'fixed and back within the week: both ends look alike',
    stands: ['fail', 'pass', 'fail'],
    kinds: ['reopened'],
  },
  { name: 'deleted and made again within the week', stands: ['fail', 'absent', 'fail'], kinds: ['reopened'] },
  { name: 'opened, fixed and back', stands: ['pass', 'fail', 'pass', 'fail'], kinds: ['reopened'] },
  { name: 'opened and fixed within the week', stands: ['pass', 'fail', 'pass'], kinds: ['resolved'] },
  { name: 'made, open, and gone within the week', stands: ['absent', 'fail', 'absent'], kinds: ['gone'] },
  { name: 'open all week, in other words', stands: ['fail', 'reworded', 'fail'], kinds: [] },
  { name: 'open, gone', stands: ['fail', 'fail', 'absent'], kinds: ['gone'] },
  { name: 'open, refused', stands: ['fail', 'not-measured'], kinds: ['not-re-measured'] },
  { name: 'refused on one night between', stands: ['fail', 'not-measured', 'fail'], kinds: [] },
  { name: 'not listed on one night between', stands: ['fail', 'unlisted', 'fail'], kinds: [] },
  { name: 'not listed on two nights, then gone', stands: ['fail', 'unlisted', 'unlisted', 'absent'], kinds: ['gone'] },
  { name: 'opened, then not listed', stands: ['absent', 'fail', 'unlisted', 'unlisted'], kinds: ['not-re-measured'] },
  { name: 'opened, then refused', stands: ['absent', 'fail', 'not-measured'], kinds: ['not-re-measured'] },
  { name: 'opened, not listed, then gone', stands: ['absent', 'fail', 'unlisted', 'absent'], kinds: ['gone'] },
  { name: 'opened, not listed, then fixed', stands: ['absent', 'fail', 'unlisted', 'pass'], kinds: ['resolved'] },
  { name: 'fixed, refused, back', stands: ['fail', 'pass', 'not-measured', 'fail'], kinds: ['reopened'] },
  { name: 'judged by another rule', stands: ['fail', 'v2-pass'], kinds: ['rule-changed'] },
  { name: 'opened, then judged by another rule', stands: ['pass', 'fail', 'v2-pass'], kinds: ['rule-changed'] },
  {
    name: 'open before the week, closed at its beginning',
    stands: ['pass', 'fail'],
    past: () => ({ last: 'pass', everOpen: true }),
    kinds: ['reopened'],
  },
])('$name: $kinds', ({ stands, past, kinds }) => {
  expect(told(stands, past).map(({ kind }) => kind)).toEqual(kinds);
});

test('each night on which something happened is a step, with the rows of both ends', () => {
  const [change] = told(['fail', 'pass', 'pass', 'fail']);
  expect(change?.steps.map(({ dt, kind }) => [dt, kind])).toEqual([
    ['2026-09-20', 'resolved'],
    ['2026-09-22', 'reopened'],
  ]);
  expect([change?.before?.status, change?.after?.status]).toEqual(['fail', 'fail']);
});

const stand = fc.constantFrom<Stand>('pass', 'fail', 'not-applicable', 'absent');

test('where everything was measured, the word follows from the statuses alone', () => {
  fc.assert(
    fc.property(fc.array(stand, { minLength: 2, maxLength: 9 }), (stands) => {
      const open = stands.map((it) => it === 'fail');
      const closedAfterOpen = open.some((it, at) => !it && open.slice(0, at).includes(true));
      const end = stands.at(-1);
      const kind = told(stands)[0]?.kind;
      if (end === 'fail') expect(kind).toBe(closedAfterOpen ? 'reopened' : open[0] ? undefined : 'new');
      else if (open.includes(true)) expect(kind).toBe(end === 'absent' ? 'gone' : 'resolved');
      else expect([undefined, 'appeared', 'gone', 'measured-again', 'reworded']).toContain(kind);
    }),
  );
});

const anyStand = fc.constantFrom<Stand>(
  'pass',
  'fail',
  'not-applicable',
  'absent',
  'unlisted',
  'not-measured',
  'v2-pass',
);

test('a period of one night is the difference of the two nights, but for other words', () => {
  fc.assert(
    fc.property(anyStand, anyStand, (from, to) => {
      const kinds = differenceOf(nightWith(from), nightWith(to), never).filter(
        ({ id, kind }) => id === '1/root-mfa/root' && kind !== 'reworded',
      );
      expect(told([from, to]).map(({ kind, cause }) => [kind, cause])).toEqual(
        kinds.map(({ kind, cause }) => [kind, cause]),
      );
    }),
  );
});

test('what ends unread is never told as resolved or gone', () => {
  fc.assert(
    fc.property(fc.array(anyStand, { minLength: 1, maxLength: 8 }), (stands) => {
      for (const end of ['unlisted', 'not-measured'] as const)
        for (const { kind } of told([...stands, end])) expect(['resolved', 'gone']).not.toContain(kind);
    }),
  );
});
