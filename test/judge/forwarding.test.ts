import type { SharedFacts, TrailFact } from '../../src/domain/facts.ts';
import type { Alarm, EventRule, ForwardingFacts, LogRoutes } from '../../src/domain/forwarding.ts';
import { accountId } from '../../src/domain/ids.ts';
import { judgeForwarding } from '../../src/judge/forwarding.ts';
import { judgeLogging } from '../../src/judge/logging.ts';
import {
  account,
  clock,
  delivering,
  denied,
  factsWith,
  fields,
  noShared,
  read,
  store,
  trail,
} from '../support/facts.ts';
import { afterCommand } from '../support/forwarding.ts';

const type = 'AWS::Bedrock::Guardrail';
const selectors = { advanced: [fields({ eventCategory: ['Data'], 'resources.type': [type] })] };
const group = `arn:aws:logs:us-east-1:${account}:log-group:trail:*`;
const topic = `arn:aws:sns:us-east-1:${account}:security`;
const writingTo = (logGroup: string | null) => ({ validated: true, kmsKey: null, logGroup, bucket: 'logs' });
const recording = (more: Partial<TrailFact> = {}) => trail('t', selectors, { settings: writingTo(group), ...more });
const filter = (pattern: string) => ({
  name: 'guardrails',
  pattern,
  besides: null,
  metrics: [{ namespace: 'AI', name: 'guardrails' }],
});
const ofBedrock = '{ $.eventSource = "bedrock.amazonaws.com" }';
const routes = (more: Partial<LogRoutes> = {}): LogRoutes => ({
  filters: read([]),
  subscriptions: read([]),
  policies: read([]),
  ...more,
});
const watched = routes({ filters: read([filter(ofBedrock)]) });
const alarm = (more: Partial<Alarm> = {}): Alarm => ({
  name: 'guardrails-used',
  metrics: [{ namespace: 'AI', name: 'guardrails' }],
  rule: null,
  actionsEnabled: true,
  actions: [topic],
  ...more,
});
const rule = (more: Partial<EventRule> = {}): EventRule => ({
  name: 'bedrock',
  pattern: JSON.stringify({ detail: { eventSource: ['bedrock.amazonaws.com'] } }),
  state: 'ENABLED',
  targets: read([topic]),
  ...more,
});

const nothing: ForwardingFacts = {
  groups: { [group]: routes() },
  alarms: { 'us-east-1': read([]) },
  rules: { 'us-east-1': read([]) },
  buses: {},
};

