import { hasExpired, placeCreation, placeLastUse, windowStart } from '../../src/domain/window.ts';

const window = { clock: '2026-09-30T06:00:00Z', days: 90 };
const start = '2026-07-02T06:00:00Z';

test('the window starts its days before the clock, to the second', () => {
  expect(windowStart(window)).toBe(start);
});

// design §3: `clock − window ≤ date`; later than the clock up to the call plus 5 minutes, plus 24 hours where the call has no moment
test.each([
  { name: 'the first moment', date: start, askedAt: null, expected: 'inside' },
  { name: 'a second before it', date: '2026-07-02T05:59:59Z', askedAt: null, expected: 'before' },
  { name: 'the clock', date: window.clock, askedAt: null, expected: 'inside' },
  { name: 'a day later, moment unknown', date: '2026-10-01T06:00:00Z', askedAt: null, expected: 'inside' },
  { name: 'a day and a second later', date: '2026-10-01T06:00:01Z', askedAt: null, expected: 'implausible' },
  {
    name: '5 minutes after the call',
    date: '2026-09-30T06:35:00Z',
    askedAt: '2026-09-30T06:30:00Z',
    expected: 'inside',
  },
  { name: 'later than that', date: '2026-09-30T06:35:01Z', askedAt: '2026-09-30T06:30:00Z', expected: 'implausible' },
  {
    name: 'a call before the clock does not shorten the window',
    date: window.clock,
    askedAt: '2026-09-29T00:00:00Z',
    expected: 'inside',
  },
  { name: 'no date at all', date: 'yesterday', askedAt: null, expected: 'implausible' },
])('last use: $name is $expected', ({ date, askedAt, expected }) => {
  expect(placeLastUse(date, window, askedAt)).toBe(expected);
});

test.each([
  { date: window.clock, expected: 'inside' },
  { date: start, expected: 'inside' },
  { date: '2026-07-02T05:59:59Z', expected: 'before' },
  { date: '2026-09-30T06:00:01Z', expected: 'implausible' }, // a creation has no grace
  { date: '2099-01-01T00:00:00Z', expected: 'implausible' },
])('creation on $date is $expected', ({ date, expected }) => {
  expect(placeCreation(date, window)).toBe(expected);
});

test.each([
  { expires: null, expected: false },
  { expires: '2026-09-30T05:59:59Z', expected: true },
  { expires: '2026-09-30T06:00:00Z', expected: false },
  { expires: '2036-01-01T00:00:00Z', expected: false },
])('a key that expires $expires is past its expiry: $expected', ({ expires, expected }) => {
  expect(hasExpired(expires, window.clock)).toBe(expected);
});
