import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { WorkflowError } from '../../src/workflow/error.ts';
import { loadWorkflow } from '../../src/workflow/load.ts';
import { runWorkflow } from '../../src/workflow/run.ts';
import { machine, task } from './support.ts';

const everything = readFileSync(new URL('everything.asl.json', import.meta.url), 'utf8');
const substitutions = { Partition: 'aws-cn', ClaimFunction: 'claim', CollectFunction: 'collect', WorkBucket: 'work' };

function refusal(definition: unknown, given: Readonly<Record<string, string>> = {}): WorkflowError {
  try {
    loadWorkflow(typeof definition === 'string' ? definition : JSON.stringify(definition), given);
  } catch (thrown) {
    return thrown as WorkflowError;
  }
  throw new Error('it was accepted');
}

/** `${name}`, as a definition writes it. */
const placeholder = (name: string) => `\${${name}}`;

const threeNames = JSON.stringify(['Nobody', 'None', 'Known'].map(placeholder));

const pass = { Type: 'Pass', End: true };

/** A distributed map over its input, with one child state. */
function map(more: Record<string, unknown> = {}, child: Record<string, unknown> = { One: pass }): unknown {
  const ProcessorConfig = { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' };
  const ItemProcessor = { ProcessorConfig, StartAt: Object.keys(child)[0], States: child };
  return { Type: 'Map', ItemProcessor, End: true, ...more };
}

describe('a definition with every supported feature', () => {
  // asl-validator is CommonJS without an ESM entry, and writes the query language into what it checks: give it its own copy.
  test('is legal ASL by an independent validator', () => {
    const validate = createRequire(import.meta.url)('asl-validator') as (definition: unknown) => {
      isValid: boolean;
      errorsText: () => string;
    };
    const text = Object.entries(substitutions).reduce(
      (all, [name, to]) => all.replaceAll(`\${${name}}`, to),
      everything,
    );
    const { isValid, errorsText } = validate(JSON.parse(text));
    expect(isValid ? '' : errorsText()).toBe('');
  });

  test('loads and runs', async () => {
    const written: string[] = [];
    const outcome = await runWorkflow(
      loadWorkflow(everything, substitutions),
      { id: 'id', name: 'name', input: { size: 3 } },
      {
        invoke: async (name, payload) => (name === 'claim' ? { id: '7' } : payload),
        readObject: async () => new TextEncoder().encode('["a","b"]'),
        writeObject: async (bucket, key) => void written.push(`${bucket}/${key}`),
        sleep: async () => {},
        now: () => new Date(0),
        random: () => 0,
      },
    );
    expect(outcome).toEqual({ status: 'SUCCEEDED', output: { total: 6, claim: { id: '7' }, large: true } });
    const folder = 'work/run=7/00000000-0000-4000-8000-000000000000';
    expect(written).toEqual([`${folder}/SUCCEEDED_0.json`, `${folder}/manifest.json`]);
  });
});

test.each([
  ['an unknown substitution, by its name', threeNames, 'UNKNOWN_SUBSTITUTION'],
  ['a text that is not JSON', '{', 'NOT_JSON'],
  ['JSON that is no object', '[]', 'DEFINITION'],
])('refuses %s', (_, text, code) => {
  expect(refusal(text, { Known: 'x' }).code).toBe(code);
});

test('names every unknown substitution, and no known one', () => {
  const { problems } = refusal(threeNames, { Known: 'x' });
  expect(problems).toEqual(['`Nobody`: no such substitution', '`None`: no such substitution']);
});

test('a substitution may not come from the prototype of the table', () => {
  expect(refusal(JSON.stringify([placeholder('toString')])).code).toBe('UNKNOWN_SUBSTITUTION');
});

test('reports all problems, not only the first', () => {
  const { code, problems } = refusal({
    QueryLanguage: 'JSONPath',
    StartAt: 'Nowhere',
    TimeoutSeconds: 5,
    States: { A: { Type: 'Parallel' }, B: { Type: 'Pass', Next: 'C', InputPath: '$' } },
  });
  expect(code).toBe('DEFINITION');
  expect(problems).toEqual([
    'TimeoutSeconds: not supported by the local runner',
    'QueryLanguage: must be JSONata',
    'States.A.Type: `Parallel` is not supported by the local runner',
    'States.B.InputPath: belongs to JSONPath, use JSONata',
    'StartAt: no state `Nowhere`',
    'States.B: goes to `C`, which is no state',
  ]);
});

const outside = 'not supported by the local runner';

test.each<[string, unknown, string]>([
  ['ItemBatcher', { M: map({ ItemBatcher: {} }) }, `States.M.ItemBatcher: ${outside}`],
  ['HeartbeatSeconds', { A: task({ HeartbeatSeconds: 5, End: true }) }, `States.A.HeartbeatSeconds: ${outside}`],
  ['Credentials', { A: task({ Credentials: {}, End: true }) }, `States.A.Credentials: ${outside}`],
  [
    'another integration',
    { A: task({ Resource: 'arn:aws:states:::sqs:sendMessage', End: true }) },
    'States.A.Resource: only arn:<partition>:states:::lambda:invoke is supported by the local runner',
  ],
  [
    'waiting for a task token',
    { A: task({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', End: true }) },
    'States.A.Resource: only arn:<partition>:states:::lambda:invoke is supported by the local runner',
  ],
  [
    'another argument of lambda:invoke',
    { A: task({ Arguments: { FunctionName: 'f', Qualifier: '1' }, End: true }) },
    `States.A.Arguments.Qualifier: ${outside}`,
  ],
  [
    'a Task without Arguments',
    { A: { ...task({ End: true }), Arguments: undefined } },
    'States.A.Arguments: is required',
  ],
  ['a JSONPath state', { A: { ...pass, QueryLanguage: 'JSONPath' } }, 'States.A.QueryLanguage: must be JSONata'],
  ['Result of JSONPath', { A: { ...pass, Result: 1 } }, 'States.A.Result: belongs to JSONPath, use JSONata'],
  ['a state without a type', { A: { End: true } }, 'States.A.Type: is required'],
  ['a state that is no object', { A: 5 }, 'States.A: must be an object'],
  ['neither Next nor End', { A: { Type: 'Pass' } }, 'States.A: must have exactly one of Next and End'],
  ['both Next and End', { A: { ...pass, Next: 'A' } }, 'States.A: must have exactly one of Next and End'],
  ['End that is not true', { A: { Type: 'Pass', End: false } }, 'States.A.End: must be true'],
  ['an unknown Next', { A: { Type: 'Pass', Next: 'B' } }, 'States.A: goes to `B`, which is no state'],
  [
    'an unknown target of a catcher',
    { A: task({ Catch: [{ ErrorEquals: ['E'], Next: 'B' }], End: true }) },
    'States.A: goes to `B`, which is no state',
  ],
  [
    'an unknown target of a rule',
    { A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'B' }] } },
    'States.A: goes to `B`, which is no state',
  ],
  [
    'an unknown Default',
    { A: { Type: 'Choice', Choices: [{ Condition: true, Next: 'Z' }], Default: 'B' }, Z: pass },
    'States.A: goes to `B`, which is no state',
  ],
  ['a state nothing leads to', { A: pass, B: pass }, 'States.B: cannot be reached'],
  ['no Choices', { A: { Type: 'Choice', Choices: [] } }, 'States.A.Choices: must be a non-empty array'],
  [
    'a rule of JSONPath',
    { A: { Type: 'Choice', Choices: [{ Condition: true, Variable: '$', Next: 'B' }] }, B: pass },
    'States.A.Choices[0].Variable: belongs to JSONPath, use JSONata',
  ],
  [
    'a condition that is plain text',
    { A: { Type: 'Choice', Choices: [{ Condition: 'yes', Next: 'B' }] }, B: pass },
    'States.A.Choices[0].Condition: must be a boolean or JSONata',
  ],
  [
    'a Wait for nothing',
    { A: { Type: 'Wait', End: true } },
    'States.A: must have exactly one of Seconds and Timestamp',
  ],
  [
    'a negative Wait',
    { A: { Type: 'Wait', Seconds: -1, End: true } },
    'States.A.Seconds: must be an integer from 0 to 99999999 or JSONata',
  ],
  ['Assign in Succeed', { A: { Type: 'Succeed', Assign: {} } }, `States.A.Assign: ${outside}`],
  ['Next in Fail', { A: { Type: 'Fail', Next: 'A' } }, `States.A.Next: ${outside}`],
  ['Error that is no text', { A: { Type: 'Fail', Error: 5 } }, 'States.A.Error: must be a string or JSONata'],
  [
    'assigning `states`',
    { A: { ...pass, Assign: { states: 1 } } },
    'States.A.Assign.states: must not assign the reserved variable',
  ],
  ['Assign as an expression', { A: { ...pass, Assign: '{% {} %}' } }, 'States.A.Assign: must be an object'],
  [
    'TimeoutSeconds of 0',
    { A: task({ TimeoutSeconds: 0, End: true }) },
    'States.A.TimeoutSeconds: must be an integer from 1 to 99999999 or JSONata',
  ],
  ['a name of 81 characters', { ['A'.repeat(81)]: pass }, `States.${'A'.repeat(81)}: a name has at most 80 characters`],
])('refuses %s', (_, states, problem) => {
  expect(refusal(machine(states as Record<string, unknown>)).problems).toContain(problem);
});

test.each<[string, unknown, string]>([
  ['no ErrorEquals', {}, 'Retry[0].ErrorEquals: is required'],
  ['an empty ErrorEquals', { ErrorEquals: [] }, 'Retry[0].ErrorEquals: must be a non-empty array of strings'],
  [
    'IntervalSeconds 0',
    { ErrorEquals: ['E'], IntervalSeconds: 0 },
    'Retry[0].IntervalSeconds: must be an integer from 1 to 99999999',
  ],
  [
    'BackoffRate below 1',
    { ErrorEquals: ['E'], BackoffRate: 0.5 },
    `Retry[0].BackoffRate: must be a number from 1 to ${Number.MAX_VALUE}`,
  ],
  [
    'MaxAttempts -1',
    { ErrorEquals: ['E'], MaxAttempts: -1 },
    'Retry[0].MaxAttempts: must be an integer from 0 to 99999999',
  ],
  ['another jitter', { ErrorEquals: ['E'], JitterStrategy: 'HALF' }, 'Retry[0].JitterStrategy: must be FULL or NONE'],
  ['another field', { ErrorEquals: ['E'], Next: 'A' }, `Retry[0].Next: ${outside}`],
  ['States.ALL in company', { ErrorEquals: ['E', 'States.ALL'] }, 'Retry[0].ErrorEquals: States.ALL must stand alone'],
])('refuses Retry with %s', (_, retrier, problem) => {
  expect(refusal(machine({ A: task({ Retry: [retrier], End: true }) })).problems).toContain(`States.A.${problem}`);
});

test('ASL "Errors": States.ALL must be in the last retrier and catcher', () => {
  const Retry = [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['E'] }];
  const Catch = Retry.map((entry) => ({ ...entry, Next: 'B' }));
  expect(refusal(machine({ A: task({ Retry, Catch, End: true }), B: pass })).problems).toEqual([
    'States.A.Retry[0].ErrorEquals: States.ALL must come last',
    'States.A.Catch[0].ErrorEquals: States.ALL must come last',
  ]);
});

