import type { Refusal } from '../../src/domain/gap.ts';
import { buildOrganization } from '../../src/simulator/build.ts';
import type { RoleSpec, UserSpec } from '../../src/simulator/build-identities.ts';
import { demoOrganization, grantLines, grantTable } from '../../src/simulator/demo/index.ts';
import { names } from '../../src/simulator/held.ts';
import { simulatorReaders } from '../../src/simulator/readers.ts';
import { global, pages } from './gather.ts';

const account = '111111111111';
const clock = '2026-10-01T06:00:00Z';
const allow = (...Action: readonly string[]) => ({ p: { Statement: [{ Effect: 'Allow', Action, Resource: '*' }] } });

/** Pages of each poll of one identity's report. */
async function polls(spec: { users?: readonly UserSpec[]; roles?: readonly RoleSpec[] }, arn: string, times = 2) {
  const readers = simulatorReaders(buildOrganization({ clock, accounts: [spec] }));
  const asked = { Arn: `arn:aws:iam::${account}:${arn}`, Granularity: 'ACTION_LEVEL' as const };
  const { output } = await readers.for(global(account)).call('iam:GenerateServiceLastAccessedDetails', asked);
  const found = [];
  for (let poll = 0; poll < times; poll++)
    found.push(await pages(readers, global(account), 'iam:GetServiceLastAccessedDetails', { JobId: output.JobId }));
  return found;
}

async function report(spec: Parameters<typeof polls>[0], arn: string) {
  const [, done = []] = await polls(spec, arn);
  const services = done.flatMap((page) => page.ServicesLastAccessed ?? []);
  return Object.fromEntries(
    services.map((it) => [
      it.ServiceNamespace,
      {
        at: it.LastAuthenticated?.slice(0, 10) ?? null,
        actions: (it.TrackedActionsLastAccessed ?? []).map(({ ActionName, LastAccessedTime }) =>
          LastAccessedTime === undefined ? ActionName : `${ActionName} ${LastAccessedTime.slice(0, 10)}`,
        ),
      },
    ]),
  );
}

test('a report is in progress first, then complete, in pages', async () => {
  const [first, second] = await polls({ roles: [{ name: 'r', inline: allow('*') }] }, 'role/r');
  expect(first?.map(({ JobStatus }) => JobStatus)).toEqual(['IN_PROGRESS']);
  expect(second?.map(({ JobStatus, IsTruncated }) => `${JobStatus} ${IsTruncated}`)).toEqual([
    'COMPLETED true',
    'COMPLETED true',
    'COMPLETED false',
  ]);
});

test('one that is planted as failed says so, with an error', async () => {
  const [, done] = await polls({ roles: [{ name: 'r', uses: 'failed' }] }, 'role/r');
  expect(done).toMatchObject([{ JobStatus: 'FAILED', Error: { Code: 'InternalFailure' } }]);
});

test('names services that the policies allow, with the tracked actions they allow; used on the day the identity was', async () => {
  const roles = [
    { name: 'r', used: 10, inline: allow('s3:GetObject', 'iam:List*', 'iam:CreateUser', 'bedrock:Invoke*') },
  ];
  expect(await report({ roles }, 'role/r')).toEqual({
    s3: { at: '2026-09-21', actions: [] },
    bedrock: { at: '2026-09-21', actions: [] },
    iam: { at: '2026-09-21', actions: ['ListUsers 2026-09-21', 'ListRoles', 'CreateUser'] },
  });
});

test('planted uses stand before what follows from the rest', async () => {
  const users: UserSpec[] = [
    {
      name: 'u',
      password: 5,
      inline: allow('s3:*', 'iam:CreateAccessKey', 'bedrock:*'),
      uses: { bedrock: null, iam: { used: 3, actions: { CreateAccessKey: 4 } } },
    },
  ];
  const { s3, ...others } = await report({ users }, 'user/u');
  expect(s3?.at).toBe('2026-09-26');
  expect(others).toEqual({
    bedrock: { at: null, actions: [] },
    iam: { at: '2026-09-28', actions: ['CreateAccessKey 2026-09-27'] },
  });
});

test('an identity that nobody used has a report without dates', async () => {
  const roles = [{ name: 'r', inline: allow('s3:ListAllMyBuckets') }];
  expect(await report({ roles }, 'role/r')).toEqual({ s3: { at: null, actions: ['ListAllMyBuckets'] } });
});

test.each([
  [
    'an identity that does not exist',
    'iam:GenerateServiceLastAccessedDetails',
    { Arn: `arn:aws:iam::${account}:role/x` },
  ],
  ['a job that nobody started', 'iam:GetServiceLastAccessedDetails', { JobId: 'x' }],
] as const)('%s is refused', async (_, operation, input) => {
  const reader = simulatorReaders(buildOrganization({ clock })).for(global(account));
  const error = await reader.call(operation, input as never).catch((reason: unknown) => reason);
  expect((error as Refusal).error?.name).toBe('NoSuchEntity');
});

