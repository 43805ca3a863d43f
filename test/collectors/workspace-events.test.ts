import { workspaceEvents } from '../../src/collectors/index.ts';
import type { Region } from '../../src/domain/ids.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import { trimmed } from '../../src/transcripts/kept-events.ts';
import { account } from '../support/facts.ts';
import { answer, recordedAt, refusal } from '../support/lines.ts';

const operation = 'cloudtrail:LookupEvents';
const source = 'aws-external-anthropic.amazonaws.com';
const input = { LookupAttributes: [{ AttributeKey: 'EventSource', AttributeValue: source }] };
const region = 'us-east-1' as Region;
const arn = (id: string, owner: string = account, where = 'us-east-1') =>
  `arn:aws:aws-external-anthropic:${where}:${owner}:workspace/${id}`;

interface Made {
  readonly name?: string;
  readonly time?: string;
  readonly listed?: readonly string[];
  readonly record?: Readonly<Record<string, unknown>> | string;
}
const event = ({ name = 'UpdateWorkspace', time = '2026-11-20T08:00:00Z', listed, record = {} }: Made) => ({
  EventName: name,
  EventTime: time,
  ...(listed === undefined ? {} : { Resources: listed.map((ResourceName) => ({ ResourceName })) }),
  CloudTrailEvent: typeof record === 'string' ? record : JSON.stringify(record),
});
const page = (events: readonly Made[], next?: string, token?: string): TranscriptLine =>
  answer(
    operation,
    { ...input, ...(token === undefined ? {} : { NextToken: token }) },
    { Events: events.map(event), ...(next === undefined ? {} : { NextToken: next }) },
    region,
  );
const read = async (...lines: readonly TranscriptLine[]) =>
  (await workspaceEvents.collect(recordedAt(lines), { regions: [region] }))[region];
const seen = async (...events: readonly Made[]) => {
  const reading = await read(page(events));
  return reading?.kind === 'known' ? reading.value : reading;
};

describe('a workspace is named by', () => {
  const found = { id: 'wrkspc_01a', partition: 'aws', region, last: '2026-11-20T08:00:00Z', archived: false };
  test.each<[string, Made]>([
    ['a resource of the event', { listed: [arn('wrkspc_01a')] }],
    ['a resource of the record', { record: { resources: [{ ARN: arn('wrkspc_01a') }] } }],
    ['the parameters of the call', { record: { requestParameters: { deep: [{ workspaceArn: arn('wrkspc_01a') }] } } }],
    ['the response', { record: { responseElements: { arn: arn('wrkspc_01a') } } }],
  ])('%s, by its ARN', async (_, made) => expect(await seen(made)).toEqual([found]));

  test('its id alone, which belongs to the Region that was asked', async () => {
    const bare = await seen({ record: { requestParameters: { workspaceId: 'wrkspc_01a' } } });
    expect(bare).toEqual([{ ...found, partition: null }]);
  });

  test('several events: the newest counts, the ARN tells the Region, one that archives it is enough', async () => {
    expect(
      await seen(
        { time: '2026-11-21T08:00:00Z', record: { requestParameters: { id: 'wrkspc_01a' } } },
        { name: 'ArchiveWorkspace', time: '2026-11-22T08:00:00Z', listed: [arn('wrkspc_01a', account, 'eu-west-1')] },
        { name: 'CreateWorkspace', time: '2026-11-01T08:00:00Z', listed: [arn('wrkspc_01a', account, 'eu-west-1')] },
      ),
    ).toEqual([{ ...found, region: 'eu-west-1', last: '2026-11-22T08:00:00Z', archived: true }]);
  });
});

test.each<[string, Made]>([
  ['a call that was refused', { listed: [arn('wrkspc_01a')], record: { errorCode: 'AccessDenied' } }],
  ['a workspace of another account', { listed: [arn('wrkspc_01a', '999999999999')] }],
  ['a text around an ARN', { record: { requestParameters: { note: `see ${arn('wrkspc_01a')}` } } }],
  ['the program that called', { record: { userAgent: arn('wrkspc_01a'), userIdentity: { arn: arn('wrkspc_01a') } } }],
  ['a record that is none', { listed: [arn('wrkspc_01a')], record: '{"requestParameters":' }],
])('%s shows nothing', async (_, made) => expect(await seen(made)).toEqual([]));

test('the newest 1,000 events at most: 20 pages, then no more', async () => {
  const pages = Array.from({ length: 30 }, (_, at) =>
    page([{ listed: [arn(`wrkspc_${at}`)] }], `to-${at + 1}`, at === 0 ? undefined : `to-${at}`),
  );
  const reading = await read(...pages);
  expect(reading).toMatchObject({ kind: 'known' });
  expect(reading?.kind === 'known' && reading.value.map(({ id }) => id)).toEqual(
    Array.from({ length: 20 }, (_, at) => `wrkspc_${at}`),
  );
});

