import fc from 'fast-check';
import type { Movement } from '../../src/history/flow.ts';
import type { History } from '../../src/history/history.ts';
import { type Series, trendOf } from '../../src/history/trend.ts';
import type { TrendFigure, TrendNight } from '../../src/history/trend-night.ts';
import { joinOf, trendChart } from '../../src/reports/charts/trend.ts';
import { saferThanBefore, smallTrend } from '../../src/reports/executive/safer.ts';
import { trendView } from '../../src/reports/trend-view.ts';
import { movementWords } from '../../src/reports/trend-words.ts';
import { figureOf, nightOn, rules } from '../support/trend-nights.ts';

const ids = [
  'permission.unused-sensitive-identity-rate',
  'credential.ai-key-user-rate',
  'logging.ai-data-event-coverage',
] as const;

/** The three headline figures; each is a number of a hundred, and how many were not read. */
const figures = (counts: readonly (readonly [numerator: number, unread: number])[]): TrendFigure[] =>
  ids.map((id, at) => {
    const [numerator = 0, unread = 0] = counts[at] ?? [];
    return figureOf({ numerator, denominator: 100 - unread, unread }, { id, worse: at === 2 ? 'lower' : 'higher' });
  });
const failing = { discovered: 10, measured: 8, partial: 1, failed: 1, suspended: 0, skipped: 0 };
const history = (nights: readonly TrendNight[], movements: ReadonlyMap<string, Movement> = new Map()): History => ({
  trend: trendOf(nights),
  movements,
});
const before = nightOn(
  '2026-09-01',
  figures([
    [50, 0],
    [20, 0],
    [30, 0],
  ]),
);
const tonight = (counts: Parameters<typeof figures>[0], more: Partial<TrendNight> = {}) =>
  nightOn('2026-09-08', figures(counts), more);

test.each<{ name: string; after: TrendNight; says: string }>([
  {
    name: 'all better',
    after: tonight([
      [49, 0],
      [19, 0],
      [31, 0],
    ]),
    says: 'Safer than a week ago: better in',
  },
  {
    name: 'one better, others as before',
    after: tonight([
      [50, 0],
      [19, 0],
      [30, 0],
    ]),
    says: 'Safer than a week ago: better in standing AI keys.',
  },
  {
    name: 'nothing moved',
    after: tonight([
      [50, 0],
      [20, 0],
      [30, 0],
    ]),
    says: 'As safe as a week ago.',
  },
  {
    name: 'one worse',
    after: tonight([
      [49, 0],
      [21, 0],
      [31, 0],
    ]),
    says: 'Safer in part, and less safe in part, than a week ago: worse in standing AI keys',
  },
  {
    name: 'one worse, none better',
    after: tonight([
      [50, 0],
      [20, 0],
      [29, 0],
    ]),
    says: 'Less safe than a week ago: worse in logging of AI use.',
  },
  {
    name: 'one not read whole, the others better',
    after: tonight(
      [
        [40, 1],
        [10, 0],
        [40, 0],
      ],
      { accounts: failing },
    ),
    says: 'Not known whether we are safer than a week ago: better in standing AI keys and logging of AI use; 2 accounts could not be read in full.',
  },
  {
    name: 'another window for one of them',
    after: tonight(
      [
        [10, 0],
        [10, 0],
        [40, 0],
      ],
      { rules: { ...rules, window: 60 } },
    ),
    says: 'Not known whether we are safer than a week ago',
  },
  {
    name: 'every definition changed',
    after: nightOn(
      '2026-09-08',
      figures([
        [1, 0],
        [1, 0],
        [99, 0],
      ]).map((it) => ({ ...it, version: 2 })),
    ),
    says: 'Not known whether we are safer than before: the figures are counted otherwise now.',
  },
])('the first page says of $name: $says', ({ after, says }) => {
  expect(saferThanBefore(history([before, after]))?.headline).toContain(says);
});

test('a first night has no answer, no small chart and no section', () => {
  const alone = history([before]);
  expect([saferThanBefore(alone), smallTrend(alone, ids[0]), trendView(alone), trendView(undefined)]).toEqual([
    null,
    null,
    null,
    null,
  ]);
});

const movement: Movement = {
  came: { counted: 2, numerator: 1 },
  gone: { counted: 1, numerator: 1 },
  better: 3,
  worse: 0,
  notKnown: 4,
};

