import { StateFailure } from './error.ts';
import type { ChoiceRule, ChoiceState, FailState, PassState, SucceedState, WaitState } from './model.ts';
import { bounds } from './model.ts';
import { fill, fillNumber, fillText, mistyped } from './template.ts';
import { leave, type Step, scopeOf, type Visit } from './visit.ts';

/** Shapes data. */
export async function runPass(state: PassState, visit: Visit): Promise<Step> {
  return await leave(state, visit, scopeOf(visit), visit.input, state.next);
}

/** Takes the first rule whose condition holds; the state's own Assign and Output are for Default alone. */
export async function runChoice(state: ChoiceState, visit: Visit): Promise<Step> {
  const rule = await firstMet(state.rules, visit);
  if (rule !== undefined) return await leave(rule, visit, scopeOf(visit), visit.input, rule.next);
  if (state.fallback === undefined) throw new StateFailure('States.NoChoiceMatched', 'no rule matched, and no Default');
  return await leave(state, visit, scopeOf(visit), visit.input, state.fallback);
}

// In order, and no further than needed: a later condition may not even be evaluable.
async function firstMet(rules: readonly ChoiceRule[], visit: Visit): Promise<ChoiceRule | undefined> {
  for (const rule of rules) {
    const met = await fill(rule.condition, scopeOf(visit));
    if (typeof met !== 'boolean') throw mistyped('Condition', 'a boolean', met);
    if (met) return rule;
  }
  return undefined;
}

/** Waits for some seconds or until a moment; one that is past is no wait. */
export async function runWait(state: WaitState, visit: Visit): Promise<Step> {
  const { surroundings } = visit.execution;
  const seconds = await secondsToWait(state, visit);
  surroundings.onEvent?.({ kind: 'state-waiting', path: visit.path, seconds });
  await surroundings.sleep(seconds);
  return await leave(state, visit, scopeOf(visit), visit.input, state.next);
}

async function secondsToWait({ until }: WaitState, visit: Visit): Promise<number> {
  const scope = scopeOf(visit);
  if ('seconds' in until) return await fillNumber(until.seconds, scope, 'Seconds', bounds.Seconds);
  const timestamp = await fillText(until.timestamp, scope, 'Timestamp');
  // ASL, "Timestamps": RFC 3339, with a capital T and, without an offset, a capital Z.
  const isTimestamp = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(timestamp);
  const at = isTimestamp ? Date.parse(timestamp) : Number.NaN;
  if (Number.isNaN(at)) throw mistyped('Timestamp', 'an RFC 3339 timestamp', timestamp);
  return Math.max(0, (at - visit.execution.surroundings.now().getTime()) / 1000);
}

/** Ends the execution well. */
export async function runSucceed({ output }: SucceedState, visit: Visit): Promise<Step> {
  return await leave({ assign: undefined, output }, visit, scopeOf(visit), visit.input);
}

/** Ends the execution badly; an absent Error or Cause is an empty text. */
export async function runFail({ error, cause }: FailState, visit: Visit): Promise<Step> {
  const scope = scopeOf(visit);
  throw new StateFailure(
    error === undefined ? '' : await fillText(error, scope, 'Error'),
    cause === undefined ? '' : await fillText(cause, scope, 'Cause'),
  );
}
