import { isTrackedAtActionLevel } from '../catalogue/tracked-actions.ts';
import type { LastAccessedReport, ServiceUse } from '../domain/facts.ts';
import type { Reading } from '../domain/reading.ts';
import type { IdentityRow } from '../domain/tables.ts';
import { placeLastUse, type Window } from '../domain/window.ts';

/**
 * What is known of an identity's use of one action in the window. `service-used`: its service was, and whether with this action AWS does not
 * say; `not-tracked`: AWS keeps no last use of the service at all.
 */
export type ActionUse = 'used' | 'unused' | 'service-used' | 'not-tracked' | 'unread';

/** An identity's use of actions, from its activity and its last-accessed report (design §3, "pair state"). */
export function usesOf(
  { activity }: Pick<IdentityRow, 'activity'>,
  report: Reading<LastAccessedReport> | undefined,
  window: Window,
): (action: string) => ActionUse {
  if (activity === 'unused') return () => 'unused';
  if (report === undefined || report.kind === 'unknown') return () => 'unread';
  const services = new Map(report.value.services.map((service) => [service.namespace, trackedIn(service)]));
  const place = (date: string | null): 'used' | 'unused' | 'unread' => {
    if (date === null) return 'unused';
    const placed = placeLastUse(date, window, report.at);
    return placed === 'implausible' ? 'unread' : placed === 'inside' ? 'used' : 'unused';
  };
  return (action) => {
    const colon = action.indexOf(':');
    const service = services.get(action.slice(0, colon));
    if (service === undefined) return 'not-tracked'; // the report lists what policies allow: a service it leaves out is not tracked at all
    const tracked = service.actions.get(action.slice(colon + 1).toLowerCase());
    if (tracked !== undefined) return place(tracked);
    const touched = place(service.date);
    if (touched !== 'used') return touched;
    // The service was used: whether with this action, AWS does not say, or was not asked.
    return report.value.granularity === 'SERVICE_LEVEL' && isTrackedAtActionLevel(action) ? 'unread' : 'service-used';
  };
}

const trackedIn = ({ lastAuthenticated, tracked }: ServiceUse) => ({
  date: lastAuthenticated,
  actions: new Map(tracked.map(({ action, lastAccessed }) => [action.toLowerCase(), lastAccessed])),
});
