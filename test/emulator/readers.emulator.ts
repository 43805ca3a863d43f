import { CloudWatchLogsClient, CreateLogGroupCommand, PutMetricFilterCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateEventBusCommand,
  EventBridgeClient,
  PutRuleCommand,
  PutTargetsCommand,
} from '@aws-sdk/client-eventbridge';
import { sdkReaders } from '../../src/adapters/aws/sdk-readers.ts';
import { type Collecting, collecting } from '../../src/collectors/define.ts';
import {
  accountAccess,
  authorizationDetails,
  credentialReport,
  enabledRegions,
  eventDataStores,
  eventRules,
  logRoutes,
  organization,
  serviceSpecificCredentials,
  trails,
} from '../../src/collectors/index.ts';
import { type AccountId, accountId, type Region } from '../../src/domain/ids.ts';
import type { Reading } from '../../src/domain/reading.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import type { Owner } from '../../src/ports/aws-reader.ts';
import { recordingReaders } from '../../src/transcripts/record.ts';
import { endpoint, managementAccount, openFront } from './support/aws.ts';
import type { Front } from './support/front.ts';
import { seed } from './support/seed.ts';
import { as } from './support/seeding.ts';

// What a night in AWS runs with: the SDK's own endpoint and credential settings, nothing of ours in between.
Object.assign(process.env, {
  AWS_ENDPOINT_URL: endpoint,
  AWS_ACCESS_KEY_ID: managementAccount,
  AWS_SECRET_ACCESS_KEY: 'test',
  AWS_REGION: 'us-east-1',
});

const home = 'us-east-1' as Region;
let front: Front;
let planted: Awaited<ReturnType<typeof seed>>;
const tape: TranscriptLine[] = [];
const readers = recordingReaders(sdkReaders({}), (line) => tape.push(line));
const of = (owner: Owner): Collecting => collecting(readers, owner, async () => {});
const management = of(accountId(managementAccount));

beforeAll(async () => {
  front = await openFront();
  planted = await seed();
});
afterAll(() => front.close());
beforeEach(() => {
  front.faults.length = 0;
});

/** The value, or the test fails with the gap. */
function value<T>(reading: Reading<T>): T {
  if (reading.kind === 'unknown') throw new Error(`unknown: ${JSON.stringify(reading.gap)}`);
  return reading.value;
}

async function enter(account: AccountId): Promise<Collecting> {
  const role = `arn:aws:iam::${account}:role/AssayReader`;
  value(await accountAccess.collect(of(account), { role, session: 'assay-test' }));
  return of(account);
}

test('the organisation: accounts in their units, the policy with its target', async () => {
  const facts = await organization.collect(of('organization'));
  expect(value(facts.id).managementAccount).toBe(managementAccount);
  const { accounts, ous } = value(facts.tree);
  expect(ous).toEqual([{ id: planted.ou, name: 'AI', parent: null }]);
  expect(accounts.map(({ account, ou }) => ({ account, ou }))).toEqual(
    expect.arrayContaining([
      { account: managementAccount, ou: [] },
      { account: planted.platform, ou: [] },
      { account: planted.research, ou: [planted.ou] },
    ]),
  );
  const scp = value(facts.scps).find(({ id }) => id === planted.scp);
  expect(scp === undefined ? undefined : value(scp.targets)).toEqual([planted.ou]);
  expect(scp === undefined ? undefined : value(scp.document)).toMatchObject({ Statement: [{ Effect: 'Deny' }] });
});

test('a member account is entered by its role, and its users, roles and policies are read', async () => {
  const { users, roles, policies } = await authorizationDetails.collect(await enter(planted.research));
  expect(value(users).map(({ name }) => name)).toEqual(['ada', 'bedrock-key-user']);
  expect(value(users)[1]?.attached).toEqual([`arn:aws:iam::${planted.research}:policy/bedrock-all`]);
  expect(value(roles).map(({ name }) => name)).toContain('admin');
  expect(value(policies).map(({ arn }) => arn)).toContain(`arn:aws:iam::${planted.research}:policy/bedrock-all`);
});

test('each account answers for itself', async () => {
  const arns = await Promise.all(
    [planted.research, planted.platform].map(async (account) => {
      const { users } = await authorizationDetails.collect(await enter(account));
      return value(users).map(({ arn }) => arn);
    }),
  );
  expect(arns.map(([first]) => first)).toEqual([
    `arn:aws:iam::${planted.research}:user/ada`,
    `arn:aws:iam::${planted.platform}:user/ada`,
  ]);
  const own = await authorizationDetails.collect(management);
  expect(value(own.users)).toEqual([]);
});

test('the credential report is waited for and read', async () => {
  const report = value(await credentialReport.collect(await enter(planted.research)));
  const ada = report.users.find(({ user }) => user === 'ada');
  expect(ada).toMatchObject({ passwordEnabled: true, passwordLastUsed: null });
  expect(ada?.accessKeys.filter(({ active }) => active)).toHaveLength(1);
});

test('a trail with its selectors and status, from any Region', async () => {
  const elsewhere = 'eu-west-1' as Region;
  const found = await trails.collect(management, { regions: [home, elsewhere], readElsewhere: new Set() });
  for (const region of [home, elsewhere]) {
    const [trail] = value(found[region] as Reading<readonly { arn: string }[]>);
    expect(trail).toMatchObject({ multiRegion: true, organization: true, home, status: { value: { logging: true } } });
    expect(trail).toMatchObject({
      selectors: {
        value: {
          advanced: expect.arrayContaining([
            expect.objectContaining({ fields: expect.arrayContaining([expect.anything()]) }),
          ]),
        },
      },
    });
  }
});

