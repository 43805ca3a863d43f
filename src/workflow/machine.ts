import { stateMachine } from './children.ts';
import { asStateFailure, type StateFailure } from './error.ts';
import { runChoice, runFail, runPass, runSucceed, runWait } from './flow.ts';
import type { JsonObject } from './json.ts';
import { withinLimit } from './limits.ts';
import { runMap } from './map.ts';
import type { Machine, State } from './model.ts';
import type { Outcome } from './surroundings.ts';
import { runTask } from './task.ts';
import type { Execution, Step, Visit } from './visit.ts';

type Run<S extends State> = (state: S, visit: Visit) => Promise<Step>;

const runners: { readonly [T in State['type']]: Run<Extract<State, { type: T }>> } = {
  Task: runTask,
  Pass: runPass,
  Choice: runChoice,
  Wait: runWait,
  Succeed: runSucceed,
  Fail: runFail,
  Map: runMap,
};

/** Runs one execution to its end. Rejects only for a bug, or when the surroundings' own clock or listener fails. */
export async function runMachine(machine: Machine, execution: Execution): Promise<Outcome> {
  const startTime = execution.surroundings.now().toISOString();
  let at: Step & { readonly next: string } = { output: execution.input, variables: {}, next: machine.startAt };
  for (;;) {
    const visit = visitOf(execution, startTime, at);
    const state = machine.states.get(at.next) as State; // loading has checked every target
    const ended = await runState(state, visit);
    if ('failure' in ended) return failed(ended.failure, visit.path);
    const { step } = ended;
    execution.surroundings.onEvent?.({ kind: 'state-exited', path: visit.path, next: step.next });
    if (step.next === undefined) return { status: 'SUCCEEDED', output: step.output };
    at = { ...step, next: step.next };
  }
}

function visitOf(execution: Execution, startTime: string, { output, variables, next }: Step & { next: string }): Visit {
  const enteredTime = execution.surroundings.now().toISOString();
  const context: JsonObject = {
    Execution: { Id: execution.id, Name: execution.name, Input: execution.input, StartTime: startTime },
    State: { Name: next, EnteredTime: enteredTime, RetryCount: 0 },
    StateMachine: stateMachine,
  };
  return { execution, path: `${execution.prefix}${next}`, input: output, variables, context, runMachine };
}

async function runState(
  state: State,
  visit: Visit,
): Promise<{ readonly step: Step } | { readonly failure: StateFailure }> {
  const { onEvent } = visit.execution.surroundings;
  const run = runners[state.type] as Run<State>; // the table pairs each type with its runner
  onEvent?.({ kind: 'state-entered', path: visit.path, type: state.type });
  try {
    withinLimit(visit.input, 'the input'); // outputs are checked where they arise; this is for what started the execution
    return { step: await run(state, visit) };
  } catch (thrown) {
    const failure = asStateFailure(thrown);
    const { error, cause } = failure;
    onEvent?.({ kind: 'state-failed', path: visit.path, error, cause, next: undefined });
    return { failure };
  }
}

function failed({ error, cause }: StateFailure, state: string): Outcome {
  return { status: 'FAILED', error, cause, state };
}
