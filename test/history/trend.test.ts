import fc from 'fast-check';
import type { Share } from '../../src/domain/share.ts';
import { type Series, seriesIn, trendOf } from '../../src/history/trend.ts';
import type { TrendFigure, TrendNight } from '../../src/history/trend-night.ts';
import { figureOf, nightOn, rules } from '../support/trend-nights.ts';

const dates = ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-04', '2026-09-05'];

/** The one series of nights with these figures, a day apart. */
function seriesOf(figures: readonly TrendFigure[], more: readonly Partial<TrendNight>[] = []): Series {
  const nights = figures.map((figure, at) => nightOn(dates[at] ?? '', [figure], more[at]));
  return seriesIn(trendOf(nights), figures[0]?.id ?? '') as Series;
}

const verdict = (before: TrendFigure, after: TrendFigure) => {
  const { sinceLast } = seriesOf([before, after]);
  return [sinceLast?.verdict, sinceLast?.why ?? null];
};

test.each<{ name: string; from: Partial<Share>; to: Partial<Share>; more?: Partial<TrendFigure>; told: unknown }>([
  {
    name: 'fewer',
    from: { numerator: 5, denominator: 9 },
    to: { numerator: 4, denominator: 9 },
    told: ['better', null],
  },
  { name: 'more', from: { numerator: 4, denominator: 9 }, to: { numerator: 5, denominator: 9 }, told: ['worse', null] },
  {
    name: 'as before',
    from: { numerator: 4, denominator: 9 },
    to: { numerator: 4, denominator: 9 },
    told: ['same', null],
  },
  {
    name: 'more, of a figure that should rise',
    from: { numerator: 4, denominator: 9 },
    to: { numerator: 5, denominator: 9 },
    more: { worse: 'lower' },
    told: ['better', null],
  },
  {
    name: 'fewer, while somebody was not read',
    from: { numerator: 5, denominator: 9 },
    to: { numerator: 3, denominator: 8, unread: 1 },
    told: ['not-known', '1 could not be read on 2026-09-02'],
  },
  {
    name: 'none any more, while the night before did not read somebody',
    from: { numerator: 5, denominator: 8, unread: 1 },
    to: { numerator: 0, denominator: 9 },
    told: ['not-known', '1 could not be read on 2026-09-01'],
  },
  {
    name: 'more than all that was not read could explain',
    from: { numerator: 1, denominator: 9 },
    to: { numerator: 5, denominator: 8, unread: 1 },
    told: ['worse', null],
  },
  {
    name: 'open',
    from: { numerator: 5, denominator: 9 },
    to: { numerator: 1, denominator: 9 },
    more: { open: true },
    told: ['not-known', 'accounts were never measured on 2026-09-01 and accounts were never measured on 2026-09-02'],
  },
  {
    name: 'the better end got worse and the worse end better',
    from: { numerator: 2, denominator: 8, untrackable: 4 },
    to: { numerator: 4, denominator: 12 },
    told: ['not-known', expect.stringContaining('opposite directions')],
  },
])('$name: $told.0', ({ from, to, more, told }) => {
  expect(verdict(figureOf(from, more), figureOf(to, more))).toEqual(told);
});

test('a definition that changed breaks the line, and the note names what changed', () => {
  const figure = figureOf({ numerator: 4, denominator: 9 });
  const { points, sinceLast, sinceFirst } = seriesOf(
    [
      figure,
      figure,
      figure,
      { ...figure, version: 2 },
      { ...figure, version: 2, numerator: 3, lower: 1 / 3, upper: 1 / 3 },
    ],
    [{ rules: { ...rules, window: 60 } }],
  );
  expect(points.map(({ link, changes }) => [link, ...changes])).toEqual([
    ['first'],
    ['definition', 'the window is 90 days, it was 60'],
    ['joined'],
    ['definition', 'the definition is version 2, it was 1'],
    ['joined'],
  ]);
  expect([sinceLast?.from.dt, sinceFirst?.from.dt]).toEqual(['2026-09-04', '2026-09-04']);
});

test('no change is told across a change of the definition', () => {
  const figure = figureOf({ numerator: 4, denominator: 9 });
  const { sinceLast, sinceFirst } = seriesOf([figure, { ...figure, version: 2, lower: 0 }]);
  expect([sinceLast, sinceFirst]).toEqual([null, null]);
});