function rowOf(
  more: Partial<ForwardingFacts> = {},
  own: readonly TrailFact[] = [recording()],
  shared: SharedFacts = noShared,
) {
  const forwarding = { ...nothing, ...more };
  const logging = { trails: { 'us-east-1': read([...own]) }, stores: { 'us-east-1': read([]) } };
  const facts = factsWith({ logging, forwarding });
  const rows = judgeForwarding(facts, shared, judgeLogging(facts, shared, { clock }));
  return rows.find(({ eventClass }) => eventClass === type);
}
/** What a class comes to once the command of its row was run. */
function gradeAfter(forwarding: Partial<ForwardingFacts>, command: string) {
  const then = afterCommand({ trails: [recording()], forwarding: { ...nothing, ...forwarding } }, command);
  return rowOf(then.forwarding, then.trails)?.grade;
}
/** A grade with a command that, run in the account, makes it `monitored`; or with none. */
function expectPiece(forwarding: Partial<ForwardingFacts>, grade: string, command: string | null): void {
  const row = rowOf(forwarding);
  expect(row?.grade).toBe(grade);
  if (command === null) {
    expect(row?.command).toBeNull();
    return;
  }
  expect(row?.command).toContain(command);
  expect(row?.runIn).toBe(account);
  expect(gradeAfter(forwarding, row?.command ?? '')).toBe('monitored');
}
const arn = (rest: string) => `arn:aws:${rest}`;
/** What alarms do and rules call, and where that leads (CloudWatch API reference, "PutMetricAlarm"; EventBridge user guide, "Event bus targets"). */
const leads: readonly [string, string][] = [
  [topic, 'monitored'],
  [`arn:aws-us-gov:sns:us-gov-west-1:${account}:security`, 'monitored'],
  [arn(`ssm-incidents::${account}:response-plan/ai`), 'monitored'],
  [arn(`chatbot::${account}:chat-configuration/slack-channel/ai`), 'monitored'],
  [arn(`notifications::${account}:configuration/a01j`), 'monitored'],
  [arn(`ssm:us-east-1:${account}:opsitem:2#CATEGORY=Security`), 'forwarded'],
  [arn(`lambda:us-east-1:${account}:function:sns`), 'forwarded'],
  [arn(`aiops:us-east-1:${account}:investigation-group:x`), 'forwarded'],
  [arn('automate:us-east-1:ec2:stop'), 'stored-only'],
  [arn(`swf:us-east-1:${account}:action/actions/AWS_EC2.InstanceId.Reboot/1.0`), 'stored-only'],
  [arn(`autoscaling:us-east-1:${account}:scalingPolicy:x:autoScalingGroupName/a:policyName/b`), 'stored-only'],
  [arn(`events:us-east-1:${account}:target/stop-instance`), 'stored-only'],
];
const alarms = (...all: readonly Alarm[]) => ({ 'us-east-1': read(all) });
const rules = (...all: readonly EventRule[]) => ({ 'us-east-1': read(all) });
const groups = (it: LogRoutes) => ({ [group]: it });
const lake = 'arn:aws:firehose:us-east-1:1:x';
const subscription = (pattern: string, besides: string | null = null) =>
  routes({ subscriptions: read([{ name: 'lake', pattern, besides, destination: lake }]) });
const policy = (pattern: string | null, leavesOut: readonly string[] | null = []) =>
  routes({
    policies: read([{ name: 'all', sends: pattern === null ? null : { pattern, destination: lake }, leavesOut }]),
  });
const triage = 'arn:aws:lambda:us-east-1:1:function:f';
const ofStorage = '{ $.eventSource = "s3.amazonaws.com" }';

