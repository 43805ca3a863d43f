import { eventRules, logRoutes } from '../../src/collectors/index.ts';
import type { Region } from '../../src/domain/ids.ts';
import { account } from '../support/facts.ts';
import { answer, recordedAt, refusal } from '../support/lines.ts';

const region = 'us-east-1';
const group = (name: string): string => `arn:aws:logs:${region}:${account}:log-group:${name}:*`;
const destination = 'arn:aws:firehose:us-east-1:1:x';

describe('log-routes', () => {
  const filters = (name: string, metricFilters: readonly object[] = []) =>
    answer('logs:DescribeMetricFilters', { logGroupName: name }, { metricFilters }, region);
  const subscriptions = (name: string, subscriptionFilters: readonly object[] = []) =>
    answer('logs:DescribeSubscriptionFilters', { logGroupName: name }, { subscriptionFilters }, region);
  const asked = { policyType: 'SUBSCRIPTION_FILTER_POLICY' };
  const policies = (...accountPolicies: readonly object[]) =>
    answer('logs:DescribeAccountPolicies', asked, { accountPolicies }, region);
  const policy = (selectionCriteria?: string, more: object = {}) => ({
    policyName: 'all',
    policyType: 'SUBSCRIPTION_FILTER_POLICY',
    policyDocument: JSON.stringify({ DestinationArn: destination, FilterPattern: 'x', Distribution: 'Random' }),
    ...(selectionCriteria === undefined ? {} : { selectionCriteria }),
    ...more,
  });
  const sends = { pattern: 'x', destination };
  const policiesIn = async (...lines: readonly ReturnType<typeof answer>[]) => {
    const fact = await logRoutes.collect(recordedAt([filters('a'), subscriptions('a'), ...lines]), {
      groups: [group('a')],
    });
    return fact[group('a')]?.policies;
  };

  test.each([
    [policy(), { sends, leavesOut: [] }],
    [policy('LogGroupName NOT IN ["a", "b"]'), { sends, leavesOut: ['a', 'b'] }],
    [policy('LogGroupName NOT IN []'), { sends, leavesOut: [] }],
    [policy(' logGroupName not in["a"]\n'), { sends, leavesOut: ['a'] }],
    [policy('LogGroupName IN ["a"]'), { sends, leavesOut: null }],
    [policy('LogGroupNamePrefix NOT IN ["a"]'), { sends, leavesOut: null }],
    [policy('LogGroupName NOT IN ["a"] AND x'), { sends, leavesOut: null }],
    [policy('LogGroupName NOT IN ["a"'), { sends, leavesOut: null }],
    [policy('LogGroupName NOT IN [1]'), { sends, leavesOut: null }],
    [policy(undefined, { policyDocument: '{"DestinationArn":"x"}' }), { sends: null, leavesOut: [] }],
    [policy(undefined, { policyDocument: 'x' }), { sends: null, leavesOut: [] }],
  ])('a policy %j', async (told, fact) => {
    expect(await policiesIn(policies(told))).toMatchObject({ kind: 'known', value: [{ name: 'all', ...fact }] });
  });

  test('policies of other types say nothing', async () => {
    const other = policy(undefined, { policyType: 'DATA_PROTECTION_POLICY' });
    expect(await policiesIn(policies(other))).toMatchObject({ kind: 'known', value: [] });
  });

  test('refused policies are unknown, whatever the filters say', async () => {
    const refused = refusal('logs:DescribeAccountPolicies', asked, 'AccessDeniedException', region);
    expect(await policiesIn(refused)).toMatchObject({ kind: 'unknown', gap: { code: 'ACCESS_DENIED' } });
  });

  test('the policies of a Region are asked for once, for all its log groups', async () => {
    const lines = ['a', 'b'].flatMap((name) => [filters(name), subscriptions(name)]);
    const aws = recordedAt([...lines, policies(policy())]);
    const calls: string[] = [];
    const counted = {
      ...aws,
      in: (where: Parameters<typeof aws.in>[0]) => {
        const reader = aws.in(where);
        const pages: typeof reader.pages = (operation, input) => {
          calls.push(operation);
          return reader.pages(operation, input);
        };
        return { ...reader, pages };
      },
    };
    const fact = await logRoutes.collect(counted, { groups: [group('a'), group('b')] });
    expect(fact[group('b')]?.policies).toBe(fact[group('a')]?.policies);
    expect(calls.filter((operation) => operation === 'logs:DescribeAccountPolicies')).toHaveLength(1);
  });

  test('what decides besides the pattern is told', async () => {
    const told = [
      { filterName: 'plain', filterPattern: 'x', applyOnTransformedLogs: false, fieldSelectionCriteria: '' },
      { filterName: 'transformed', filterPattern: 'x', applyOnTransformedLogs: true },
      { filterName: 'everything', filterPattern: '', applyOnTransformedLogs: true },
      { filterName: 'selected', fieldSelectionCriteria: '@aws.region = "us-east-1"' },
    ];
    const fact = await logRoutes.collect(recordedAt([filters('a', told), subscriptions('a', told), policies()]), {
      groups: [group('a')],
    });
    const besides = [
      { besides: null },
      { besides: 'a log transformer' },
      { besides: null },
      { besides: 'a selection by system fields' },
    ];
    expect(fact[group('a')]).toMatchObject({ filters: { value: besides }, subscriptions: { value: besides } });
  });

  const lost = (operation: 'logs:DescribeMetricFilters' | 'logs:DescribeSubscriptionFilters', name: string) =>
    refusal(operation, { logGroupName: 'a' }, name, region);
  const routesWith = async (...lines: Parameters<typeof recordedAt>[0]) =>
    (await logRoutes.collect(recordedAt([...lines, policies(policy())]), { groups: [group('a')] }))[group('a')];

  test('nothing reads a log group that is gone, not even a policy for all of them', async () => {
    const nothing = { filters: { value: [] }, subscriptions: { value: [] }, policies: { value: [] } };
    const isGone = 'ResourceNotFoundException';
    const filtersGone = lost('logs:DescribeMetricFilters', isGone);
    const denied = lost('logs:DescribeMetricFilters', 'AccessDeniedException');
    const subscriptionsGone = lost('logs:DescribeSubscriptionFilters', isGone);
    expect(await routesWith(filtersGone, subscriptionsGone)).toMatchObject(nothing);
    expect(await routesWith(denied, subscriptionsGone)).toMatchObject(nothing);
  });

  test('where both its lists are refused it is not known that it is there, and so that a policy reads it', async () => {
    const denied = 'AccessDeniedException';
    const filtersLost = lost('logs:DescribeMetricFilters', denied);
    const subscriptionsLost = lost('logs:DescribeSubscriptionFilters', denied);
    expect(await routesWith(filtersLost, subscriptionsLost)).toMatchObject({ policies: { kind: 'unknown' } });
    expect(await routesWith(filtersLost, subscriptions('a'))).toMatchObject({ policies: { kind: 'known' } });
    expect(await routesWith(filters('a'), subscriptionsLost)).toMatchObject({ policies: { kind: 'known' } });
  });

  test('a log group of another account cannot be asked about', async () => {
    const theirs = group('a').replace(account, '999999999999');
    const fact = await logRoutes.collect(recordedAt([]), { groups: [theirs] });
    expect(fact[theirs]).toMatchObject({ filters: { kind: 'unknown' }, policies: { kind: 'unknown' } });
  });
});

