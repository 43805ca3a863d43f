import { readdirSync, readFileSync } from 'node:fs';
import { credentialServices } from '../../src/catalogue/credential-services.ts';
import { operations } from '../../src/catalogue/operations.ts';
import { collecting } from '../../src/collectors/define.ts';
import * as index from '../../src/collectors/index.ts';
import type { Region } from '../../src/domain/ids.ts';
import { unknownsIn } from '../../src/domain/reading.ts';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import { credentialsOf } from '../../src/judge/credentials.ts';
import { recordingReaders } from '../../src/transcripts/record.ts';
import { replayReaders } from '../../src/transcripts/replay.ts';
import { account, denied, factsWith, read, user } from '../support/facts.ts';
import { answer, recordedAt, refusal } from '../support/lines.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const regions = ['us-east-1', 'eu-west-1'] as unknown as readonly Region[];
const none = new Set<string>();

describe.each(Object.values(index).map((collector) => [collector.id, collector] as const))('%s', (id, collector) => {
  test('its folder is its id, and it makes only calls of the operation table', () => {
    expect(readdirSync('src/collectors')).toContain(id);
    for (const operation of collector.operations) expect(Object.keys(operations)).toContain(operation);
  });
  test('names every operation it calls', () => {
    const sources = readdirSync(`src/collectors/${id}`)
      .map((file) => readFileSync(`src/collectors/${id}/${file}`, 'utf8'))
      .join('\n');
    const called = Object.keys(operations).filter((operation) => sources.includes(`'${operation}'`));
    expect([...collector.operations].sort()).toEqual(called.sort());
  });
});

test('every operation of the table has a collector: nothing is granted that nobody calls', () => {
  // Who the credentials belong to is asked before a night begins.
  const called = new Set([
    'sts:GetCallerIdentity',
    ...Object.values(index).flatMap((collector) => collector.operations),
  ]);
  expect(Object.keys(operations).filter((operation) => !called.has(operation as keyof typeof operations))).toEqual([]);
});

describe('enabled-regions', () => {
  const input = { RegionOptStatusContains: ['ENABLED', 'ENABLED_BY_DEFAULT'] };
  test('gives the enabled Regions only', async () => {
    const Regions = [
      { RegionName: 'us-east-1', RegionOptStatus: 'ENABLED_BY_DEFAULT' },
      { RegionName: 'af-south-1', RegionOptStatus: 'ENABLED' },
      { RegionName: 'me-south-1', RegionOptStatus: 'DISABLED' },
    ];
    const fact = await index.enabledRegions.collect(recordedAt([answer('account:ListRegions', input, { Regions })]));
    expect(fact).toMatchObject({ assumed: false, regions: ['af-south-1', 'us-east-1'] });
  });
  test.each([{ Regions: [] }, {}])('an answer without any Region is a gap: %j', async (output) => {
    const fact = await index.enabledRegions.collect(recordedAt([answer('account:ListRegions', input, output)]));
    expect(fact).toMatchObject({ assumed: true, reading: { kind: 'unknown', gap: { code: 'UNPARSABLE' } } });
  });
  test('assumes the default ones where the list was refused, and says so', async () => {
    const fact = await index.enabledRegions.collect(
      recordedAt([refusal('account:ListRegions', input, 'AccessDeniedException')]),
    );
    expect(fact).toMatchObject({
      assumed: true,
      reading: { kind: 'unknown', gap: { code: 'ACCESS_DENIED', action: 'account:ListRegions' } },
    });
    expect(fact.regions).toHaveLength(17);
  });
});

