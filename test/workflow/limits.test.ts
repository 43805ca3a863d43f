import { fail, failed, giving, machine, outcomeOf, succeeded, task } from './support.ts';

// AWS developer guide, "Step Functions service quotas": 256 KiB, counted as UTF-8 of the JSON text.
const limit = 262_144;
const most = 'a'.repeat(limit - 2); // the quotation marks count
const over = `${most}a`;
const exceeded = 'States.DataLimitExceeded';
const end = { Type: 'Succeed' };

test.each<[string, string, string | undefined]>([
  ['exactly the limit', most, undefined],
  ['one byte more', over, exceeded],
  ['bytes, not characters', 'ä'.repeat(limit / 2), exceeded],
])('execution input: %s', async (_, input, error) => {
  const expected = error === undefined ? succeeded(input) : failed(error, 'A');
  expect(await outcomeOf(machine({ A: end }), input)).toEqual(expected);
});

test('output of a state', async () => {
  const twice = giving(['{% $states.input %}', '{% $states.input %}']);
  expect(await outcomeOf(twice, most)).toEqual(failed(exceeded, 'Give'));
});

test('one Assign', async () => {
  const Assign = { a: '{% $states.input %}', b: '{% $states.input %}' };
  const definition = machine({ A: { Type: 'Pass', Assign, End: true } });
  expect(await outcomeOf(definition, most)).toEqual(failed(exceeded, 'A'));
});

test('all variables together: 10 MiB', async () => {
  const filler = 'a'.repeat(limit - 100);
  const states = Object.fromEntries(
    Array.from({ length: 41 }, (_, at) => [
      `S${at}`,
      { Type: 'Pass', Assign: { [`v${at}`]: '{% $states.input %}' }, Next: at === 40 ? 'End' : `S${at + 1}` },
    ]),
  );
  expect(await outcomeOf(machine({ ...states, End: end }), filler)).toEqual(failed(exceeded, 'S40'));
});

const catching = (ErrorEquals: readonly string[]) => [{ ErrorEquals, Output: 'caught', Next: 'B' }];

test.each<[string, string[], unknown]>([
  ['not by States.ALL', ['States.ALL'], failed(exceeded, 'A')],
  ['not by States.TaskFailed', ['States.TaskFailed'], failed(exceeded, 'A')],
  ['by its name', [exceeded], succeeded('caught')],
])('a result over the limit is caught %s', async (_, names, expected) => {
  const definition = machine({ A: task({ Catch: catching(names), End: true }), B: end });
  expect(await outcomeOf(definition, {}, () => over)).toEqual(expected);
});

test('arguments over the limit: the function is not called', async () => {
  const Arguments = { FunctionName: 'f', Payload: ['{% $states.input %}', 'more'] };
  const definition = machine({ A: task({ Arguments, Catch: catching([exceeded]), End: true }), B: end });
  expect(await outcomeOf(definition, most, () => fail('Called'))).toEqual(succeeded('caught'));
});

test('a task error over the limit cannot be passed on', async () => {
  const definition = machine({ A: task({ Catch: [{ ErrorEquals: ['E'], Next: 'B' }], End: true }), B: end });
  expect(await outcomeOf(definition, {}, () => fail('E', over))).toEqual(failed(exceeded, 'A'));
});
