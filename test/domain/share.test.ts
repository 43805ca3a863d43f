import fc from 'fast-check';
import { addShares, bounds, noShare, pessimisticBound, type Share } from '../../src/domain/share.ts';

const count = fc.nat(1_000);
const share: fc.Arbitrary<Share> = fc
  .record({ inside: count, outside: count, untrackable: count, unread: count })
  .map(({ inside, outside, untrackable, unread }) => ({
    numerator: inside,
    denominator: inside + outside,
    untrackable,
    unread,
  }));

test.each([
  {
    name: 'everything known',
    share: { numerator: 1, denominator: 4, untrackable: 0, unread: 0 },
    expected: [0.25, 0.25],
  },
  {
    name: 'unknown of both kinds widens',
    share: { numerator: 1, denominator: 2, untrackable: 1, unread: 1 },
    expected: [0.25, 0.75],
  },
  {
    name: 'all unknown is anything',
    share: { numerator: 0, denominator: 0, untrackable: 0, unread: 3 },
    expected: [0, 1],
  },
  { name: 'nobody to count is no rate', share: noShare, expected: undefined },
])('bounds: $name', ({ share, expected }) => {
  expect(bounds(share)).toEqual(expected);
});

test('however the unknowns turn out, the true rate lies inside the bounds', () => {
  fc.assert(
    fc.property(share, fc.nat(), (it, pick) => {
      const unknown = it.untrackable + it.unread;
      fc.pre(it.denominator + unknown > 0);
      const [low, high] = bounds(it) ?? [1, 0];
      const truth = (it.numerator + (pick % (unknown + 1))) / (it.denominator + unknown);
      expect(truth).toBeGreaterThanOrEqual(low);
      expect(truth).toBeLessThanOrEqual(high);
    }),
  );
});

test('losing an item never makes the pessimistic bound better', () => {
  fc.assert(
    fc.property(
      share,
      fc.constantFrom('higher' as const, 'lower' as const),
      fc.boolean(),
      (it, worse, fromNumerator) => {
        fc.pre(fromNumerator ? it.numerator > 0 : it.denominator > it.numerator);
        const lost = {
          ...it,
          numerator: it.numerator - (fromNumerator ? 1 : 0),
          denominator: it.denominator - 1,
          unread: it.unread + 1,
        };
        const [before, after] = [pessimisticBound(it, worse, false), pessimisticBound(lost, worse, false)];
        const gain = ((after ?? 0) - (before ?? 0)) * (worse === 'higher' ? 1 : -1);
        expect(gain).toBeGreaterThanOrEqual(0);
      },
    ),
  );
});

test.each([
  { worse: 'higher', open: false, expected: 0.5 },
  { worse: 'higher', open: true, expected: 1 },
  { worse: 'lower', open: false, expected: 0.25 },
  { worse: 'lower', open: true, expected: 0 },
] as const)('the pessimistic bound of a figure that is worse when $worse, open: $open', ({ worse, open, expected }) => {
  expect(pessimisticBound({ numerator: 1, denominator: 3, untrackable: 0, unread: 1 }, worse, open)).toBe(expected);
});

test('shares add up the same in any order', () => {
  fc.assert(
    fc.property(share, share, share, (a, b, c) => {
      expect(addShares(addShares(a, b), c)).toEqual(addShares(a, addShares(c, b)));
    }),
  );
});
