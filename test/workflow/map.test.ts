import type { Json, JsonObject } from '../../src/workflow/json.ts';
import { fail, failed, machine, outcomeOf, run, succeeded, task } from './support.ts';

const collect = task({ Output: '{% $states.result.Payload %}', End: true });

/** A distributed map whose children call `f` with their input. */
function map(more: Record<string, unknown> = {}, child: Record<string, unknown> = { Collect: collect }) {
  const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
  const ItemProcessor = { ProcessorConfig, StartAt: Object.keys(child)[0], States: child };
  return { Type: 'Map', ItemProcessor, ...('Next' in more ? {} : { End: true }), ...more };
}

/** Fails for items marked bad. */
function failBad(payload: Json): Json {
  return payload === 'bad' ? fail('Bad', 'it is bad') : payload;
}

test.each<[string, Json[]]>([
  ['0', []],
  ['1', ['a']],
  ['2', ['a', 'b']],
])('%s items: an array in their order', async (_, items) => {
  expect(await outcomeOf(machine({ M: map() }), items)).toEqual(succeeded(items));
});

test('the result keeps the order of the items, whichever ends first', async () => {
  const slowFirst = (payload: Json) => new Promise((done) => setTimeout(() => done(payload), payload === 1 ? 20 : 0));
  expect(await outcomeOf(machine({ M: map() }), [1, 2, 3], slowFirst)).toEqual(succeeded([1, 2, 3]));
});

test.each<[string, Record<string, unknown>]>([
  ['an expression', { Items: '{% $states.input.list %}' }],
  ['a literal with expressions', { Items: ['{% $states.input.list[0] %}', 2] }],
])('Items as %s', async (_, items) => {
  expect(await outcomeOf(machine({ M: map(items) }), { list: [1, 2] })).toEqual(succeeded([1, 2]));
});

test('Items that are no array', async () => {
  expect(await outcomeOf(machine({ M: map() }), { a: 1 })).toEqual(failed('States.QueryEvaluationError', 'M'));
});

test('ItemSelector sees the input of the Map, the variables and the item', async () => {
  const ItemSelector = {
    input: '{% $states.input.of %}',
    outer: '{% $outer %}',
    index: '{% $states.context.Map.Item.Index %}',
    value: '{% $states.context.Map.Item.Value %}',
    state: '{% $states.context.State.Name %}',
  };
  const states = {
    Init: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'M' },
    M: map({ Items: '{% $states.input.list %}', ItemSelector }),
  };
  const expected = ['a', 'b'].map((value, index) => ({ input: 'map', outer: 'o', index, value, state: 'M' }));
  expect(await outcomeOf(machine(states), { of: 'map', list: ['a', 'b'] })).toEqual(succeeded(expected));
});

test('a broken ItemSelector fails the Map before any child starts', async () => {
  const ItemSelector = '{% $states.context.Map.Item.Value.a %}';
  const { outcome, calls } = await run(machine({ M: map({ ItemSelector, ToleratedFailurePercentage: 100 }) }), [
    { a: 1 },
    {},
  ]);
  expect(outcome).toEqual(failed('States.QueryEvaluationError', 'M'));
  expect(calls).toEqual([]);
});

test('a child is an execution of its own: id, name, input; no Map in its context', async () => {
  const child = { See: { Type: 'Pass', Output: '{% $states.context %}', End: true } };
  const outcome = await outcomeOf(machine({ M: map({ Label: 'L' }, child) }), ['a']);
  const [context] = (outcome as unknown as { output: [JsonObject] }).output;
  const name = (context['Execution'] as JsonObject)['Name'] as string;
  expect(context['Execution']).toMatchObject({
    Id: `arn:aws:states:local:000000000000:execution:local/L:${name}`,
    Input: 'a',
  });
  expect(Object.keys(context)).toEqual(['Execution', 'State', 'StateMachine']);
});

test('variables of children stay apart, and outside nothing of them is seen', async () => {
  const child = {
    Set: { Type: 'Pass', Assign: { v: '{% $states.input %}' }, Next: 'Get' },
    Get: { Type: 'Wait', Seconds: 1, Output: '{% $v %}', End: true },
  };
  expect(await outcomeOf(machine({ M: map({}, child) }), [1, 2])).toEqual(succeeded([1, 2]));
});