test.each<[string, Partial<ForwardingFacts>, string, string | null]>([
  ['a filter, an alarm and a topic', { groups: groups(watched), alarms: alarms(alarm()) }, 'monitored', null],
  [
    'actions that are off',
    { groups: groups(watched), alarms: alarms(alarm({ actionsEnabled: false })) },
    'stored-only',
    'enable-alarm-actions',
  ],
  [
    'an alarm without an action',
    { groups: groups(watched), alarms: alarms(alarm({ actions: [] })) },
    'stored-only',
    'alarm-actions',
  ],
  [
    'a composite alarm that acts for it',
    {
      groups: groups(watched),
      alarms: alarms(alarm({ actions: [] }), alarm({ name: 'any', metrics: [], rule: 'ALARM("guardrails-used")' })),
    },
    'monitored',
    null,
  ],
  [
    'a composite alarm that waits for it to be quiet',
    {
      groups: groups(watched),
      alarms: alarms(alarm({ actions: [] }), alarm({ name: 'x', metrics: [], rule: 'NOT ALARM("guardrails-used")' })),
    },
    'stored-only',
    'alarm-actions',
  ],
  [
    'a composite alarm on an alarm whose name holds this one',
    {
      groups: groups(watched),
      alarms: alarms(
        alarm({ actions: [] }),
        alarm({ name: 'x', metrics: [], rule: 'ALARM("no-guardrails-used-here")' }),
      ),
    },
    'stored-only',
    'alarm-actions',
  ],
  [
    'a composite alarm that another alarm must set off too',
    {
      groups: groups(watched),
      alarms: alarms(
        alarm({ actions: [] }),
        alarm({ name: 'x', metrics: [], rule: 'ALARM("guardrails-used") AND ALARM("y")' }),
      ),
    },
    'not-measured',
    null,
  ],
  [
    'a composite alarm on a composite alarm',
    {
      groups: groups(watched),
      alarms: alarms(
        alarm({ actions: [] }),
        alarm({ name: 'top', metrics: [], rule: 'ALARM(any)' }),
        alarm({ name: 'any', metrics: [], actions: [], rule: 'ALARM("guardrails-used") OR ALARM("top")' }),
      ),
    },
    'monitored',
    null,
  ],
  [
    'an alarm on another metric',
    { groups: groups(watched), alarms: alarms(alarm({ metrics: [{ namespace: 'AI', name: 'x' }] })) },
    'stored-only',
    'put-metric-alarm',
  ],
  [
    'an alarm on a metric of that name in another namespace',
    { groups: groups(watched), alarms: alarms(alarm({ metrics: [{ namespace: 'X', name: 'guardrails' }] })) },
    'stored-only',
    'put-metric-alarm',
  ],
  [
    'alarms that were not read, and a function',
    { groups: groups(watched), alarms: { 'us-east-1': denied }, rules: rules(rule({ targets: read([triage]) })) },
    'forwarded',
    'put-targets',
  ],
  ['a filter that nobody looks at', { groups: groups(watched) }, 'stored-only', 'put-metric-alarm'],
  [
    'a filter on other events',
    {
      groups: groups(routes({ filters: read([filter('{ $.eventSource = "iam.amazonaws.com" }')]) })),
      alarms: alarms(alarm()),
    },
    'stored-only',
    'put-metric-filter',
  ],
  [
    'a filter that is not judged',
    { groups: groups(routes({ filters: read([filter('{ $.eventSource = %(bed)% }')]) })), alarms: alarms(alarm()) },
    'not-measured',
    null,
  ],
  ['filters that were not read', { groups: groups(routes({ filters: denied })) }, 'not-measured', null],
  ['alarms that were not read', { groups: groups(watched), alarms: { 'us-east-1': denied } }, 'not-measured', null],
  ['a subscription to everything', { groups: groups(subscription('')) }, 'forwarded', 'put-metric-filter'],
  ['a subscription to other events', { groups: groups(subscription(ofStorage)) }, 'stored-only', 'put-metric-filter'],
  [
    'a subscription, and rules that were not read',
    { groups: groups(subscription('')), rules: { 'us-east-1': denied } },
    'forwarded',
    'put-metric-filter',
  ],
  [
    'a subscription that a transformer decides',
    { groups: groups(subscription('x', 'a transformer')) },
    'not-measured',
    null,
  ],
  [
    'a metric filter that a transformer decides',
    {
      groups: groups(routes({ filters: read([{ ...filter(ofBedrock), besides: 'a transformer' }]) })),
      alarms: alarms(alarm()),
    },
    'not-measured',
    null,
  ],
  ['a policy of the account', { groups: groups(policy('', ['other'])) }, 'forwarded', 'put-metric-filter'],
  [
    'a policy that leaves the log group out',
    { groups: groups(policy('', ['trail'])) },
    'stored-only',
    'put-metric-filter',
  ],
  ['a policy on other events', { groups: groups(policy(ofStorage)) }, 'stored-only', 'put-metric-filter'],
  ['a policy for log groups nobody can tell', { groups: groups(policy('', null)) }, 'not-measured', null],
  ['a policy that nobody can read', { groups: groups(policy(null)) }, 'not-measured', null],
  ['such a policy, on other events', { groups: groups(policy(ofStorage, null)) }, 'stored-only', 'put-metric-filter'],
  [
    'such a policy, which leaves the log group out',
    { groups: groups(policy(null, ['trail'])) },
    'stored-only',
    'put-metric-filter',
  ],
  ['policies that were not read', { groups: groups(routes({ policies: denied })) }, 'not-measured', null],
  [
    'a subscription, and policies that were not read',
    { groups: groups({ ...subscription(''), policies: denied }) },
    'forwarded',
    'put-metric-filter',
  ],
  ['a rule with a topic', { rules: rules(rule()) }, 'monitored', null],
  [
    'a rule with a function',
    { rules: rules(rule({ targets: read(['arn:aws:lambda:us-east-1:1:function:f']) })) },
    'forwarded',
    'put-targets --rule bedrock --targets Id=tell,',
  ],
  ['a rule without a target', { rules: rules(rule({ targets: read([]) })) }, 'stored-only', 'put-targets'],
  ['a rule that is off', { rules: rules(rule({ state: 'DISABLED' })) }, 'stored-only', 'enable-rule'],
  [
    'a rule that is off, on what nobody can judge',
    { rules: rules(rule({ state: 'DISABLED', pattern: 'x' })) },
    'stored-only',
    'put-metric-filter',
  ],
  [
    'a rule on other events',
    { rules: rules(rule({ pattern: '{"source":["aws.ec2"]}' })) },
    'stored-only',
    'put-metric-filter',
  ],
  ['a rule on a schedule', { rules: rules(rule({ pattern: null })) }, 'stored-only', 'put-metric-filter'],
  ['rules that were not read', { rules: { 'us-east-1': denied } }, 'not-measured', null],
  ['targets that were not read', { rules: rules(rule({ targets: denied })) }, 'not-measured', null],
])('%s: %s', (_, forwarding, grade, command) => expectPiece(forwarding, grade, command));

