import { coreAiEventClasses, invocationClass, isAiEventClass, nightlyClasses } from '../catalogue/ai-event-classes.ts';
import type { Cell } from '../cloudtrail/classes.ts';
import { appliesTo, type Recorder, recordersOf, whatHides } from '../cloudtrail/recorders.ts';
import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import type { Region } from '../domain/ids.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { type CellVerdict, CoverageJudge } from './coverage.ts';
import { judgeInvocationLogging } from './invocation-logging.ts';

/** What the coverage of an account is judged on. */
export type LoggingParts = Pick<AccountFacts, 'account' | 'regions' | 'logging' | 'invocationLogging'>;

export interface LoggingAsked {
  /** When the night looked: what was delivered long before proves nothing about it. */
  readonly clock: string;
  /** Event classes, in order; without it those of a night, and other AI classes that something selects. */
  readonly classes?: readonly string[];
}

/** Every cell enabled Region × event class of an account. */
export function judgeLogging(facts: LoggingParts, shared: SharedFacts, { clock, classes }: LoggingAsked): LoggingRow[] {
  const recorders = recordersOf(facts, shared, clock);
  const asked = classes ?? [...nightlyClasses, ...otherClasses(recorders)];
  const judge = new CoverageJudge();
  return facts.regions.regions.flatMap((region) => {
    const here = recorders.filter((recorder) => appliesTo(recorder, region));
    const hidden = whatHides(facts, shared, region);
    const cell = { account: facts.account, region };
    return asked.map((eventClass) => {
      if (eventClass === invocationClass)
        return loggingRowOf(eventClass, cell, judgeInvocationLogging(facts.invocationLogging[region]));
      const verdict = judge.judge(eventClass, cell, here, hidden);
      const counts = verdict.status !== 'covered' || isKnown(region, facts);
      return loggingRowOf(eventClass, cell, counts ? verdict : { ...verdict, status: 'not-measured', why: hidden });
    });
  });
}

/**
 * Whether anybody knows of a Region: not of one that stands in for Regions that were not listed, where nothing was read in it either. What a
 * trail of all Regions would record there is no cover, or losing the list would add covered cells.
 */
const isKnown = (region: Region, { regions, logging }: LoggingParts): boolean =>
  !regions.assumed || logging.trails[region]?.kind === 'known';

/** The row of a cell. */
export const loggingRowOf = (
  eventClass: string,
  { account, region }: Cell,
  { status, by, why, witness }: CellVerdict,
): LoggingRow => ({
  id: `${account}/${region}/${eventClass}`,
  account,
  region,
  eventClass,
  core: coreAiEventClasses.includes(eventClass),
  status,
  by: [...by],
  why,
  witness: witness === null ? null : { ...witness },
});

/** AI resource types beyond the nightly ones that some selector names. */
function otherClasses(recorders: readonly Recorder[]): string[] {
  const named = recorders
    .flatMap(({ selectors }) => selectors ?? [])
    .flatMap(({ fields }) => fields)
    .filter(({ field }) => field === 'resources.type')
    .flatMap(({ values }) => values.Equals ?? []);
  return [...new Set(named)].filter((type) => isAiEventClass(type) && !nightlyClasses.includes(type)).sort();
}