test('a refused history is unknown, and so is one cut off between pages', async () => {
  const denied = await read(refusal(operation, input, 'AccessDeniedException', region));
  expect(denied).toMatchObject({ kind: 'unknown', gap: { code: 'ACCESS_DENIED', action: operation } });
  const cut = await read(page([{ listed: [arn('wrkspc_01a')] }], 'more'));
  expect(cut).toMatchObject({ kind: 'unknown' });
});

describe('of recorded events the evidence keeps', () => {
  const record = {
    eventTime: '2026-11-20T08:00:00Z',
    eventName: 'CreateWorkspace',
    errorCode: 'AccessDenied',
    resources: [{ ARN: arn('wrkspc_01a'), accountId: account }, { ARN: 'arn:aws:kms:us-east-1:1:key/k' }],
    requestParameters: { name: 'mergers', tags: [{ key: 'owner', value: 'ada@example.com' }] },
    responseElements: { workspace: { id: 'wrkspc_01a', name: 'mergers' }, ids: ['wrkspc_01b', 'x'] },
    userIdentity: { arn: 'arn:aws:iam::111111111111:user/ada', accessKeyId: 'AKIAIOSFODNN7EXAMPLE' },
    sourceIPAddress: '192.0.2.10',
    userAgent: arn('wrkspc_02'),
  };
  const Resources = [{ ResourceType: 'W', ResourceName: arn('wrkspc_01a') }, { ResourceName: 'ada' }];
  const whole = {
    Events: [
      { EventName: 'X', Username: 'ada', AccessKeyId: 'AKIA', Resources, CloudTrailEvent: JSON.stringify(record) },
    ],
    NextToken: 't',
  };
  const kept = trimmed(operation, whole);
  const [event] = kept.Events as Partial<(typeof whole.Events)[number]>[];

  test('what was done and how it ended, whole', () => {
    expect(kept.NextToken).toBe('t');
    expect(event).toMatchObject({ EventName: 'X' });
    const { eventTime, eventName, errorCode } = record;
    expect(JSON.parse(event?.CloudTrailEvent ?? '')).toMatchObject({ eventTime, eventName, errorCode });
  });
  test('of what it was done to, workspaces alone', () => {
    expect(event?.Resources).toEqual([{ ResourceName: arn('wrkspc_01a') }]);
    const { resources, requestParameters, responseElements } = JSON.parse(
      event?.CloudTrailEvent ?? '',
    ) as typeof record;
    expect({ resources, requestParameters, responseElements }).toEqual({
      resources: [{ ARN: arn('wrkspc_01a') }],
      requestParameters: undefined,
      responseElements: { workspace: { id: 'wrkspc_01a' }, ids: ['wrkspc_01b'] },
    });
  });
  test('nothing else that people wrote or that tells of them', () => {
    for (const text of ['ada', 'mergers', 'AKIA', '192.0.2', 'wrkspc_02', 'kms'])
      expect(JSON.stringify(kept)).not.toContain(text);
  });
  test('no free text where a name or a code belongs', () => {
    const free = {
      EventName: 'said by ada',
      CloudTrailEvent: JSON.stringify({ eventName: 'ada did', errorCode: 'No such' }),
    };
    expect(trimmed(operation, { Events: [free] })).toEqual({ Events: [{ CloudTrailEvent: '{}' }] });
  });
  test('the same when it is trimmed again', () => expect(trimmed(operation, kept)).toEqual(kept));
  test('nothing of a record that cannot be read, and an event that is none as it is', () => {
    const garbled = { Events: [{ EventName: 'X', CloudTrailEvent: 'user ada from 192.0.2.10' }, 'no event'] };
    expect(trimmed(operation, garbled)).toEqual({ Events: [{ EventName: 'X' }, 'no event'] });
  });
  test('other answers whole', () => {
    expect(trimmed('cloudtrail:DescribeTrails', whole)).toBe(whole);
  });

  test.each([undefined, 'AccessDenied'])('as much as the collector reads: with error %s', async (errorCode) => {
    const { errorCode: _, ...made } = record;
    const events = [
      { ...whole.Events[0], CloudTrailEvent: JSON.stringify({ ...made, ...(errorCode && { errorCode }) }) },
    ];
    const line = (output: object) => answer(operation, input, output, region);
    expect(await read(line(trimmed(operation, { Events: events })))).toEqual(await read(line({ Events: events })));
  });
});