const reader = {
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: { InputType: 'JSON' },
  Arguments: { Bucket: 'b', Key: 'k' },
};

test.each<[string, unknown, string]>([
  [
    'an inline map',
    map({ ItemProcessor: { StartAt: 'O', States: { O: pass } } }),
    'ItemProcessor.ProcessorConfig.Mode: only DISTRIBUTED is supported by the local runner',
  ],
  [
    'CSV',
    map({ ItemReader: { ...reader, ReaderConfig: { InputType: 'CSV' } } }),
    'ItemReader.ReaderConfig.InputType: only JSON is supported',
  ],
  [
    'listObjectsV2',
    map({ ItemReader: { ...reader, Resource: 'arn:aws:states:::s3:listObjectsV2' } }),
    'ItemReader.Resource: only arn:<partition>:states:::s3:getObject is supported by the local runner',
  ],
  ['Items beside ItemReader', map({ ItemReader: reader, Items: [] }), ' must not have both ItemReader and Items'],
  ['WriterConfig', map({ ResultWriter: { WriterConfig: {} } }), `ResultWriter.WriterConfig: ${outside}`],
  ['a label of 41 characters', map({ Label: 'L'.repeat(41) }), 'Label: must have at most 40 characters'],
  [
    '101 %',
    map({ ToleratedFailurePercentage: 101 }),
    'ToleratedFailurePercentage: must be a number from 0 to 100 or JSONata',
  ],
  [
    'a problem inside',
    map({}, { One: { Type: 'Pass', Next: 'Two' } }),
    'ItemProcessor.States.One: goes to `Two`, which is no state',
  ],
  ['a name used outside too', map({}, { M: pass }), ' a state name must be unique in the whole definition'],
])('refuses a map with %s', (_, state, problem) => {
  const expected = problem.startsWith(' ') ? `States.M:${problem}` : `States.M.${problem}`;
  expect(refusal(machine({ M: state })).problems).toContain(expected);
});

