import { goesOffWith } from '../../src/judge/alarm-rule.ts';

const arn = 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:ai';

test.each<[string, boolean | null]>([
  ['ALARM("ai")', true],
  ['ALARM(ai)', true],
  ["ALARM('ai')", true],
  [`ALARM("${arn}")`, true],
  [`ALARM(${arn})`, true],
  ['ALARM("cpu") OR (ALARM("ai"))', true],
  ['ALARM("cpu") AND OK("disk") OR ALARM("ai")', true],
  ['NOT NOT ALARM("ai")', true],
  ['NOT (NOT ALARM("ai") AND OK("cpu"))', true],
  ['TRUE AND ALARM("ai")', true],
  // Not this alarm, or not its going off.
  ['ALARM("cpu-ai-unrelated-high")', false],
  ['ALARM("ai ")', false],
  [`ALARM("${arn}-other")`, false],
  ['NOT ALARM("ai")', false],
  ['NOT (ALARM("cpu") OR ALARM("ai"))', false],
  ['ALARM("cpu") AND NOT ALARM("ai")', false],
  ['ALARM("cpu") OR NOT ALARM("ai")', false],
  ['OK("ai")', false],
  ['INSUFFICIENT_DATA("ai")', false],
  ['FALSE AND ALARM("ai")', false],
  ['TRUE OR ALARM("ai")', false],
  ['ALARM("ai") OR NOT ALARM("ai")', false],
  ['', false],
  // Others decide as well, or nobody can read it.
  ['ALARM("ai") AND ALARM("cpu")', null],
  ['ALARM("ai") AND NOT ALARM("maintenance")', null],
  ['AT_LEAST(1, ALARM, ("ai", "cpu"))', null],
  ['AT_LEAST(1, ALARM, ("cpu-ai-high", "cpu"))', false],
  ['ALARM("ai"', null],
  ['ALARM("ai") ALARM("cpu")', null],
])('%s', (rule, expected) => expect(goesOffWith(rule, 'ai')).toBe(expected));

test('a name with signs of its own', () => {
  expect(goesOffWith('ALARM("a \\"b\\" (c) OR d")', 'a "b" (c) OR d')).toBe(true);
  expect(goesOffWith('AT_LEAST(1, ALARM, ("a.b(c"))', 'a.b(c')).toBe(null);
});
