import { readFileSync } from 'node:fs';
import { openSnapshot } from '../../../src/adapters/files/snapshot/open.ts';
import { collecting } from '../../../src/collectors/define.ts';
import { alarms, eventRules, logRoutes } from '../../../src/collectors/index.ts';
import type { Region } from '../../../src/domain/ids.ts';
import { folderWith, one } from './folder.ts';

// The six calls behind forwarding, as docs/snapshots.md says to write them down.

const region = 'eu-west-1' as Region;
const group = `arn:aws:logs:${region}:${one}:log-group:trail`;
const bus = `arn:aws:events:${region}:${one}:event-bus/security`;
const line = (input: object, output: object): string => `${JSON.stringify({ input, output })}\n`;
const files = {
  [`${one}/${region}/logs.DescribeMetricFilters.jsonl`]: line(
    { logGroupName: 'trail' },
    {
      metricFilters: [
        {
          filterName: 'ai',
          filterPattern: '{ $.x = 1 }',
          metricTransformations: [{ metricName: 'm', metricNamespace: 'n' }],
        },
      ],
    },
  ),
  [`${one}/${region}/logs.DescribeSubscriptionFilters.jsonl`]: line(
    { logGroupName: 'trail' },
    { subscriptionFilters: [] },
  ),
  [`${one}/${region}/logs.DescribeAccountPolicies.jsonl`]: line(
    { policyType: 'SUBSCRIPTION_FILTER_POLICY' },
    { accountPolicies: [] },
  ),
  [`${one}/${region}/cloudwatch.DescribeAlarms.json`]: {
    MetricAlarms: [{ AlarmName: 'a', Namespace: 'n', MetricName: 'm', AlarmActions: ['arn:aws:sns:x'] }],
    CompositeAlarms: [],
  },
  [`${one}/${region}/events.ListRules.jsonl`]:
    line({}, { Rules: [{ Name: 'r', EventPattern: '{}', State: 'ENABLED' }] }) +
    line({ EventBusName: 'security' }, { Rules: [{ Name: 'tell', EventPattern: '{}', State: 'ENABLED' }] }),
  [`${one}/${region}/events.ListTargetsByRule.jsonl`]:
    line({ Rule: 'r' }, { Targets: [{ Id: '1', Arn: bus }] }) +
    line({ Rule: 'tell', EventBusName: 'security' }, { Targets: [{ Id: '1', Arn: 'arn:aws:sns:y' }] }),
};

test('filters, alarms, rules and targets of a snapshot are known', async () => {
  const { readers } = await openSnapshot(folderWith(files));
  const aws = collecting(readers, one, async () => {});
  expect(await logRoutes.collect(aws, { groups: [`${group}:*`] })).toMatchObject({
    [`${group}:*`]: {
      filters: { value: [{ name: 'ai' }] },
      subscriptions: { kind: 'known', value: [] },
      policies: { kind: 'known', value: [] },
    },
  });
  expect(await alarms.collect(aws, { regions: [region] })).toMatchObject({ [region]: { value: [{ name: 'a' }] } });
  expect(await eventRules.collect(aws, { regions: [region] })).toMatchObject({
    rules: { [region]: { value: [{ name: 'r', targets: { value: [bus] } }] } },
    buses: { [bus]: { value: [{ name: 'tell', targets: { value: ['arn:aws:sns:y'] } }] } },
  });
});

test('the page names the inputs that are asked with', () => {
  const page = readFileSync('docs/snapshots.md', 'utf8');
  for (const input of [
    '{input: {logGroupName: $n}',
    '{input: {Rule: $r}',
    '{input: {EventBusName: $b}',
    '{input: {Rule: $r, EventBusName: $b}',
    '{input: {policyType: "SUBSCRIPTION_FILTER_POLICY"}',
    '--alarm-types MetricAlarm CompositeAlarm',
  ])
    expect(page).toContain(input);
});