describe.each(leads)('%s as an action of an alarm and a target of a rule', (to, grade) => {
  const byAlarm = (...actions: readonly string[]) =>
    rowOf({ groups: groups(watched), alarms: alarms(alarm({ actions })) });
  const byRule = (...targets: readonly string[]) => rowOf({ rules: rules(rule({ targets: read(targets) })) });

  test(grade, () => {
    expect([byAlarm(to)?.grade, byRule(to)?.grade]).toEqual([grade, grade]);
    if (grade !== 'monitored')
      expect(byAlarm(to)?.command).toContain(`--alarm-actions arn:aws:sns:us-east-1:${account}:TOPIC`);
    if (grade === 'stored-only') expect(byRule(to)?.command).toContain('put-targets --rule bedrock');
  });

  test('beside a topic: monitored', () =>
    expect([byAlarm(to, topic), byRule(to, topic)].map((row) => row?.grade)).toEqual(['monitored', 'monitored']));
});

test('where an alarm tells people, what else it may set off is no doubt', () => {
  const composite = alarm({ name: 'x', metrics: [], rule: 'ALARM("guardrails-used") AND ALARM("y")' });
  const judged = (actions: readonly string[]) =>
    rowOf({ groups: groups(watched), alarms: alarms(alarm({ actions }), composite) });
  expect(judged([topic])).toMatchObject({ grade: 'monitored', why: null });
  expect(judged([triage])).toMatchObject({ grade: 'forwarded', why: expect.stringContaining('whether x goes off') });
});

test('reads among management events reach the rules that ask for them, whatever other rules of that pattern say', () => {
  const models = JSON.stringify({ detail: { eventName: ['InvokeModel'] } });
  const graded = (state: string) => {
    const all = { advanced: [fields({ eventCategory: ['Management'] })] };
    const trails = { 'us-east-1': read([trail('t', all, { settings: writingTo(null) })]) };
    const facts = factsWith({
      logging: { trails, stores: { 'us-east-1': read([]) } },
      forwarding: { groups: {}, alarms: {}, rules: rules(rule({ pattern: models, state })), buses: {} },
    });
    const rows = judgeForwarding(facts, noShared, judgeLogging(facts, noShared, { clock }));
    return rows.find(({ eventClass }) => eventClass === 'management:bedrock.amazonaws.com')?.grade;
  };
  const withReads = 'ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS';
  expect(['ENABLED', withReads, 'ENABLED'].map(graded)).toEqual(['stored-only', 'monitored', 'stored-only']);
});

test('a trail that writes to its bucket alone', () => {
  expect(rowOf({}, [recording({ settings: writingTo(null) })])).toMatchObject({
    grade: 'stored-only',
    routes: [{ kind: 'bucket' }],
    missing: expect.stringContaining('log group'),
  });
});

test('nothing records it', () =>
  expect(rowOf({ rules: rules(rule()) }, [])).toMatchObject({ grade: 'not-recorded', regions: { 'not-recorded': 1 } }));

