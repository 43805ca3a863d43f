import { definition } from './definition.ts';

const { chosen, text } = definition('weekly');

test.each([
  { choice: 'IsWeekOurs', input: { claimed: true }, next: 'SelectNights' },
  { choice: 'IsWeekOurs', input: { claimed: false }, next: 'EndDuplicate' },
  { choice: 'IsWeekWhole', input: { kind: 'failed', cause: 'x' }, next: 'FailWeek' },
  { choice: 'IsWeekWhole', input: { kind: 'week', cause: '' }, next: 'EndWeek' },
])('$choice goes to $next', async ({ choice, input, next }) => expect(await chosen(choice, input)).toBe(next));

test('a week asks nothing of AWS: it discovers nothing and reads no account', () =>
  expect(text).not.toMatch(/DiscoverOrganization|CollectAccount/));
