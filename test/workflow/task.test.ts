import type { Json } from '../../src/workflow/json.ts';
import { fail, failed, machine, outcomeOf, run, succeeded, task } from './support.ts';

const one = (more: Record<string, unknown> = {}): unknown => machine({ T: task({ ...more, End: true }) });
const show = (output: unknown): object => ({ Show: { Type: 'Pass', Output: output, End: true } });
const big = (bytes: number): string => 'x'.repeat(bytes);

test('a function gets name and payload, its answer comes in the result of lambda:invoke', async () => {
  const Arguments = { FunctionName: "{% 'f' & $states.input.n %}", Payload: { n: '{% $states.input.n %}' } };
  const { outcome, calls } = await run(one({ Arguments }), { n: 1 }, () => ({ a: 2 }));
  expect(calls).toEqual([{ functionName: 'f1', payload: { n: 1 } }]);
  expect(outcome).toEqual(succeeded({ ExecutedVersion: '$LATEST', Payload: { a: 2 }, StatusCode: 200 }));
});

test.each([
  { name: 'a Date', answer: new Date(0), payload: '1970-01-01T00:00:00.000Z' },
  { name: 'undefined', answer: undefined, payload: null },
  { name: 'undefined inside', answer: { a: undefined, b: [undefined] }, payload: { b: [null] } },
  {
    name: 'an instance',
    answer: new (class {
      a = 1;
    })(),
    payload: { a: 1 },
  },
])('$name crosses as JSON', async ({ answer, payload }) => {
  expect(await outcomeOf(one({ Output: '{% $states.result.Payload %}' }), {}, () => answer)).toEqual(
    succeeded(payload),
  );
});

test('a function cannot reach back into the execution through its payload', async () => {
  const change = (payload: Json): Json => Object.assign(payload as object, { a: 2 });
  expect(await outcomeOf(one({ Output: '{% $states.input %}' }), { a: 1 }, change)).toEqual(succeeded({ a: 1 }));
});

test('what a function throws becomes Error and Cause as Lambda reports them', async () => {
  const outcome = await outcomeOf(one(), {}, () => fail('TableGone', 'no table'));
  const cause = JSON.stringify({ errorType: 'TableGone', errorMessage: 'no table' });
  expect(outcome).toEqual({ status: 'FAILED', error: 'TableGone', cause, state: 'T' });
});

// ASL, "Using Assign": Assign and Output see the variables as they were, and the same result.
test('Assign and Output of a task see the variables of before', async () => {
  const definition = machine({
    Set: { Type: 'Pass', Assign: { v: 'old' }, Next: 'T' },
    T: task({ Assign: { v: '{% $states.result.Payload %}' }, Output: '{% $v %}', Next: 'Show' }),
    ...show({ output: '{% $states.input %}', v: '{% $v %}' }),
  });
  expect(await outcomeOf(definition, {}, () => 'new')).toEqual(succeeded({ output: 'old', v: 'new' }));
});

describe('Retry', () => {
  const retrier = (name: string, more: object = {}): object => ({ ErrorEquals: [name], ...more });

  test('waits longer each time, says so, and counts in the context', async () => {
    const Arguments = { FunctionName: 'f', Payload: '{% $states.context.State.RetryCount %}' };
    const definition = one({ Arguments, Retry: [retrier('E', { IntervalSeconds: 3, BackoffRate: 1.5 })] });
    const { slept, calls, events, outcome } = await run(definition, {}, (_, call) => (call < 4 ? fail('E') : 'ok'));
    expect(slept).toEqual([3, 4.5, 6.75]);
    expect(calls.map(({ payload }) => payload)).toEqual([0, 1, 2, 3]);
    expect(events).toContainEqual({ kind: 'state-retried', path: 'T', error: 'E', retry: 2, seconds: 4.5 });
    expect(outcome.status).toBe('SUCCEEDED');
  });

  test('by default three times, after 1, 2 and 4 seconds', async () => {
    const { slept, outcome } = await run(one({ Retry: [retrier('E')] }), {}, () => fail('E'));
    expect({ slept, outcome }).toEqual({ slept: [1, 2, 4], outcome: failed('E', 'T') });
  });

  test('each retrier counts its own attempts', async () => {
    const Retry = [retrier('E', { MaxAttempts: 2, IntervalSeconds: 10 }), retrier('F', { MaxAttempts: 1 })];
    const names = ['E', 'F', 'E', 'F', 'never'];
    const { slept, outcome } = await run(one({ Retry }), {}, (_, call) => fail(names[call - 1] as string));
    expect({ slept, outcome }).toEqual({ slept: [10, 1, 20], outcome: failed('F', 'T') });
  });

  test('MaxAttempts 0 means never, whatever comes later', async () => {
    const Retry = [retrier('E', { MaxAttempts: 0 }), retrier('States.ALL')];
    expect((await run(one({ Retry }), {}, () => fail('E'))).slept).toEqual([]);
  });
});

