import type { Retrier } from './model.ts';

// AWS developer guide, "Error names": States.ALL catches neither; States.Runtime "will always cause the execution to fail".
const terminal = new Set(['States.DataLimitExceeded', 'States.Runtime']);

/** Whether an `ErrorEquals` list means the error. */
export function matches(errorEquals: readonly string[], error: string): boolean {
  if (error === 'States.Runtime') return false;
  if (errorEquals.includes(error)) return true;
  if (terminal.has(error)) return false;
  // States.TaskFailed is "a wildcard that matches any known error name except for States.Timeout" (same page).
  return (
    errorEquals.includes('States.ALL') || (errorEquals.includes('States.TaskFailed') && error !== 'States.Timeout')
  );
}

/** Seconds before the retry that this retrier grants, its `made` attempts being behind; jitter picks below the bound. */
export function backOff(retrier: Retrier, made: number, random: () => number): number {
  const grown = retrier.intervalSeconds * retrier.backoffRate ** made;
  const bound = Math.min(grown, retrier.maxDelaySeconds ?? Number.MAX_VALUE);
  return retrier.jitter === 'FULL' ? bound * random() : bound;
}

/**
 * The first retrier that means the error decides (ASL, "Complex retry scenarios"): it grants a retry while its own count
 * lasts, and when that is used up no later retrier is asked.
 */
export function grantedRetry(retry: readonly Retrier[], made: readonly number[], error: string): number | undefined {
  const at = retry.findIndex((retrier) => matches(retrier.errorEquals, error));
  const retrier = retry[at];
  return retrier !== undefined && (made[at] as number) < retrier.maxAttempts ? at : undefined;
}