describe('credential-report', () => {
  const csv = `user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active,access_key_2_last_used_date,cert_1_active,cert_2_active
<root_account>,arn:aws:iam::${account}:root,2020-01-01T00:00:00+00:00,not_supported,2026-01-01T00:00:00+00:00,not_supported,false,false,N/A,N/A,false,N/A,false,false
alice,arn:aws:iam::${account}:user/alice,2020-01-01T00:00:00+00:00,TRUE,no_information,2026-02-01T00:00:00+00:00,true,true,2026-03-01T00:00:00+00:00,2026-09-01T00:00:00+00:00,false,N/A,true,false
`;
  const report = answer(
    'iam:GetCredentialReport',
    {},
    { Content: Buffer.from(csv).toString('base64'), GeneratedTime: '2026-09-30T05:00:00Z' },
  );
  const started = answer('iam:GenerateCredentialReport', {}, { State: 'STARTED' });
  const complete = answer('iam:GenerateCredentialReport', {}, { State: 'COMPLETE' });

  test('polls until the report is complete, then reads rows; dates that are none are null, the root row is apart', async () => {
    const aws = recordedAt([started, complete, report]);
    const fact = await index.credentialReport.collect(aws);
    expect(aws.pauses).toBe(1);
    expect(fact).toMatchObject({
      kind: 'known',
      value: {
        generated: '2026-09-30T05:00:00Z',
        root: { passwordEnabled: false, mfaActive: false, passwordLastUsed: '2026-01-01T00:00:00Z' },
        users: [
          {
            user: 'alice',
            passwordEnabled: true,
            passwordLastUsed: null,
            passwordChanged: '2026-02-01T00:00:00Z',
            mfaActive: true,
            signingCertificateActive: true,
            accessKeys: [
              { active: true, lastUsed: '2026-09-01T00:00:00Z', rotated: '2026-03-01T00:00:00Z' },
              { active: false, lastUsed: null, rotated: null },
            ],
          },
        ],
      },
    });
  });
  test('reads the standing report where a new one was refused', async () => {
    expect(
      (
        await index.credentialReport.collect(
          recordedAt([refusal('iam:GenerateCredentialReport', {}, 'LimitExceeded'), report]),
        )
      ).kind,
    ).toBe('known');
  });
  test.each([
    { name: 'AccessDenied', code: 'ACCESS_DENIED' },
    { name: 'ReportInProgress', code: 'TIMED_OUT' },
    { name: 'ReportExpired', code: 'UNEXPECTED' },
  ])('a report that answers $name is a gap $code', async ({ name, code }) => {
    const fact = await index.credentialReport.collect(
      recordedAt([complete, refusal('iam:GetCredentialReport', {}, name)]),
    );
    expect(fact).toMatchObject({ kind: 'unknown', gap: { code } });
  });
  test('where no report stands, the refusal to make one is the cause', async () => {
    const fact = await index.credentialReport.collect(
      recordedAt([
        refusal('iam:GenerateCredentialReport', {}, 'AccessDenied'),
        refusal('iam:GetCredentialReport', {}, 'ReportNotPresent'),
      ]),
    );
    expect(fact).toMatchObject({
      kind: 'unknown',
      gap: { code: 'ACCESS_DENIED', action: 'iam:GenerateCredentialReport' },
      place: { operation: 'iam:GenerateCredentialReport' },
    });
  });
  test('a report without its columns is a gap, never a report without users', async () => {
    const odd = answer(
      'iam:GetCredentialReport',
      {},
      { Content: Buffer.from('user,when\nalice,now\n').toString('base64') },
    );
    expect(await index.credentialReport.collect(recordedAt([complete, odd]))).toMatchObject({
      kind: 'unknown',
      gap: { code: 'UNPARSABLE', problem: 'no column `arn`' },
    });
  });
});