test('an event data store sends nothing to the event bus', () => {
  const facts = factsWith({
    logging: {
      trails: { 'us-east-1': read([]) },
      stores: { 'us-east-1': read([store('lake', selectors.advanced as never)]) },
    },
    forwarding: { groups: {}, alarms: {}, rules: rules(rule()), buses: {} },
  });
  const rows = judgeForwarding(facts, noShared, judgeLogging(facts, noShared, { clock }));
  expect(rows.find(({ eventClass }) => eventClass === type)).toMatchObject({
    grade: 'stored-only',
    routes: [{ kind: 'event-data-store' }],
  });
});

test.each([
  ['one user', { 'userIdentity.arn': [`arn:aws:iam::${account}:user/robot`] }, 'stored-only'],
  ['one guardrail', { 'resources.ARN': [`arn:aws:bedrock:us-east-1:${account}:guardrail/one`] }, 'stored-only'],
  ['the console', { sessionCredentialFromConsole: ['true'] }, 'stored-only'],
  ['a call of the class', { eventName: ['ApplyGuardrail'] }, 'monitored'],
])('a trail that is narrowed to %s, with an alarm behind it', (_, narrowing, expected) => {
  const narrow = { advanced: [fields({ eventCategory: ['Data'], 'resources.type': [type], ...narrowing })] };
  const trails = [trail('t', narrow, { settings: writingTo(group) })];
  const row = rowOf({ groups: groups(watched), alarms: alarms(alarm()), rules: rules(rule()) }, trails);
  expect(row?.grade).toBe(expected);
  if (expected === 'stored-only') expect(row?.missing).toMatch('they are narrowed');
});

describe('a trail beside what is known to record the class', () => {
  const whole = recording({ settings: writingTo(null) });
  const beside = (more: Partial<TrailFact>) => trail('beside', selectors, { settings: writingTo(group), ...more });
  const graded = (more: Partial<TrailFact>) => rowOf({ groups: groups(watched) }, [whole, beside(more)]);

  test('whose selectors or status were not read may lead further', () => {
    expect(graded({ selectors: denied })).toMatchObject({
      grade: 'not-measured',
      why: expect.stringMatching(/^the selectors of .*beside: /),
    });
    expect(graded({ status: denied })).toMatchObject({
      grade: 'not-measured',
      why: expect.stringMatching(/^the status of .*beside: /),
    });
  });

  test('which has stopped, is elsewhere, of somebody else, or takes other events leads nowhere', () => {
    const stopped = read({ ...delivering, logging: false });
    const other = read({
      basic: [],
      advanced: [fields({ eventCategory: ['Data'], 'resources.type': ['AWS::S3::Object'] })],
    });
    const strange = { arn: 'arn:aws:cloudtrail:us-east-1:999999999999:trail/x', selectors: denied };
    for (const more of [
      { selectors: denied, status: stopped },
      { selectors: denied, multiRegion: false, home: 'eu-west-1' },
      { selectors: other, status: denied },
      strange,
    ])
      expect(graded(more)?.grade).toBe('stored-only');
  });

  test('that may be there, where the list of trails was refused', () => {
    const logging = { trails: { 'us-east-1': denied }, stores: { 'us-east-1': read([]) } };
    const shared = { ...noShared, trails: [{ ...whole, organization: true }] };
    const facts = factsWith({ logging });
    const rows = judgeForwarding(facts, shared, judgeLogging(facts, shared, { clock }));
    expect(rows.find(({ eventClass }) => eventClass === type)?.grade).toBe('not-measured');
  });
});

