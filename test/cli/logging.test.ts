import { globSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { recorded, scratch } from '../support/command-line.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const clock = '2026-09-30T06:00:00Z';
const demo = ['--demo', '--clock', clock];

interface Cell {
  account: string;
  region: string;
  eventClass: string;
  status: string;
  why: string | null;
  by: string[];
  witness: object | null;
  selector: { FieldSelectors: object[] } | null;
}
interface Answer {
  id: string | number | null;
  verdict: string;
  by: { recorder: string; selector: string }[];
  why: string | null;
  problem?: string;
}

/** A file that holds anything. */
function file(name: string, content: object | string | Buffer): string {
  const path = join(scratch(), name);
  writeFileSync(path, typeof content === 'string' || Buffer.isBuffer(content) ? content : JSON.stringify(content));
  return path;
}

async function matrix(...args: string[]) {
  const { exit, out, err } = await recorded(['logging', ...args, '--json']);
  return { exit, err, ...(JSON.parse(out) as { cells: Cell[]; blindSpots: object[] }) };
}

async function verify(args: string[], ...sources: string[]) {
  const { exit, out, err } = await recorded(['logging', 'verify-event', ...args, ...sources, '--json']);
  const answers = out
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Answer);
  return { exit, err, answers };
}

const model = 'AWS::Bedrock::Model';
const data = (type: string, ...narrowing: object[]) => ({
  Name: `data of ${type}`,
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: [type] },
    ...narrowing,
  ],
});
const selectors = (...list: object[]) => file('selectors.json', { TrailName: 't', AdvancedEventSelectors: list });

test('an account that could not be entered: the role is the reason, in the demo and in a past night', async () => {
  const archive = scratch();
  await recorded(['demo', '--weeks', '0', '--clock', clock, '--output-dir', archive, '--format', 'html', '--quiet']);
  for (const source of [demo, ['--archive', archive]]) {
    const { cells } = await matrix(...source, '--account', '300000000004');
    const whys = new Set(cells.filter(({ status }) => status === 'not-measured').map(({ why }) => why));
    expect(whys).toEqual(new Set(['the role arn:aws:iam::300000000004:role/AssayReader could not be assumed']));
  }
}, 60_000);

