import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import jsonata from 'jsonata';
import type { z } from 'zod';
import { definition, type Machine } from './definition.ts';

type Validate = (definition: object) => { readonly isValid: boolean; errorsText(separator: string): string };
const validate = createRequire(import.meta.url)('asl-validator') as Validate;
const kebab = (name: string) => name.replace(/(?<!^)([A-Z])/g, '-$1').toLowerCase();

// What holds for every workflow that does work of its own; what recovers them is held to its own laws in `test/infra/lost-night.test.ts`.
describe.each(['nightly', 'weekly'])('%s', (file) => {
  const { text, substituted, stateNamed, taskStates, expressions } = definition(file);

  test('the definition is valid Amazon States Language once its placeholders are filled in', () =>
    expect(validate(JSON.parse(substituted) as object).errorsText('\n')).toBe(''));

  test.each([
    { name: 'a transition into nothing', from: '"Default": "EndDuplicate"', to: '"Default": "Nowhere"' },
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

  test('a failure outside a map is sealed, unless nothing was claimed or sealing itself failed', () => {
    const elsewhere = new Set(['ClaimNight', 'SealFailedNight', 'PublishNight']);
    const seals = Object.entries((JSON.parse(text) as Machine).States).filter(
      ([name, { Catch }]) => Catch !== undefined && !elsewhere.has(name),
    );
    expect(seals.length).toBeGreaterThan(3);
    for (const [name] of seals)
      expect(new Set(stateNamed(name).Catch?.map(({ Next }) => Next))).toEqual(new Set(['SealFailedNight']));
  });

  test.each([...new Set(expressions)])('`%s` parses', (source) => expect(() => jsonata(source)).not.toThrow());

  // A filter with 0, 1 or 2 hits gives nothing, a value or an array: none may stand here without a test of all three.
  test('no expression filters a list', () =>
    expect(expressions.filter((source) => /[\w)]\s*\[/.test(source))).toEqual([]));
});
