import { z } from 'zod';
import type { LogRoutes, LogRoutesByArn } from '../../domain/forwarding.ts';
import { accountOfArn, isRegion, type Region } from '../../domain/ids.ts';
import { unknown } from '../../domain/reading.ts';
import { type Collecting, defineCollector, everyPage, reading } from '../define.ts';
import { orNone } from '../lists.ts';

const filters = 'logs:DescribeMetricFilters';
const subscriptions = 'logs:DescribeSubscriptionFilters';
const Filters = z.object({
  metricFilters: z.array(
    z.object({
      filterName: z.string(),
      filterPattern: z.string().optional(),
      metricTransformations: z.array(z.object({ metricName: z.string(), metricNamespace: z.string() })).optional(),
    }),
  ),
});
const Subscriptions = z.object({
  subscriptionFilters: z.array(
    z.object({ filterName: z.string(), filterPattern: z.string().optional(), destinationArn: z.string().optional() }),
  ),
});
/** The log group is not there (any more): nothing reads it. */
const gone = ['ResourceNotFoundException'];

/** Metric and subscription filters of the log groups that trails write to; a log group is asked about where it lives, in its own account. */
export const logRoutes = defineCollector<LogRoutesByArn, { readonly groups: readonly string[] }>({
  id: 'log-routes',
  operations: [filters, subscriptions],
  async collect(aws, { groups }) {
    const found: Record<string, LogRoutes> = {};
    for (const arn of new Set(groups)) found[arn] = await routesOf(aws, arn);
    return found;
  },
});

async function routesOf(aws: Collecting, arn: string): Promise<LogRoutes> {
  const [, , , region = '', , , name = ''] = arn.split(':');
  if (!isRegion(region) || (aws.owner !== 'organization' && accountOfArn(arn) !== aws.owner)) {
    const elsewhere = unknown({ code: 'ACCESS_DENIED', action: filters }, { region: 'global', operation: filters });
    return { filters: elsewhere, subscriptions: elsewhere };
  }
  const where = region as Region;
  const reader = aws.in(where);
  return {
    filters: await reading(where, filters, () =>
      orNone(gone, [], async () => {
        const { value, at } = await everyPage(reader, filters, { logGroupName: name }, Filters);
        const all = value.flatMap(({ metricFilters }) => metricFilters);
        return {
          value: all.map((it) => ({
            name: it.filterName,
            pattern: it.filterPattern ?? '',
            metrics: (it.metricTransformations ?? []).map(({ metricName, metricNamespace }) => ({
              namespace: metricNamespace,
              name: metricName,
            })),
          })),
          at,
        };
      }),
    ),
    subscriptions: await reading(where, subscriptions, () =>
      orNone(gone, [], async () => {
        const { value, at } = await everyPage(reader, subscriptions, { logGroupName: name }, Subscriptions);
        const all = value.flatMap(({ subscriptionFilters }) => subscriptionFilters);
        return {
          value: all.map((it) => ({
            name: it.filterName,
            pattern: it.filterPattern ?? '',
            destination: it.destinationArn ?? '',
          })),
          at,
        };
      }),
    ),
  };
}