test.each<[string, unknown, number]>([
  ['1', 1, 1],
  ['2', '{% 2 %}', 2],
  ['0: no bound', 0, 5],
  ['absent: no bound', undefined, 5],
])('MaxConcurrency %s', async (_, MaxConcurrency, expected) => {
  let [running, most] = [0, 0];
  const answer = async () => {
    most = Math.max(most, ++running);
    await new Promise((done) => setTimeout(done, 2));
    running--;
  };
  await run(machine({ M: map({ MaxConcurrency }) }), [1, 2, 3, 4, 5], answer);
  expect(most).toBe(expected);
});

describe('ItemReader', () => {
  const reader = (ReaderConfig: object = {}) => ({
    ItemReader: {
      Resource: 'arn:aws-us-gov:states:::s3:getObject',
      ReaderConfig: { InputType: 'JSON', ...ReaderConfig },
      Arguments: { Bucket: 'b', Key: '{% $states.input.key %}' },
    },
  });

  test.each<[string, object, Json]>([
    ['all of an array', {}, ['ä', 2, 3]],
    ['MaxItems', { MaxItems: 2 }, ['ä', 2]],
    ['MaxItems as an expression', { MaxItems: '{% 1 %}' }, ['ä']],
  ])('reads %s', async (_, config, expected) => {
    const objects = { 'b/k': '["ä", 2, 3]' };
    const outcome = await outcomeOf(machine({ M: map(reader(config)) }), { key: 'k' }, undefined, { objects });
    expect(outcome).toEqual(succeeded(expected));
  });

  test.each([
    ['a missing object', 'none'],
    ['an object that is not JSON', 'text'],
    ['JSON that is no array', 'object'],
  ])('States.ItemReaderFailed: %s', async (_, key) => {
    const objects = { 'b/text': 'text', 'b/object': '{}' };
    const outcome = await outcomeOf(machine({ M: map(reader()) }), { key }, undefined, { objects });
    expect(outcome).toEqual(failed('States.ItemReaderFailed', 'M'));
  });

  test('States.ItemReaderFailed can be retried: a new Map Run', async () => {
    let asked = 0;
    const readObject = async () => (++asked === 1 ? undefined : new TextEncoder().encode('[1]'));
    const definition = machine({ M: map({ ...reader(), Retry: [{ ErrorEquals: ['States.ItemReaderFailed'] }] }) });
    const { outcome, slept } = await run(definition, { key: 'k' }, undefined, { readObject });
    expect(outcome).toEqual(succeeded([1]));
    expect(slept).toEqual([1]);
  });
});

const threshold = failed('States.ExceedToleratedFailureThreshold', 'M');