const nobody = 'is neither a variable of this execution nor a function of Step Functions';

test.each([
  ['JSONata that does not parse', '{% 1 + %}', 'not JSONata: Unexpected end of expression'],
  ['an operator newer than JSONata 2.0.6', '{% $states.input.a ?? 1 %}', 'not JSONata: '],
  ['$eval, which Step Functions lacks', "{% $eval('1') %}", `\`$eval\` ${nobody}`],
  ['a variable nobody assigns', "{% {'a': $nobody} %}", `\`$nobody\` ${nobody}`],
  ['$$, as there is no input at the top', '{% $$.a %}', `\`$$\` ${nobody}`],
])('refuses %s', (_, expression, problem) => {
  const { problems } = refusal(machine({ A: { ...pass, Output: { deep: [expression] } } }));
  expect(problems).toEqual([expect.stringContaining(`States.A.Output.deep[0]: ${problem}`)]);
});

test.each([
  '{% ($a := 1; $f := function($b) { $b + $a }; $f(2)) %}',
  '{% $map([1, 2], function($item, $at) { $item * $at }) %}',
  '{% $states.input.list#$at.{"at": $at} %}',
  '{% $states.input.list[$ > 0]#$at.{"at": $at} %}',
  '{% $states.input.list@$one.other[id = $one.id] %}',
  '{% $filter($states.input.list, $exists)[$ > 1] %}',
])('names that an expression binds itself are its own: %s', (expression) => {
  expect(() => loadWorkflow(JSON.stringify(machine({ A: { ...pass, Output: expression } })), {})).not.toThrow();
});

test('children of a distributed map see no outer variables (AWS, "Workflow variables"); the ItemSelector does', () => {
  const child = { In: { Type: 'Pass', Output: '{% $outer %}', End: true } };
  const states = {
    Set: { Type: 'Pass', Assign: { outer: 1 }, Next: 'M' },
    M: map({ ItemSelector: { given: '{% $outer %}' } }, child),
  };
  expect(refusal(machine(states)).problems).toEqual([`States.M.ItemProcessor.States.In.Output: \`$outer\` ${nobody}`]);
});

test('variables of a child are not seen outside either', () => {
  const child = { In: { Type: 'Pass', Assign: { inner: 1 }, End: true } };
  const { problems } = refusal(machine({ M: map({ Output: '{% $inner %}' }, child) }));
  expect(problems).toEqual([`States.M.Output: \`$inner\` ${nobody}`]);
});
