import { matchesResource } from './arn.ts';
import { holds } from './condition.ts';
import type { Context } from './context.ts';
import type { Statement } from './policy.ts';
import { fillVariables, hasVariable } from './variables.ts';
import { filled, matchesAction, written } from './wildcard.ts';

/** What a statement is matched against; who asks is matched apart, since only policies of resources name principals. */
export interface Asked {
  /** In lower case. */
  readonly action: string;
  readonly resource: string;
  readonly context: Context;
}

/** Whether a statement speaks of a request: its action, its resource and every condition. */
export function speaksOf(statement: Statement, { action, resource, context }: Asked): boolean {
  return (
    coversAction(statement, action) &&
    coversResource(statement, resource, context) &&
    conditionsHold(statement, context)
  );
}

export function coversAction({ actions, notAction }: Statement, action: string): boolean {
  for (const pattern of actions) if (matchesAction(pattern, action)) return !notAction;
  return notAction;
}

export function coversResource(
  { resources, notResource, variables }: Statement,
  resource: string,
  context: Context,
): boolean {
  if (resources === null) return true;
  for (const pattern of resources) {
    if (!variables || !hasVariable(pattern)) {
      if (matchesResource(pattern, resource, written)) return !notResource;
      continue;
    }
    const wanted = fillVariables(pattern, context, true);
    if (wanted !== undefined && matchesResource(wanted, resource, filled)) return !notResource;
  }
  return notResource;
}

export function conditionsHold({ conditions, variables }: Statement, context: Context): boolean {
  for (const condition of conditions) if (!holds(condition, context, variables)) return false;
  return true;
}
