import { sparkLine } from '../../src/cli/bodies/trend.ts';
import { trendOf } from '../../src/history/trend.ts';
import { recorded, scratch } from '../support/command-line.ts';
import { figureOf, nightOn } from '../support/trend-nights.ts';

test('one sign per night, hollow where somebody was not read, a stroke where it is counted otherwise', () => {
  const counts = [
    [1, 0],
    [9, 0],
    [5, 1],
    [5, 0],
    [5, 0, 2],
  ] as const;
  const nights = counts.map(([numerator, unread, version = 1], at) =>
    nightOn(`2026-09-0${at + 1}`, [figureOf({ numerator, denominator: 10 - unread, unread }, { version })]),
  );
  expect(sparkLine(trendOf(nights).series[0] ?? { points: [] })).toBe('▁█○▅|▅');
});

test.each([
  { args: ['trend', '--archive', 'no-such-folder'], says: /no such archive/ },
  { args: ['trend', '--archive', scratch()], says: /no sealed night `latest`/ },
  { args: ['trend', '--basis', 'x'], says: /effective, nominal/ },
  { args: ['replay', '--archive', 'no-such-folder'], says: /no such archive/ },
])('$args', async ({ args, says }) => {
  expect(await recorded(args)).toMatchObject({ exit: 64, err: expect.stringMatching(says) });
});
