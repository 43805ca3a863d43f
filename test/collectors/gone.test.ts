import * as index from '../../src/collectors/index.ts';
import type { Region } from '../../src/domain/ids.ts';
import { unknownsIn } from '../../src/domain/reading.ts';
import { account, denied, factsWith, read, user } from '../support/facts.ts';
import { answer, recordedAt, refusal } from '../support/lines.ts';

// What is deleted between a list and the question about one of its items is no failure, and is not there.

const regions = ['us-east-1'] as unknown as readonly Region[];
const trailArn = (name: string, owner: string = account): string =>
  `arn:aws:cloudtrail:us-east-1:${owner}:trail/${name}`;

test('a trail', async () => {
  const [stays, goes] = [trailArn('stays'), trailArn('goes')];
  const lines = [
    answer(
      'cloudtrail:DescribeTrails',
      {},
      { trailList: [goes, stays].map((TrailARN) => ({ TrailARN, HomeRegion: 'us-east-1' })) },
      'us-east-1',
    ),
    refusal('cloudtrail:GetTrailStatus', { Name: goes }, 'TrailNotFoundException', 'us-east-1'),
    refusal('cloudtrail:GetEventSelectors', { TrailName: goes }, 'TrailNotFoundException', 'us-east-1'),
    answer('cloudtrail:GetTrailStatus', { Name: stays }, { IsLogging: true }, 'us-east-1'),
    answer('cloudtrail:GetEventSelectors', { TrailName: stays }, { EventSelectors: [] }, 'us-east-1'),
  ];
  const found = await index.trails.collect(recordedAt(lines), { regions, readElsewhere: new Set() });
  expect(found['us-east-1']).toMatchObject({ kind: 'known', value: [{ arn: stays }] });
  expect(unknownsIn(found)).toEqual([]);
});

test('but not a trail of another account: to whom it does not belong CloudTrail says the same', async () => {
  const arn = trailArn('org', '222222222222');
  const lines = [
    answer('cloudtrail:DescribeTrails', {}, { trailList: [{ TrailARN: arn, HomeRegion: 'us-east-1' }] }, 'us-east-1'),
    answer('cloudtrail:GetTrailStatus', { Name: arn }, { IsLogging: true }, 'us-east-1'),
    refusal('cloudtrail:GetEventSelectors', { TrailName: arn }, 'TrailNotFoundException', 'us-east-1'),
  ];
  const found = await index.trails.collect(recordedAt(lines), { regions, readElsewhere: new Set() });
  expect(found['us-east-1']).toMatchObject({ value: [{ arn, selectors: { kind: 'unknown' } }] });
});

test('the settings of a trail', async () => {
  const [stays, goes] = [trailArn('stays'), trailArn('goes')];
  const gone = (operation: Parameters<typeof refusal>[0]) =>
    refusal(operation, { TrailName: goes }, 'TrailNotFoundException', 'us-east-1');
  const lines = [
    gone('cloudtrail:GetInsightSelectors'),
    gone('cloudtrail:GetEventConfiguration'),
    refusal('cloudtrail:GetInsightSelectors', { TrailName: stays }, 'InsightNotEnabledException', 'us-east-1'),
    answer('cloudtrail:GetEventConfiguration', { TrailName: stays }, {}, 'us-east-1'),
  ];
  const known = {
    home: 'us-east-1',
    multiRegion: false,
    organization: false,
    globalEvents: true,
    settings: { validated: null, kmsKey: null, logGroup: null, bucket: null },
    status: denied,
    selectors: denied,
  };
  const trails = [stays, goes].map((arn) => ({ arn, ...known }));
  const found = await index.trailSettings.collect(recordedAt(lines), { trails });
  expect(found).toEqual({ [stays]: { insights: read([]), aggregations: read([]) } });
});

test('an event data store: the others of its Region stay', async () => {
  const arn = (name: string): string => `arn:aws:cloudtrail:us-east-1:${account}:eventdatastore/${name}`;
  const lines = [
    answer(
      'cloudtrail:ListEventDataStores',
      {},
      { EventDataStores: ['goes', 'stays'].map((name) => ({ EventDataStoreArn: arn(name) })) },
      'us-east-1',
    ),
    refusal(
      'cloudtrail:GetEventDataStore',
      { EventDataStore: arn('goes') },
      'EventDataStoreNotFoundException',
      'us-east-1',
    ),
    answer('cloudtrail:GetEventDataStore', { EventDataStore: arn('stays') }, { Status: 'ENABLED' }, 'us-east-1'),
  ];
  const found = await index.eventDataStores.collect(recordedAt(lines), { regions });
  expect(found['us-east-1']).toMatchObject({ kind: 'known', value: [{ arn: arn('stays') }] });
});

test('a user, where users are asked for their credentials one by one; and a service that has none', async () => {
  const operation = 'iam:ListServiceSpecificCredentials';
  const known = {
    authorization: factsWith({
      authorization: { users: read([user('u')]), groups: read([]), roles: read([]), policies: read([]) },
    }).authorization,
    report: denied,
  };
  const all = (ServiceName: string) => ({ AllUsers: true, ServiceName });
  const lines = [
    refusal(operation, all('bedrock.amazonaws.com'), 'AccessDenied'),
    refusal(operation, all('cassandra.amazonaws.com'), 'NoSuchEntity'), // "No such service … is supported"
    refusal(operation, { UserName: 'u' }, 'NoSuchEntityException'),
  ];
  const { byService, byUser } = await index.serviceSpecificCredentials.collect(recordedAt(lines), known);
  expect(byUser['u']).toEqual(read([]));
  expect(byService['cassandra.amazonaws.com']).toEqual(read([]));
  expect(byService['bedrock.amazonaws.com']).toMatchObject({ kind: 'unknown', gap: { code: 'ACCESS_DENIED' } });
});

test('a control policy', async () => {
  const content = { Policy: { Content: '{"Statement":[]}' } };
  const lines = [
    answer('organizations:DescribeOrganization', {}, { Organization: { Id: 'o-1', MasterAccountId: account } }),
    answer('organizations:ListRoots', {}, { Roots: [{ Id: 'r-1' }] }),
    answer(
      'organizations:ListPolicies',
      { Filter: 'SERVICE_CONTROL_POLICY' },
      { Policies: [{ Id: 'p-goes' }, { Id: 'p-stays' }] },
    ),
    refusal('organizations:ListTargetsForPolicy', { PolicyId: 'p-goes' }, 'PolicyNotFoundException'),
    refusal('organizations:DescribePolicy', { PolicyId: 'p-goes' }, 'PolicyNotFoundException'),
    answer('organizations:ListTargetsForPolicy', { PolicyId: 'p-stays' }, { Targets: [] }),
    answer('organizations:DescribePolicy', { PolicyId: 'p-stays' }, content),
  ];
  const { scps } = await index.organization.collect(recordedAt(lines, 'organization'));
  expect(scps).toMatchObject({ kind: 'known', value: [{ id: 'p-stays' }] });
});
