import fc from 'fast-check';
import type { Retrier } from '../../src/workflow/model.ts';
import { backOff, grantedRetry, matches } from '../../src/workflow/retry.ts';

const retrier = (more: Partial<Retrier> = {}): Retrier => ({
  errorEquals: ['E'],
  intervalSeconds: 1,
  maxAttempts: 3,
  backoffRate: 2,
  maxDelaySeconds: undefined,
  jitter: 'NONE',
  ...more,
});

// AWS developer guide, "Handling errors": what each name of ErrorEquals means.
test.each([
  { named: 'E', error: 'E', matched: true },
  { named: 'E', error: 'F', matched: false },
  { named: 'States.ALL', error: 'E', matched: true },
  { named: 'States.ALL', error: 'States.Timeout', matched: true },
  { named: 'States.ALL', error: 'States.QueryEvaluationError', matched: true },
  { named: 'States.ALL', error: 'States.DataLimitExceeded', matched: false },
  { named: 'States.ALL', error: 'States.Runtime', matched: false },
  { named: 'States.TaskFailed', error: 'E', matched: true },
  { named: 'States.TaskFailed', error: 'States.Timeout', matched: false },
  { named: 'States.TaskFailed', error: 'States.DataLimitExceeded', matched: false },
  { named: 'States.DataLimitExceeded', error: 'States.DataLimitExceeded', matched: true },
  { named: 'States.Timeout', error: 'States.Timeout', matched: true },
  { named: 'States.Runtime', error: 'States.Runtime', matched: false },
])('$named catches $error: $matched', ({ named, error, matched }) => {
  expect(matches([named], error)).toBe(matched);
});

// ASL, "Retrying after error": 3, 4.5, 6.75 s for an interval of 3 and a rate of 1.5.
test.each([
  { made: 0, more: { intervalSeconds: 3, backoffRate: 1.5 }, seconds: 3 },
  { made: 1, more: { intervalSeconds: 3, backoffRate: 1.5 }, seconds: 4.5 },
  { made: 2, more: { intervalSeconds: 3, backoffRate: 1.5 }, seconds: 6.75 },
  { made: 2, more: { intervalSeconds: 3, backoffRate: 1.5, maxDelaySeconds: 5 }, seconds: 5 },
  { made: 3, more: { jitter: 'FULL' as const }, seconds: 2 },
  { made: 9, more: { jitter: 'FULL' as const, maxDelaySeconds: 8 }, seconds: 2 },
])('after $made retries with $more: $seconds s', ({ made, more, seconds }) => {
  expect(backOff(retrier(more), made, () => 0.25)).toBe(seconds);
});

const anyRetrier = fc.record({
  intervalSeconds: fc.integer({ min: 1, max: 1000 }),
  backoffRate: fc.double({ min: 1, max: 10, noNaN: true }),
  maxDelaySeconds: fc.option(fc.integer({ min: 1, max: 10_000 }), { nil: undefined }),
});
const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

test('full jitter stays between nothing and the wait without jitter', () => {
  fc.assert(
    fc.property(anyRetrier, fc.nat(50), chance, (more, made, drawn) => {
      const whole = backOff(retrier(more), made, () => drawn);
      const part = backOff(retrier({ ...more, jitter: 'FULL' }), made, () => drawn);
      expect(part).toBeGreaterThanOrEqual(0);
      expect(part).toBeLessThan(whole);
      expect(part).toBeCloseTo(whole * drawn);
    }),
  );
});

test('without jitter the wait never shrinks, starts at the interval and never passes the maximum', () => {
  fc.assert(
    fc.property(anyRetrier, fc.nat(50), (more, made) => {
      const [first, now, next] = [0, made, made + 1].map((count) =>
        backOff(retrier(more), count, () => 0.5),
      ) as number[];
      const most = more.maxDelaySeconds ?? Number.POSITIVE_INFINITY;
      expect(first).toBe(Math.min(more.intervalSeconds, most));
      expect(next).toBeGreaterThanOrEqual(now as number);
      expect(next).toBeLessThanOrEqual(most);
    }),
  );
});

// ASL, "Complex retry scenarios": the first retrier that means the error decides, by its own count.
test.each([
  { name: 'the first that means it', error: 'E', made: [0, 0], at: 0 },
  { name: 'another for another error', error: 'F', made: [3, 2], at: 1 },
  { name: 'none once its own count is used up', error: 'E', made: [3, 0], at: undefined },
  { name: 'none for an error nobody means', error: 'States.Runtime', made: [0, 0], at: undefined },
])('retrier: $name', ({ error, made, at }) => {
  expect(grantedRetry([retrier(), retrier({ errorEquals: ['States.ALL'] })], made, error)).toBe(at);
});
