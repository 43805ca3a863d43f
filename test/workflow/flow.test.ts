import { failed, machine, outcomeOf, run, succeeded } from './support.ts';

test('a Pass without Output passes its input on', async () => {
  expect(await outcomeOf(machine({ A: { Type: 'Pass', End: true } }), [1, { a: null }])).toEqual(
    succeeded([1, { a: null }]),
  );
});

test('ASL "Using Assign": Assign and Output see the variables as they were before the state', async () => {
  const states = {
    A: { Type: 'Pass', Assign: { x: 1, y: 10 }, Next: 'B' },
    B: {
      Type: 'Pass',
      Assign: { x: '{% $y %}', y: '{% $x %}' },
      Output: { before: '{% [$x, $y] %}' },
      Next: 'C',
    },
    C: { Type: 'Pass', Output: '{% $merge([$states.input, {"after": [$x, $y]}]) %}', End: true },
  };
  expect(await outcomeOf(machine(states))).toEqual(succeeded({ before: [1, 10], after: [10, 1] }));
});

/** A Choice between Small and Large on `n`, whose targets show what reached them. */
function choice(more: Record<string, unknown> = {}): Record<string, unknown> {
  const show = {
    Type: 'Pass',
    Output: { from: '{% $states.context.State.Name %}', input: '{% $states.input %}', v: '{% $v %}' },
    End: true,
  };
  const Choices = [
    {
      Condition: '{% $states.input.n > 10 %}',
      Next: 'Large',
      Assign: { v: 'large' },
      Output: { was: '{% $states.input.n %}' },
    },
    { Condition: '{% $states.input.n > 5 %}', Next: 'Large' },
  ];
  return machine({
    Init: { Type: 'Pass', Assign: { v: 'unset' }, Next: 'Decide' },
    Decide: { Type: 'Choice', Choices, ...more },
    Large: show,
    ...('Default' in more ? { Small: show } : {}),
  });
}
const byDefault = { Default: 'Small', Assign: { v: 'default' }, Output: 'none' };

test.each([
  ['the first rule that holds, with its own Assign and Output', 11, { from: 'Large', input: { was: 11 }, v: 'large' }],
  ["a rule without them: the state's own do not apply", 6, { from: 'Large', input: { n: 6 }, v: 'unset' }],
  ["Default, with the state's Assign and Output", 5, { from: 'Small', input: 'none', v: 'default' }],
])('Choice takes %s', async (_, n, expected) => {
  expect(await outcomeOf(choice(byDefault), { n })).toEqual(succeeded(expected));
});

test('Choice without match and Default is States.NoChoiceMatched', async () => {
  expect(await outcomeOf(choice(), { n: 0 })).toEqual(failed('States.NoChoiceMatched', 'Decide'));
});

test.each([
  ['no boolean', '{% 1 %}'],
  ['undefined', '{% $states.input.missing %}'],
])('a condition that gives %s fails the execution', async (_, Condition) => {
  const states = { A: { Type: 'Choice', Choices: [{ Condition, Next: 'B' }], Default: 'B' }, B: { Type: 'Succeed' } };
  expect(await outcomeOf(machine(states))).toEqual(failed('States.QueryEvaluationError', 'A'));
});

test('conditions after the one that holds are not evaluated', async () => {
  const Choices = [
    { Condition: true, Next: 'B' },
    { Condition: '{% $error() %}', Next: 'B' },
  ];
  const states = { A: { Type: 'Choice', Choices }, B: { Type: 'Succeed' } };
  expect(await outcomeOf(machine(states))).toEqual(succeeded({}));
});

test.each<[string, Record<string, unknown>, number]>([
  ['literal seconds', { Seconds: 7 }, 7],
  ['no seconds', { Seconds: 0 }, 0],
  ['evaluated seconds', { Seconds: '{% $states.input.n * 2 %}' }, 6],
  ['a timestamp', { Timestamp: '2026-01-02T03:05:05Z' }, 60],
  ['a timestamp with an offset', { Timestamp: '2026-01-02T04:04:06.5+01:00' }, 1.5],
  ['an evaluated timestamp', { Timestamp: '{% $states.input.at %}' }, 10],
  ['a moment that is past', { Timestamp: '2020-01-01T00:00:00Z' }, 0],
])('Wait for %s', async (_, until, seconds) => {
  const input = { n: 3, at: '2026-01-02T03:04:15Z' };
  const { outcome, slept, events } = await run(machine({ A: { Type: 'Wait', ...until, End: true } }), input);
  expect(slept).toEqual([seconds]);
  expect(outcome).toEqual(succeeded(input));
  expect(events).toContainEqual({ kind: 'state-waiting', path: 'A', seconds });
});