describe('tolerated failure (AWS, "Setting failure thresholds")', () => {
  const four = ['a', 'bad', 'bad', 'b'];

  test.each<[string, Record<string, unknown>, boolean]>([
    ['none given: the first failure is too much', {}, false],
    ['count as many as fail', { ToleratedFailureCount: 2 }, true],
    ['count one fewer', { ToleratedFailureCount: 1 }, false],
    ['count evaluated', { ToleratedFailureCount: '{% 2 %}' }, true],
    ['percentage as many as fail', { ToleratedFailurePercentage: 50 }, true],
    ['percentage a little lower', { ToleratedFailurePercentage: 49.9 }, false],
    ['100 %', { ToleratedFailurePercentage: 100 }, true],
    ['0 %', { ToleratedFailurePercentage: 0 }, false],
    ['both, one exceeded', { ToleratedFailureCount: 1, ToleratedFailurePercentage: 100 }, false],
    ['both, the other exceeded', { ToleratedFailureCount: 4, ToleratedFailurePercentage: 25 }, false],
    ['both kept', { ToleratedFailureCount: 2, ToleratedFailurePercentage: 50 }, true],
  ])('%s', async (_, fields, tolerated) => {
    const definition = machine({ M: map({ ...fields, Output: 'done' }) });
    expect(await outcomeOf(definition, four, failBad)).toEqual(tolerated ? succeeded('done') : threshold);
  });

  test.each<[string, Json[], boolean]>([
    ['0 failures', ['a', 'b'], true],
    ['1 failure', ['a', 'bad'], false],
    ['2 failures', ['bad', 'bad'], false],
  ])('by default %s', async (_, items, tolerated) => {
    const outcome = await outcomeOf(machine({ M: map() }), items, failBad);
    expect(outcome).toEqual(tolerated ? succeeded(items) : threshold);
  });

  test('past the threshold no further child starts', async () => {
    const { calls } = await run(machine({ M: map({ MaxConcurrency: 1 }) }), ['a', 'bad', 'c', 'd'], failBad);
    expect(calls.map(({ payload }) => payload)).toEqual(['a', 'bad']);
  });

  test('the Map can be caught', async () => {
    const Catch = [{ ErrorEquals: ['States.ALL'], Output: '{% $states.errorOutput.Error %}', Next: 'Z' }];
    const definition = machine({ M: map({ Catch }), Z: { Type: 'Succeed' } });
    expect(await outcomeOf(definition, ['bad'], failBad)).toEqual(succeeded('States.ExceedToleratedFailureThreshold'));
  });

  test('a tolerated failure is described in its place', async () => {
    const definition = machine({ M: map({ ToleratedFailureCount: 1 }) });
    const cause = '{"errorType":"Bad","errorMessage":"it is bad"}';
    expect(await outcomeOf(definition, ['a', 'bad', 'b'], failBad)).toEqual(
      succeeded(['a', expect.objectContaining({ Status: 'FAILED', Error: 'Bad', Cause: cause, Input: '"bad"' }), 'b']),
    );
  });
});

