import type { AccountFacts, SharedFacts, TrailFact } from '../domain/facts.ts';
import type { Alarm, EventRule, LogRoutes, MetricFilter } from '../domain/forwarding.ts';
import type { ForwardingRow } from '../domain/forwarding-table.ts';
import { explainGap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { goesOffWith } from './alarm-rule.ts';
import { eventPattern } from './event-pattern.ts';
import { type Match, metricPattern } from './metric-pattern.ts';
import { watchedBy, watches } from './watching.ts';

/** A place where events of a class go, and what that makes of them. */
export type Route = ForwardingRow['routes'][number] & {
  readonly leads: 'monitored' | 'forwarded' | 'stored';
  /** What it lacks to lead further: what `command` of the row adds. */
  readonly lacks: 'action' | 'alarm' | 'filter' | 'log-group' | 'trail' | 'target' | 'enabled' | null;
  /** The log group's or rule's Region. */
  readonly region: string;
};

/** Every route of one cell, and why there may be others. */
export interface Routes {
  readonly found: readonly Route[];
  readonly doubts: readonly string[];
}

type Parts = Pick<AccountFacts, 'account' | 'logging' | 'forwarding'>;

/** Follows what records a cell: a trail to its bucket, its log group and, through EventBridge, to rules; a store to itself. */
export function routesOf(facts: Parts, shared: SharedFacts, cell: LoggingRow): Routes {
  const trails = trailsOf(facts, shared);
  const parts = cell.by.map((arn): Routes => {
    if (arn.includes(':eventdatastore/'))
      return only({ ...place('event-data-store', arn, cell.region), leads: 'stored', lacks: 'trail' });
    const trail = trails.get(arn);
    return trail === undefined
      ? doubt(`where ${arn} sends its events was not read`)
      : fromTrail(trail, facts, shared, cell);
  });
  const byTrail = cell.by.some((arn) => trails.has(arn));
  const rules = byTrail ? [fromRules(facts.forwarding.rules[cell.region], cell)] : [];
  return {
    found: [...parts, ...rules].flatMap((it) => it.found),
    doubts: [...parts, ...rules].flatMap((it) => it.doubts),
  };
}

const only = (...found: Route[]): Routes => ({ found, doubts: [] });
const doubt = (...doubts: string[]): Routes => ({ found: [], doubts });
const together = (parts: readonly Routes[]): Routes => ({
  found: parts.flatMap(({ found }) => found),
  doubts: parts.flatMap(({ doubts }) => doubts),
});
const place = (kind: Route['kind'], name: string, region: string, to: readonly string[] = []) => ({
  kind,
  name,
  region,
  to: [...to],
});

function trailsOf({ logging }: Parts, shared: SharedFacts): Map<string, TrailFact> {
  const own = Object.values(logging.trails).flatMap((list) => (list.kind === 'known' ? list.value : []));
  return new Map([...own, ...shared.trails].map((trail) => [trail.arn, trail]));
}

function fromTrail(
  { arn, home, settings: { logGroup } }: TrailFact,
  facts: Parts,
  shared: SharedFacts,
  cell: LoggingRow,
): Routes {
  const bucket: Route = {
    ...place('bucket', arn, home),
    leads: 'stored',
    lacks: logGroup === null ? 'log-group' : null,
  };
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

function fromGroup(
  group: string,
  routes: LogRoutes,
  alarms: Reading<readonly Alarm[]> | undefined,
  cell: LoggingRow,
): Routes {
  const region = group.split(':')[3] ?? '';
  const filters = through(routes.filters, (all) =>
    all.map((filter) => fromFilter(filter, alarms, cell, { group, region })),
  );
  const subscriptions = through(routes.subscriptions, (all) =>
    all.map(({ name, pattern, destination }): Routes => {
      const match = watchesText(pattern, cell);
      if (match === null) return doubt(`the pattern of subscription filter ${name} is not judged`);
      return match
        ? only({ ...place('subscription', name, region, [destination]), leads: 'forwarded', lacks: null })
        : only();
    }),
  );
  const read = together([filters, subscriptions]);
  const watched = read.found.length > 0;
  return {
    ...read,
    found: [{ ...place('log-group', group, region), leads: 'stored', lacks: watched ? null : 'filter' }, ...read.found],
  };
}

/** Each item of a list that was read; else why not. */
const through = <T>(
  list: Reading<readonly T[]> | undefined,
  follow: (items: readonly T[]) => readonly Routes[],
): Routes => {
  if (list === undefined) return doubt('a list was not asked for');
  return list.kind === 'unknown' ? doubt(explainGap(list.gap)) : together(follow(list.value));
};

function fromFilter(
  { name, pattern, metrics }: MetricFilter,
  alarms: Reading<readonly Alarm[]> | undefined,
  cell: LoggingRow,
  { group, region }: { readonly group: string; readonly region: string },
): Routes {
  const match = watchesText(pattern, cell);
  if (match === false) return only();
  if (match === null) return doubt(`the pattern of metric filter ${name} of ${group} is not judged`);
  const to = metrics.map((metric) => `${metric.namespace}/${metric.name}`);
  const filter: Route = { ...place('metric-filter', name, region, to), leads: 'stored', lacks: null };
  const found = through(alarms, (all) => {
    const watching = all.filter((alarm) =>
      alarm.metrics.some((it) =>
        metrics.some((metric) => metric.namespace === it.namespace && metric.name === it.name),
      ),
    );
    return watching.map((alarm): Routes => {
      const { actions, doubts } = actionsOf(alarm, all);
      const route = place('alarm', alarm.name, region, actions);
      if (actions.length > 0) return { found: [{ ...route, leads: 'monitored', lacks: null }], doubts };
      return { found: [{ ...route, leads: 'stored', lacks: 'action' }], doubts };
    });
  });
  const bare = found.found.length === 0 && found.doubts.length === 0;
  return { ...found, found: [{ ...filter, lacks: bare ? 'alarm' : null }, ...found.found] };
}

/** What an alarm does by itself, or composite alarms that go off with it do, also through other composite ones; `doubts`: those that may. */
function actionsOf(alarm: Alarm, all: readonly Alarm[]): { readonly actions: string[]; readonly doubts: string[] } {
  const doubts: string[] = [];
  const reached = new Set([alarm]);
  for (const one of reached)
    for (const composite of all) {
      if (composite.rule === null || reached.has(composite)) continue;
      const goesOff = goesOffWith(composite.rule, one.name);
      if (goesOff) reached.add(composite);
      else if (goesOff === null) doubts.push(`whether ${composite.name} goes off with alarm ${one.name} is not known`);
    }
  return {
    actions: [...reached].flatMap(({ actionsEnabled, actions }) => (actionsEnabled ? [...actions] : [])),
    doubts,
  };
}

function fromRules(list: Reading<readonly EventRule[]> | undefined, cell: LoggingRow): Routes {
  return through(list, (rules) =>
    rules.map(({ name, pattern, state, targets }): Routes => {
      if (pattern === null) return only();
      const match = watchedByRule(pattern, state, cell);
      if (match === false) return only();
      const rule = place('event-rule', name, cell.region);
      if (state === 'DISABLED') return match === null ? only() : only({ ...rule, leads: 'stored', lacks: 'enabled' });
      if (match === null) return doubt(`the pattern of EventBridge rule ${name} is not judged`);
      if (targets.kind === 'unknown') return doubt(explainGap(targets.gap));
      if (targets.value.length === 0) return only({ ...rule, leads: 'stored', lacks: 'target' });
      const leads = targets.value.some(tellsPeople) ? 'monitored' : 'forwarded';
      return only({ ...rule, to: [...targets.value], leads, lacks: null });
    }),
  );
}

/** Services whose purpose is to tell somebody: topics, incidents, chats. */
const tellsPeople = (arn: string): boolean => /^arn:[^:]*:(sns|ssm-incidents|chatbot):/.test(arn);

/** Patterns are judged once per class, not per account and Region, unless they speak of one. */
const kept = new Map<string, Match>();
const keptAtMost = 20_000;

function once(kind: string, text: string, cell: LoggingRow, judge: () => Match): Match {
  const placed = /awsRegion|region|account|arn:/i.test(text) ? `${cell.account} ${cell.region}` : '';
  const key = `${kind} ${cell.eventClass} ${placed} ${text}`;
  const there = kept.get(key);
  if (there !== undefined) return there;
  const match = judge();
  if (kept.size > keptAtMost) kept.clear();
  kept.set(key, match);
  return match;
}

const watchesText = (pattern: string, cell: LoggingRow): Match =>
  once('logs', pattern, cell, () => watches(metricPattern(pattern), cell.eventClass, cell.account, cell.region));

const allManagementEvents = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const watchedByRule = (pattern: string, state: string, cell: LoggingRow): Match =>
  once(`events ${state}`, pattern, cell, () =>
    watchedBy(
      {
        matcher: eventPattern(pattern),
        withReads: state === allManagementEvents,
        asksForSource: /"source"\s*:/.test(pattern),
      },
      cell.eventClass,
      cell.account,
      cell.region,
    ),
  );