describe('Catch', () => {
  const caught = (more: object, error = 'States.ALL'): unknown =>
    machine({
      T: task({ Catch: [{ ErrorEquals: [error], Next: 'Show', ...more }], Assign: { v: 1 }, Next: 'Show' }),
      ...show('{% $states.input %}'),
    });

  test('gives Error and Cause', async () => {
    const errorOutput = { Error: 'E', Cause: '{"errorType":"E","errorMessage":"no"}' };
    expect(await outcomeOf(caught({}), {}, () => fail('E'))).toEqual(succeeded(errorOutput));
  });

  test('shapes its own Output and Assign, not those of the state', async () => {
    const definition = machine({
      Set: { Type: 'Pass', Assign: { v: 'old', w: 'old' }, Next: 'T' },
      T: task({
        Catch: [
          {
            ErrorEquals: ['E'],
            Assign: { w: '{% $states.errorOutput.Error %}' },
            Output: { in: '{% $states.input %}' },
            Next: 'Show',
          },
        ],
        Assign: { v: 'new' },
        Next: 'Show',
      }),
      ...show({ v: '{% $v %}', w: '{% $w %}', output: '{% $states.input %}' }),
    });
    expect(await outcomeOf(definition, 7, () => fail('E'))).toEqual(succeeded({ v: 'old', w: 'E', output: { in: 7 } }));
  });

  test('comes after Retry, and tells where it goes', async () => {
    const definition = machine({
      T: task({
        Retry: [{ ErrorEquals: ['E'], MaxAttempts: 1 }],
        Catch: [{ ErrorEquals: ['E'], Next: 'Show' }],
        End: true,
      }),
      ...show(1),
    });
    const { calls, events } = await run(definition, {}, () => fail('E'));
    expect(calls).toHaveLength(2);
    expect(events).toContainEqual(
      expect.objectContaining({ kind: 'state-failed', path: 'T', error: 'E', next: 'Show' }),
    );
  });

  test('the first that means the error is taken', async () => {
    const definition = machine({
      T: task({
        Catch: [
          { ErrorEquals: ['F'], Next: 'A' },
          { ErrorEquals: ['E'], Next: 'B' },
          { ErrorEquals: ['States.ALL'], Next: 'A' },
        ],
        Next: 'A',
      }),
      A: { Type: 'Pass', Output: 'a', End: true },
      B: { Type: 'Pass', Output: 'b', End: true },
    });
    expect(await outcomeOf(definition, {}, () => fail('E'))).toEqual(succeeded('b'));
  });

  test('an error in its own Output fails the execution', async () => {
    const outcome = await outcomeOf(caught({ Output: '{% $states.errorOutput.no %}' }), {}, () => fail('E'));
    expect(outcome).toEqual(failed('States.QueryEvaluationError', 'T'));
  });

  test.each([
    { name: 'Arguments', more: { Arguments: { FunctionName: 'f', Payload: '{% no %}' } } },
    { name: 'the type of FunctionName', more: { Arguments: { FunctionName: '{% 1 %}' } } },
    { name: 'Output', more: { Output: '{% no %}' } },
    { name: 'Assign', more: { Assign: { v: '{% no %}' } } },
    { name: 'TimeoutSeconds', more: { TimeoutSeconds: '{% 0 %}' } },
  ])('covers an error in $name', async ({ more }) => {
    const definition = machine({
      T: task({ ...more, Catch: [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'Show' }], Next: 'Show' }),
      ...show('{% $states.input.Error %}'),
    });
    expect(await outcomeOf(definition)).toEqual(succeeded('States.QueryEvaluationError'));
  });

  // 256 KiB: AWS developer guide, "Step Functions service quotas".
  test.each([
    { error: 'States.ALL', outcome: failed('States.DataLimitExceeded', 'T') },
    {
      error: 'States.DataLimitExceeded',
      outcome: succeeded(expect.objectContaining({ Error: 'States.DataLimitExceeded' })),
    },
  ])('$error and too large a result', async ({ error, outcome }) => {
    expect(await outcomeOf(caught({}, error), {}, () => big(262_144))).toEqual(outcome);
  });
});

