import { metricNamespace, type SimulatedForwarding, type SimulatedLogGroup } from '../forwarding.ts';
import { pageOf } from '../page.ts';
import { refuse } from '../refuse.ts';
import type { Answering, CallScope } from '../scope.ts';

// Log groups with their filters, alarms, and rules of the default event bus.

const nothing: SimulatedForwarding = { groups: [], policies: [], alarms: [], rules: [], buses: [] };
const forwardingOf = ({ account }: CallScope): SimulatedForwarding => account.forwarding ?? nothing;

function groupCalled(
  scope: CallScope,
  operation: 'logs:DescribeMetricFilters' | 'logs:DescribeSubscriptionFilters',
  name: string | undefined,
): SimulatedLogGroup {
  const found = forwardingOf(scope).groups.find((group) => group.name === name && group.region === scope.region);
  if (found !== undefined) return found;
  throw refuse(operation, 'ResourceNotFoundException', 'The specified log group does not exist.');
}

const metricFilters: Answering<'logs:DescribeMetricFilters'> = (scope, input) => {
  const operation = 'logs:DescribeMetricFilters';
  const group = groupCalled(scope, operation, input.logGroupName);
  const all = Object.entries(group.filters).map(([filterName, filterPattern]) => ({
    filterName,
    filterPattern,
    logGroupName: group.name,
    metricTransformations: [{ metricName: filterName, metricNamespace, metricValue: '1' }],
  }));
  const { items, next } = pageOf(all, { operation, token: input.nextToken, size: input.limit, most: 1 });
  return { metricFilters: items, ...(next === undefined ? {} : { nextToken: next }) };
};

const subscriptionFilters: Answering<'logs:DescribeSubscriptionFilters'> = (scope, input) => {
  const operation = 'logs:DescribeSubscriptionFilters';
  const group = groupCalled(scope, operation, input.logGroupName);
  const all = Object.entries(group.subscriptions).map(([filterName, filterPattern]) => ({
    filterName,
    filterPattern,
    logGroupName: group.name,
    destinationArn: securityLake(scope),
  }));
  const { items, next } = pageOf(all, { operation, token: input.nextToken, size: input.limit, most: 1 });
  return { subscriptionFilters: items, ...(next === undefined ? {} : { nextToken: next }) };
};

const securityLake = ({ account, region }: CallScope): string =>
  `arn:aws:firehose:${region}:${account.id}:deliverystream/security-lake`;

const accountPolicies: Answering<'logs:DescribeAccountPolicies'> = (scope, input) => {
  const operation = 'logs:DescribeAccountPolicies';
  const here = forwardingOf(scope).policies.filter(({ region }) => region === scope.region);
  const all = input.policyType === 'SUBSCRIPTION_FILTER_POLICY' ? here : [];
  const answered = all.map(({ name, pattern, leavesOut }) => ({
    policyName: name,
    policyDocument: JSON.stringify({
      DestinationArn: securityLake(scope),
      FilterPattern: pattern,
      Distribution: 'Random',
    }),
    policyType: 'SUBSCRIPTION_FILTER_POLICY' as const,
    scope: 'ALL' as const,
    accountId: scope.account.id,
    ...(leavesOut.length === 0 ? {} : { selectionCriteria: `LogGroupName NOT IN ${JSON.stringify(leavesOut)}` }),
  }));
  const { items, next } = pageOf(answered, { operation, token: input.nextToken, size: undefined, most: 1 });
  return { accountPolicies: items, ...(next === undefined ? {} : { nextToken: next }) };
};

const describeAlarms: Answering<'cloudwatch:DescribeAlarms'> = (scope, input) => {
  const operation = 'cloudwatch:DescribeAlarms';
  const here = forwardingOf(scope).alarms.filter(({ region }) => region === scope.region);
  const all = here.map(({ name, filter, actionsEnabled, region }) => ({
    AlarmName: name,
    AlarmArn: `arn:aws:cloudwatch:${region}:${scope.account.id}:alarm:${name}`,
    ActionsEnabled: actionsEnabled,
    AlarmActions: [`arn:aws:sns:${region}:${scope.account.id}:security`],
    Namespace: metricNamespace,
    MetricName: filter,
  }));
  const { items, next } = pageOf(all, { operation, token: input.NextToken, size: input.MaxRecords, most: 1 });
  return { MetricAlarms: items, CompositeAlarms: [], ...(next === undefined ? {} : { NextToken: next }) };
};

/** The rules of the bus that is asked about, the default one where none is named. */
function rulesOf(
  { account: { forwarding = nothing } }: CallScope,
  operation: 'events:ListRules' | 'events:ListTargetsByRule',
  bus = 'default',
): SimulatedForwarding['rules'] {
  if (bus === 'default') return forwarding.rules;
  const found = forwarding.buses.find(({ name }) => name === bus);
  if (found === undefined) throw refuse(operation, 'ResourceNotFoundException', `Event bus ${bus} does not exist.`);
  return found.rules;
}

const listRules: Answering<'events:ListRules'> = (scope, input) => {
  const operation = 'events:ListRules';
  const all = rulesOf(scope, operation, input.EventBusName).map(({ name, pattern }) => ({
    Name: name,
    Arn: `arn:aws:events:${scope.region}:${scope.account.id}:rule/${input.EventBusName === undefined ? '' : `${input.EventBusName}/`}${name}`,
    EventPattern: JSON.stringify(pattern),
    State: 'ENABLED' as const,
    EventBusName: input.EventBusName ?? 'default',
  }));
  const { items, next } = pageOf(all, { operation, token: input.NextToken, size: input.Limit, most: 1 });
  return { Rules: items, ...(next === undefined ? {} : { NextToken: next }) };
};

const listTargets: Answering<'events:ListTargetsByRule'> = (scope, input) => {
  const operation = 'events:ListTargetsByRule';
  const rule = rulesOf(scope, operation, input.EventBusName).find(({ name }) => name === input.Rule);
  if (rule === undefined) throw refuse(operation, 'ResourceNotFoundException', `Rule ${input.Rule} does not exist.`);
  const all = rule.targets.map((arn, at) => ({
    Id: String(at + 1),
    Arn: arn.replace('REGION', scope.region).replace('ACCOUNT', scope.account.id),
  }));
  const { items, next } = pageOf(all, { operation, token: input.NextToken, size: input.Limit, most: 1 });
  return { Targets: items, ...(next === undefined ? {} : { NextToken: next }) };
};

export const forwardingAnswers = {
  'logs:DescribeMetricFilters': metricFilters,
  'logs:DescribeSubscriptionFilters': subscriptionFilters,
  'logs:DescribeAccountPolicies': accountPolicies,
  'cloudwatch:DescribeAlarms': describeAlarms,
  'events:ListRules': listRules,
  'events:ListTargetsByRule': listTargets,
};
