import type { CallSummary } from '../../domain/calls.ts';
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
  /** When the first and the last call went, on the clock of the budget; null before the first. */
  firstAt: number | null;
  lastAt: number | null;
}

export const noCalls = (): CallStats => ({
  calls: {},
  throttles: {},
  retries: {},
  queued: 0,
  backedOff: 0,
  mostInOneSecond: 0,
  firstAt: null,
  lastAt: null,
});

/** What was counted so far; counting starts anew. For a process that outlives a task. */
export function taken(stats: CallStats): CallStats {
  const taken = structuredClone(stats);
  for (const counts of [stats.calls, stats.throttles, stats.retries])
    for (const operation of Object.keys(counts) as Operation[]) delete counts[operation];
  stats.queued = 0;
  stats.backedOff = 0;
  stats.mostInOneSecond = 0;
  stats.firstAt = null;
  stats.lastAt = null;
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

/** The same by service, as a person wants it. */
export function summed({ calls, throttles, retries, firstAt, lastAt, mostInOneSecond }: CallStats): CallSummary {
  const services = [...new Set([calls, throttles, retries].flatMap((counts) => Object.keys(counts).map(serviceOf)))];
  const countsOf = (ofService: (service: string) => boolean) => ({
    calls: sumOf(calls, ofService),
    throttled: sumOf(throttles, ofService),
    askedAgain: sumOf(retries, ofService),
  });
  const whole = countsOf(() => true);
  const seconds = firstAt === null || lastAt === null ? 0 : lastAt - firstAt;
  return {
    ...whole,
    seconds: inTenths(seconds),
    perSecond: seconds < 1 ? null : inTenths(whole.calls / seconds),
    mostInOneSecond,
    byService: Object.fromEntries(services.sort().map((service) => [service, countsOf((it) => it === service)])),
  };
}

const serviceOf = (operation: string): string => operation.slice(0, operation.indexOf(':'));
const inTenths = (figure: number): number => Math.round(figure * 10) / 10;

const sumOf = (counts: ByOperation, wanted: (service: string) => boolean): number =>
  Object.entries(counts).reduce((sum, [operation, count]) => (wanted(serviceOf(operation)) ? sum + count : sum), 0);
