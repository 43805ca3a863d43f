import { classFields, invocationClass, managementClass, nightlyClasses } from '../catalogue/ai-event-classes.ts';
import { costDriverOf, volumeOf } from '../catalogue/event-volume.ts';
import { appliesTo, type Recorder, recordersOf } from '../cloudtrail/recorders.ts';
import { newTrail, type Repair, type RepairPlace, repairable, repaired } from '../cloudtrail/repair.ts';
import { selectorFor } from '../cloudtrail/selector-json.ts';
import type { AdvancedSelector, SharedFacts } from '../domain/facts.ts';
import { known } from '../domain/reading.ts';
import type { LoggingFixRow, LoggingRow } from '../domain/tables.ts';
import { CoverageJudge } from './coverage.ts';
import { invocationRepair } from './invocation-fixes.ts';
import { judgeInvocationLogging } from './invocation-logging.ts';
import type { LoggingParts } from './logging.ts';

/**
 * For every gap among the rows the commands that close it. A fix is judged like the account itself, as if its commands had been run, and
 * closes what is covered then. What was not measured has no fix: first it must be read.
 */
export function loggingFixes(
  facts: LoggingParts,
  shared: SharedFacts,
  rows: readonly LoggingRow[],
  { clock, wanted = nightlyClasses }: FixesAsked,
): LoggingFixRow[] {
  const gaps = rows.filter(({ status }) => status === 'not-covered' || status === 'partial');
  const bodies = gaps.filter(({ eventClass }) => eventClass === invocationClass);
  const events = gaps.filter(({ eventClass }) => eventClass !== invocationClass);
  const everywhere = wanted.filter((it) => it !== invocationClass);
  return [
    ...eventFixes(events, everywhere, recordersOf(facts, shared, clock), placeOf(facts, shared)),
    ...invocationFixes(facts, bodies, shared.partition),
  ];
}

export interface FixesAsked {
  readonly clock: string;
  /** Classes that a trail of the organisation is to record for everybody. */
  readonly wanted?: readonly string[];
}

function placeOf({ account, regions }: LoggingParts, shared: SharedFacts): RepairPlace {
  const [management, organization] = [shared.managementAccount, shared.organization];
  return {
    account,
    managementAccount: management.kind === 'known' ? management.value : null,
    organization: organization.kind === 'known' ? organization.value : null,
    partition: shared.partition,
    regions: regions.regions,
  };
}

/** Trail after trail until nothing is left open; one is mostly enough. */
export function eventFixes(
  gaps: readonly LoggingRow[],
  asked: readonly string[],
  recorders: readonly Recorder[],
  place: RepairPlace,
): LoggingFixRow[] {
  const fixes: LoggingFixRow[] = [];
  let open = gaps;
  let standing = recorders;
  const apply = (repair: Repair | null): void => {
    if (repair === null) return;
    const others = standing.filter(({ arn }) => arn !== repair.after.arn);
    const closed = closedBy(open, [...others, repair.after]);
    if (closed.length === 0) return;
    fixes.push(rowOf(place.account, repair.target, repair, closed));
    standing = [...others, repair.after];
    open = open.filter((row) => !closed.includes(row));
  };
  for (const recorder of repairable(recorders, place))
    if (open.length > 0) apply(repaired(recorder, additions(recorder, open, asked)));
  const taken = recorders.map(({ arn }) => arn);
  if (open.length > 0) apply(newTrail(newSelectors(open, asked, place), place, taken));
  return fixes;
}

/**
 * What to add to a trail. The organisation's gets every class it does not record by itself, whatever the accounts make up for: so all
 * accounts tell of it the same command, and running it for one undoes nothing for another.
 */
function additions(recorder: Recorder, open: readonly LoggingRow[], asked: readonly string[]): AdvancedSelector[] {
  if (!recorder.organization) return selectorsFor(open);
  const judge = new CoverageJudge();
  const cell = { account: '000000000000', region: recorder.home };
  const alone = { ...recorder, state: 'recording' as const, globalEvents: true };
  const missing = asked.filter((it) => judge.judge(it, cell, [alone], null).status !== 'covered');
  return selectorsFor(missing.map((eventClass) => ({ eventClass })));
}

/** A new trail of the organisation is the same one for all its accounts. */
const newSelectors = (
  open: readonly LoggingRow[],
  asked: readonly string[],
  { managementAccount, organization }: RepairPlace,
): AdvancedSelector[] =>
  managementAccount !== null && organization !== null
    ? selectorsFor(asked.map((eventClass) => ({ eventClass })))
    : selectorsFor(open);

/** One selector for each class, management events once. */
function selectorsFor(open: readonly Pick<LoggingRow, 'eventClass'>[]): AdvancedSelector[] {
  const byName = new Map(
    open.flatMap(({ eventClass }) => {
      const selector = selectorFor(eventClass);
      return selector === null ? [] : [[selector.name, selector]];
    }),
  );
  return [...byName.values()];
}

/** The gaps that are none any more with these recorders. */
function closedBy(open: readonly LoggingRow[], recorders: readonly Recorder[]): LoggingRow[] {
  const judges = new Map<string, CoverageJudge>();
  return open.filter(({ account, region, eventClass }) => {
    const judge = judges.get(account) ?? new CoverageJudge();
    judges.set(account, judge);
    const here = recorders.filter((it) => appliesTo(it, region));
    return judge.judge(eventClass, { account, region }, here, null).status === 'covered';
  });
}

function invocationFixes(
  { account, invocationLogging }: LoggingParts,
  gaps: readonly LoggingRow[],
  partition: string | undefined,
): LoggingFixRow[] {
  if (gaps.length === 0) return [];
  const regions = gaps.map(({ region }) => region);
  const repair = invocationRepair({ account, partition }, invocationLogging, regions);
  const closed = gaps.filter(({ region }) => {
    const after = repair.after.get(region);
    return after !== undefined && judgeInvocationLogging(known(after, null)).status === 'covered';
  });
  return [rowOf(account, invocationClass, { runIn: account, region: regions[0] ?? '', steps: repair.steps }, closed)];
}

function rowOf(
  account: string,
  target: string | null,
  { runIn, region, steps }: Pick<Repair, 'runIn' | 'region' | 'steps'>,
  closed: readonly LoggingRow[],
): LoggingFixRow {
  const byClass = Map.groupBy(closed, ({ eventClass }) => eventClass);
  // Management events of one service come with all others.
  const charged = [...new Set([...byClass.keys()].map(chargedAs))];
  return {
    id: `${account}/${target ?? 'new-trail'}`,
    account,
    target,
    runIn,
    region,
    steps: [...steps],
    closes: [...byClass].map(([eventClass, cells]) => ({ eventClass, regions: cells.map((it) => it.region) })),
    costDriver: target === invocationClass ? null : costDriverOf(charged),
    costs: charged.map((eventClass) => ({ eventClass, oneEventPer: volumeOf(eventClass) })),
  };
}

const chargedAs = (eventClass: string): string =>
  classFields(eventClass)?.['eventCategory'] === 'Management' ? managementClass : eventClass;