test('Wait has Assign and Output', async () => {
  const states = {
    A: { Type: 'Wait', Seconds: 1, Assign: { v: 1 }, Output: 'waited', Next: 'B' },
    B: { Type: 'Succeed', Output: '{% [$states.input, $v] %}' },
  };
  expect(await outcomeOf(machine(states))).toEqual(succeeded(['waited', 1]));
});

test.each<[string, Record<string, unknown>]>([
  ['negative seconds', { Seconds: '{% 0 - 1 %}' }],
  ['fractions of seconds', { Seconds: '{% 1.5 %}' }],
  ['seconds as text', { Seconds: "{% '5' %}" }],
  ['a timestamp without a zone', { Timestamp: "{% '2026-01-02T03:04:05' %}" }],
  ['a date only', { Timestamp: '2026-01-02' }],
  ['a day that does not exist', { Timestamp: '2026-13-02T03:04:05Z' }],
])('Wait refuses %s', async (_, until) => {
  const { outcome, slept } = await run(machine({ A: { Type: 'Wait', ...until, End: true } }));
  expect(outcome).toEqual(failed('States.QueryEvaluationError', 'A'));
  expect(slept).toEqual([]);
});

test.each<[string, Record<string, unknown>, unknown]>([
  ['literal', { Error: 'Bad', Cause: 'it was' }, { error: 'Bad', cause: 'it was' }],
  ['evaluated', { Error: '{% $states.input.e %}', Cause: "{% 'c' & 1 %}" }, { error: 'E', cause: 'c1' }],
  ['absent', {}, { error: '', cause: '' }],
])('Fail with Error and Cause %s', async (_, fields, expected) => {
  const outcome = await outcomeOf(machine({ A: { Type: 'Fail', ...fields } }), { e: 'E' });
  expect(outcome).toEqual({ status: 'FAILED', state: 'A', ...(expected as object) });
});

test('Fail with an Error that is no text is itself an evaluation error', async () => {
  const outcome = await outcomeOf(machine({ A: { Type: 'Fail', Error: '{% 5 %}' } }));
  expect(outcome).toEqual(failed('States.QueryEvaluationError', 'A'));
});

test('Succeed without Output gives its input', async () => {
  expect(await outcomeOf(machine({ A: { Type: 'Succeed' } }), 'as it came')).toEqual(succeeded('as it came'));
});

test('a loop through Choice runs until its condition turns', async () => {
  const states = {
    Init: { Type: 'Pass', Assign: { n: 0 }, Next: 'Again' },
    Again: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'Enough' },
    Enough: { Type: 'Choice', Choices: [{ Condition: '{% $n >= 3 %}', Next: 'End' }], Default: 'Again' },
    End: { Type: 'Succeed', Output: '{% $n %}' },
  };
  expect(await outcomeOf(machine(states))).toEqual(succeeded(3));
});

test('progress: entered and exited, or failed', async () => {
  const { events } = await run(
    machine({ A: { Type: 'Pass', Next: 'B' }, B: { Type: 'Fail', Error: 'E', Cause: 'c' } }),
  );
  expect(events).toEqual([
    { kind: 'state-entered', path: 'A', type: 'Pass' },
    { kind: 'state-exited', path: 'A', next: 'B' },
    { kind: 'state-entered', path: 'B', type: 'Fail' },
    { kind: 'state-failed', path: 'B', error: 'E', cause: 'c', next: undefined },
  ]);
});

test('a bug in the surroundings is not taken for a failed state', async () => {
  const broken = { sleep: async () => Promise.reject(new RangeError('a bug')) };
  const running = run(machine({ A: { Type: 'Wait', Seconds: 1, End: true } }), {}, undefined, broken);
  await expect(running).rejects.toThrow('a bug');
});