test('the log group of the organisation’s trail counts for its members; unread it hides', () => {
  const theirs = `arn:aws:logs:us-east-1:999999999999:log-group:org:*`;
  const wide = recording({
    arn: 'arn:aws:cloudtrail:us-east-1:999999999999:trail/org',
    organization: true,
    settings: writingTo(theirs),
  });
  const theirOrganization = { ...noShared, managementAccount: read(accountId('999999999999')), trails: [wide] };
  const shared = (forwarding: SharedFacts['forwarding']): SharedFacts =>
    forwarding === undefined ? theirOrganization : { ...theirOrganization, forwarding };
  const seen = { groups: { [theirs]: watched }, alarms: alarms(alarm()) };
  expect(rowOf({}, [], shared(seen))?.grade).toBe('monitored');
  expect(rowOf({}, [], shared({ ...seen, groups: { [theirs]: routes({ filters: denied }) } }))?.grade).toBe(
    'not-measured',
  );
  expect(rowOf({}, [], shared(undefined))?.grade).toBe('not-measured');
  const lacking = rowOf({}, [], shared({ ...seen, groups: { [theirs]: routes() } }));
  expect(lacking).toMatchObject({ grade: 'stored-only', target: theirs, runIn: '999999999999' });
  expect(lacking?.command).toContain('--alarm-actions arn:aws:sns:us-east-1:999999999999:TOPIC');
});

test.each([`"${account}"`, `{ $.userIdentity.arn = %${account}% }`, `{ $.resources[0].ARN = "*${account}*" }`])(
  'a pattern that names an account watches that one alone: %s',
  (pattern) => {
    const graded = (whose: string) => {
      const inRegion = { 'us-east-1': read([]) };
      const own = recording({ arn: `arn:aws:cloudtrail:us-east-1:${whose}:trail/t` });
      const logging = { trails: { 'us-east-1': read([own]) }, stores: inRegion };
      const forwarding = { groups: groups(subscription(pattern)), alarms: inRegion, rules: inRegion, buses: {} };
      const facts = factsWith({ account: accountId(whose), logging, forwarding });
      const rows = judgeForwarding(facts, noShared, judgeLogging(facts, noShared, { clock }));
      return rows.find(({ eventClass }) => eventClass === type)?.grade;
    };
    expect(graded(account)).toBe('forwarded');
    expect(graded('222222222222')).toBe('stored-only');
  },
);

test.each([
  ['us-east-1', '{ $.resources[0].ARN = "arn:aws:bedrock:*:*:guardrail/*" }', 'forwarded'],
  ['us-east-1', '{ $.resources[0].ARN = "arn:aws:bedrock:*:*:guardrail/a1b2c3" }', 'stored-only'],
  ['us-east-1', '{ $.resources[0].ARN = "arn:aws:bedrock:*:*:agent-alias/*" }', 'stored-only'],
  [
    'us-gov-west-1',
    '{ $.resources[0].ARN = "arn:aws-us-gov:bedrock:*" && $.userIdentity.arn = "arn:aws-us-gov:*" }',
    'forwarded',
  ],
  ['us-gov-west-1', '{ $.resources[0].ARN = "arn:aws:bedrock:*" }', 'stored-only'],
])('in %s, all guardrails by the form of their ARNs: %s', (region, pattern, grade) => {
  const inRegion = { [region]: read([]) };
  const facts = factsWith({
    regions: { regions: [region] as never, assumed: false, reading: read([region] as never) },
    logging: { trails: { [region]: read([recording()]) }, stores: inRegion },
    forwarding: { groups: groups(subscription(pattern)), alarms: inRegion, rules: inRegion, buses: {} },
  });
  const rows = judgeForwarding(facts, noShared, judgeLogging(facts, noShared, { clock }));
  expect(rows.find(({ eventClass }) => eventClass === type)?.grade).toBe(grade);
});

