import { z } from 'zod';
import type { LogRoutes, LogRoutesByArn } from '../../domain/forwarding.ts';
import { accountOfArn, isRegion, type Region } from '../../domain/ids.ts';
import { known, unknown } from '../../domain/reading.ts';
import { type Collecting, defineCollector, everyPage, reading } from '../define.ts';
import { isGone } from '../lists.ts';
import { policiesOf, policyOperation } from './policies.ts';

const filters = 'logs:DescribeMetricFilters';
const subscriptions = 'logs:DescribeSubscriptionFilters';
const Filter = z.object({
  filterName: z.string(),
  filterPattern: z.string().optional(),
  applyOnTransformedLogs: z.boolean().optional(),
  fieldSelectionCriteria: z.string().optional(),
});
const Filters = z.object({
  metricFilters: z.array(
    Filter.extend({
      metricTransformations: z.array(z.object({ metricName: z.string(), metricNamespace: z.string() })).optional(),
    }),
  ),
});
const Subscriptions = z.object({
  subscriptionFilters: z.array(Filter.extend({ destinationArn: z.string().optional() })),
});
/** The log group is not there (any more). */
const gone = ['ResourceNotFoundException'];

/**
 * Metric and subscription filters of the log groups that trails write to, and the subscription policies that an account has for all of
 * them; asked about where a log group lives, in its own account.
 */
export const logRoutes = defineCollector<LogRoutesByArn, { readonly groups: readonly string[] }>({
  id: 'log-routes',
  operations: [filters, subscriptions, policyOperation],
  async collect(aws, { groups }) {
    const found: Record<string, LogRoutes> = {};
    const policies = new Map<Region, LogRoutes['policies']>();
    for (const arn of new Set(groups)) {
      const where = regionOf(aws, arn);
      if (where === null) {
        found[arn] = { filters: elsewhere, subscriptions: elsewhere, policies: elsewhere };
        continue;
      }
      const own = await filtersOf(aws, where, arn);
      const ofAll = policies.get(where) ?? (await policiesOf(aws, where));
      policies.set(where, ofAll);
      found[arn] = routesOf(own, ofAll);
    }
    return found;
  },
});

const elsewhere = unknown({ code: 'ACCESS_DENIED', action: filters }, { region: 'global', operation: filters });

/** The Region of a log group; null for one that cannot be asked about: it is another account's. */
function regionOf(aws: Collecting, arn: string): Region | null {
  const [, , , region = ''] = arn.split(':');
  const isOurs = aws.owner === 'organization' || accountOfArn(arn) === aws.owner;
  return isRegion(region) && isOurs ? (region as Region) : null;
}

type Own = Omit<LogRoutes, 'policies'>;
const none = known([], null);

/** Nothing reads a log group that is not there; and a policy for all of them reads it only where its own lists say that it is there. */
function routesOf(own: Own, policies: LogRoutes['policies']): LogRoutes {
  const { filters: counted, subscriptions: sent } = own;
  if (isGone(counted, gone) || isGone(sent, gone)) return { filters: none, subscriptions: none, policies: none };
  return { ...own, policies: counted.kind === 'known' || sent.kind === 'known' ? policies : sent };
}

async function filtersOf(aws: Collecting, where: Region, arn: string): Promise<Own> {
  const reader = aws.in(where);
  const logGroupName = arn.split(':')[6] ?? '';
  return {
    filters: await reading(where, filters, async () => {
      const { value, at } = await everyPage(reader, filters, { logGroupName }, Filters);
      const all = value.flatMap(({ metricFilters }) => metricFilters);
      return {
        value: all.map((it) => ({
          ...told(it),
          metrics: (it.metricTransformations ?? []).map(({ metricName, metricNamespace }) => ({
            namespace: metricNamespace,
            name: metricName,
          })),
        })),
        at,
      };
    }),
    subscriptions: await reading(where, subscriptions, async () => {
      const { value, at } = await everyPage(reader, subscriptions, { logGroupName }, Subscriptions);
      const all = value.flatMap(({ subscriptionFilters }) => subscriptionFilters);
      return { value: all.map((it) => ({ ...told(it), destination: it.destinationArn ?? '' })), at };
    }),
  };
}

/** What a transformer makes of an event nobody can tell but by its rules; an empty pattern matches that as well. */
function told(it: z.infer<typeof Filter>) {
  const pattern = it.filterPattern ?? '';
  const transformed = it.applyOnTransformedLogs === true && pattern.trim() !== '';
  const selected = (it.fieldSelectionCriteria ?? '').trim() !== '';
  const besides = selected ? 'a selection by system fields' : transformed ? 'a log transformer' : null;
  return { name: it.filterName, pattern, besides };
}
