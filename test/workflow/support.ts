import { loadWorkflow } from '../../src/workflow/load.ts';
import { type Json, type Outcome, runWorkflow, type Surroundings, type WorkflowEvent } from '../../src/workflow/run.ts';

/** What a run did to its surroundings. */
export interface Watched {
  readonly outcome: Outcome;
  readonly calls: readonly { readonly functionName: string; readonly payload: Json }[];
  readonly slept: readonly number[];
  readonly written: Readonly<Record<string, Json>>;
  readonly events: readonly WorkflowEvent[];
}

/** A Task's ASL. */
export function task(more: Record<string, unknown> = {}): Record<string, unknown> {
  const Arguments = { FunctionName: 'f', Payload: '{% $states.input %}' };
  return { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments, ...more };
}

/** A JSONata machine that starts at its first state. */
export function machine(states: Record<string, unknown>): Record<string, unknown> {
  return { QueryLanguage: 'JSONata', StartAt: Object.keys(states)[0], States: states };
}

/** A machine of one Pass that gives the output. */
export function giving(output: unknown): Record<string, unknown> {
  return machine({ Give: { Type: 'Pass', Output: output, End: true } });
}

/** Throws an error of that name. */
export function fail(name: string, message = 'no'): never {
  throw Object.assign(new Error(message), { name });
}

/** Loads and runs a definition in virtual time, with answers for its tasks and objects by `bucket/key`. */
export async function run(
  definition: unknown,
  input: Json = {},
  answer: (payload: Json, call: number) => unknown = (payload) => payload,
  more: Partial<Surroundings> & { readonly objects?: Readonly<Record<string, string>> } = {},
): Promise<Watched> {
  const calls: { functionName: string; payload: Json }[] = [];
  const slept: number[] = [];
  const written: Record<string, Json> = {};
  const events: WorkflowEvent[] = [];
  let time = Date.parse('2026-01-02T03:04:05.000Z');
  let drawn = 0;
  const surroundings: Surroundings = {
    invoke: async (functionName, payload) => {
      calls.push({ functionName, payload });
      return (await answer(payload, calls.length)) as Json;
    },
    readObject: async (bucket, key) => {
      const text = more.objects?.[`${bucket}/${key}`];
      return text === undefined ? undefined : new TextEncoder().encode(text);
    },
    writeObject: async (bucket, key, bytes) => {
      written[`${bucket}/${key}`] = JSON.parse(new TextDecoder().decode(bytes));
    },
    sleep: async (seconds) => {
      slept.push(seconds);
      time += seconds * 1000;
    },
    now: () => new Date(time),
    random: () => (drawn++ % 16) / 16,
    onEvent: (event) => events.push(event),
    ...more,
  };
  const workflow = loadWorkflow(JSON.stringify(definition), {});
  const outcome = await runWorkflow(workflow, { id: 'arn:execution', name: 'night', input }, surroundings);
  return { outcome, calls, slept, written, events };
}

/** The outcome alone. */
export async function outcomeOf(...given: Parameters<typeof run>): Promise<Outcome> {
  return (await run(...given)).outcome;
}

/** The outcome of success. */
export function succeeded(output: unknown): Outcome {
  return { status: 'SUCCEEDED', output: output as Json };
}

/** The outcome of failure, whatever its cause. */
export function failed(error: string, state: string): unknown {
  return { status: 'FAILED', error, state, cause: expect.any(String) };
}
