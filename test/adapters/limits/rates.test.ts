import { operations } from '../../../src/catalogue/operations.ts';
import { type Ceiling, evenly, ours, published, ratesOf, unlisted } from '../../../src/catalogue/rates.ts';
import type { Operation } from '../../../src/ports/aws-calls.ts';

const all = Object.keys(operations) as Operation[];

test('a call is held to what AWS publishes for it, else to a ceiling of ours for its family', () => {
  for (const operation of all) {
    const { key } = ratesOf({}).limitOf(operation);
    const { family } = operations[operation];
    expect(key).toBe(operation in published ? operation : family);
  }
});

test.each<[Operation, rate: number, burst: number, organization: Ceiling | null]>([
  ['organizations:ListTargetsForPolicy', 5, 8, { rate: 6, burst: 10 }],
  ['organizations:DescribePolicy', 2, 2, { rate: 2, burst: 3 }],
  ['organizations:ListRoots', 1, 2, null],
  ['account:ListRegions', 5, 5, null],
  ['cloudtrail:GetTrailStatus', 10, 1, null],
])('%s: %d a second and %d at once in an account', (operation, rate, burst, organization) => {
  expect(ratesOf({}).limitOf(operation)).toEqual({ key: operation, account: { rate, burst }, organization });
});

test('what AWS publishes nothing of is asked at most 10 times a second in an account', () => {
  for (const { account } of [...Object.values(ours), unlisted]) {
    const perSecond = account !== null && ('rate' in account ? account.rate : account.perSecond);
    expect(perSecond).toBeLessThanOrEqual(10);
  }
});

test('a ceiling can be kept: a whole call at once, and a rate above 0', () => {
  for (const operation of all) {
    const { account, organization } = ratesOf({}).limitOf(operation);
    const known = [account, organization].filter((ceiling) => ceiling !== null);
    expect(known.length).toBeGreaterThan(0);
    for (const { rate, burst } of known) expect([rate > 0, burst >= 1]).toEqual([true, true]);
  }
});

test.each([
  { perSecond: 0.5, rate: 0.5, burst: 1 },
  { perSecond: 1, rate: 1, burst: 1 },
  { perSecond: 10, rate: 10, burst: 1 },
  { perSecond: 25, rate: 24, burst: 2 },
  { perSecond: 600, rate: 541, burst: 60 },
])('$perSecond a second is $rate a second and $burst at once', ({ perSecond, rate, burst }) => {
  expect(evenly(perSecond)).toEqual({ rate, burst });
});

test.each([
  { maxRate: 0 },
  { maxRate: -1 },
  { iamRate: Number.NaN },
  { maxRate: Infinity },
  { maxRate: 5, processes: 0 },
])('%j is refused', (options) => {
  expect(() => ratesOf(options)).toThrow(RangeError);
});