test.each<{ id: string; told: string[] }>([
  {
    id: 'permission.unused-sensitive-pair-rate',
    told: [
      'the list of sensitive permissions is assay version 2, it was assay version 1',
      "the catalogue of AWS's actions is 2026-11, it was 2026-10",
    ],
  },
  { id: 'identity.unused-rate', told: [] },
  {
    id: 'logging.ai-data-event-coverage',
    told: ['the lists of AI event classes and of services with credentials are others'],
  },
  { id: 'logging.management-coverage', told: [] },
  { id: 'new.figure', told: [expect.anything(), expect.anything(), expect.anything()] as string[] },
])('only rules that bear on $id break its line', ({ id, told }) => {
  const figure = figureOf({ numerator: 4, denominator: 9 }, { id });
  const changed = { rules: { ...rules, window: 90, sensitive: 'assay version 2', actions: '2026-11', services: 'bb' } };
  expect(seriesOf([figure, figure], [{}, changed]).points[1]?.changes).toEqual(told);
});

test('failed and missing nights are gaps in time, by the usual distance of the nights', () => {
  const figure = figureOf({ numerator: 4, denominator: 9 });
  const at = ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-07', '2026-09-08'].map((dt) => nightOn(dt, [figure]));
  const failed = [{ dt: '2026-09-05', run: 'f', why: 'the night failed: no space left' }];
  const { gaps, series } = trendOf(at.toReversed(), failed);
  expect(gaps).toEqual([{ after: '2026-09-03', before: '2026-09-07', missing: 3, failed }]);
  expect(series[0]?.points.map(({ dt, link }) => [dt, link])).toEqual([
    ['2026-09-01', 'first'],
    ['2026-09-02', 'joined'],
    ['2026-09-03', 'joined'],
    ['2026-09-07', 'gap'],
    ['2026-09-08', 'joined'],
  ]);
});

test('weekly nights are no gaps, and a night without the figure is one', () => {
  const figure = figureOf({ numerator: 4, denominator: 9 });
  const weeks = ['2026-09-01', '2026-09-08', '2026-09-15'].map((dt, at) => nightOn(dt, at === 1 ? [] : [figure]));
  const { gaps, series } = trendOf(weeks);
  expect([gaps, series[0]?.points.map(({ link }) => link)]).toEqual([[], ['first', 'gap']]);
});

const shares = fc.record({
  numerator: fc.nat(9),
  rest: fc.nat(9),
  untrackable: fc.nat(4),
  unread: fc.nat(4),
  open: fc.boolean(),
});

test('losing what is known of somebody never makes a change better', () => {
  const worse = fc.constantFrom('higher' as const, 'lower' as const);
  fc.assert(
    fc.property(shares, shares, worse, fc.nat(3), fc.nat(3), (a, b, direction, lostIn, lostOut) => {
      const make = (it: typeof a, [inside, outside] = [0, 0]) => {
        const [n, r] = [Math.max(0, it.numerator - inside), Math.max(0, it.rest - outside)];
        const lost = it.numerator - n + it.rest - r;
        return figureOf(
          { numerator: n, denominator: n + r, untrackable: it.untrackable, unread: it.unread + lost },
          { worse: direction, open: it.open },
        );
      };
      const [whole] = verdict(make(a), make(b));
      const [less] = verdict(make(a), make(b, [lostIn, lostOut]));
      if (less === 'better') expect(whole).toBe('better');
      if (b.open || b.unread > 0) expect(less).not.toBe('better');
    }),
  );
});

test('a change there and back is told in opposite words', () => {
  const opposite = { better: 'worse', worse: 'better', same: 'same', 'not-known': 'not-known' } as const;
  fc.assert(
    fc.property(shares, shares, (a, b) => {
      const [from, to] = [a, b].map(({ numerator, rest, untrackable }) =>
        figureOf({ numerator, denominator: numerator + rest, untrackable }),
      ) as [TrendFigure, TrendFigure];
      const [there, back] = [verdict(from, to)[0], verdict(to, from)[0]] as ('better' | 'worse')[];
      expect(back).toBe(opposite[there as keyof typeof opposite]);
    }),
  );
});
