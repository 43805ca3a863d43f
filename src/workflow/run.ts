import { stepFunctions } from './functions.ts';
import { type Json, throughJson } from './json.ts';
import { runMachine } from './machine.ts';
import type { Workflow } from './model.ts';
import type { Outcome, Surroundings } from './surroundings.ts';

export type { Json, JsonObject } from './json.ts';
export type { Outcome, Surroundings, WorkflowEvent } from './surroundings.ts';

/** Runs a loaded workflow as AWS Step Functions would, in this process. */
export async function runWorkflow(
  workflow: Workflow,
  execution: { readonly id: string; readonly name: string; readonly input: Json },
  surroundings: Surroundings,
): Promise<Outcome> {
  const input = throughJson(execution.input) as Json;
  const functions = stepFunctions(surroundings);
  return await runMachine(workflow, { ...execution, input, surroundings, functions, prefix: '' });
}
