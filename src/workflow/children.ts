import type { Json, JsonObject } from './json.ts';
import type { Outcome } from './surroundings.ts';

// The account and Region of ids that only exist here.
const here = 'arn:aws:states:local:000000000000';

/** `$states.context.StateMachine`: a local run has no deployed state machine. */
export const stateMachine: JsonObject = { Id: `${here}:stateMachine:local`, Name: 'local' };

/** The ARN of a Map Run. */
export function mapRunArn(label: string, mapRun: string): string {
  return `${here}:mapRun:local/${label}:${mapRun}`;
}

/** The id of a child execution, as `$states.context.Execution.Id` shows it to the child. */
export function childArn(label: string, name: string): string {
  return `${here}:execution:local/${label}:${name}`;
}

/** One child of a Map Run; without an outcome it was never started. */
export interface Child {
  readonly name: string;
  readonly input: Json;
  readonly ended: { readonly outcome: Outcome; readonly started: Date; readonly stopped: Date } | undefined;
}

/** A child execution as Step Functions describes it in result files (AWS developer guide, "ResultWriter"). */
export function describeChild({ name, input, ended }: Child, label: string): JsonObject {
  const given = { Input: JSON.stringify(input), InputDetails: { Included: true } };
  if (ended === undefined) return { ...given, Status: 'PENDING' };
  const { outcome, started, stopped } = ended;
  return {
    ExecutionArn: childArn(label, name),
    ...given,
    Name: name,
    ...describeEnd(outcome),
    OutputDetails: { Included: true },
    RedriveCount: 0,
    StartDate: started.toISOString(),
    StateMachineArn: `${here}:stateMachine:local/${label}`,
    Status: outcome.status,
    StopDate: stopped.toISOString(),
  };
}

function describeEnd(outcome: Outcome): JsonObject {
  if (outcome.status === 'FAILED') return { Cause: outcome.cause, Error: outcome.error, RedriveStatus: 'REDRIVABLE' };
  const RedriveStatusReason = 'Execution is SUCCEEDED and cannot be redriven';
  return { Output: JSON.stringify(outcome.output), RedriveStatus: 'NOT_REDRIVABLE', RedriveStatusReason };
}
