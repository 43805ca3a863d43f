import type { Collecting } from '../collectors/define.ts';
import { alarms, logRoutes } from '../collectors/index.ts';
import type { TrailFact } from '../domain/facts.ts';
import type { SharedForwarding } from '../domain/forwarding.ts';
import { isRegion, type Region } from '../domain/ids.ts';

/** What reads the log groups of some trails, and the alarms where a metric is counted from one, or where that was refused. */
export async function logForwarding(
  through: (collector: { readonly id: string }) => Collecting,
  trails: readonly TrailFact[],
): Promise<SharedForwarding> {
  const named = [...new Set(trails.flatMap(({ settings }) => settings.logGroup ?? []))];
  const groups = await logRoutes.collect(through(logRoutes), { groups: named });
  const counting = Object.entries(groups).filter(
    ([, { filters }]) => filters.kind === 'unknown' || filters.value.length > 0,
  );
  const regions = [...new Set(counting.map(([arn]) => arn.split(':')[3] ?? ''))].filter(isRegion) as Region[];
  return { groups, alarms: await alarms.collect(through(alarms), { regions: regions.sort() }) };
}