test('rules of the default bus, and of the bus to which one of them sends its events', async () => {
  const account = planted.platform;
  const client = new EventBridgeClient({ ...(await as(account)), region: home });
  const bus = `arn:aws:events:${home}:${account}:event-bus/security`;
  const topic = `arn:aws:sns:${home}:${account}:security`;
  const EventPattern = '{"source":["aws.bedrock"]}';
  await client.send(new CreateEventBusCommand({ Name: 'security' }));
  await client.send(new CreateEventBusCommand({ Name: 'not-fed' }));
  for (const [EventBusName, Name, Arn] of [
    ['default', 'to-security', bus],
    ['security', 'tell', topic],
    ['not-fed', 'tell', topic],
  ]) {
    await client.send(new PutRuleCommand({ Name, EventBusName, EventPattern }));
    await client.send(new PutTargetsCommand({ Rule: Name, EventBusName, Targets: [{ Id: '1', Arn }] }));
  }
  const { rules, buses } = await eventRules.collect(await enter(account), { regions: [home] });
  const rule = (name: string, target: string) => [
    { name, pattern: EventPattern, state: 'ENABLED', targets: expect.objectContaining({ value: [target] }) },
  ];
  expect(value(rules[home] as Reading<unknown>)).toEqual(rule('to-security', bus));
  expect(Object.keys(buses)).toEqual([bus]);
  expect(value(buses[bus] as Reading<unknown>)).toEqual(rule('tell', topic));
});

describe('a call that the emulator lacks is unknown, never empty', () => {
  // The emulator answers HTTP 500 with a page of HTML: asked again a few times, then a gap.
  const failing = { kind: 'unknown', gap: { code: 'TIMED_OUT' } };

  test('AI keys', async () => {
    const aws = await enter(planted.research);
    const authorization = await authorizationDetails.collect(aws);
    const report = await credentialReport.collect(aws);
    const { byService, byUser } = await serviceSpecificCredentials.collect(aws, { authorization, report });
    expect(Object.keys(byService).length).toBeGreaterThan(2);
    expect(Object.keys(byUser)).toEqual(['ada', 'bedrock-key-user']);
    for (const reading of [...Object.values(byService), ...Object.values(byUser)])
      expect(reading).toMatchObject(failing);
  }, 180_000);

  test('event data stores', async () => {
    const found = await eventDataStores.collect(management, { regions: [home] });
    expect(found[home]).toMatchObject(failing);
  });

  test('subscription policies of an account; the filters of its log group are read', async () => {
    const client = new CloudWatchLogsClient({ ...(await as(planted.platform)), region: home });
    await client.send(new CreateLogGroupCommand({ logGroupName: 'trail' }));
    await client.send(
      new PutMetricFilterCommand({
        logGroupName: 'trail',
        filterName: 'ai',
        filterPattern: '{ $.x = 1 }',
        metricTransformations: [{ metricName: 'm', metricNamespace: 'n', metricValue: '1' }],
      }),
    );
    const [there, gone] = ['trail', 'none'].map((it) => `arn:aws:logs:${home}:${planted.platform}:log-group:${it}:*`);
    const routes = await logRoutes.collect(await enter(planted.platform), { groups: [there ?? '', gone ?? ''] });
    expect(routes[there ?? '']).toMatchObject({
      filters: { value: [{ name: 'ai', pattern: '{ $.x = 1 }', metrics: [{ namespace: 'n', name: 'm' }] }] },
      subscriptions: { value: [] },
      policies: { kind: 'unknown' },
    });
    expect(routes[gone ?? '']).toMatchObject({ subscriptions: { value: [] }, policies: { value: [] } });
  });

  test('enabled Regions: those enabled by default stand in, and say so', async () => {
    const { assumed, regions, reading } = await enabledRegions.collect(management);
    expect(reading).toMatchObject({ kind: 'unknown', gap: { code: 'UNEXPECTED' } }); // it knows no such path
    expect(assumed).toBe(true);
    expect(regions.length).toBeGreaterThan(15);
  });
});

describe('what AWS refuses', () => {
  const operation = 'GetAccountAuthorizationDetails';

  test('throttling that passes is not seen', async () => {
    front.faults.push({ operation, status: 400, code: 'Throttling', times: 2 });
    const { users } = await authorizationDetails.collect(await enter(planted.platform));
    expect(value(users)).toHaveLength(2);
  });

  test.each([
    { name: 'a call without permission', operation, status: 403, code: 'AccessDenied', gap: 'ACCESS_DENIED' },
    { name: 'throttling that lasts', operation, status: 400, code: 'Throttling', gap: 'THROTTLED' },
  ])('$name', async ({ gap, name: _, ...fault }) => {
    const aws = await enter(planted.platform);
    front.faults.push(fault);
    const { users, roles } = await authorizationDetails.collect(aws);
    for (const reading of [users, roles])
      expect(reading).toMatchObject({ kind: 'unknown', gap: { code: gap, action: `iam:${operation}` } });
  });

  test('a role that may not be assumed', async () => {
    front.faults.push({ operation: 'AssumeRole', status: 403, code: 'AccessDenied' });
    const needs = { role: `arn:aws:iam::${planted.platform}:role/AssayReader`, session: 'assay-test' };
    expect(await accountAccess.collect(of(planted.platform), needs)).toMatchObject({
      kind: 'unknown',
      gap: { code: 'ROLE_NOT_ASSUMED' },
    });
  });
});

test('no credential was recorded', () => {
  expect(tape.length).toBeGreaterThan(20);
  const text = JSON.stringify(tape);
  expect(text).not.toMatch(/SecretAccessKey|SessionToken|"AccessKeyId"/);
});
