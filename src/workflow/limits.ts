import { StateFailure } from './error.ts';
import { byteSize, type Json } from './json.ts';

// AWS developer guide, "Step Functions service quotas": input or result of a task, state or execution; one Assign.
const payloadLimit = 256 * 1024;
// The same page: all variables of an execution together.
const variablesLimit = 10 * 1024 * 1024;

/** The value itself if Step Functions would carry it; `States.DataLimitExceeded` if not. */
export function withinLimit(value: Json, what: string): Json {
  return within(value, what, payloadLimit);
}

/** The same for all variables of an execution. */
export function variablesWithinLimit<T extends Json>(variables: T): T {
  return within(variables, 'the variables', variablesLimit);
}

function within<T extends Json>(value: T, what: string, limit: number): T {
  const size = byteSize(value);
  if (size <= limit) return value;
  throw new StateFailure('States.DataLimitExceeded', `${what}: ${size} bytes, the limit is ${limit}`);
}
