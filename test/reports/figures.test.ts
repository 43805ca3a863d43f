import type { NightSummary } from '../../src/domain/summary.ts';
import { figureView, shareOf, shareView } from '../../src/reports/figures.ts';
import { integer, moment, percent, percentRange, thin } from '../../src/reports/numbers.ts';
import { night, noRows } from './support/night.ts';

const spaced = (text: string): string => text.replaceAll(thin, ' ');
const share = (numerator: number, denominator: number, unknown = 0) => {
  const population = denominator + unknown;
  const counts = { numerator, denominator, untrackable: 0, unread: unknown, unknown };
  return { ...counts, lower: numerator / population, upper: (numerator + unknown) / population };
};

test.each([
  {
    case: 'bounds apart',
    of: share(1204, 1842, 88),
    value: '62–67 %',
    count: '1 204 of 1 930',
    unknown: '88 not measured',
  },
  { case: 'bounds meet', of: share(1204, 1930), value: '62.4 %', count: '1 204 of 1 930', unknown: null },
  {
    case: 'bounds close',
    of: share(534, 933, 14),
    value: '56.3–57.9 %',
    count: '534 of 947',
    unknown: '14 not measured',
  },
  { case: 'few', of: share(3, 7), value: '3 of 7', count: '42.9 %', unknown: null },
  { case: 'few, some unknown', of: share(3, 7, 2), value: '3–5 of 9', count: '33–56 %', unknown: '2 not measured' },
  {
    case: 'nearly all is not all',
    of: share(99_999, 100_000),
    value: '99.9 %',
    count: '99 999 of 100 000',
    unknown: null,
  },
  { case: 'nearly none is not none', of: share(1, 100_000), value: '0.1 %', count: '1 of 100 000', unknown: null },
  { case: 'none', of: share(0, 40), value: '0 %', count: '0 of 40', unknown: null },
  { case: 'all unknown', of: share(0, 0, 40), value: '0–100 %', count: '0 of 40', unknown: '40 not measured' },
])('$case: $value', ({ of, value, count, unknown }) => {
  const view = shareView(of);
  expect({ value: spaced(view.value), count: spaced(view.count), unknown: view.unknown }).toEqual({
    value,
    count,
    unknown,
  });
});

test('rounding goes outwards, so that the truth stays inside', () => {
  expect(spaced(percentRange(0.6149, 0.6451))).toBe('61–65 %');
  expect(spaced(percentRange(0.6191, 0.6451))).toBe('61–65 %'); // 61.9 is not 62: the truth may lie below
  expect(spaced(percentRange(0.6149, 0.6411))).toBe('61–65 %');
  expect(spaced(percentRange(0.6141, 0.6149))).toBe('61.4–61.5 %');
  expect(spaced(percentRange(0.29, 0.57))).toBe('29–57 %'); // 0.29 * 100 is 28.999…
});

test('numbers and dates do not depend on the machine', () => {
  expect(spaced(integer(1234567))).toBe('1 234 567');
  expect(spaced(percent(1))).toBe('100 %');
  expect(moment('2026-11-24T02:00:00+01:00')).toBe('2026-11-24 01:00 UTC');
});

test('a share reads as a sentence in both forms', () => {
  expect(spaced(shareOf(shareView(share(1204, 1930)), 'identities'))).toBe('62.4 % of identities');
  expect(shareOf(shareView(share(3, 7)), 'identities')).toBe('3 of 7 identities');
});

describe('a figure without a value is never 0 %', () => {
  const withAccounts = (measured: number, failed: number) => (it: NightSummary) => ({
    ...it,
    completeness: {
      ...it.completeness,
      accounts: { ...it.completeness.accounts, discovered: measured + failed, measured, failed },
    },
    leftOut: [{ id: 'identity.unused-rate', accountsNotMeasured: failed > 0 ? ['200000000001'] : [] }],
  });
  test.each([
    { case: 'hidden by an account', change: withAccounts(1, 1), state: 'not-measured', value: 'not measured' },
    { case: 'nobody there', change: withAccounts(1, 0), state: 'nobody', value: 'nobody to count' },
    { case: 'nothing measured', change: withAccounts(0, 0), state: 'not-measured', value: 'not measured' },
    {
      case: 'not in the summary',
      change: (it: NightSummary) => ({ ...it, leftOut: [] }),
      state: 'not-built',
      value: 'not built yet',
    },
  ])('$case: $value', ({ change, state, value }) => {
    const { summary } = night(noRows, change);
    const view = figureView(summary, { id: 'identity.unused-rate', what: 'Unused' });
    expect(view).toMatchObject({ state, value, count: null, open: null });
    expect(view.bar.toHTML()).not.toContain('class="solid');
  });
});
