import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCase } from '../../src/iam/case.ts';
import { evaluate } from '../../src/iam/evaluate.ts';

interface Example {
  readonly name: string;
  readonly why: string;
  readonly case: unknown;
  readonly expect: string;
}

const folder = join(import.meta.dirname, 'cases');

describe.each(readdirSync(folder))('%s', (file) => {
  const examples = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Example[];
  test.each(examples)('$name', ({ case: given, expect: wanted }) => {
    const { request, layers } = readCase(given);
    expect(evaluate(request, layers).decision).toBe(wanted);
  });
});
