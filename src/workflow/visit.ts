import { StateFailure } from './error.ts';
import type { Scope, Variables } from './expression.ts';
import type { Callable } from './functions.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { variablesWithinLimit, withinLimit } from './limits.ts';
import type { Machine, Shape } from './model.ts';
import type { Outcome, Surroundings } from './surroundings.ts';
import { fill } from './template.ts';

/** One execution: the whole workflow, or a child of a Map. */
export interface Execution {
  readonly id: string;
  readonly name: string;
  readonly input: Json;
  readonly surroundings: Surroundings;
  readonly functions: Readonly<Record<string, Callable>>;
  /** Put before state names in paths: empty, or `Map[3].`. */
  readonly prefix: string;
}

/** One state being run. */
export interface Visit {
  readonly execution: Execution;
  readonly path: string;
  readonly input: Json;
  readonly variables: Variables;
  /** `$states.context`. */
  readonly context: JsonObject;
  /** Runs a child execution; an argument, because running states needs Maps and Maps need running states. */
  readonly runMachine: (machine: Machine, execution: Execution) => Promise<Outcome>;
}

/** Where a state leaves the execution. */
export interface Step {
  readonly output: Json;
  readonly variables: Variables;
  readonly next: string | undefined;
}

/** What the expressions of the state see; `more` is `result`, `errorOutput` or a context with an item. */
export function scopeOf(visit: Visit, more: JsonObject = {}): Scope {
  const states = { input: visit.input, context: visit.context, ...more };
  return { states, variables: visit.variables, functions: visit.execution.functions };
}

/** Leaves a state. Assign and Output both see the variables as they were before (ASL, "Using Assign"). */
export async function leave(shape: Shape, visit: Visit, scope: Scope, byDefault: Json, next?: string): Promise<Step> {
  const assigned = shape.assign === undefined ? {} : await fill(shape.assign, scope);
  if (!isObject(assigned)) throw new StateFailure('States.QueryEvaluationError', 'Assign must give an object');
  const output = shape.output === undefined ? byDefault : await fill(shape.output, scope);
  withinLimit(assigned, 'Assign');
  const variables = variablesWithinLimit({ ...visit.variables, ...assigned });
  return { output: withinLimit(output, 'the output'), variables, next };
}