describe('event-rules', () => {
  const regions = ['us-east-1', 'eu-west-1'] as unknown as readonly Region[];
  const bus = (name: string, where = region, whose: string = account): string =>
    `arn:aws:events:${where}:${whose}:event-bus/${name}`;
  const ofBus = (name?: string) => (name === undefined ? {} : { EventBusName: name });
  const rules = (where: string, names: readonly string[], on?: string) =>
    answer('events:ListRules', ofBus(on), { Rules: names.map((Name) => ({ Name, EventPattern: '{}' })) }, where);
  const targets = (where: string, Rule: string, arns: readonly string[], on?: string) =>
    answer('events:ListTargetsByRule', { Rule, ...ofBus(on) }, { Targets: arns.map((Arn) => ({ Arn })) }, where);
  const quiet = rules('eu-west-1', []);

  test('the buses that rules of a default bus send to are read where they are, no others', async () => {
    const far = bus('far', 'eu-west-1');
    const fed = [bus('a'), far, bus('default', 'eu-west-1'), bus('a', region, '999999999999'), bus('a', 'ap-south-2')];
    const fact = await eventRules.collect(
      recordedAt([
        rules(region, ['first']),
        targets(region, 'first', fed),
        quiet,
        rules(region, ['tell'], 'a'),
        targets(region, 'tell', [bus('third')], 'a'),
        rules('eu-west-1', [], 'far'),
      ]),
      { regions },
    );
    expect(Object.keys(fact.buses)).toEqual([bus('a'), far]);
    expect(fact.buses[bus('a')]).toMatchObject({ value: [{ name: 'tell', targets: { value: [bus('third')] } }] });
    expect(fact.buses[far]).toMatchObject({ kind: 'known', value: [] });
  });

  test('a bus that is gone has no rules; one whose rules are refused is unknown', async () => {
    const fed = [rules(region, ['first']), targets(region, 'first', [bus('a')]), quiet];
    const asked = async (name: string) =>
      (
        await eventRules.collect(recordedAt([...fed, refusal('events:ListRules', ofBus('a'), name, region)]), {
          regions,
        })
      ).buses;
    expect(await asked('ResourceNotFoundException')).toMatchObject({ [bus('a')]: { kind: 'known', value: [] } });
    expect(await asked('AccessDeniedException')).toMatchObject({
      [bus('a')]: { kind: 'unknown', gap: { code: 'ACCESS_DENIED', action: 'events:ListRules' } },
    });
  });
});