describe('service-specific-credentials', () => {
  const operation = 'iam:ListServiceSpecificCredentials';
  const known = {
    authorization: factsWith({
      authorization: { users: read([user('u')]), groups: read([]), roles: read([]), policies: read([]) },
    }).authorization,
    report: denied,
  };
  const all = (ServiceName: string) => ({ AllUsers: true, ServiceName });
  const item = (UserName: string, Id: string, more: object = {}) => ({
    UserName,
    ServiceName: 'bedrock.amazonaws.com',
    ServiceSpecificCredentialId: Id,
    Status: 'Active',
    CreateDate: '2025-01-01T00:00:00Z',
    ...more,
  });
  const empty = { ServiceSpecificCredentials: [], IsTruncated: false };

  test('asks every service for all users, follows the Marker, and does not ask user by user', async () => {
    const lines = credentialServices.map((service) =>
      answer(
        operation,
        all(service),
        service.startsWith('bedrock')
          ? { ServiceSpecificCredentials: [item('u', 'A')], IsTruncated: true, Marker: 'm' }
          : empty,
      ),
    );
    const next = answer(
      operation,
      { ...all('bedrock.amazonaws.com'), Marker: 'm' },
      { ServiceSpecificCredentials: [item('u', 'B', { ExpirationDate: '2027-01-01T00:00:00Z' })], IsTruncated: false },
    );
    const fact = await index.serviceSpecificCredentials.collect(recordedAt([...lines, next]), known);
    expect(fact.byUser).toEqual({});
    expect(credentialsOf('u', fact)).toMatchObject({
      value: [
        { id: 'A', expires: null },
        { id: 'B', expires: '2027-01-01T00:00:00Z' },
      ],
    });
  });
  test('asks user by user where all users are refused', async () => {
    const lines = credentialServices.map((service) => refusal(operation, all(service), 'AccessDenied'));
    const fact = await index.serviceSpecificCredentials.collect(
      recordedAt([...lines, answer(operation, { UserName: 'u' }, { ServiceSpecificCredentials: [item('u', 'A')] })]),
      known,
    );
    expect(credentialsOf('u', fact)).toMatchObject({ kind: 'known', value: [{ id: 'A' }] });
  });
  test('a user may be called `__proto__`: a refused listing of it is still a gap', async () => {
    const odd = { ...known, authorization: { ...known.authorization, users: read([user('__proto__')]) } };
    const lines = credentialServices.map((service) => refusal(operation, all(service), 'AccessDenied'));
    const fact = await index.serviceSpecificCredentials.collect(
      recordedAt([...lines, refusal(operation, { UserName: '__proto__' }, 'AccessDenied')]),
      odd,
    );
    expect(Object.keys(fact.byUser)).toEqual(['__proto__']);
    expect(credentialsOf('__proto__', fact)).toMatchObject({ kind: 'unknown', gap: { code: 'ACCESS_DENIED' } });
  });
  test('a listing that says it goes on but gives no Marker is unknown', async () => {
    const lines = credentialServices.map((service) =>
      answer(operation, all(service), { ServiceSpecificCredentials: [], IsTruncated: true }),
    );
    const fact = await index.serviceSpecificCredentials.collect(recordedAt(lines), known);
    expect(fact.byService['bedrock.amazonaws.com']).toMatchObject({
      kind: 'unknown',
      gap: { code: 'UNEXPECTED', name: 'TruncatedWithoutToken' },
    });
  });
  test('a listing cut off between pages is unknown, not the half that came', async () => {
    const lines = credentialServices.map((service) =>
      answer(
        operation,
        all(service),
        service.startsWith('bedrock')
          ? { ServiceSpecificCredentials: [item('u', 'A')], IsTruncated: true, Marker: 'm' }
          : empty,
      ),
    );
    const fact = await index.serviceSpecificCredentials.collect(
      recordedAt([...lines, refusal(operation, { ...all('bedrock.amazonaws.com'), Marker: 'm' }, 'Throttling')]),
      known,
    );
    expect(fact.byService['bedrock.amazonaws.com']).toMatchObject({ kind: 'unknown', gap: { code: 'THROTTLED' } });
  });
});

