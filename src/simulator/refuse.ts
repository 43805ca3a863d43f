import { gapOf } from '../catalogue/errors.ts';
import { operations } from '../catalogue/operations.ts';
import { Refusal } from '../domain/gap.ts';
import type { Operation } from '../ports/aws-calls.ts';

/** An answer of AWS that is an error: its name and message, and the gap they mean. */
export function refuse(operation: Operation, name: string, message: string): Refusal {
  return new Refusal(gapOf(operation, { name, message }), { name, message });
}

/** AWS's own wording, which names the caller, the action and the resource. */
export function denied(operation: Operation, name: string, caller: string, resource: string): Refusal {
  const { action } = operations[operation];
  return refuse(operation, name, `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}`);
}