test('who came and went is told apart from who changed', () => {
  expect(movementWords('identity.unused-rate', movement)).toBe(
    'Of those there both times, 3 were used again and 0 fell idle; 2 identities new, 1 unused; 1 identity gone, 1 unused; 4 identities could not be compared.',
  );
  const told = saferThanBefore(
    history(
      [
        before,
        tonight([
          [49, 0],
          [20, 0],
          [30, 0],
        ]),
      ],
      new Map([[ids[0], movement]]),
    ),
  );
  expect(told?.detail).toBe('Where both nights could look, better: 3 identities; new: 2 identities; gone: 1 identity.');
});

const chart = (series: Series, more: object = {}) =>
  trendChart({ label: 'A <b>', series, size: 'large', ...more }).toHTML();

test('a chart draws whole nights as a line, partial ones hollow, and breaks where the figure is another one', () => {
  const course = (id: string, counts: readonly (readonly [number, number, number?])[]): Series => {
    const nights = counts.map(([numerator, unread, version = 1], at) =>
      nightOn(`2026-09-0${at + 1}`, [figureOf({ numerator, denominator: 100 - unread, unread }, { id, version })]),
    );
    return trendOf(nights).series[0] as Series;
  };
  const html = chart(
    course('identity.unused-rate', [
      [50, 0],
      [45, 0],
      [20, 10],
      [44, 0],
      [40, 0, 2],
      [39, 0, 2],
    ]),
  );
  const count = (piece: string) => html.split(piece).length - 1;
  expect({
    lines: count('class="course"'),
    doubtful: count('class="course doubt"'),
    whole: count('class="whole"'),
    hollow: count('class="hollow"'),
    breaks: count('class="break"'),
  }).toEqual({ lines: 2, doubtful: 1, whole: 5, hollow: 1, breaks: 1 });
  expect(html).toContain('aria-label="A &lt;b&gt;"');
  expect(html).toMatch(/class="last"[^>]*>39/);
});

test('a threshold is a labelled hairline, a failed night a mark on the axis', () => {
  const series = trendOf([before, tonight([[49, 0]])]).series[0] as Series;
  const html = chart(series, { threshold: { at: 0.4, label: 'at most 40 %' }, failed: ['2026-09-04'] });
  expect(html).toMatch(/class="threshold".*at most 40 %/);
  expect(html).toContain('class="failed"');
});

test('a course names each whole night once', () => {
  const dark = tonight(
    [
      [50, 3],
      [20, 3],
      [30, 3],
    ],
    { accounts: failing },
  );
  const words = smallTrend(history([before, dark]), ids[1])?.words ?? '';
  expect(words.match(/2026-09-01/g)).toEqual(['2026-09-01']);
  expect(words).toMatch(/; tonight not read whole$/);
});

test('no line ever shows progress to or from a night that was not read whole', () => {
  const share = fc.record({ numerator: fc.nat(9), rest: fc.nat(9), unread: fc.nat(3), open: fc.boolean() });
  const worse = fc.constantFrom('higher' as const, 'lower' as const);
  fc.assert(
    fc.property(fc.array(share, { minLength: 2, maxLength: 6 }), worse, (shares, direction) => {
      const nights = shares.map(({ numerator, rest, unread, open }, at) =>
        nightOn(`2026-09-0${at + 1}`, [
          figureOf({ numerator, denominator: numerator + rest + 1, unread }, { worse: direction, open }),
        ]),
      );
      const { points } = trendOf(nights).series[0] as Series;
      for (const [at, point] of points.entries()) {
        const last = points[at - 1];
        if (last === undefined || !(last.partial || point.partial)) continue;
        const gain = (point.pessimistic - last.pessimistic) * (direction === 'higher' ? -1 : 1);
        expect(joinOf(last, point, direction)).toBe(gain > 0 ? 'none' : 'dashed');
      }
    }),
  );
});

test('a section says what changed in the definition and shows every night as a table', () => {
  const view = trendView(
    history([
      { ...before, rules: { ...rules, window: 60 } },
      tonight([
        [49, 0],
        [20, 0],
        [30, 0],
      ]),
    ]),
  );
  const [first] = view?.figures ?? [];
  expect(first?.notes).toEqual(['From 2026-09-08 on it is counted otherwise: the window is 90 days, it was 60.']);
  expect(first?.change).toBe('Not comparable with 2026-09-01: the window is 90 days, it was 60.');
  expect(first?.rows.map(({ date, note }) => [date, note])).toEqual([
    ['2026-09-08', 'the window is 90 days, it was 60'],
    ['2026-09-01', ''],
  ]);
});
