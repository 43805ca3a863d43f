import type { EventRule } from '../domain/forwarding.ts';
import { explainGap } from '../domain/gap.ts';
import type { Reading } from '../domain/reading.ts';
import type { LoggingRow } from '../domain/tables.ts';
import { eventPattern } from './event-pattern.ts';
import type { Match } from './metric-pattern.ts';
import { doubt, once, only, place, type Routes, through } from './route-parts.ts';
import { watchedBy } from './watching.ts';

/** What EventBridge does with a cell that a trail records: the rules of the default bus, where the event arrives. */
export function fromRules(list: Reading<readonly EventRule[]> | undefined, cell: LoggingRow): Routes {
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