describe('last-accessed', () => {
  const arn = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const ask = (name: string) => ({ arn: arn(name), granularity: 'ACTION_LEVEL' as const });
  const started = (name: string, JobId = `job-${name}`) =>
    answer('iam:GenerateServiceLastAccessedDetails', { Arn: arn(name), Granularity: 'ACTION_LEVEL' }, { JobId });
  const details = (input: object, output: object) =>
    answer('iam:GetServiceLastAccessedDetails', { ...input }, { IsTruncated: false, ...output });
  const inProgress = (JobId: string) => details({ JobId }, { JobStatus: 'IN_PROGRESS' });
  const completed = (JobId: string, ServicesLastAccessed: readonly object[], more: object = {}) =>
    details({ JobId }, { JobStatus: 'COMPLETED', JobType: 'ACTION_LEVEL', ServicesLastAccessed, ...more });
  const iam = {
    ServiceName: 'IAM',
    ServiceNamespace: 'iam',
    LastAuthenticated: '2026-09-01T00:00:00.000Z',
    LastAuthenticatedRegion: 'us-east-1',
    TrackedActionsLastAccessed: [
      { ActionName: 'CreateUser' },
      {
        ActionName: 'CreateAccessKey',
        LastAccessedTime: '2026-09-01T00:00:00.000Z',
        LastAccessedRegion: 'us-east-1',
      },
    ],
  };
  const bedrock = { ServiceName: 'Bedrock', ServiceNamespace: 'bedrock' };

  test('polls each report until AWS has made it; services and tracked actions, used or only listed', async () => {
    const aws = recordedAt([
      started('a'),
      started('b'),
      inProgress('job-a'),
      completed('job-a', [iam, bedrock]),
      completed('job-b', [bedrock]),
    ]);
    const fact = await index.lastAccessed.collect(aws, [ask('a'), ask('b')]);
    expect(aws.pauses).toBe(1);
    expect(fact[arn('a')]).toMatchObject({
      kind: 'known',
      value: {
        granularity: 'ACTION_LEVEL',
        services: [
          {
            namespace: 'iam',
            lastAuthenticated: '2026-09-01T00:00:00Z',
            lastRegion: 'us-east-1',
            tracked: [
              { action: 'CreateUser', lastAccessed: null, region: null },
              { action: 'CreateAccessKey', lastAccessed: '2026-09-01T00:00:00Z', region: 'us-east-1' },
            ],
          },
          { namespace: 'bedrock', lastAuthenticated: null, lastRegion: null, tracked: [] },
        ],
      },
    });
    expect(fact[arn('b')]).toMatchObject({ value: { services: [{ namespace: 'bedrock' }] } });
  });
  test.each([
    { name: 'a closer report than was asked for', asks: 'SERVICE_LEVEL', input: { Granularity: 'ACTION_LEVEL' } },
    { name: 'a coarser one', asks: 'ACTION_LEVEL', input: { Granularity: 'SERVICE_LEVEL' } },
    { name: 'one asked for without a word', asks: 'ACTION_LEVEL', input: {} },
  ] as const)('a snapshot may hold $name', async ({ asks, input }) => {
    const line = answer('iam:GenerateServiceLastAccessedDetails', { Arn: arn('a'), ...input }, { JobId: 'job-a' });
    const report = details({ JobId: 'job-a' }, { JobStatus: 'COMPLETED', ServicesLastAccessed: [bedrock] });
    const fact = await index.lastAccessed.collect(recordedAt([line, report]), [{ arn: arn('a'), granularity: asks }]);
    const { Granularity: granularity = 'SERVICE_LEVEL' } = { Granularity: undefined, ...input };
    expect(fact[arn('a')]).toMatchObject({
      kind: 'known',
      value: { granularity, services: [{ namespace: 'bedrock' }] },
    });
  });
  test('a refusal of AWS is not asked another way', async () => {
    const line = refusal(
      'iam:GenerateServiceLastAccessedDetails',
      { Arn: arn('a'), Granularity: 'SERVICE_LEVEL' },
      'AccessDenied',
    );
    const fact = await index.lastAccessed.collect(recordedAt([line, started('a'), completed('job-a', [bedrock])]), [
      { arn: arn('a'), granularity: 'SERVICE_LEVEL' },
    ]);
    expect(fact[arn('a')]).toMatchObject({ kind: 'unknown', gap: { code: 'ACCESS_DENIED' } });
  });
  test('follows the Marker: later pages are part of the report', async () => {
    const fact = await index.lastAccessed.collect(
      recordedAt([
        started('a'),
        inProgress('job-a'),
        completed('job-a', [iam], { IsTruncated: true, Marker: 'm' }),
        details(
          { JobId: 'job-a', Marker: 'm' },
          { JobStatus: 'COMPLETED', JobType: 'SERVICE_LEVEL', ServicesLastAccessed: [bedrock] },
        ),
      ]),
      [ask('a')],
    );
    expect(fact[arn('a')]).toMatchObject({ value: { services: [{ namespace: 'iam' }, { namespace: 'bedrock' }] } });
  });
  test.each([
    { name: 'no such identity', lines: [], code: 'NOT_IN_SNAPSHOT' },
    {
      name: 'the report refused',
      lines: [
        refusal(
          'iam:GenerateServiceLastAccessedDetails',
          { Arn: arn('a'), Granularity: 'ACTION_LEVEL' },
          'AccessDenied',
        ),
      ],
      code: 'ACCESS_DENIED',
    },
    { name: 'a report that stays in progress', lines: [started('a'), inProgress('job-a')], code: 'TIMED_OUT' },
    {
      name: 'a report that AWS could not make',
      lines: [
        started('a'),
        details({ JobId: 'job-a' }, { JobStatus: 'FAILED', Error: { Code: 'Odd', Message: 'no' } }),
      ],
      code: 'UNEXPECTED',
    },
    {
      name: 'a report whose making was throttled',
      lines: [started('a'), details({ JobId: 'job-a' }, { JobStatus: 'FAILED', Error: { Code: 'Throttling' } })],
      code: 'THROTTLED',
    },
    {
      name: 'a state nobody knows',
      lines: [started('a'), details({ JobId: 'job-a' }, { JobStatus: 'PAUSED' })],
      code: 'UNEXPECTED',
    },
    {
      name: 'a complete report without a list',
      lines: [started('a'), details({ JobId: 'job-a' }, { JobStatus: 'COMPLETED' })],
      code: 'UNPARSABLE',
    },
    {
      name: 'a report of which the second page is refused',
      lines: [
        started('a'),
        completed('job-a', [iam], { IsTruncated: true, Marker: 'm' }),
        refusal('iam:GetServiceLastAccessedDetails', { JobId: 'job-a', Marker: 'm' }, 'Throttling'),
      ],
      code: 'THROTTLED',
    },
    {
      name: 'a report that goes on without a Marker',
      lines: [started('a'), completed('job-a', [iam], { IsTruncated: true })],
      code: 'UNEXPECTED',
    },
    {
      name: 'the report of another job',
      lines: [started('a', 'job-z'), completed('job-a', [iam])],
      code: 'NOT_IN_SNAPSHOT',
    },
  ])('$name is a gap $code of this identity alone', async ({ lines, code }) => {
    const other = [started('b'), completed('job-b', [])];
    const fact = await index.lastAccessed.collect(recordedAt([...lines, ...other]), [ask('a'), ask('b')]);
    expect(fact[arn('a')]).toMatchObject({ kind: 'unknown', gap: { code } });
    expect(fact[arn('b')]).toMatchObject({ kind: 'known', value: { services: [] } });
  });
  test('asks on for everybody after more than one batch', async () => {
    const names = Array.from({ length: 60 }, (_, index) => `r${index}`);
    const lines = names.flatMap((name) => [started(name), inProgress(`job-${name}`), completed(`job-${name}`, [])]);
    const aws = recordedAt(lines);
    const fact = await index.lastAccessed.collect(aws, names.map(ask));
    expect(Object.values(fact).filter(({ kind }) => kind === 'known')).toHaveLength(60);
    expect(aws.pauses).toBe(3);
  });
  test('a snapshot without any such answer is asked once, not for each of thousands; all are unknown for the one reason', async () => {
    const tape: TranscriptLine[] = [];
    const taped = recordingReaders(replayReaders(new Map([[account, []]])), (line) => tape.push(line));
    const asks = Array.from({ length: 4880 }, (_, index) => ask(`r${index}`));
    const fact = await index.lastAccessed.collect(
      collecting(taped, account, async () => {}),
      asks,
    );
    expect(Object.keys(fact)).toHaveLength(4880);
    expect(unknownsIn(fact)).toEqual([
      {
        gap: { code: 'NOT_IN_SNAPSHOT', operation: 'iam:GenerateServiceLastAccessedDetails' },
        place: { region: 'global', operation: 'iam:GenerateServiceLastAccessedDetails' },
      },
    ]);
    expect(tape).toHaveLength(1);
    const again = await index.lastAccessed.collect(recordedAt(tape), asks); // the transcript re-performs it
    expect(again).toEqual(fact);
  });
});

