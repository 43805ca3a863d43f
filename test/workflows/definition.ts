import { readFileSync } from 'node:fs';
import jsonata from 'jsonata';

interface Caught {
  readonly ErrorEquals: readonly string[];
  readonly Next: string;
}
export interface State {
  readonly Type: string;
  readonly Arguments?: { readonly FunctionName?: string; readonly Payload?: string | Readonly<Record<string, string>> };
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Default?: string;
  readonly Catch?: readonly Caught[];
  readonly ItemProcessor?: Machine & { readonly ProcessorConfig: object };
}
export interface Machine {
  readonly States: Readonly<Record<string, State>>;
}

export const statesOf = ({ States }: Machine): (readonly [string, State])[] =>
  Object.entries(States).flatMap(([name, state]) => [
    [name, state] as const,
    ...(state.ItemProcessor === undefined ? [] : statesOf(state.ItemProcessor)),
  ]);

/** Evaluates as Step Functions does: nothing is bound but `$states` and the variables. */
export const evaluate = (source: string, input: unknown, more: Record<string, unknown> = {}): Promise<unknown> =>
  jsonata(source).evaluate(undefined, { states: { input, ...more }, night: { run: '0123456789ab' } });

/** A workflow file, as text and as what its states are once the placeholders are filled in. */
export function definition(file: string) {
  const text = readFileSync(new URL(`../../workflows/${file}.asl.json`, import.meta.url), 'utf8');
  const substituted = text.replace(/\$\{(\w+)\}/g, (_, name: string) =>
    name === 'Partition'
      ? 'aws'
      : name === 'WorkBucket'
        ? 'work'
        : `arn:aws:lambda:eu-west-1:123456789012:function:${name}`,
  );
  const states = statesOf(JSON.parse(substituted) as Machine);
  const stateNamed = (name: string) => states.find(([it]) => it === name)?.[1] as State;
  return {
    text,
    substituted,
    stateNamed,
    taskStates: states.filter(([, { Type }]) => Type === 'Task'),
    expressions: [...text.matchAll(/"\{%\s*(.*?)\s*%\}"/g)].map(([, source]) => source as string),
    /** Where a Choice goes with an input. */
    async chosen(name: string, input: unknown): Promise<string | undefined> {
      const { Choices = [], Default } = stateNamed(name);
      for (const { Condition, Next } of Choices) {
        const answer = await evaluate(Condition.slice(2, -2), input);
        expect(typeof answer).toBe('boolean'); // anything else ends the execution, uncaught
        if (answer === true) return Next;
      }
      return Default;
    },
  };
}
