import type { Refusal } from '../../src/domain/gap.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import { simulatorReaders } from '../../src/simulator/readers.ts';
import { dataOf, management, onlyReads } from '../../src/simulator/select.ts';
import { inRegion, pages } from './gather.ts';

const [owner, member] = ['111111111111', '222222222222'];
const arn = (account: string, name: string) => `arn:aws:cloudtrail:us-east-1:${account}:trail/${name}`;
const selectors = [management(onlyReads), dataOf('AWS::Bedrock::Model')];
const store = { name: 'lake', selectors };

const readers = () =>
  simulatorReaders(
    buildOrganization({
      accounts: [
        {
          trails: [
            { name: 'all', organization: true, selectors: { kind: 'advanced', selectors } },
            { name: 'private' },
          ],
        },
        {
          trails: [
            { name: 'one-region', multiRegion: false, logging: false },
            {
              name: 'basic',
              selectors: { kind: 'basic', selectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] },
            },
          ],
          eventDataStores: [store, { ...store, name: 'second', id: '00000000-0000-4000-8000-000000000002' }],
        },
      ],
    }),
  );

const trailsIn = async (account: string, region: string, input = {}) =>
  (await readers().for(inRegion(account, region)).call('cloudtrail:DescribeTrails', input)).output.trailList ?? [];

const selectorsOf = async (account: string, region: string, TrailName: string) =>
  readers()
    .for(inRegion(account, region))
    .call('cloudtrail:GetEventSelectors', { TrailName })
    .then(
      ({ output }) => output,
      (error: Refusal) => error.error?.name,
    );

test('a member sees its own trails and the organisation trail with the ARN of its owner', async () => {
  const found = await trailsIn(member, 'us-east-1');
  expect(found.map((trail) => trail.TrailARN)).toEqual([
    arn(member, 'one-region'),
    arn(member, 'basic'),
    arn(owner, 'all'),
  ]);
  expect(found.map((trail) => trail.IsOrganizationTrail)).toEqual([false, false, true]);
});

test('other Regions show multi-Region trails, with their home, and no others', async () => {
  const found = await trailsIn(member, 'eu-west-1');
  expect(found.map((trail) => [trail.Name, trail.HomeRegion])).toEqual([
    ['basic', 'us-east-1'],
    ['all', 'us-east-1'],
  ]);
  expect(await trailsIn(member, 'eu-west-1', { includeShadowTrails: false })).toEqual([]);
});

test('selectors of an organisation trail are for its owner alone', async () => {
  expect(await selectorsOf(owner, 'us-east-1', arn(owner, 'all'))).toEqual({
    TrailARN: arn(owner, 'all'),
    AdvancedEventSelectors: selectors,
  });
  expect(await selectorsOf(member, 'us-east-1', arn(owner, 'all'))).toBe('TrailNotFoundException');
});

test.each([
  ['basic selectors', member, 'basic', { EventSelectors: [{ ReadWriteType: 'All', IncludeManagementEvents: true }] }],
  ['no selectors', member, 'one-region', { EventSelectors: [] }],
])('%s are given as they are', async (_, account, name, expected) => {
  expect(await selectorsOf(account, 'us-east-1', arn(account, name))).toEqual({
    TrailARN: arn(account, name),
    ...expected,
  });
});

test('the status of a trail is told in every Region that shows it, to members too', async () => {
  const status = async (account: string, region: string, Name: string) =>
    (await readers().for(inRegion(account, region)).call('cloudtrail:GetTrailStatus', { Name })).output.IsLogging;
  expect(await status(member, 'eu-west-1', arn(owner, 'all'))).toBe(true);
  expect(await status(member, 'us-east-1', arn(member, 'one-region'))).toBe(false);
  await expect(status(member, 'eu-west-1', arn(member, 'one-region'))).rejects.toMatchObject({
    error: { name: 'TrailNotFoundException' },
  });
});

test('event data stores are listed at home in pages, and described one by one', async () => {
  const listed = await pages(readers(), inRegion(member, 'us-east-1'), 'cloudtrail:ListEventDataStores', {});
  const arns = listed.flatMap((page) => page.EventDataStores ?? []).map((it) => it.EventDataStoreArn);
  expect([listed.length, arns.length]).toEqual([2, 2]);
  const elsewhere = await pages(readers(), inRegion(member, 'eu-west-1'), 'cloudtrail:ListEventDataStores', {});
  expect(elsewhere).toEqual([{ EventDataStores: [] }]);
  const reader = readers().for(inRegion(member, 'us-east-1'));
  const { output } = await reader.call('cloudtrail:GetEventDataStore', { EventDataStore: arns[0] });
  expect(output).toMatchObject({ Status: 'ENABLED', MultiRegionEnabled: true, AdvancedEventSelectors: selectors });
  await expect(reader.call('cloudtrail:GetEventDataStore', { EventDataStore: 'arn:none' })).rejects.toMatchObject({
    error: { name: 'EventDataStoreNotFoundException' },
  });
});
