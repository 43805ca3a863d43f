import { definition, evaluate, type Machine, statesOf } from './definition.ts';

const { stateNamed, expressions, chosen } = definition('nightly');

test('no failure inside the map ends the night', () => {
  const map = stateNamed('MeasureAccounts');
  expect(map).toMatchObject({
    ToleratedFailurePercentage: 100,
    ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
  });
  const inside = statesOf(map.ItemProcessor as Machine);
  expect(inside.filter(([, { Type }]) => Type === 'Fail')).toEqual([]);
  expect(inside.flatMap(([, { Catch = [] }]) => Catch.map(({ Next }) => Next))).toEqual(
    expect.arrayContaining(['RecordAccountGap', 'LeaveAccountWithoutResult']),
  );
});

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each([
  { choice: 'IsNightOurs', input: { claimed: true }, next: 'DiscoverOrganization' },
  { choice: 'IsNightOurs', input: { claimed: false }, next: 'EndDuplicate' },
  { choice: 'IsAccountCollected', input: { again: true, done: true }, next: 'WaitForAccount' },
  { choice: 'IsAccountCollected', input: { again: false, done: false }, next: 'CollectAccount' },
  { choice: 'IsAccountCollected', input: { again: false, done: true }, next: 'JudgeAccount' },
  { choice: 'IsNightWhole', input: { kind: 'failed', cause: 'x' }, next: 'FailNight' },
  { choice: 'IsNightWhole', input: { kind: 'night', cause: '' }, next: 'EndNight' },
])('$choice goes to $next', async ({ choice, input, next }) => expect(await chosen(choice, input)).toBe(next));

test.each([0, 1, 2])(
  'what CollectAccount returns is laid over what it was given: %i files of evidence',
  async (files) => {
    const evidence = Array.from({ length: files }, (_, n) => ({ key: `k${n}`, sha256: 's' }));
    const given = { planned: { account: '123456789012' }, asked: 0 };
    const returned = { done: true, again: false, asked: 1, receipt: { evidence } };
    const merged = await evaluate('$merge([$states.input, $states.result.Payload])', given, {
      result: { Payload: returned },
    });
    expect(expressions).toContain('$merge([$states.input, $states.result.Payload])');
    expect(plain(merged)).toEqual({ ...given, ...returned });
  },
);

test.each([0, 1, 2])('SealNight gets a list of reports, also of %i', async (count) => {
  const reports = Array.from({ length: count }, (_, n) => ({ audience: `a${n}` }));
  expect(expressions).toContain('$states.input.reports');
  expect(plain(await evaluate('$states.input.reports', { reports }))).toEqual(reports);
});
