import { z } from 'zod';
import type { ByRegion } from '../../domain/account-settings.ts';
import type { Alarm } from '../../domain/forwarding.ts';
import { defineCollector, everyPage } from '../define.ts';
import { inEach, type Regions } from '../lists.ts';

const operation = 'cloudwatch:DescribeAlarms';
const Metric = z.object({ Namespace: z.string().optional(), MetricName: z.string().optional() });
const Told = {
  AlarmName: z.string(),
  ActionsEnabled: z.boolean().optional(),
  AlarmActions: z.array(z.string()).optional(),
};
const Page = z.object({
  MetricAlarms: z
    .array(
      z.object({
        ...Told,
        ...Metric.shape,
        Metrics: z.array(z.object({ MetricStat: z.object({ Metric }).optional() })).optional(),
      }),
    )
    .optional(),
  CompositeAlarms: z.array(z.object({ ...Told, AlarmRule: z.string().optional() })).optional(),
});

/** CloudWatch alarms of the Regions where a metric is counted from a trail's log group; composite ones too, which AWS leaves out unless asked. */
export const alarms = defineCollector<ByRegion<readonly Alarm[]>, Regions>({
  id: 'alarms',
  operations: [operation],
  async collect(aws, { regions }) {
    return inEach(aws, regions, operation, async (reader) => {
      const AlarmTypes = ['MetricAlarm', 'CompositeAlarm'] as ('MetricAlarm' | 'CompositeAlarm')[];
      const { value, at } = await everyPage(reader, operation, { AlarmTypes }, Page);
      return { value: value.flatMap(alarmsOf), at };
    });
  },
});

function alarmsOf({ MetricAlarms = [], CompositeAlarms = [] }: z.infer<typeof Page>): Alarm[] {
  return [
    ...MetricAlarms.map((it) => ({
      ...told(it),
      metrics: [it, ...(it.Metrics ?? []).map(({ MetricStat }) => MetricStat?.Metric ?? {})].flatMap(metricOf),
      rule: null,
    })),
    ...CompositeAlarms.map((it) => ({ ...told(it), metrics: [], rule: it.AlarmRule ?? '' })),
  ];
}

/** AWS enables the actions of an alarm unless told otherwise (CloudWatch API reference, "PutMetricAlarm"). */
const told = ({ AlarmName, ActionsEnabled, AlarmActions }: z.infer<z.ZodObject<typeof Told>>) => ({
  name: AlarmName,
  actionsEnabled: ActionsEnabled ?? true,
  actions: AlarmActions ?? [],
});

const metricOf = ({ Namespace, MetricName }: z.infer<typeof Metric>): Alarm['metrics'] =>
  Namespace === undefined || MetricName === undefined ? [] : [{ namespace: Namespace, name: MetricName }];