describe('trails', () => {
  const arn = (name: string) => `arn:aws:cloudtrail:eu-west-1:${account}:trail/${name}`;
  const listed = (name: string, more: object = {}) => ({
    Name: name,
    TrailARN: arn(name),
    HomeRegion: 'eu-west-1',
    IsMultiRegionTrail: true,
    IsOrganizationTrail: false,
    ...more,
  });
  const status = (name: string) =>
    answer('cloudtrail:GetTrailStatus', { Name: arn(name) }, { IsLogging: true }, 'eu-west-1');

  test('asks once per trail, at home, however many Regions show it; without selectors it has the default one', async () => {
    const shown = regions.map((region) =>
      answer('cloudtrail:DescribeTrails', {}, { trailList: [listed('t')] }, region),
    );
    const fact = await index.trails.collect(
      recordedAt([
        ...shown,
        status('t'),
        answer('cloudtrail:GetEventSelectors', { TrailName: arn('t') }, { EventSelectors: [] }, 'eu-west-1'),
      ]),
      { regions, readElsewhere: none },
    );
    for (const region of regions)
      expect(fact[region]).toMatchObject({
        value: [
          {
            status: { value: { logging: true } },
            selectors: { value: { basic: [{ readWrite: 'All', management: true }] } },
          },
        ],
      });
  });
  test('leaves out what Discover read in the management account', async () => {
    const shown = regions.map((region) =>
      answer('cloudtrail:DescribeTrails', {}, { trailList: [listed('org', { IsOrganizationTrail: true })] }, region),
    );
    const fact = await index.trails.collect(recordedAt(shown), { regions, readElsewhere: new Set([arn('org')]) });
    expect(fact['us-east-1']).toMatchObject({ kind: 'known', value: [] });
  });
  test('a Region that refuses and selectors that refuse are unknown, each for itself', async () => {
    const lines = [
      refusal('cloudtrail:DescribeTrails', {}, 'AccessDeniedException', 'us-east-1'),
      answer('cloudtrail:DescribeTrails', {}, { trailList: [listed('t')] }, 'eu-west-1'),
      status('t'),
      refusal('cloudtrail:GetEventSelectors', { TrailName: arn('t') }, 'InvalidTrailNameException', 'eu-west-1'),
    ];
    const fact = await index.trails.collect(recordedAt(lines), { regions, readElsewhere: none });
    expect(fact['us-east-1']).toMatchObject({ kind: 'unknown', gap: { code: 'ACCESS_DENIED' } });
    expect(fact['eu-west-1']).toMatchObject({
      value: [
        {
          status: { kind: 'known' },
          selectors: { kind: 'unknown', gap: { code: 'UNEXPECTED', name: 'InvalidTrailNameException' } },
        },
      ],
    });
  });
  test('an answer of another shape is a gap that names the place', async () => {
    const fact = await index.trails.collect(
      recordedAt([answer('cloudtrail:DescribeTrails', {}, { trailList: [{ Name: 'x' }] }, 'us-east-1')]),
      { regions: regions.slice(0, 1), readElsewhere: none },
    );
    expect(fact['us-east-1']).toMatchObject({
      kind: 'unknown',
      gap: { code: 'UNPARSABLE', place: 'trailList.0.TrailARN' },
    });
  });
});