describe('the data limit of 262,144 bytes', () => {
  const least = JSON.stringify('').length;
  const exceeded = failed('States.DataLimitExceeded', 'P');
  const pass = (output: unknown): unknown => machine({ P: { Type: 'Pass', Output: output, End: true } });

  test.each([
    { name: 'an input that just fits', definition: pass(1), input: big(262_144 - least), outcome: succeeded(1) },
    { name: 'an input one byte too large', definition: pass(1), input: big(262_145 - least), outcome: exceeded },
    { name: 'an input too large in UTF-8 only', definition: pass(1), input: 'é'.repeat(131_072), outcome: exceeded },
    { name: 'too large an output', definition: pass("{% $pad('', 262143) %}"), input: 1, outcome: exceeded },
    {
      name: 'an output that just fits',
      definition: pass("{% $length($pad('', 262142)) %}"),
      input: 1,
      outcome: succeeded(262_142),
    },
    {
      name: 'too large an Assign',
      definition: machine({ P: { Type: 'Pass', Assign: { v: "{% $pad('', 262143) %}" }, Output: 1, End: true } }),
      input: 1,
      outcome: exceeded,
    },
  ])('$name', async ({ definition, input, outcome }) => {
    expect(await outcomeOf(definition, input)).toEqual(outcome);
  });

  test('holds for arguments and results, before anything is shaped', async () => {
    const large = { FunctionName: 'f', Payload: "{% $pad('', 262143) %}" };
    const { calls, outcome } = await run(one({ Arguments: large }));
    expect({ calls, outcome }).toEqual({ calls: [], outcome: failed('States.DataLimitExceeded', 'T') });
    expect(await outcomeOf(one({ Output: 1 }), {}, () => big(262_144))).toEqual(
      failed('States.DataLimitExceeded', 'T'),
    );
  });
});

describe('TimeoutSeconds', () => {
  const never = new Promise<never>(() => {});
  const timing = (
    expired: Promise<void>,
  ): {
    seconds: number[];
    cancelled: number[];
    timeout: (seconds: number) => { expired: Promise<void>; cancel: () => void };
  } => {
    const [seconds, cancelled]: [number[], number[]] = [[], []];
    const timeout = (after: number): { expired: Promise<void>; cancel: () => void } => {
      seconds.push(after);
      return { expired, cancel: () => cancelled.push(after) };
    };
    return { seconds, cancelled, timeout };
  };

  test('ends a task that runs longer, which Retry and Catch can mean', async () => {
    const { timeout, seconds, cancelled } = timing(Promise.resolve());
    const definition = one({ TimeoutSeconds: 9, Retry: [{ ErrorEquals: ['States.Timeout'], MaxAttempts: 1 }] });
    const outcome = await outcomeOf(definition, {}, () => never, { timeout });
    expect(outcome).toEqual(failed('States.Timeout', 'T'));
    expect({ seconds, cancelled }).toEqual({ seconds: [9, 9], cancelled: [9, 9] });
  });

  test('leaves a task in time alone and stops its timer', async () => {
    const { timeout, seconds, cancelled } = timing(never);
    const outcome = await outcomeOf(one({ TimeoutSeconds: '{% 4 + 5 %}' }), {}, () => 1, { timeout });
    expect({ status: outcome.status, seconds, cancelled }).toEqual({
      status: 'SUCCEEDED',
      seconds: [9],
      cancelled: [9],
    });
  });

  test('starts no timer where none is asked for', async () => {
    const { timeout, seconds } = timing(Promise.resolve());
    expect((await outcomeOf(one(), {}, async () => 1, { timeout })).status).toBe('SUCCEEDED');
    expect(seconds).toEqual([]);
  });

  test('is not enforced without a timer', async () => {
    expect((await outcomeOf(one({ TimeoutSeconds: 1 }))).status).toBe('SUCCEEDED');
  });
});

test('a fault of the surroundings is no error of the workflow: no Catch hides it', async () => {
  const definition = machine({
    T: task({ Retry: [{ ErrorEquals: ['E'] }], Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Show' }], Next: 'Show' }),
    ...show(1),
  });
  const sleep = (): Promise<void> => Promise.reject(new Error('the clock broke'));
  await expect(outcomeOf(definition, {}, () => fail('E'), { sleep })).rejects.toThrow('the clock broke');
});
