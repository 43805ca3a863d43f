import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Decision, TestCase } from './case.ts';
import { referenceEvaluate } from './evaluate.ts';

type Example = {
  readonly name: string;
  readonly why: string;
  readonly case: TestCase;
  readonly expect: Decision;
};

const folder = join(import.meta.dirname, '..', 'cases');

describe.each(readdirSync(folder))('%s', (file) => {
  const examples = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example[];
  test.each(examples)('$name', (example) => {
    expect(referenceEvaluate(example.case)).toBe(example.expect);
  });
});
