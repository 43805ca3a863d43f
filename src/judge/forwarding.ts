import { aiManagementSources, coreAiEventClasses, isAiEventClass } from '../catalogue/ai-event-classes.ts';
import type { AccountFacts, SharedFacts } from '../domain/facts.ts';
import type { ForwardingGrade, ForwardingRow } from '../domain/forwarding-table.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { type OpenRegion, pieceFor } from './forwarding-pieces.ts';
import { routesOf } from './forwarding-routes.ts';
import type { Routes } from './route-parts.ts';

type Parts = Pick<AccountFacts, 'account' | 'logging' | 'forwarding'>;

const management = new Set(aiManagementSources.map((source) => `management:${source}`));
const isJudged = (eventClass: string): boolean => management.has(eventClass) || isAiEventClass(eventClass);

/**
 * Where the events of each AI class go on to, and whether anybody would be told (docs/forwarding.md). Rests on the rows of logging coverage:
 * what records a class, Region by Region. The worst Region where it is recorded decides; one that is not known hides a better grade.
 */
export function judgeForwarding(facts: Parts, shared: SharedFacts, logging: readonly LoggingRow[]): ForwardingRow[] {
  const classes = Map.groupBy(
    logging.filter(({ eventClass }) => isJudged(eventClass)),
    ({ eventClass }) => eventClass,
  );
  const stored = [...classes].flatMap(([eventClass, cells]) => (cells.some(isStored) ? [eventClass] : []));
  return [...classes].map(([eventClass, cells]) => rowOf(facts, shared, { eventClass, cells, stored }));
}

const isStored = ({ by }: LoggingRow): boolean => by.some((arn) => arn.includes(':eventdatastore/'));

interface Of {
  readonly eventClass: string;
  readonly cells: readonly LoggingRow[];
  /** The classes of the account that event data stores record. */
  readonly stored: readonly string[];
}

interface Graded {
  readonly grade: ForwardingGrade;
  readonly region: string;
  readonly routes: Routes | null;
}

function rowOf(facts: Parts, shared: SharedFacts, { eventClass, cells, stored }: Of): ForwardingRow {
  const graded = cells.map((cell): Graded => {
    if (cell.status === 'not-covered') return { grade: 'not-recorded', region: cell.region, routes: null };
    if (cell.status === 'not-measured') return { grade: 'not-measured', region: cell.region, routes: null };
    const routes = routesOf(facts, shared, cell);
    return { grade: gradeOf(routes), region: cell.region, routes };
  });
  const deciding = decidingOf(graded);
  const count = (grade: ForwardingGrade): number => graded.filter((it) => it.grade === grade).length;
  const routes = deciding?.routes ?? null;
  return {
    id: `${facts.account}/${eventClass}`,
    account: facts.account,
    eventClass,
    core: coreAiEventClasses.includes(eventClass),
    grade: deciding?.grade ?? 'not-recorded',
    regions: {
      monitored: count('monitored'),
      forwarded: count('forwarded'),
      'stored-only': count('stored-only'),
      'not-recorded': count('not-recorded'),
      'not-measured': count('not-measured'),
    },
    routes: distinct((routes?.found ?? []).map(({ kind, name, to }) => ({ kind, name, to: [...to] }))),
    why: whyOf(deciding, cells),
    ...pieceFor({
      account: facts.account,
      eventClass,
      grade: deciding?.grade ?? 'not-recorded',
      open: openOf(graded),
      stored,
    }),
  };
}

/** A place that several rules lead to, once. */
const distinct = (routes: ForwardingRow['routes']): ForwardingRow['routes'] => [
  ...new Map(routes.map((route) => [JSON.stringify(route), route])).values(),
];

/** What was shown counts; what could not be judged may be better, and is not known where nothing but storing was shown. */
function gradeOf({ found, doubts }: Routes): ForwardingGrade {
  if (found.some(({ leads }) => leads === 'monitored')) return 'monitored';
  if (found.some(({ leads }) => leads === 'forwarded')) return 'forwarded';
  return doubts.length > 0 ? 'not-measured' : 'stored-only';
}

/** The worst Region that is known; an unknown one before any that is better than storing alone. Regions without a record only where there is no other. */
const order: readonly ForwardingGrade[] = ['stored-only', 'not-measured', 'forwarded', 'monitored', 'not-recorded'];
const decidingOf = (graded: readonly Graded[]): Graded | undefined =>
  graded.toSorted((a, b) => order.indexOf(a.grade) - order.indexOf(b.grade))[0];

/** The Regions where somebody is still to be told, the worst first. */
const openOf = (graded: readonly Graded[]): OpenRegion[] =>
  graded
    .filter(({ grade }) => grade === 'stored-only' || grade === 'forwarded')
    .toSorted((a, b) => order.indexOf(a.grade) - order.indexOf(b.grade))
    .map(({ region, routes }) => ({ region, found: routes?.found ?? [] }));

function whyOf(deciding: Graded | undefined, cells: readonly LoggingRow[]): string | null {
  if (deciding === undefined) return null;
  const [doubt] = deciding.routes?.doubts ?? [];
  if (doubt !== undefined) return doubt;
  if (deciding.grade !== 'not-measured') return null;
  return cells.find(({ region }) => region === deciding.region)?.why ?? 'nobody knows what records it';
}
