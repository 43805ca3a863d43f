import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsonata from 'jsonata';
import type { z } from 'zod';

interface Caught {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}
interface State {
  readonly Type: string;
  readonly Arguments?: { readonly FunctionName?: string; readonly Payload?: string | Readonly<Record<string, string>> };
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Catch?: readonly Caught[];
  readonly ItemProcessor?: Machine & { readonly ProcessorConfig: object };
}
interface Machine {
  readonly States: Readonly<Record<string, State>>;
}

const text = readFileSync(new URL('../../workflows/nightly.asl.json', import.meta.url), 'utf8');
const substituted = text.replace(/\$\{(\w+)\}/g, (_, name: string) =>
  name === 'Partition'
    ? 'aws'
    : name === 'WorkBucket'
      ? 'work'
      : `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
);
const statesOf = ({ States }: Machine): (readonly [string, State])[] =>
  Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)),
  ]);
const states = statesOf(JSON.parse(substituted) as Machine);
const stateNamed = (name: string) => states.find(([it]) => it === name)?.[1] as State;
const taskStates = states.filter(([, { Type }]) => Type === 'Task');
const kebab = (name: string) => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

type Validate = (definition: object) => { readonly isValid: boolean; errorsText(separator: string): string };
const validate = createRequire(import.meta.url)('asl-validator') as Validate;

test('the definition is valid Amazon States Language once its placeholders are filled in', () =>
  expect(validate(JSON.parse(substituted) as object).errorsText('\n')).toBe(''));

test.each([
  { name: 'a transition into nothing', from: '"Next": "IsNightOurs"', to: '"Next": "Nowhere"' },
  { name: 'a JSONPath field', from: '"Type": "Succeed"', to: '"Type": "Succeed", "InputPath": "$"' },
])('the validator would see $name', ({ from, to }) => {
  expect(substituted).toContain(from);
  expect(validate(JSON.parse(substituted.replace(from, to)) as object).isValid).toBe(false);
});

describe.each(taskStates)('%s', (name, state) => {
  test('can time out, retries, and turns failure into data', () =>
    expect(state).toMatchObject({
      TimeoutSeconds: expect.any(Number),
      Retry: expect.anything(),
      Catch: [
        { ErrorEquals: ['States.DataLimitExceeded'], Next: expect.any(String) }, // States.ALL does not catch this one
        { ErrorEquals: ['States.ALL'], Next: expect.any(String) },
      ],
    }));

  test('calls the function of its own name', () => expect(text).toContain(`"FunctionName": "\${${name}Function}"`));

  test('is a task folder and a pipeline function', async () => {
    expect(existsSync(`tasks/${kebab(name)}/handler.ts`)).toBe(true);
    const step = (await import(`../../src/pipeline/${kebab(name)}.ts`)) as Record<string, unknown>;
    expect(step[name[0]?.toLowerCase() + name.slice(1)]).toBeInstanceOf(Function);
  });

  test('is handed the fields that its task parses', async () => {
    const payload = state.Arguments?.Payload;
    if (payload === undefined || typeof payload === 'string') return; // what a child was given, or a catcher made
    const { task } = (await import(`../../tasks/${kebab(name)}/handler.ts`)) as { task: { input: z.ZodObject } };
    expect(Object.keys(payload).sort()).toEqual(Object.keys(task.input.shape).sort());
  });
});

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

test('a failure outside the map is sealed, unless nothing was claimed or sealing itself failed', () => {
  const elsewhere = new Set(['ClaimNight', 'SealFailedNight', 'PublishNight']);
  const seals = Object.entries((JSON.parse(text) as Machine).States).filter(
    ([name, { Catch }]) => Catch !== undefined && !elsewhere.has(name),
  );
  expect(seals.length).toBeGreaterThan(4);
  for (const [name] of seals)
    expect(new Set(stateNamed(name).Catch?.map(({ Next }) => Next))).toEqual(new Set(['SealFailedNight']));
});

const expressions = [...text.matchAll(/"\{%\s*(.*?)\s*%\}"/g)].map(([, source]) => source as string);

/** Evaluates as Step Functions does: nothing is bound but `$states` and the variables. */
const evaluate = (source: string, input: unknown, more: Record<string, unknown> = {}): Promise<unknown> =>
  jsonata(source).evaluate(undefined, { states: { input, ...more }, night: { run: '0123456789ab' } });
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each([...new Set(expressions)])('`%s` parses', (source) => expect(() => jsonata(source)).not.toThrow());

// A filter with 0, 1 or 2 hits gives nothing, a value or an array: none may stand here without a test of all three.
test('no expression filters a list', () =>
  expect(expressions.filter((source) => /[\w)]\s*\[/.test(source))).toEqual([]));

/** Where a Choice goes with an input. */
async function chosen(name: string, input: unknown): Promise<string | undefined> {
  const { Choices = [], Default } = stateNamed(name);
  for (const { Condition, Next } of Choices) {
    const answer = await evaluate(Condition.slice(2, -2), input);
    expect(typeof answer).toBe('boolean'); // anything else ends the execution, uncaught
    if (answer === true) return Next;
  }
  return Default;
}

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
