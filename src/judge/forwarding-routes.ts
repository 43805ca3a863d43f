import { advancedOf } from '../cloudtrail/advanced.ts';
import { eventClassOf } from '../cloudtrail/classes.ts';
import { cover } from '../cloudtrail/cover.ts';
import { takes } from '../cloudtrail/decide.ts';
import { askedEvent } from '../cloudtrail/record.ts';
import { appliesTo } from '../cloudtrail/recorders.ts';
import type { AccountFacts, EventSelectors, SharedFacts, TrailFact } from '../domain/facts.ts';
import { explainGap } from '../domain/gap.ts';
import { accountId, accountOfArn, type Region } from '../domain/ids.ts';
import { itemsOf } from '../domain/reading.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { type AiRecord, samplesOf } from './ai-samples.ts';
import { fromRules } from './event-rule-routes.ts';
import { fromGroup } from './log-group-routes.ts';
import { doubt, only, place, type Route, type Routes, spotOf, together } from './route-parts.ts';

type Parts = Pick<AccountFacts, 'account' | 'logging' | 'forwarding'>;

/** Follows what records a cell: a trail to its bucket, its log group and, through EventBridge, to rules; a store to itself. */
export function routesOf(facts: Parts, shared: SharedFacts, cell: LoggingRow): Routes {
  const trails = trailsOf(facts, shared);
  const parts = cell.by.map((arn): Routes => {
    if (arn.includes(':eventdatastore/'))
      return only({
        ...place('event-data-store', arn, { ...spotOf(arn), account: cell.account }),
        leads: 'stored',
        lacks: 'trail',
      });
    const trail = trails.get(arn);
    return trail === undefined
      ? doubt(`where ${arn} sends its events was not read`)
      : fromTrail(trail, facts, shared, cell);
  });
  const byTrail = cell.by.some((arn) => {
    const trail = trails.get(arn);
    return trail !== undefined && takesEveryday(trail.selectors, cell);
  });
  const unseen = doubt(...unseenBeside(cell, facts.logging.trails[cell.region], [...trails.values()]));
  return together([...parts, ...(byTrail ? [fromRules(facts.forwarding, cell)] : []), unseen]);
}

/** Why a trail beside those that are known to record a cell may record it too, and lead further. */
function unseenBeside(cell: LoggingRow, listed: Listed | undefined, trails: readonly TrailFact[]): string[] {
  const lost = listed?.kind === 'unknown' ? [explainGap(listed.gap)] : [];
  const beside = trails.filter(
    (trail) => appliesTo(trail, cell.region) && mayRecord(trail, cell.account) && !cell.by.includes(trail.arn),
  );
  const doubts = beside.flatMap(({ arn, status, selectors }): string[] => {
    if (selectors.kind === 'unknown') return [`the selectors of ${arn}: ${explainGap(selectors.gap)}`];
    if (status.kind === 'known') return [];
    return mayTake(selectors.value, cell) ? [`the status of ${arn}: ${explainGap(status.gap)}`] : [];
  });
  return [...lost, ...doubts];
}

type Listed = AccountFacts['logging']['trails'][string];

/** Whether a trail is one of those that record an account, and not known to have stopped. */
const mayRecord = ({ arn, organization, status }: TrailFact, account: string): boolean =>
  (organization || accountOfArn(arn) === account) &&
  (status.kind === 'unknown' || (status.value.logging && status.value.deliveryError === null));

function mayTake(selectors: EventSelectors, cell: LoggingRow): boolean {
  const eventClass = eventClassOf(cell.eventClass, { account: accountId(cell.account), region: cell.region as Region });
  return eventClass === null || cover(advancedOf(selectors), eventClass).status !== 'not-covered';
}

function trailsOf({ logging }: Parts, shared: SharedFacts): Map<string, TrailFact> {
  const own = Object.values(logging.trails).flatMap(itemsOf);
  return new Map([...own, ...shared.trails].map((trail) => [trail.arn, trail]));
}

function fromTrail(
  { arn, settings: { logGroup }, selectors }: TrailFact,
  facts: Parts,
  shared: SharedFacts,
  cell: LoggingRow,
): Routes {
  const bucket: Route = {
    ...place('bucket', arn, spotOf(arn)),
    leads: 'stored',
    lacks: logGroup === null ? 'log-group' : null,
  };
  if (!takesEveryday(selectors, cell)) return only({ ...bucket, lacks: 'selectors' });
  if (logGroup === null) return only(bucket);
  const isOwn = Object.hasOwn(facts.forwarding.groups, logGroup);
  const source = isOwn ? facts.forwarding : shared.forwarding;
  const routes = source?.groups[logGroup];
  if (source === undefined || routes === undefined)
    return { found: [bucket], doubts: [`what reads ${logGroup} was not read`] };
  const region = logGroup.split(':')[3] ?? '';
  const read = fromGroup(logGroup, routes, source.alarms[region], cell);
  return { ...read, found: [bucket, ...read.found] };
}

/**
 * Whether a trail takes an everyday event of a class: what is narrowed to one user or resource, or to calls nobody knows of, tells no more than
 * a pattern that asks for these. What cannot be judged is taken to be.
 */
function takesEveryday(selectors: TrailFact['selectors'], { eventClass, account, region }: LoggingRow): boolean {
  const samples = samplesOf(eventClass, account, region);
  if (selectors.kind === 'unknown' || samples === null) return true;
  const all = advancedOf(selectors.value);
  const taken = (record: AiRecord): boolean => {
    const { completions, open } = askedEvent(record);
    return completions.some((completion) => all.some((selector) => takes(selector, completion, open) !== 'no'));
  };
  return samples.known.some(taken) || samples.named.some(taken);
}
