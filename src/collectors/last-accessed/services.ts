import { z } from 'zod';
import type { ServiceUse, TrackedAction } from '../../domain/facts.ts';
import { Refusal } from '../../domain/gap.ts';
import { isoDate } from '../../domain/iso-date.ts';

const Action = z.object({
  ActionName: z.string(),
  LastAccessedTime: z.string().optional(),
  LastAccessedRegion: z.string().optional(),
});
const Service = z.object({
  ServiceNamespace: z.string(),
  LastAuthenticated: z.string().optional(),
  LastAuthenticatedRegion: z.string().optional(),
  TrackedActionsLastAccessed: z.array(Action).optional(),
});
export const detailsPage = z.object({
  JobStatus: z.string(),
  JobType: z.enum(['ACTION_LEVEL', 'SERVICE_LEVEL']).optional(),
  ServicesLastAccessed: z.array(Service).optional(),
  Error: z.object({ Code: z.string().optional(), Message: z.string().optional() }).optional(),
});
export type Details = z.infer<typeof detailsPage>;

/** Parts of reports that are the same for many identities, kept once: an account has thousands of them, each with hundreds of services. */
export interface Sharing {
  readonly services: Map<string, ServiceUse>;
  readonly actions: Map<string, TrackedAction>;
}
export const sharing = (): Sharing => ({ services: new Map(), actions: new Map() });

/** The services of one page. A complete report that has no list of them is not one without services. */
export function servicesIn({ ServicesLastAccessed }: Details, file: string, shared: Sharing): ServiceUse[] {
  if (ServicesLastAccessed !== undefined) return ServicesLastAccessed.map((service) => serviceUse(service, shared));
  const problem = 'a complete report without a list of services';
  throw new Refusal({ code: 'UNPARSABLE', file, place: 'ServicesLastAccessed', problem });
}

function serviceUse(it: z.infer<typeof Service>, shared: Sharing): ServiceUse {
  const tracked = (it.TrackedActionsLastAccessed ?? []).map((action) => trackedAction(action, shared));
  const use: ServiceUse = {
    namespace: it.ServiceNamespace,
    lastAuthenticated: isoDate(it.LastAuthenticated),
    lastRegion: it.LastAuthenticatedRegion ?? null,
    tracked,
  };
  if (use.lastAuthenticated !== null || tracked.some(({ lastAccessed }) => lastAccessed !== null)) return use;
  return once(shared.services, [use.namespace, ...tracked.map(({ action }) => action)].join(' '), use);
}

function trackedAction(it: z.infer<typeof Action>, { actions }: Sharing): TrackedAction {
  const lastAccessed = isoDate(it.LastAccessedTime);
  const tracked = { action: it.ActionName, lastAccessed, region: it.LastAccessedRegion ?? null };
  return lastAccessed === null ? once(actions, it.ActionName, tracked) : tracked;
}

/** The first of equal values. */
function once<T>(kept: Map<string, T>, key: string, value: T): T {
  const first = kept.get(key);
  if (first !== undefined) return first;
  kept.set(key, value);
  return value;
}
