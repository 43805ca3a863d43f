import type { Operation } from '../../ports/aws-calls.ts';

type ByOperation = Partial<Record<Operation, number>>;

/** What a run asked of AWS: plain data that grows while the run goes on. Times are seconds, summed over calls that may overlap. */
export interface CallStats {
  /** Calls that went to AWS; a call that was asked again counts again. */
  readonly calls: ByOperation;
  /** Calls that AWS throttled. */
  readonly throttles: ByOperation;
  /** Calls asked again after a refusal. */
  readonly retries: ByOperation;
  /** Seconds that calls waited for the budget. */
  queued: number;
  /** Seconds that calls waited before they were asked again. */
  backedOff: number;
  /** The most calls that went within any one second. */
  mostInOneSecond: number;
}

export const noCalls = (): CallStats => ({
  calls: {},
  throttles: {},
  retries: {},
  queued: 0,
  backedOff: 0,
  mostInOneSecond: 0,
});

/** What was counted so far; counting starts anew. For a process that outlives a task. */
export function taken(stats: CallStats): CallStats {
  const taken = structuredClone(stats);
  for (const counts of [stats.calls, stats.throttles, stats.retries])
    for (const operation of Object.keys(counts) as Operation[]) delete counts[operation];
  stats.queued = 0;
  stats.backedOff = 0;
  stats.mostInOneSecond = 0;
  return taken;
}

export function count(counts: ByOperation, operation: Operation): void {
  counts[operation] = (counts[operation] ?? 0) + 1;
}

/** Tells with each call how many went in the second that ends with it. */
export function perSecond(): (moment: number) => number {
  let recent: number[] = [];
  return (moment) => {
    recent = [...recent.filter((earlier) => earlier > moment - 1), moment];
    return recent.length;
  };
}