test('the worst Region where it is recorded decides, and one that is not known hides a better grade', () => {
  const regions = ['us-east-1', 'eu-west-1'] as never;
  const judge = (
    rulesIn: ForwardingFacts['rules'],
    trailsIn = read([recording()]),
    other: typeof trailsIn = trailsIn,
  ) => {
    const facts = factsWith({
      regions: { regions, assumed: false, reading: read(regions) },
      logging: {
        trails: { 'us-east-1': trailsIn, 'eu-west-1': other },
        stores: { 'us-east-1': read([]), 'eu-west-1': read([]) },
      },
      forwarding: { groups: groups(routes()), alarms: {}, rules: rulesIn, buses: {} },
    });
    const rows = judgeForwarding(facts, noShared, judgeLogging(facts, noShared, { clock }));
    return rows.find(({ eventClass }) => eventClass === type);
  };
  const [here, there] = [read([rule()]), read([])];
  expect(judge({ 'us-east-1': here, 'eu-west-1': here })).toMatchObject({
    grade: 'monitored',
    regions: { monitored: 2 },
  });
  expect(judge({ 'us-east-1': here, 'eu-west-1': there })).toMatchObject({
    grade: 'stored-only',
    regions: { monitored: 1, 'stored-only': 1 },
  });
  expect(judge({ 'us-east-1': here, 'eu-west-1': denied })).toMatchObject({ grade: 'not-measured' });
  const forwarding = read([rule({ targets: read(['arn:aws:lambda:us-east-1:1:function:f']) })]);
  expect(judge({ 'us-east-1': forwarding, 'eu-west-1': here })).toMatchObject({ grade: 'forwarded' });
  expect(judge({ 'us-east-1': forwarding, 'eu-west-1': denied })).toMatchObject({
    grade: 'not-measured',
    regions: { forwarded: 1, 'not-measured': 1 },
  });
  const single = read([recording({ multiRegion: false })]);
  expect(judge({ 'us-east-1': here, 'eu-west-1': there }, single, read([]))).toMatchObject({
    grade: 'monitored',
    regions: { monitored: 1, 'not-recorded': 1 },
  });
  expect(judge({ 'us-east-1': here, 'eu-west-1': here }, single, denied)).toMatchObject({ grade: 'not-measured' });
});

