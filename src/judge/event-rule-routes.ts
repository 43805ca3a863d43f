import { defaultBus, type EventBus, type EventRule, eventBusOf, type ForwardingFacts } from '../domain/forwarding.ts';
import { explainGap } from '../domain/gap.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { eventPattern } from './event-pattern.ts';
import type { Match } from './metric-pattern.ts';
import { doubt, judgedOnce, leadOf, only, place, type Routes, through, together } from './route-parts.ts';
import { type WatchingRule, watchedBy } from './watching.ts';

type Facts = Pick<ForwardingFacts, 'rules' | 'buses'>;

/** What EventBridge does with a cell that a trail records: the rules of the default bus, where the event arrives, and of the buses they send it to. */
export function fromRules(facts: Facts, cell: LoggingRow): Routes {
  return through(facts.rules[cell.region], (rules) => rules.map((rule) => fromFirst(rule, facts, cell)));
}

/** A rule of the default bus of the cell's Region. */
function fromFirst(rule: EventRule, facts: Facts, cell: LoggingRow): Routes {
  return fromRule(rule, { path: [rule], name: rule.name, region: cell.region }, cell, (targets) => {
    const buses = targets.flatMap((arn) => {
      const bus = eventBusOf(arn);
      return bus !== null && bus.account === cell.account ? [{ arn, bus }] : [];
    });
    const relayed = together(buses.map(({ arn, bus }) => fromBus(arn, bus, rule, facts, cell)));
    const followed = new Set(buses.map(({ arn }) => arn));
    const ends = targets.filter((arn) => !followed.has(arn));
    return {
      ends,
      relayed: { ...relayed, doubts: [...relayed.doubts, ...(leadOf(ends) === 'monitored' ? [] : unreadBuses(ends))] },
    };
  });
}

/** The rules of a bus of the account on what a rule of the default bus sends there: the event is the same, with account and Region of its origin. */
function fromBus(arn: string, { region, name }: EventBus, first: EventRule, facts: Facts, cell: LoggingRow): Routes {
  if (name === defaultBus && region === cell.region) return only(); // the event came from there
  const list = name === defaultBus ? facts.rules[region] : facts.buses[arn];
  if (list === undefined) return doubt(`the rules of ${arn} were not read`);
  return through(list, (rules) =>
    rules.map((rule) =>
      fromRule(rule, { path: [first, rule], name: `${name}/${rule.name}`, region }, cell, (targets) => ({
        // "EventBridge can't route events received from a sender event bus to a third event bus" (EventBridge user guide, "eb-bus-to-bus").
        ends: targets.filter((target) => !isBus(target)),
        relayed: only(),
      })),
    ),
  );
}

interface Stop {
  /** The rules the event went through, this one the last. */
  readonly path: readonly EventRule[];
  readonly name: string;
  readonly region: string;
}

/** Where a rule's targets lead: those that the event ends at, and what buses among them do. */
interface Onward {
  readonly ends: readonly string[];
  readonly relayed: Routes;
}

function fromRule(
  { pattern, state, targets }: EventRule,
  { path, name, region }: Stop,
  cell: LoggingRow,
  onward: (targets: readonly string[]) => Onward,
): Routes {
  if (pattern === null) return only();
  const match = watchedByAll(path, cell);
  if (match === false) return only();
  const rule = place('event-rule', name, { of: name, account: cell.account, region });
  if (state === 'DISABLED') {
    const told = targets.kind === 'known' && leadOf(targets.value) === 'monitored';
    return match === null ? only() : only({ ...rule, leads: 'stored', lacks: told ? 'enabled' : 'enabled-target' });
  }
  if (match === null) return doubt(`the pattern of EventBridge rule ${name} is not judged`);
  if (targets.kind === 'unknown') return doubt(explainGap(targets.gap));
  const { ends, relayed } = onward(targets.value);
  const leads = leadOf(ends);
  const goesOn = relayed.found.length > 0 || relayed.doubts.length > 0;
  const lacks = leads === 'monitored' || (leads === 'stored' && goesOn) ? null : 'target';
  return together([only({ ...rule, to: [...targets.value], leads, lacks }), relayed]);
}

/** A bus with rules, or one of the newer kind, with subscribers. */
const isBus = (arn: string): boolean => /^arn:[^:]*:events:[^:]*:\d*:event-bus(v2)?\//.test(arn);

/** Buses that are not followed: of another account, or with subscribers in place of rules. What they do can only make a grade better. */
const unreadBuses = (ends: readonly string[]): string[] =>
  ends.filter(isBus).map((arn) => {
    const [, , , region = '', account = '', resource = ''] = arn.split(':');
    return `what account ${account} does with these events on ${resource} in ${region} is not read`;
  });

const allManagementEvents = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
const watchingRule = ({ pattern, state }: EventRule): WatchingRule => ({
  matcher: eventPattern(pattern ?? ''),
  withReads: state === allManagementEvents,
  asksForSource: /"source"\s*:/.test(pattern ?? ''),
});

/** Rules one behind the other: each must match. The last may be off, which is told apart. */
const watchedByAll = (path: readonly EventRule[], cell: LoggingRow): Match =>
  judgedOnce('events', path.map(({ pattern, state }) => `${state} ${pattern}`).join('\n'), cell, () =>
    watchedBy(path.map(watchingRule), cell.eventClass, cell.account, cell.region),
  );
