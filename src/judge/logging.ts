import { coreAiEventClasses, isAiEventClass } from '../catalogue/ai-event-classes.ts';
import type { AccountFacts, EventDataStoreFact, SharedFacts, TrailFact } from '../domain/facts.ts';
import { explainGap } from '../domain/gap.ts';
import { accountOfArn } from '../domain/ids.ts';
import type { CoverageStatus, LoggingRow } from '../domain/tables.ts';
import { appliesTo, type Selected, selectedBy } from './coverage.ts';

/** A trail or store that might record a cell: what it selects, or why nobody knows. */
interface Recorder {
  readonly arn: string;
  readonly fact: TrailFact | EventDataStoreFact;
  readonly selects: ((eventClass: string) => readonly Selected[]) | null;
  /** A stopped trail records nothing and hides nothing. */
  readonly stopped: boolean;
}

/** Every cell enabled Region × event class of an account: management, the core AI classes, and other AI classes that something selects. */
export function judgeLogging(facts: AccountFacts, shared: SharedFacts): LoggingRow[] {
  const recorders = recordersOf(facts, shared);
  const classes = ['management', ...coreAiEventClasses, ...otherClasses(recorders)];
  return facts.regions.regions.flatMap((region) => {
    const here = recorders.filter(({ fact }) => appliesTo(fact, region));
    const hidden = whatHides(facts, shared, region);
    return classes.map((eventClass) => cell(facts.account, region, eventClass, here, hidden));
  });
}

/** Own trails and stores of all Regions and the organisation's, each once: a multi-Region one seen anywhere records everywhere. */
function recordersOf(facts: AccountFacts, shared: SharedFacts): Recorder[] {
  const own = (readings: AccountFacts['logging'][keyof AccountFacts['logging']]) =>
    Object.values(readings).flatMap((reading) => (reading.kind === 'known' ? [...reading.value] : []));
  const listed = [...own(facts.logging.trails), ...shared.trails] as TrailFact[];
  // A trail of another account records this one only as the organisation's.
  const trails = listed.filter(({ arn, organization }) => organization || accountOfArn(arn) === facts.account);
  const stores = [...own(facts.logging.stores), ...shared.stores] as EventDataStoreFact[];
  const all = [...trails.map(trailRecorder), ...stores.map(storeRecorder)];
  return [...new Map(all.map((recorder) => [recorder.arn, recorder])).values()].sort((a, b) =>
    a.arn < b.arn ? -1 : 1,
  );
}

function trailRecorder(fact: TrailFact): Recorder {
  const { selectors, logging } = fact;
  const readable = selectors.kind === 'known' && logging.kind === 'known';
  return {
    arn: fact.arn,
    fact,
    selects: readable ? (eventClass) => selectedBy(selectors.value, eventClass) : null,
    stopped: logging.kind === 'known' && !logging.value,
  };
}

const storeRecorder = (fact: EventDataStoreFact): Recorder => ({
  arn: fact.arn,
  fact,
  selects: (eventClass) => selectedBy({ basic: [], advanced: fact.selectors }, eventClass),
  stopped: fact.status !== 'ENABLED',
});

function otherClasses(recorders: readonly Recorder[]): string[] {
  const selectors = recorders.flatMap(({ fact }) =>
    'status' in fact ? fact.selectors : fact.selectors.kind === 'known' ? fact.selectors.value.advanced : [],
  );
  const named = selectors
    .flat()
    .filter(({ field }) => field === 'resources.type')
    .flatMap(({ equals }) => equals);
  return [...new Set(named)].filter((type) => isAiEventClass(type) && !coreAiEventClasses.includes(type)).sort();
}

/**
 * Why something that records this Region could have stayed unseen; null when every list was read. A Region lists every trail that
 * records it, the organisation's included; a multi-Region store is listed at home only, an organisation-wide one with its owner.
 */
function whatHides({ logging }: AccountFacts, shared: SharedFacts, region: string): string | null {
  const lists = [logging.trails[region], ...Object.values(logging.stores)];
  const unread = lists.find((list) => list?.kind === 'unknown');
  const gap = unread?.kind === 'unknown' ? unread.gap : shared.storesUnread;
  return gap === null ? null : explainGap(gap);
}

function cell(
  account: string,
  region: string,
  eventClass: string,
  here: readonly Recorder[],
  hidden: string | null,
): LoggingRow {
  const running = here.filter(({ stopped }) => !stopped);
  const hits = running.flatMap(({ arn, selects }) =>
    selects === null ? [] : selects(eventClass).map((selected) => ({ arn, ...selected })),
  );
  const whole = hits.filter(({ narrowedBy }) => narrowedBy === null);
  const covered = whole.some(({ reads }) => reads) && whole.some(({ writes }) => writes);
  const dark = running.find(({ selects }) => selects === null);
  const doubt = hidden ?? (dark === undefined ? null : `status or selectors of ${dark.arn} were not read`);
  const by = [...new Set((covered ? whole : hits).map(({ arn }) => arn))];
  const row = (status: CoverageStatus, why: string | null, recorders: readonly string[]): LoggingRow => ({
    id: `${account}/${region}/${eventClass}`,
    account,
    region,
    eventClass,
    core: coreAiEventClasses.includes(eventClass),
    status,
    by: [...recorders],
    why,
  });
  if (covered) return row('covered', null, by);
  if (doubt !== null) return row('not-measured', doubt, by);
  return hits.length > 0 ? row('partial', narrowings(hits), by) : row('not-covered', null, []);
}

function narrowings(hits: readonly Selected[]): string {
  const words = hits.map(
    ({ reads, writes, narrowedBy }) =>
      narrowedBy ?? (reads ? (writes ? 'all' : 'reads only') : writes ? 'writes only' : 'nothing'),
  );
  return [...new Set(words)].join('; ');
}