describe('rules of other buses', () => {
  const bus = `arn:aws:events:us-east-1:${account}:event-bus/security`;
  const other = `arn:aws:events:us-east-1:${account}:event-bus/other`;
  const far = `arn:aws:events:eu-west-1:${account}:event-bus/default`;
  const theirs = 'arn:aws:events:us-east-1:999999999999:event-bus/central';
  const newer = `arn:aws:events:us-east-1:${account}:event-busv2/lake/x1`;
  const lambda = 'arn:aws:lambda:us-east-1:1:function:f';
  const to = (...targets: readonly string[]) => rule({ targets: read(targets) });
  const relayed = (all: ForwardingFacts['buses'][string], more: Partial<ForwardingFacts> = {}) => ({
    rules: rules(to(bus)),
    buses: { [bus]: all },
    ...more,
  });
  const ofIam = JSON.stringify({ detail: { eventSource: ['iam.amazonaws.com'] } });
  const ofAnotherRegion = JSON.stringify({ region: ['eu-west-1'] });

  test.each<[string, Partial<ForwardingFacts>, string, string | null]>([
    ['one with a topic', relayed(read([to(topic)])), 'monitored', null],
    [
      'one with a function',
      relayed(read([to(lambda)])),
      'forwarded',
      'put-targets --rule bedrock --event-bus-name security',
    ],
    [
      'one without a target',
      relayed(read([to()])),
      'stored-only',
      '--rule bedrock --event-bus-name security --targets',
    ],
    [
      'one that is off',
      relayed(read([rule({ state: 'DISABLED' })])),
      'stored-only',
      'enable-rule --name bedrock --event-bus-name security',
    ],
    ['none', relayed(read([])), 'stored-only', 'put-targets --rule bedrock --targets'],
    [
      'one on other events',
      relayed(read([rule({ pattern: ofIam })])),
      'stored-only',
      'put-targets --rule bedrock --targets',
    ],
    [
      'one on events of another Region',
      relayed(read([rule({ pattern: ofAnotherRegion })])),
      'stored-only',
      'put-targets',
    ],
    ['one that is not judged', relayed(read([rule({ pattern: 'x' })])), 'not-measured', null],
    ['one whose targets were not read', relayed(read([rule({ targets: denied })])), 'not-measured', null],
    ['they were not read', relayed(denied), 'not-measured', null],
    ['they were not asked for', relayed(denied, { buses: {} }), 'not-measured', null],
    [
      'they were not read, and a function hears as well',
      relayed(denied, { rules: rules(to(bus, lambda)) }),
      'forwarded',
      'put-targets --rule bedrock --targets',
    ],
    [
      'one that sends to a third bus',
      relayed(read([to(other)]), { buses: { [bus]: read([to(other)]), [other]: read([to(topic)]) } }),
      'stored-only',
      'put-targets',
    ],
    [
      'one that sends back',
      relayed(read([to(bus, `arn:aws:events:us-east-1:${account}:event-bus/default`)])),
      'stored-only',
      'put-targets',
    ],
    [
      'the bus itself',
      { rules: rules(to(`arn:aws:events:us-east-1:${account}:event-bus/default`)) },
      'stored-only',
      'put-targets',
    ],
    [
      'the first rule does not match',
      relayed(read([to(topic)]), { rules: rules(rule({ pattern: ofIam, targets: read([bus]) })) }),
      'stored-only',
      'put-metric-filter',
    ],
    ['no rule leads there', relayed(read([to(topic)]), { rules: rules() }), 'stored-only', 'put-metric-filter'],
    [
      'the default bus of another Region',
      { rules: { ...rules(to(far)), 'eu-west-1': read([to(topic)]) } },
      'monitored',
      null,
    ],
    [
      'the default bus of a Region that was not read',
      { rules: { ...rules(to(far)), 'eu-west-1': denied } },
      'not-measured',
      null,
    ],
    ['a bus of another account', { rules: rules(to(theirs)) }, 'forwarded', 'put-targets'],
    ['a bus with subscribers', { rules: rules(to(newer)) }, 'forwarded', 'put-targets'],
    ['one that sends to a bus with subscribers', relayed(read([to(newer)])), 'stored-only', 'put-targets'],
    [
      'they were not read, and the log group is sent on',
      relayed(denied, { groups: groups(subscription('')) }),
      'forwarded',
      'put-metric-filter',
    ],
  ])('%s: %s', (_, forwarding, grade, command) => expectPiece(forwarding, grade, command));

  test('the way is told, and what another account does with it is not known', () => {
    expect(rowOf(relayed(read([to(topic)])))?.routes).toEqual(
      expect.arrayContaining([
        { kind: 'event-rule', name: 'bedrock', to: [bus] },
        { kind: 'event-rule', name: 'security/bedrock', to: [topic] },
      ]),
    );
    const [first, second] = [to(bus), { ...to(bus), name: 'second' }];
    const names = rowOf({ rules: rules(first, second), buses: { [bus]: read([to(topic)]) } })?.routes.map(
      ({ name }) => name,
    );
    expect(names?.filter((name) => name === 'security/bedrock')).toHaveLength(1);
    expect(rowOf({ rules: rules(to(theirs)) })?.why).toContain('account 999999999999');
    expect(rowOf({ rules: rules(to(theirs, topic)) })?.why).toBeNull();
    expect(rowOf({ rules: rules(to(newer)) })?.why).toContain('event-busv2/lake');
    const own = `arn:aws:events:us-east-1:${account}:event-bus/default`;
    expect(rowOf({ rules: rules(to(own)) })?.routes.map((route) => route.name)).not.toContain('default/bedrock');
  });

  test('a list of rules that is lost makes no grade better', () => {
    const known = ['stored-only', 'forwarded', 'monitored'];
    for (const onBus of [[to(topic)], [to(lambda)], [to()], [], [rule({ pattern: ofIam })]])
      for (const first of [[to(bus)], [to(bus, lambda)], [to(bus, topic)]]) {
        const whole = rowOf({ rules: rules(...first), buses: { [bus]: read(onBus) } })?.grade ?? '';
        const lost = [
          rowOf({ rules: rules(...first), buses: { [bus]: denied } }),
          rowOf({ rules: rules(...first), buses: { [bus]: read(onBus.map((it) => ({ ...it, targets: denied }))) } }),
          rowOf({ rules: { 'us-east-1': denied }, buses: { [bus]: read(onBus) } }),
        ];
        for (const { grade = 'not-measured' } of lost.flatMap((row) => row ?? []))
          expect(grade === 'not-measured' || known.indexOf(grade) <= known.indexOf(whole)).toBe(true);
      }
  });
});