describe('ResultWriter (AWS, "ResultWriter (Map)")', () => {
  const writer = (Prefix?: string) => ({
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Arguments: { Bucket: 'out', ...(Prefix === undefined ? {} : { Prefix }) },
    },
  });
  const id = '01234567-89ab-4cde-b012-3456789abcde';
  const folder = `run/map/${id}`;
  const result = {
    MapRunArn: `arn:aws:states:local:000000000000:mapRun:local/L:${id}`,
    ResultWriterDetails: { Bucket: 'out', Key: `${folder}/manifest.json` },
  };

  async function written(fields: object, items: Json[]) {
    const definition = machine({
      M: map({ ...writer("{% 'run/' & 'map' %}"), Label: 'L', MaxConcurrency: 1, ...fields }),
    });
    return await run(definition, items, failBad);
  }

  function manifest(sizes: Readonly<Record<string, number>>) {
    const file = (status: string) =>
      status in sizes ? [{ Key: `${folder}/${status}_0.json`, Size: sizes[status] }] : [];
    const ResultFiles = { FAILED: file('FAILED'), PENDING: file('PENDING'), SUCCEEDED: file('SUCCEEDED') };
    return { DestinationBucket: 'out', MapRunArn: result.MapRunArn, ResultFiles };
  }

  test('$states.result is the Map Run and its manifest', async () => {
    const { outcome } = await written({}, ['a']);
    expect(outcome).toEqual(succeeded(result));
  });

  test('children that succeeded and failed go to a file each, named in the manifest', async () => {
    const all = (await written({ ToleratedFailurePercentage: 100 }, ['a', 'bad', 'ü'])).written;
    const [good, bad] = ['SUCCEEDED', 'FAILED'].map((status) => all[`out/${folder}/${status}_0.json`] as JsonObject[]);
    const sizes = { SUCCEEDED: size(good), FAILED: size(bad) };
    expect(all[`out/${folder}/manifest.json`]).toEqual(manifest(sizes));
    expect(good?.map((child) => [child['Input'], child['Output'], child['Status']])).toEqual([
      ['"a"', '"a"', 'SUCCEEDED'],
      ['"ü"', '"ü"', 'SUCCEEDED'],
    ]);
    const time = '2026-01-02T03:04:05.000Z';
    const name = bad?.[0]?.['Name'];
    expect(bad).toEqual([
      {
        ExecutionArn: `arn:aws:states:local:000000000000:execution:local/L:${name}`,
        Input: '"bad"',
        InputDetails: { Included: true },
        Name: expect.stringMatching(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/),
        Cause: '{"errorType":"Bad","errorMessage":"it is bad"}',
        Error: 'Bad',
        OutputDetails: { Included: true },
        RedriveCount: 0,
        RedriveStatus: 'REDRIVABLE',
        StartDate: time,
        StateMachineArn: 'arn:aws:states:local:000000000000:stateMachine:local/L',
        Status: 'FAILED',
        StopDate: time,
      },
    ]);
  });

  test('no items: a manifest alone', async () => {
    expect((await written({}, [])).written).toEqual({ [`out/${folder}/manifest.json`]: manifest({}) });
  });

  test('past the threshold the results are still written, with those never started as PENDING', async () => {
    const { outcome, written: all } = await written({}, ['bad', 'b']);
    expect(outcome).toEqual(threshold);
    expect(all[`out/${folder}/PENDING_0.json`]).toEqual([
      { Input: '"b"', InputDetails: { Included: true }, Status: 'PENDING' },
    ]);
  });

  test.each([
    ['no prefix', undefined, `out/${id}/manifest.json`],
    ['a prefix that ends with a slash', 'p/', `out/p/${id}/manifest.json`],
  ])('%s', async (_, prefix, key) => {
    const { written: all } = await run(machine({ M: map(writer(prefix)) }), []);
    expect(Object.keys(all)).toEqual([key]);
  });

  test('results of any size fit, as they do not pass through the state', async () => {
    const definition = machine({ M: map({ ...writer('p'), Output: 'done' }) });
    expect(await outcomeOf(definition, [1, 2], () => 'a'.repeat(200_000))).toEqual(succeeded('done'));
  });

  test('a child input over 256 KiB fails that child alone', async () => {
    const ItemSelector = ['{% $states.context.Map.Item.Value %}', '{% $states.context.Map.Item.Value %}'];
    const definition = machine({ M: map({ ...writer('p'), ItemSelector, ToleratedFailureCount: 1, Output: 'done' }) });
    const { outcome, calls } = await run(definition, ['a'.repeat(140_000), 'b']);
    expect(outcome).toEqual(succeeded('done'));
    expect(calls.map(({ payload }) => payload)).toEqual([['b', 'b']]);
  });

  test('States.ResultWriterFailed, which can be retried', async () => {
    let asked = 0;
    const writeObject = async () => (++asked === 1 ? fail('SlowDown') : undefined);
    const Retry = [{ ErrorEquals: ['States.ResultWriterFailed'], MaxAttempts: 1 }];
    const definition = machine({ M: map({ ...writer(), Retry, Output: 'done' }) });
    expect(await outcomeOf(definition, [], undefined, { writeObject })).toEqual(succeeded('done'));
    expect(await outcomeOf(definition, [], undefined, { writeObject: async () => fail('SlowDown') })).toEqual(
      failed('States.ResultWriterFailed', 'M'),
    );
  });
});

test('without a ResultWriter a result over 256 KiB is States.DataLimitExceeded', async () => {
  const items = '{% [$states.input, $states.input] %}';
  expect(await outcomeOf(machine({ M: map({ Items: items }) }), 'a'.repeat(140_000))).toEqual(
    failed('States.DataLimitExceeded', 'M'),
  );
});

test('a failed child has its path in the events; the Map itself fails the execution', async () => {
  const { outcome, events } = await run(machine({ M: map() }), ['a', 'bad'], failBad);
  expect(outcome).toMatchObject({ state: 'M' });
  expect(events).toContainEqual({ kind: 'map-started', path: 'M', items: 2 });
  expect(events).toContainEqual({ kind: 'item-finished', path: 'M', index: 0, status: 'SUCCEEDED' });
  expect(events).toContainEqual({ kind: 'item-finished', path: 'M', index: 1, status: 'FAILED' });
  expect(events).toContainEqual(expect.objectContaining({ kind: 'state-failed', path: 'M[1].Collect', error: 'Bad' }));
});

test('a Map inside a Map', async () => {
  const inner = map({}, { Double: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } });
  const outcome = await outcomeOf(machine({ M: map({}, { Inner: inner }) }), [[1], [], [2, 3]]);
  expect(outcome).toEqual(succeeded([[2], [], [4, 6]]));
});

function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}