test('a use planted on a service that the policies do not allow is a mistake of whoever planted it', async () => {
  await expect(polls({ roles: [{ name: 'r', uses: { s3: 1 } }] }, 'role/r')).rejects.toThrow(TypeError);
});

test.each([
  { action: ['s3:Get*'], asked: 's3:GetObject', named: true },
  { action: ['s3:Get*'], asked: 's3:PutObject', named: false },
  { action: ['s3:get*acl'], asked: 's3:GetBucketAcl', named: true },
  { action: ['s3:Get*'], asked: 's3:', named: true },
  { action: ['s3:Get*'], asked: 'ec2:', named: false },
  { action: ['*'], asked: 'iam:', named: true },
])('policies that allow $action name $asked: $named', ({ action, asked, named }) => {
  const policies = [{ through: 'inline', name: 'p', document: allow(...action).p }];
  expect(names(policies)(asked)).toBe(named);
});

test.each([
  { asked: 'iam:CreateUser', named: false },
  { asked: 'iam:', named: false },
  { asked: 's3:', named: true },
  { asked: 's3:GetObject', named: false },
  { asked: 's3:PutObject', named: true },
])('all but iam:* and s3:Get*, with a denial, names $asked: $named', ({ asked, named }) => {
  const Statement = [
    { Effect: 'Allow', NotAction: ['iam:*', 's3:Get*'], Resource: '*' },
    { Effect: 'Deny', Action: '*', Resource: '*' },
  ];
  expect(names([{ through: 'inline', name: 'p', document: { Statement } }])(asked)).toBe(named);
});

describe('the table of the demo', () => {
  const organization = demoOrganization(clock);
  const lines = grantLines(organization);
  const line = (name: string) => lines.find((it) => it.name === name);

  test('has a line for every identity, and a row of text', () => {
    const all = organization.accounts.flatMap(({ users, roles }) => [...users, ...roles]);
    expect(lines).toHaveLength(all.length);
    expect(grantTable(organization).split('\n')).toHaveLength(all.length + 2);
  });

  test('everybody holds a policy but the roles of AWS, and the reader', () => {
    const bare = lines.filter(({ policies, name }) => policies.length === 0 && !name.startsWith('AWSServiceRoleFor'));
    expect(new Set(bare.map(({ name }) => name))).toEqual(new Set(['AssayReader']));
  });

  test('tells policies through groups, boundaries, and the chain from the root down', () => {
    const developer = lines.find(({ boundary, kind }) => kind === 'user' && boundary !== null);
    expect(developer?.boundary?.name).toBe('developer-boundary');
    expect(developer?.policies.map(({ through, name }) => `${through}:${name}`)).toContain(
      'developers/managed:PowerUserAccess',
    );
    const frozen = lines.find(({ account: name }) => name === 'payments-ledger');
    expect(frozen?.scps.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['trail-protection', 'workspace-fence', 'ledger-freeze']),
    );
    expect(frozen?.scps.at(0)).toMatchObject({ target: organization.root, name: 'FullAWSAccess' });
    expect(frozen?.rcps.map(({ name }) => name)).toContain('own-organization-only');
    expect(lines.find(({ account: name }) => name === 'management')).toMatchObject({ scps: [], rcps: [] });
  });

  test.each([
    ['image-archive', { s3: '12' }],
    ['access-key-issuer', { iam: '8 CreateAccessKey=8' }],
    ['trail-janitor', { cloudtrail: '200 StopLogging=200' }],
    ['mexico-inference', { bedrock: 'never' }],
    ['ticket-sync', 'failed'],
    ['svc-docs-bot', 'denied'],
  ])('planted: %s', (name, expected) => {
    const report = line(name)?.report ?? [];
    const days = (at: string) => (Date.parse(clock) - Date.parse(at)) / 86_400_000;
    const told =
      typeof report === 'string'
        ? report
        : Object.fromEntries(
            report.map(({ service, use }) => [
              service.namespace,
              use === null
                ? 'never'
                : [days(use.at), ...Object.entries(use.actions).map(([action, at]) => `${action}=${days(at)}`)].join(
                    ' ',
                  ),
            ]),
          );
    expect(told).toEqual(expected);
  });

  test('AI services have no tracked actions, and iam:PassRole is none', () => {
    const tracked = lines.flatMap(({ report }) =>
      typeof report === 'string'
        ? []
        : report.flatMap((it) => it.tracked.map((action) => `${it.service.namespace}:${action}`)),
    );
    expect(tracked.length).toBeGreaterThan(1000);
    expect(
      tracked.filter(
        (name) => /^(bedrock|aws-external|sagemaker|glue|codebuild)/.test(name) || name.endsWith('PassRole'),
      ),
    ).toEqual([]);
  });

  test('no use is older than its identity, and none later than the clock', () => {
    for (const { report, age, name } of lines)
      for (const { use } of typeof report === 'string' ? [] : report)
        if (use !== null) {
          const days = (Date.parse(clock) - Date.parse(use.at)) / 86_400_000;
          expect([name, days >= 0 && days <= age + 0.1]).toEqual([name, true]);
        }
  });
});
