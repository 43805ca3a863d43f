import { asStateFailure, type StateFailure } from './error.ts';
import { isObject, type Json, type JsonObject } from './json.ts';
import { withinLimit } from './limits.ts';
import type { Catcher, ErrorHandling, Onward, Retrier, Shape } from './model.ts';
import { backOff, grantedRetry, matches } from './retry.ts';
import { leave, type Step, scopeOf, type Visit } from './visit.ts';

type Attempted = Shape & Onward & ErrorHandling;

/** Runs the work of a Task or Map until it succeeds, is caught or fails: Retry first, then Catch (ASL, "Errors"). */
export async function attempt(state: Attempted, visit: Visit, work: (visit: Visit) => Promise<Json>): Promise<Step> {
  let made: readonly number[] = state.retry.map(() => 0);
  for (let retryCount = 0; ; retryCount++) {
    const now = withRetryCount(visit, retryCount);
    const ended = await once(state, now, work);
    if ('step' in ended) return ended.step;
    const at = grantedRetry(state.retry, made, ended.failure.error);
    if (at === undefined) return await caught(state.catch, now, ended.failure);
    await pause(now, state.retry[at] as Retrier, made[at] as number, retryCount + 1, ended.failure);
    made = made.map((count, place) => (place === at ? count + 1 : count));
  }
}

async function once(
  state: Attempted,
  visit: Visit,
  work: (visit: Visit) => Promise<Json>,
): Promise<{ readonly step: Step } | { readonly failure: StateFailure }> {
  try {
    const result = withinLimit(await work(visit), 'the result');
    return { step: await leave(state, visit, scopeOf(visit, { result }), result, state.next) };
  } catch (thrown) {
    return { failure: asStateFailure(thrown) };
  }
}

async function pause(
  visit: Visit,
  retrier: Retrier,
  made: number,
  retry: number,
  { error }: StateFailure,
): Promise<void> {
  const { surroundings } = visit.execution;
  const seconds = backOff(retrier, made, surroundings.random);
  surroundings.onEvent?.({ kind: 'state-retried', path: visit.path, error, retry, seconds });
  await surroundings.sleep(seconds);
}

async function caught(catchers: readonly Catcher[], visit: Visit, failure: StateFailure): Promise<Step> {
  const { error, cause } = failure;
  const catcher = catchers.find(({ errorEquals }) => matches(errorEquals, error));
  if (catcher === undefined) throw failure;
  const { next } = catcher;
  visit.execution.surroundings.onEvent?.({ kind: 'state-failed', path: visit.path, error, cause, next });
  const errorOutput: JsonObject = { Error: error, Cause: cause };
  return await leave(catcher, visit, scopeOf(visit, { errorOutput }), errorOutput, next);
}

// Context object: `State.RetryCount` counts the retries of this visit.
function withRetryCount(visit: Visit, retryCount: number): Visit {
  const state = visit.context['State'];
  const counted = { ...(isObject(state) ? state : {}), RetryCount: retryCount };
  return { ...visit, context: { ...visit.context, State: counted } };
}