describe('assay logging', () => {
  test('the demo organisation: every account, Region and class, and what no setting closes', async () => {
    const { exit, cells, blindSpots } = await matrix(...demo);
    expect(exit).toBe(2); // one account could not be entered
    expect(new Set(cells.map(({ account }) => account)).size).toBe(23);
    expect(new Set(cells.map(({ eventClass }) => eventClass)).size).toBeGreaterThan(90);
    expect(blindSpots).toContainEqual(expect.objectContaining({ id: 'claude-console' }));
    const one = (account: string, eventClass: string) =>
      cells.find((it) => it.account === account && it.region === 'eu-central-1' && it.eventClass === eventClass);
    expect(one('430000000002', model)).toMatchObject({ status: 'partial', witness: { readOnly: false } });
    expect(one('430000000001', model)).toMatchObject({ status: 'covered', why: null });
    expect(one('300000000004', model)).toMatchObject({ status: 'not-measured' });
    expect(one('300000000001', model)?.selector?.FieldSelectors).toEqual(data(model).FieldSelectors);
  });

  test('the matrix for a person names what narrows, what does not deliver and what no setting closes', async () => {
    const { out } = await recorded(['logging', ...demo, '--calls']);
    expect(out).toMatch(/^430000000001 ai-gateway +all/m);
    expect(out).toContain('only readOnly Equals true; not recorded: InvokeModelWithBidirectionalStream');
    expect(out).toContain('trail/old-audit: it is not logging since');
    expect(out).toContain('Claude Console after federation');
    expect(out).toMatch(/aws-external-anthropic:CreateInference \(data\): 393 covered/);
    expect(out).toMatch(/aws-external-anthropic:AssumeConsole \(a permission, no event of its own\): 393 not measured/);
  });

  test('every witness, asked about, is not recorded', async () => {
    const { cells } = await matrix(...demo);
    const witnesses = cells.flatMap(({ witness }) => (witness === null ? [] : [witness]));
    expect(witnesses.length).toBeGreaterThan(100);
    const lines = witnesses.map((event) => JSON.stringify({ event, expected: 'not-recorded' })).join('\n');
    expect(await verify([file('w.jsonl', lines)], ...demo)).toMatchObject({
      exit: 0,
      err: expect.stringContaining(`${witnesses.length} not-recorded`),
    });
  });

  test('selectors without an organisation', async () => {
    const path = selectors(data(model, { Field: 'eventName', NotEquals: ['GetAsyncInvoke'] }));
    const { exit, cells } = await matrix('--selectors', path, '--class', model, 'management');
    expect(exit).toBe(0);
    expect(cells.map(({ eventClass, status }) => [eventClass, status])).toEqual([
      [model, 'partial'],
      ['management', 'not-covered'],
    ]);
    expect(cells[0]?.witness).toMatchObject({ eventName: 'GetAsyncInvoke' });
  });

  test.each([
    ['a class that is none', ['--class', 'Bedrock'], /no event class `Bedrock`/],
    [
      'a field that is none',
      ['--selectors', selectors(data(model, { Field: 'user', Equals: ['a'] }))],
      /AdvancedEventSelectors\[0\]: no field `user`/,
    ],
    [
      'an operator that is none',
      ['--selectors', selectors(data(model, { Field: 'eventName', Like: ['a'] }))],
      /no operator `Like`/,
    ],
    [
      'data events without a type',
      ['--selectors', selectors({ FieldSelectors: [{ Field: 'eventCategory', Equals: ['Data'] }] })],
      /CloudTrail would refuse it/,
    ],
    ['no selectors', ['--selectors', file('s.json', {})], /neither basic nor advanced/],
    ['no JSON', ['--selectors', file('s.json', '{"a":')], /not JSON/],
    ['two sources', ['--demo', '--selectors', selectors(data(model))], /without an organisation/],
    ['no such account', [...demo, '--account', '999999999999'], /no account 999999999999/],
  ])('%s: one line and 64', async (_name, args, said) => {
    const { exit, out, err } = await recorded(['logging', ...args]);
    expect({ exit, out }).toEqual({ exit: 64, out: '' });
    expect(err).toMatch(said);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});

const call = (eventName: string, more: object = {}) => ({
  eventSource: 'bedrock.amazonaws.com',
  eventName,
  awsRegion: 'eu-central-1',
  recipientAccountId: '300000000001',
  ...more,
});

describe('assay logging verify-event', () => {
  const writes = selectors({
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Management'] },
      { Field: 'readOnly', Equals: ['false'] },
    ],
  });
  test.each([
    ['a model call, which is a read', call('InvokeModel'), 'not-recorded'],
    ['a write', call('PutUseCaseForModelAccess', { readOnly: false, managementEvent: true }), 'recorded'],
    ['a data event', call('InvokeAgent', { readOnly: false }), 'not-recorded'],
    ['a call that nobody says is read or write', call('Converse'), 'not-measured'],
    ['a permission without an event', call('CallWithBearerToken'), 'not-measured'],
    ['an Insight event', call('InvokeModel', { eventCategory: 'Insight' }), 'not-measured'],
    ['an unknown call of an unknown class', call('NewCall', { readOnly: false }), 'not-measured'],
  ])('%s: %#', async (_name, event, verdict) => {
    const { answers } = await verify([file('e.json', event)], '--selectors', writes);
    expect(answers).toMatchObject([{ verdict }]);
  });

  test('a call of no published class is answered once the record tells its category and resources', async () => {
    const memory = 'AWS::BedrockAgentCore::Memory';
    const path = selectors(data(memory), data('AWS::BedrockAgentCore::Gateway'));
    const agentcore = (name: string, more: object = {}) =>
      call(name, { eventSource: 'bedrock-agentcore.amazonaws.com', ...more });
    const cases = [
      agentcore('RetrieveMemoryRecords'),
      agentcore('RetrieveMemoryRecords', { eventCategory: 'Data' }),
      agentcore('RetrieveMemoryRecords', { eventCategory: 'Data', resources: [{ type: memory }] }),
      agentcore('InvokeGateway'),
    ];
    const { answers } = await verify(
      [file('m.jsonl', cases.map((it) => JSON.stringify(it)).join('\n'))],
      '--selectors',
      path,
    );
    const open = {
      verdict: 'not-measured',
      why: expect.stringMatching(/RetrieveMemoryRecords.* ask with eventCategory/),
    };
    expect(answers).toMatchObject([open, open, { verdict: 'recorded' }, { verdict: 'recorded' }]);
  });

  test('what a record cut short does not tell must not matter', async () => {
    const path = selectors(
      data('AWS::Bedrock::AgentAlias', { Field: 'userIdentity.arn', NotStartsWith: ['arn:aws:iam::1'] }),
    );
    const cases = [
      call('InvokeAgent'),
      call('InvokeAgent', { userIdentity: { arn: 'arn:aws:iam::2:role/x' } }),
      call('InvokeAgent', { userIdentity: { arn: 'arn:aws:iam::1:role/x' } }),
      call('InvokeAgent', { eventVersion: '1.11', userIdentity: { type: 'AWSService' } }),
    ];
    const { answers } = await verify(
      [file('c.jsonl', cases.map((it) => JSON.stringify(it)).join('\n'))],
      '--selectors',
      path,
    );
    expect(answers.map(({ verdict }) => verdict)).toEqual(['not-measured', 'recorded', 'not-recorded', 'recorded']);
    expect(answers[1]?.by).toEqual([{ recorder: 't', selector: 'selector 1 "data of AWS::Bedrock::AgentAlias"' }]);
  });

  test('resources of one type that are taken in part are not settled', async () => {
    const path = selectors(data('AWS::S3::Object', { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::a/'] }));
    const objects = (...arns: string[]) =>
      call('GetObject', {
        eventCategory: 'Data',
        readOnly: true,
        resources: arns.map((ARN) => ({ type: 'AWS::S3::Object', ARN })),
      });
    const lines = [
      objects('arn:aws:s3:::b/1'),
      objects('arn:aws:s3:::a/1'),
      objects('arn:aws:s3:::a/1', 'arn:aws:s3:::b/1'),
    ];
    const { answers } = await verify(
      [file('c.jsonl', lines.map((it) => JSON.stringify(it)).join('\n'))],
      '--selectors',
      path,
    );
    expect(answers.map(({ verdict }) => verdict)).toEqual(['recorded', 'not-recorded', 'not-measured']);
  });

  test('a resource told by the beginning of its ARN alone is open', async () => {
    const path = selectors(data('AWS::S3::Object', { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::a/b'] }));
    const event = call('DeleteObjects', {
      eventCategory: 'Data',
      resources: [{ type: 'AWS::S3::Object', ARNPrefix: 'arn:aws:s3:::a/' }],
    });
    expect((await verify([file('e.json', event)], '--selectors', path)).answers).toMatchObject([
      { verdict: 'not-measured' },
    ]);
  });

  test('lines that cannot be read are told by number, and the others answered', async () => {
    const lines = [
      JSON.stringify({ id: 1, event: call('InvokeModel') }),
      '',
      '{"id": 2',
      '[]',
      '7',
      JSON.stringify({ id: 3, event: { eventName: 'x' } }),
      JSON.stringify({ id: 4, event: call('InvokeModel'), expected: 'yes' }),
    ];
    const { exit, err, answers } = await verify([file('c.jsonl', lines.join('\n'))], ...demo);
    expect(exit).toBe(64);
    expect(answers.map(({ id, verdict }) => [id, verdict])).toEqual([
      [1, 'not-recorded'],
      [null, undefined],
      [null, undefined],
      [3, undefined],
      [4, undefined],
    ]);
    expect(err).toMatch(/c\.jsonl: line 3: not JSON: the text ends too early\n/);
    expect(err).toMatch(
      /line 5: not an object.*\n.*line 6: not a CloudTrail record: no eventSource\n.*line 7: `expected` is "yes"/,
    );
  });

  test('expectations: 1 where one differs; a doubt nobody expected is 2', async () => {
    const one = (expected: string, name = 'InvokeModel') => file('c.json', { event: call(name), expected });
    expect((await verify([one('not-recorded')], ...demo)).exit).toBe(0);
    expect((await verify([one('recorded')], ...demo)).exit).toBe(1);
    expect((await verify([one('recorded', 'Converse')], ...demo)).exit).toBe(2);
    expect((await verify([one('not-measured', 'Converse')], ...demo)).exit).toBe(0);
  });

  test('an account or a Region that was not asked is not measured, never not recorded', async () => {
    const strange = [
      call('InvokeModel', { recipientAccountId: '999999999999' }),
      call('InvokeModel', { awsRegion: 'mars-north-1' }),
    ];
    const { answers } = await verify([file('c.jsonl', strange.map((it) => JSON.stringify(it)).join('\n'))], ...demo);
    expect(answers).toMatchObject([
      { verdict: 'not-measured', why: 'account 999999999999 is not in what was asked' },
      { verdict: 'not-measured', why: expect.stringContaining('mars-north-1 were not listed') },
    ]);
  });

  test('a log file as it lies in the bucket, on one line or many, packed or not', async () => {
    const records = { Records: [call('InvokeModel', { eventID: 'one' }), call('InvokeModel', { eventID: 'two' })] };
    const files = [
      file('a.json', records),
      file('b.json', JSON.stringify(records, null, 2)),
      file('c.json.gz', gzipSync(JSON.stringify(records))),
      file('d.json', JSON.stringify(records.Records, null, 2)),
    ];
    const { exit, answers } = await verify(files, ...demo);
    expect(exit).toBe(0);
    expect(answers.map(({ id }) => id)).toEqual(Array(4).fill(['one', 'two']).flat());
  });

  test('damaged gzip and a missing file: one line and 64', async () => {
    const damaged = await recorded(['logging', 'verify-event', file('x.json.gz', 'no gzip'), ...demo]);
    expect(damaged).toMatchObject({ exit: 64, err: expect.stringMatching(/x\.json\.gz: the gzip data is damaged/) });
    const missing = await recorded(['logging', 'verify-event', join(scratch(), 'none'), ...demo]);
    expect(missing).toMatchObject({ exit: 64, err: expect.stringMatching(/no such file/) });
  });

  test('for a person: verdict, what, where and by which selector', async () => {
    const { out } = await recorded([
      'logging',
      'verify-event',
      file('c.json', call('InvokeModel', { recipientAccountId: '430000000001' })),
      ...demo,
    ]);
    expect(out).toMatch(
      /^recorded +line 1 {2}bedrock.amazonaws.com\/InvokeModel {2}430000000001 eu-central-1 .*trail\/ai-trail, selector 1 "management"\n$/,
    );
  });
});

describeWithSharedData('events that AWS recorded', () => {
  const logs = globSync(sharedData('cloudtrail-invictus/*.json.gz'));
  const all = { FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }] };

  test('a trail of all management events, as the account had, records every one of them', async () => {
    const { exit, answers } = await verify(logs, '--selectors', selectors(all));
    expect(exit).toBe(0);
    expect(answers.length).toBe(2_251);
    expect(answers.every(({ verdict }) => verdict === 'recorded')).toBe(true);
  });

  test('reads and writes fall apart without rest', async () => {
    const half = (readOnly: string) =>
      selectors({ FieldSelectors: [...all.FieldSelectors, { Field: 'readOnly', Equals: [readOnly] }] });
    const [reads, writes] = [
      await verify(logs, '--selectors', half('true')),
      await verify(logs, '--selectors', half('false')),
    ];
    expect(reads.answers.map(({ verdict }) => verdict)).toEqual(
      writes.answers.map(({ verdict }) =>
        verdict === 'recorded' ? 'not-recorded' : verdict === 'not-recorded' ? 'recorded' : verdict,
      ),
    );
  });

  test('recorded selectors are read as they are', async () => {
    const found = globSync(sharedData('api-recordings-c7n/*/cloudtrail.GetEventSelectors_*.json'));
    expect(found.length).toBeGreaterThan(5);
    for (const path of found) expect((await matrix('--selectors', path)).exit).toBe(0);
  });
});
