import { createHash } from 'node:crypto';
import { failed, giving, machine, outcomeOf, run, succeeded } from './support.ts';

const time = '2026-01-02T03:04:05.000Z';

test.each<[string, unknown, unknown, unknown]>([
  ['text without marks is text', '$states.input', {}, '$states.input'],
  ['marks inside text are text', 'a {% 1 %}', {}, 'a {% 1 %}'],
  ['a leading space makes it text', ' {% 1 %}', {}, ' {% 1 %}'],
  [
    'expressions anywhere in a template',
    { a: ['{% 1 + 1 %}', { b: '{% $states.input.x %}' }, null, true] },
    { x: 'y' },
    { a: [2, { b: 'y' }, null, true] },
  ],
  ['an expression over several lines', '{% (\n  $x := 2;\n  $x * 3\n) %}', {}, 6],
  ['null is a value', '{% null %}', {}, null],
  ['keys are never evaluated', { '{% 1 %}': 2 }, {}, { '{% 1 %}': 2 }],
  ['no hits of a filter, wrapped', '{% [$states.input.l[$ > 1]] %}', { l: [1] }, []],
  ['one hit of a filter is the value', '{% $states.input.l[$ > 1] %}', { l: [1, 2] }, 2],
  ['one hit of a filter, wrapped', '{% [$states.input.l[$ > 1]] %}', { l: [1, 2] }, [2]],
  ['two hits of a filter are an array', '{% $states.input.l[$ > 1] %}', { l: [1, 2, 3] }, [2, 3]],
  ['a missing field inside an object is left out by JSONata', "{% {'a': $states.input.x, 'b': 1} %}", {}, { b: 1 }],
  [
    'the execution',
    '{% $states.context.Execution %}',
    { x: 1 },
    { Id: 'arn:execution', Name: 'night', Input: { x: 1 }, StartTime: time },
  ],
  ['the state', '{% $states.context.State %}', {}, { Name: 'Give', EnteredTime: time, RetryCount: 0 }],
  ['the state machine', '{% $keys($states.context.StateMachine) %}', {}, ['Id', 'Name']],
  ['$partition', '{% $partition([1, 2, 3, 4, 5], 2) %}', {}, [[1, 2], [3, 4], [5]]],
  ['$partition of nothing', '{% $partition([], 2) %}', {}, []],
  ['$range includes its end', '{% $range(0, 10, 5) %}', {}, [0, 5, 10]],
  ['$range downwards', '{% $range(3, 1, -1) %}', {}, [3, 2, 1]],
  ['$range that is empty', '{% $range(3, 1, 1) %}', {}, []],
  ['$range of 1,000', '{% $count($range(1, 1000, 1)) %}', {}, 1000],
  ['$parse', '{% $parse(\'{"a": [1]}\').a %}', {}, [1]],
  ['$random()', '{% $random() %}', {}, 0],
  ['the same seed, the same number', '{% $random(7) = $random(7) and $random(7) != $random(8) %}', {}, true],
  [
    '$uuid()',
    '{% $uuid() %}',
    {},
    '01234567-89ab-4def-8123-456789abcdef'.replace('def-8123-456789abcdef', 'cde-b012-3456789abcde'),
  ],
  ['$millis() on the injected clock', '{% $millis() %}', {}, Date.parse(time)],
  ['$now() on the injected clock', '{% $now() %}', {}, time],
  ['$now() with a picture', "{% $now('[Y0001]-[M01]') %}", {}, '2026-01'],
  ['functions as arguments', "{% $map(['1', '2'], $parse) %}", {}, [1, 2]],
])('JSONata as Step Functions runs it: %s', async (_, output, input, expected) => {
  expect(await outcomeOf(giving(output), input as never)).toEqual(succeeded(expected));
});

test.each([
  ['MD5', 'md5'],
  ['SHA-1', 'sha1'],
  ['SHA-256', 'sha256'],
  ['SHA-384', 'sha384'],
  ['SHA-512', 'sha512'],
])('$hash knows %s', async (name, algorithm) => {
  const digest = createHash(algorithm).update('pässe').digest('hex');
  expect(await outcomeOf(giving(`{% $hash('pässe', '${name}') %}`))).toEqual(succeeded(digest));
});

// ASL, Appendix A: "a JSONata type error, an incorrectly typed result, or an undefined result".
test.each([
  ['nothing at all', '{% $states.input.missing %}'],
  ['no hits of a filter', '{% [1][$ > 1] %}'],
  ['no input at the top', '{% missing %}'],
  ['a type error', "{% 1 + 'a' %}"],
  ['$error', "{% $error('boom') %}"],
  ['a function', '{% $sum %}'],
  ['a function deep inside', "{% {'a': [function($x) { $x }]} %}"],
  ['a regular expression', '{% /a/ %}'],
  ['an unknown hash', "{% $hash('a', 'CRC32') %}"],
  ['a hash of no text', "{% $hash(1, 'MD5') %}"],
  ['$range with step 0', '{% $range(1, 1, 0) %}'],
  ['$range over 1,000', '{% $range(1, 1001, 1) %}'],
  ['$range of fractions', '{% $range(1, 2, 0.5) %}'],
  ['$partition into 0', '{% $partition([1], 0) %}'],
  ['$partition of no array', '{% $partition(1, 1) %}'],
  ['$parse of no JSON', "{% $parse('{') %}"],
  ['$states.result where there is none', '{% $states.result %}'],
])('States.QueryEvaluationError: %s', async (_, expression) => {
  expect(await outcomeOf(giving({ a: expression }))).toEqual(failed('States.QueryEvaluationError', 'Give'));
});

test('the cause tells the expression and its field', async () => {
  expect(await outcomeOf(giving({ a: '{% $states.input.b %}' }))).toMatchObject({
    cause:
      "The JSONata expression '$states.input.b' specified for the field 'States.Give.Output.a' returned nothing (undefined)",
  });
});

test('an expression cannot change what a later state sees', async () => {
  const states = {
    A: { Type: 'Pass', Assign: { seen: '{% $states.input.l[] %}' }, Next: 'B' },
    B: { Type: 'Pass', Output: '{% [$states.input, {"l": $seen}] %}', End: true },
  };
  expect(await outcomeOf(machine(states), { l: [1] })).toEqual(succeeded([{ l: [1] }, { l: [1] }]));
});

test('a date handed in as input crosses as JSON', async () => {
  const { outcome } = await run(giving('{% $states.input %}'), { at: new Date(0), none: undefined } as never);
  expect(outcome).toEqual(succeeded({ at: '1970-01-01T00:00:00.000Z' }));
});
