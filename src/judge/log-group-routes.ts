import type { Alarm, LogRoutes, MetricFilter, SubscriptionFilter, SubscriptionPolicy } from '../domain/forwarding.ts';
import type { Reading } from '../domain/reading.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { goesOffWith } from './alarm-rule.ts';
import { fold, type Match, metricPattern } from './metric-pattern.ts';
import {
  doubt,
  judgedOnce,
  leadOf,
  only,
  place,
  type Route,
  type Routes,
  type Spot,
  spotOf,
  through,
  together,
} from './route-parts.ts';
import { watches } from './watching.ts';

/** A log group, with where it is as its ARN says. */
interface Group extends Spot {
  readonly name: string;
}

/** What reads a log group: metric filters with their alarms, subscription filters, subscription policies of the account. */
export function fromGroup(
  arn: string,
  routes: LogRoutes,
  alarms: Reading<readonly Alarm[]> | undefined,
  cell: LoggingRow,
): Routes {
  const group = { ...spotOf(arn), name: arn.split(':')[6] ?? '' };
  const read = together([
    through(routes.filters, (all) => all.map((filter) => fromFilter(filter, alarms, cell, group))),
    through(routes.subscriptions, (all) => all.map((filter) => fromSubscription(filter, cell, group))),
    through(routes.policies, (all) => all.map((policy) => fromPolicy(policy, cell, group))),
  ]);
  const counted = read.found.some(({ kind }) => kind === 'metric-filter');
  return {
    ...read,
    found: [{ ...place('log-group', arn, group), leads: 'stored', lacks: counted ? null : 'filter' }, ...read.found],
  };
}

const watchesText = (pattern: string, cell: LoggingRow): Match =>
  judgedOnce('logs', pattern, cell, () => watches(metricPattern(pattern), cell.eventClass, cell.account, cell.region));

function fromSubscription(
  { name, pattern, besides, destination }: SubscriptionFilter,
  cell: LoggingRow,
  group: Group,
): Routes {
  if (besides !== null)
    return doubt(`what subscription filter ${name} sends on is decided by ${besides}, which is not judged`);
  const match = watchesText(pattern, cell);
  if (match === null) return doubt(`the pattern of subscription filter ${name} is not judged`);
  return match ? sent('subscription', name, group, destination) : only();
}

function fromPolicy({ name, sends, leavesOut }: SubscriptionPolicy, cell: LoggingRow, group: Group): Routes {
  const applies = leavesOut === null ? null : !leavesOut.includes(group.name);
  const matches = sends === null ? null : watchesText(sends.pattern, cell);
  const match = fold([applies, matches], false);
  if (match === null) return doubt(`whether subscription policy ${name} sends it on cannot be read from the policy`);
  return match ? sent('subscription-policy', name, group, sends?.destination ?? '') : only();
}

const sent = (kind: Route['kind'], name: string, group: Group, destination: string): Routes =>
  only({ ...place(kind, name, group, [destination]), leads: 'forwarded', lacks: null });

function fromFilter(
  { name, pattern, besides, metrics }: MetricFilter,
  alarms: Reading<readonly Alarm[]> | undefined,
  cell: LoggingRow,
  group: Group,
): Routes {
  if (besides !== null)
    return doubt(`what metric filter ${name} of ${group.of} counts is decided by ${besides}, which is not judged`);
  const match = watchesText(pattern, cell);
  if (match === false) return only();
  if (match === null) return doubt(`the pattern of metric filter ${name} of ${group.of} is not judged`);
  const to = metrics.map((metric) => `${metric.namespace}/${metric.name}`);
  const filter: Route = { ...place('metric-filter', name, group, to), leads: 'stored', lacks: null };
  const found = through(alarms, (all) => {
    const watching = all.filter((alarm) =>
      alarm.metrics.some((it) =>
        metrics.some((metric) => metric.namespace === it.namespace && metric.name === it.name),
      ),
    );
    return watching.map((alarm): Routes => {
      const { actions, doubts } = actionsOf(alarm, all);
      const leads = leadOf(actions);
      const route = place('alarm', alarm.name, group, actions);
      if (leads === 'monitored') return only({ ...route, leads, lacks: null });
      return { found: [{ ...route, leads, lacks: isTurnedOff(alarm) ? 'action' : null }], doubts };
    });
  });
  const unheard =
    alarms?.kind === 'known' && metrics.length > 0 && found.found.every(({ leads }) => leads !== 'monitored');
  return { ...found, found: [{ ...filter, lacks: unheard ? 'alarm' : null }, ...found.found] };
}

/** Whether nothing but its actions being turned off keeps an alarm from telling somebody. */
const isTurnedOff = ({ actionsEnabled, actions }: Alarm): boolean => !actionsEnabled && leadOf(actions) === 'monitored';

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