describe('organization', () => {
  const lines = [
    answer('organizations:DescribeOrganization', {}, { Organization: { Id: 'o-1', MasterAccountId: account } }),
    answer('organizations:ListRoots', {}, { Roots: [{ Id: 'r-1' }] }),
    answer('organizations:ListAccountsForParent', { ParentId: 'r-1' }, { Accounts: [], NextToken: 'n' }), // an empty page with a token is legal
    answer(
      'organizations:ListAccountsForParent',
      { ParentId: 'r-1', NextToken: 'n' },
      { Accounts: [{ Id: account, Name: 'main', Status: 'ACTIVE' }] },
    ),
    answer(
      'organizations:ListAccountsForParent',
      { ParentId: 'ou-1' },
      { Accounts: [{ Id: '222222222222', State: 'SUSPENDED', Status: 'ACTIVE' }] },
    ),
    answer(
      'organizations:ListOrganizationalUnitsForParent',
      { ParentId: 'r-1' },
      { OrganizationalUnits: [{ Id: 'ou-1', Name: 'Work' }] },
    ),
    answer('organizations:ListOrganizationalUnitsForParent', { ParentId: 'ou-1' }, { OrganizationalUnits: [] }),
    answer(
      'organizations:ListPolicies',
      { Filter: 'SERVICE_CONTROL_POLICY' },
      {
        Policies: [
          { Id: 'p-1', Name: 'Good' },
          { Id: 'p-2', Name: 'Odd' },
        ],
      },
    ),
    answer('organizations:ListTargetsForPolicy', { PolicyId: 'p-1' }, { Targets: [{ TargetId: 'r-1' }] }),
    answer('organizations:ListTargetsForPolicy', { PolicyId: 'p-2' }, { Targets: [] }),
    answer(
      'organizations:DescribePolicy',
      { PolicyId: 'p-1' },
      { Policy: { Content: '{"Version":"2012-10-17","Statement":[]}' } },
    ),
    answer('organizations:DescribePolicy', { PolicyId: 'p-2' }, { Policy: { Content: '{ // no comments in JSON\n}' } }),
  ];
  test('gives accounts with their OUs, State before Status, and policies with targets; one that does not parse is a gap of its own', async () => {
    const fact = await index.organization.collect(recordedAt(lines, 'organization'));
    expect(fact).toMatchObject({
      id: { value: { organization: 'o-1', managementAccount: account } },
      tree: {
        value: {
          ous: [{ id: 'ou-1', name: 'Work', parent: null }],
          accounts: [
            { account, state: 'ACTIVE', ou: [] },
            { account: '222222222222', state: 'SUSPENDED', ou: ['ou-1'] },
          ],
        },
      },
      scps: {
        value: [
          { id: 'p-1', targets: { value: ['r-1'] }, document: { kind: 'known' } },
          { id: 'p-2', document: { kind: 'unknown', gap: { code: 'UNPARSABLE', place: 'p-2 (Odd)' } } },
        ],
      },
    });
  });
  describe('resource control policies', () => {
    const Filter = 'RESOURCE_CONTROL_POLICY';
    const rcpsOf = async (...more: readonly TranscriptLine[]) => {
      const replaced = lines.filter(
        ({ operation }) => !more.some((line) => line.operation === operation && operation.endsWith('Roots')),
      );
      return (await index.organization.collect(recordedAt([...replaced, ...more], 'organization'))).rcps;
    };
    const rootsWith = (...types: readonly string[]) =>
      answer(
        'organizations:ListRoots',
        {},
        { Roots: [{ Id: 'r-1', PolicyTypes: types.map((Type) => ({ Type, Status: 'ENABLED' })) }] },
      );
    test('are listed with targets and documents', async () => {
      const rcps = await rcpsOf(
        answer('organizations:ListPolicies', { Filter }, { Policies: [{ Id: 'p-9', Name: 'Fence' }] }),
        answer('organizations:ListTargetsForPolicy', { PolicyId: 'p-9' }, { Targets: [{ TargetId: 'ou-1' }] }),
        answer('organizations:DescribePolicy', { PolicyId: 'p-9' }, { Policy: { Content: '{"Statement":[]}' } }),
      );
      expect(rcps).toMatchObject({
        value: [{ id: 'p-9', name: 'Fence', targets: { value: ['ou-1'] }, document: { value: { Statement: [] } } }],
      });
    });
    test.each([
      {
        name: 'AWS says in its refusal that the type is not enabled',
        more: [refusal('organizations:ListPolicies', { Filter }, 'PolicyTypeNotEnabledException')],
        rcps: { kind: 'known', value: [] },
      },
      {
        name: 'refused, and the root does not have the type enabled',
        more: [
          refusal('organizations:ListPolicies', { Filter }, 'AccessDeniedException'),
          rootsWith('SERVICE_CONTROL_POLICY'),
        ],
        rcps: { kind: 'known', value: [] },
      },
      {
        name: 'refused, and the root has it enabled',
        more: [
          refusal('organizations:ListPolicies', { Filter }, 'AccessDeniedException'),
          rootsWith('SERVICE_CONTROL_POLICY', Filter),
        ],
        rcps: { kind: 'unknown', gap: { code: 'ACCESS_DENIED' } },
      },
      {
        name: 'refused, and the root does not tell its types',
        more: [refusal('organizations:ListPolicies', { Filter }, 'AccessDeniedException')],
        rcps: { kind: 'unknown', gap: { code: 'ACCESS_DENIED' } },
      },
      {
        name: 'no answer at all, while the service control policies are there',
        more: [],
        rcps: {
          kind: 'unknown',
          gap: { code: 'NOT_IN_SNAPSHOT', operation: 'organizations:ListPolicies of RESOURCE_CONTROL_POLICY' },
        },
      },
    ])('$name', async ({ more, rcps }) => {
      expect(await rcpsOf(...more)).toMatchObject(rcps);
    });
  });
  test('an OU that cannot be listed makes the tree unknown: half an organisation is none', async () => {
    const cut = [
      ...lines.filter(({ input }) => input['ParentId'] !== 'ou-1'),
      refusal('organizations:ListAccountsForParent', { ParentId: 'ou-1' }, 'AccessDeniedException'),
    ];
    expect((await index.organization.collect(recordedAt(cut, 'organization'))).tree).toMatchObject({
      kind: 'unknown',
      gap: { code: 'ACCESS_DENIED' },
    });
  });
});

