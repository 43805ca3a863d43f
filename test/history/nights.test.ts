import { type SealedRun, selectNights } from '../../src/history/nights.ts';
import { trendNightOf } from '../../src/history/trend-night.ts';

let seq = 0;
const seal = (dt: string, more: Partial<SealedRun> = {}): SealedRun => ({
  kind: 'night',
  run: `${dt}#${++seq}`,
  seq,
  clock: `${dt}T02:00:00Z`,
  scopeDigest: 'ours',
  failure: null,
  ...more,
});
const failed = { kind: 'failed' as const, failure: { error: 'NightFailed', cause: 'no space left' } };

test('of each date the last sealed night that did not fail, of this scope alone, in order of time', () => {
  seq = 0;
  const seals = [
    seal('2026-09-03'),
    seal('2026-09-01'),
    seal('2026-09-01', { clock: '2026-09-01T23:00:00Z' }),
    seal('2026-09-01', failed),
    seal('2026-09-02', failed),
    seal('2026-09-02', { scopeDigest: 'other' }),
    seal('2026-09-02', { kind: 'week' }),
  ];
  const { nights, failed: absent } = selectNights(seals, { scopeDigest: 'ours' });
  expect(nights.map(({ run }) => run)).toEqual(['2026-09-01#3', '2026-09-03#1']);
  expect(absent).toEqual([{ dt: '2026-09-02', run: '2026-09-02#5', why: 'the night failed: no space left' }]);
});

test.each<{ asked: object; runs: string[] }>([
  { asked: { before: '2026-09-03' }, runs: ['2026-09-01#1', '2026-09-02#4'] },
  { asked: { from: '2026-09-02' }, runs: ['2026-09-02#4', '2026-09-03#3'] },
  { asked: { belowSeq: 4 }, runs: ['2026-09-01#1', '2026-09-02#2', '2026-09-03#3'] },
])('$asked', ({ asked, runs }) => {
  seq = 0;
  const seals = ['2026-09-01', '2026-09-02', '2026-09-03', '2026-09-02'].map((dt) => seal(dt));
  expect(selectNights(seals, { scopeDigest: 'ours', ...asked }).nights.map(({ run }) => run)).toEqual(runs);
});

test('what is no summary gives no night', () => {
  expect([trendNightOf({}), trendNightOf(null), trendNightOf({ metrics: [] })]).toEqual([null, null, null]);
});
