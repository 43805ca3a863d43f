import { type AiCall, aiCalls } from '../catalogue/ai-calls.ts';
import { classesOfCall } from '../cloudtrail/classes.ts';
import { cover } from '../cloudtrail/cover.ts';
import { appliesTo, recordersOf, selectorsIn, whatHides } from '../cloudtrail/recorders.ts';
import type { SharedFacts } from '../domain/facts.ts';
import { type CoverageStatus, coverageStatuses } from '../domain/tables.ts';
import type { LoggingParts } from './logging.ts';

/** How one call of an AI service is recorded over the Regions of an account. */
export interface LoggedCall {
  readonly call: AiCall;
  /** Regions by status. */
  readonly regions: Readonly<Record<CoverageStatus, number>>;
}

/** Calls of AI services one by one: which class a call belongs to decides, and where that is not published all must record it. */
export function judgeCalls(facts: LoggingParts, shared: SharedFacts, clock: string): LoggedCall[] {
  const recorders = recordersOf(facts, shared, clock);
  return aiCalls.map((call) => {
    const statuses = facts.regions.regions.map((region): CoverageStatus => {
      const here = recorders.filter((it) => it.state !== 'stopped' && appliesTo(it, region));
      const sure = here.filter(({ state }) => state === 'recording').flatMap((it) => selectorsIn(it, region));
      const doubt = whatHides(facts, shared, region) !== null || here.some(({ state }) => state === 'doubtful');
      const found = classesOfCall(call, { account: facts.account, region }).map((it) => cover(sure, it).status);
      return statusOf(found, call, doubt);
    });
    const regions = Object.fromEntries(
      coverageStatuses.map((status) => [status, statuses.filter((it) => it === status).length]),
    ) as Record<CoverageStatus, number>;
    return { call, regions };
  });
}

function statusOf(found: readonly string[], call: AiCall, doubt: boolean): CoverageStatus {
  if (found.length > 0 && found.every((it) => it === 'covered')) return 'covered';
  if (doubt || found.length === 0 || found.includes('unknown')) return 'not-measured';
  if (found.every((it) => it === 'not-covered')) return 'not-covered';
  // Of several classes one is its own, and nobody says which: recorded under one of them proves nothing.
  return call.class === 'either' ? 'not-measured' : 'partial';
}