describeWithSharedData('recorded answers of AWS', () => {
  test('a last-accessed report that is in progress first: read by its job id, complete after one pause', async () => {
    const folder = 'test_iam_user_usage';
    const ask = { arn: 'arn:aws:iam::644160558196:user/kapil', granularity: 'SERVICE_LEVEL' } as const;
    const job = recording(`${folder}/iam.GenerateServiceLastAccessedDetails_1.json`) as { JobId: string };
    const polls = [1, 2].map((nr) => recording(`${folder}/iam.GetServiceLastAccessedDetails_${nr}.json`));
    const aws = recordedAt([
      answer('iam:GenerateServiceLastAccessedDetails', { Arn: ask.arn, Granularity: ask.granularity }, job),
      ...polls.map((poll) => answer('iam:GetServiceLastAccessedDetails', { JobId: job.JobId }, poll)),
    ]);
    const report = (await index.lastAccessed.collect(aws, [ask]))[ask.arn];
    expect(aws.pauses).toBe(1);
    const services = report?.kind === 'known' ? report.value.services : [];
    expect(services.length).toBe((polls[1] as { ServicesLastAccessed: unknown[] }).ServicesLastAccessed.length);
    expect(services.find(({ namespace }) => namespace === 'acm')?.lastAuthenticated).toBe('2019-02-08T14:55:00Z');
    expect(services.find(({ namespace }) => namespace === 'a4b')?.lastAuthenticated).toBeNull();
  });

  const recording = (path: string): object => {
    const { data } = JSON.parse(readFileSync(sharedData(`api-recordings-c7n/${path}`), 'utf8'), (_, value) =>
      value?.__class__ === 'datetime'
        ? new Date(
            Date.UTC(value.year, value.month - 1, value.day, value.hour, value.minute, value.second),
          ).toISOString()
        : value,
    );
    return data;
  };
  test('credentials on two pages, joined by the Marker: five of two users', async () => {
    const folder = 'test_iam_user_service_specific_credentials_service';
    const [first, second] = [
      recording(`${folder}/iam.ListServiceSpecificCredentials_1.json`),
      recording(`${folder}/iam.ListServiceSpecificCredentials_2.json`),
    ];
    const input = { AllUsers: true, ServiceName: 'codecommit.amazonaws.com' };
    const lines = [
      answer('iam:ListServiceSpecificCredentials', input, first),
      answer('iam:ListServiceSpecificCredentials', { ...input, Marker: 'ACCACKCEVSQ6B8EXAMPLE' }, second),
    ];
    const { byService } = await index.serviceSpecificCredentials.collect(recordedAt(lines), {
      authorization: factsWith().authorization,
      report: denied,
    });
    const list = byService['codecommit.amazonaws.com'];
    expect(list?.kind === 'known' ? new Set(list.value.map((it) => it.user)) : list).toEqual(
      new Set(['testuser-8aa8c470', 'test-another-cc-user']),
    );
  });
});
