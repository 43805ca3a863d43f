import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folderWith } from '../adapters/snapshot/folder.ts';
import { recorded, scratch } from '../support/command-line.ts';

const account = '111122223333';
const clock = ['--clock', '2026-09-30T06:00:00Z'];
const recent = '2026-09-01T00:00:00Z';
const allow = (Action: unknown) => ({ Effect: 'Allow', Action, Resource: '*' });
const arnOf = (name: string): string => `arn:aws:iam::${account}:role/${name}`;
const role = (name: string, statements: readonly object[], more: object = {}) => ({
  Arn: arnOf(name),
  RoleName: name,
  Path: '/',
  CreateDate: '2020-01-01T00:00:00Z',
  AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
  AttachedManagedPolicies: [],
  RoleLastUsed: { LastUsedDate: recent },
  ...more,
});
const roles = [
  role('app', [allow(['s3:*', 'sqs:*', 'bedrock:*', 'iam:PassRole'])]),
  role('new', [allow('s3:*')], { CreateDate: recent }),
  role('hidden', [allow('s3:*')]),
  role('broken', [allow('all')]),
];
const service = (
  ServiceNamespace: string,
  LastAuthenticated?: string,
  actions: Record<string, string | undefined> = {},
) => ({
  ServiceName: ServiceNamespace,
  ServiceNamespace,
  ...(LastAuthenticated === undefined ? {} : { LastAuthenticated }),
  TrackedActionsLastAccessed: Object.entries(actions).map(([ActionName, LastAccessedTime]) => ({
    ActionName,
    ...(LastAccessedTime === undefined ? {} : { LastAccessedTime }),
  })),
});
const seen = [
  service('s3', recent, { ListAllMyBuckets: recent, PutBucketPolicy: undefined }),
  service('sqs'),
  service('iam'),
  service('bedrock', recent),
];
const denied = { name: 'AccessDenied', message: 'not authorized to perform: iam:GenerateServiceLastAccessedDetails' };
const lines = (...values: readonly object[]): string => values.map((it) => `${JSON.stringify(it)}\n`).join('');

/** A snapshot of four roles, one of whose reports was refused. */
const snapshot = (): string =>
  folderWith({
    [`${account}/global/iam.GetAccountAuthorizationDetails.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: roles,
      Policies: [],
    },
    [`${account}/global/iam.GenerateServiceLastAccessedDetails.jsonl`]: lines(
      ...roles.map(({ RoleName, Arn }) => ({
        input: { Arn, Granularity: 'ACTION_LEVEL' },
        ...(RoleName === 'hidden' ? { error: denied } : { output: { JobId: `job-${RoleName}` } }),
      })),
    ),
    [`${account}/global/iam.GetServiceLastAccessedDetails.jsonl`]: lines(
      ...roles.map(({ RoleName }) => ({
        input: { JobId: `job-${RoleName}` },
        output: { JobStatus: 'COMPLETED', JobType: 'ACTION_LEVEL', ServicesLastAccessed: seen, IsTruncated: false },
      })),
    ),
  });

const asked = (...args: readonly string[]) =>
  recorded(['can', ...args, '--emit', 'policy', '--snapshot', snapshot(), ...clock]);

test('the policy goes to standard output, what it changes to standard error', async () => {
  const { exit, out, err } = await asked('app');
  expect(exit).toBe(0);
  const { Version, Statement } = JSON.parse(out) as { Version: string; Statement: { Action: string[] }[] };
  expect([Version, Statement.length]).toEqual(['2012-10-17', 1]);
  const actions = Statement[0]?.Action ?? [];
  for (const action of ['bedrock:*', 'iam:PassRole', 's3:GetObject*', 's3:ListAllMyBuckets'])
    expect(actions.some((it) => it === action || action.startsWith(it.replace('*', '')))).toBe(true);
  expect(actions.filter((action) => /^sqs|PutBucketPolicy/.test(action))).toEqual([]);
  expect(err).toMatch(/^arn:aws:iam::111122223333:role\/app, asked of snapshot /);
  expect(err).toContain('use in the 90 days to 2026-09-30T06:00:00Z');
  expect(err).toMatch(
    /removed: not used in the window: \d+\n {2}s3: PutBucketPolicy\n {2}all that is granted of: sqs \(\d+\)\n/,
  );
  expect(err).toContain('kept: used: 1\n  s3: ListAllMyBuckets\n');
  expect(err).toMatch(/kept: AWS does not say whether it was used: \d+\n {2}iam: PassRole\n/);
  expect(err).toContain('AWS tracks single actions of: s3\nAWS tracks the service alone of: bedrock, iam\n');
  expect(err).toMatch(/evaluated over 2\d{4} actions: \d+ lost, every one of them unused; 0 gained/);
  expect(err).toContain('requests for used actions that pass today and pass after: 1');
  expect(err).toContain('takes the place of: inline own');
  expect(err).toContain('a limit was not read'); // the snapshot holds no organisation
});

test('--json is one object: every action of today under what becomes of it', async () => {
  const { exit, out, err } = await asked('app', '--json');
  expect([exit, err]).toEqual([0, '']);
  const told = JSON.parse(out);
  const { diff, counts, evaluation } = told;
  expect(told).toMatchObject({ principal: arnOf('app'), measured: true, fits: true, misfits: [], unread: null });
  expect(told.policies[0]).toMatchObject({ size: expect.any(Number), statements: [{ sid: null, from: ['own'] }] });
  expect(diff.keptUsed).toEqual(['s3:ListAllMyBuckets']);
  expect(diff.keptUntrackable).toContain('bedrock:InvokeModel');
  expect(diff.removed).toEqual(evaluation.nominal.lost);
  expect(evaluation.nominal.gained.concat(evaluation.effective.gained)).toEqual([]);
  expect(counts.removed + counts.keptUsed + counts.keptUntrackable + counts.keptNotMeasured).toBe(counts.granted);
  expect(told.levels).toContainEqual({
    service: 'bedrock',
    level: 'service',
    lastUsed: recent,
    actions: expect.any(Number),
  });
});

test.each([
  {
    name: 'hidden',
    exit: 2,
    says: /nothing is removed: its last-accessed report was not read: .*iam:GenerateServiceLastAccessedDetails/,
  },
  { name: 'new', exit: 0, says: /nothing is removed: it was made inside the window/ },
])('$name: nothing is removed, and it says why', async ({ name, exit: expected, says }) => {
  const { exit, out, err } = await asked(name);
  expect(exit).toBe(expected);
  expect(JSON.parse(out)).toEqual({ Version: '2012-10-17', Statement: [allow('s3:*')] });
  expect(err).toMatch(says);
  expect(err).toContain('0 lost, none unused; 0 gained');
});

test('where a policy of today cannot be read none is printed', async () => {
  expect(await asked('broken')).toMatchObject({
    exit: 2,
    out: '',
    err: expect.stringMatching(/no policy: one of today's could not be read/),
  });
});

test('a shorter window takes more away', async () => {
  const { out } = await asked('app', '--window', '7');
  expect(JSON.parse(out)).toEqual([]); // nothing was used in a week, not even to pass a role with
});

test('--all leaves identities kept for emergencies as they are, and names them', async () => {
  const config = join(scratch(), 'assay.yaml');
  mkdirSync(join(config, '..'), { recursive: true });
  writeFileSync(config, `breakGlass: ['${arnOf('app')}']\n`);
  const { out } = await asked('--all', '--output-dir', join(scratch(), 'spared'), '--config', config);
  expect(out).toMatch(/^left as they are, being kept for emergencies \(break-glass\): .*role\/app$/m);
  expect(out).not.toMatch(/role\/app: removed/);
  expect(out).toMatch(/role\/new: removed/);
});

test('--all writes a folder of everybody, whole, and a list', async () => {
  const folder = join(scratch(), 'policies');
  const { exit, out } = await asked('--all', '--output-dir', folder);
  expect(exit).toBe(2);
  expect(out).toMatch(/role\/app: removed \d+ of \d+; kept 1 used, \d+ untrackable, 0 not measured\n/);
  expect(out).toMatch(/role\/broken: no policy: /);
  expect(out).toMatch(
    /4 users and roles, 1 without a policy; \d+ of \d+ granted actions removed, none of them used; 0 gained/,
  );
  expect(readdirSync(folder)).toEqual([account, 'index.json']);
  expect(readdirSync(join(folder, account, 'role', 'app'))).toEqual(['about.json', 'policy-1.json']);
  expect(readdirSync(join(folder, account, 'role', 'broken'))).toEqual(['about.json']);
  const { out: single } = await asked('app');
  expect(readFileSync(join(folder, account, 'role', 'app', 'policy-1.json'), 'utf8')).toBe(single);
  const index = JSON.parse(readFileSync(join(folder, 'index.json'), 'utf8'));
  expect(index.totals).toMatchObject({ identities: 4, notProposed: 1, keptUsed: 1 });
  const again = await asked('--all', '--output-dir', folder);
  expect(again).toMatchObject({ exit: 64, err: expect.stringMatching(/is not empty; choose a new directory/) });
});

test('one identity can be written to a folder too', async () => {
  const folder = join(scratch(), 'app');
  const { out } = await asked('app', '--output-dir', folder);
  expect(out).toContain('role/app, asked of snapshot');
  expect(readdirSync(folder)).toEqual(['about.json', 'policy-1.json']);
});

test('nothing is left behind where the question was wrong', async () => {
  const parent = scratch();
  const { exit, err } = await asked('--all', '--account', '999999999999', '--output-dir', join(parent, 'policies'));
  expect([exit, readdirSync(parent)]).toEqual([64, []]);
  expect(err).toContain('no account 999999999999 in what was asked');
});

test.each([
  { args: ['can', '--emit', 'policy'], err: /of whom\?/ },
  { args: ['can'], err: /of whom\?/ },
  { args: ['can', '--all', '--emit', 'policy'], err: /give --output-dir/ },
  { args: ['can', 'app', '--all', '--emit', 'policy'], err: /not of both/ },
  { args: ['can', 'app', '--emit', 'policy', '--resource', '*'], err: /--resource says nothing to --emit policy/ },
  { args: ['can', 'app', '--output-dir', 'x'], err: /--output-dir goes with --emit policy/ },
  { args: ['can', 'app', '--window', '7'], err: /--window goes with --emit policy/ },
  { args: ['can', 'app', '--emit', 'scp'], err: /Allowed choices are policy/ },
  { args: ['can', 'nobody', '--emit', 'policy'], err: /no user or role `nobody`/ },
])('$args: one clear line and 64', async ({ args, err }) => {
  const result = await recorded([...args, '--snapshot', snapshot()]);
  expect(result).toMatchObject({ exit: 64, out: '' });
  expect(result.err).toMatch(err);
});

test('a name that would leave the folder stays in it', async () => {
  const source = join(snapshot(), account, 'global');
  const file = join(source, 'iam.GetAccountAuthorizationDetails.json');
  const strange = { ...role('x', [allow('s3:*')]), Arn: `arn:aws:iam::${account}:role/..`, RoleName: '..' };
  writeFileSync(
    file,
    JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: [strange], Policies: [] }),
  );
  const folder = join(scratch(), 'policies');
  await recorded([
    'can',
    '--all',
    '--emit',
    'policy',
    '--snapshot',
    join(source, '../..'),
    '--output-dir',
    folder,
    ...clock,
  ]);
  expect(existsSync(join(folder, account, 'role', '%2E%2E', 'policy-1.json'))).toBe(true);
});

test('a past night answers with its own window', async () => {
  const archive = scratch();
  await recorded([
    'demo',
    '--weeks',
    '0',
    '--output-dir',
    archive,
    '--format',
    'html',
    '--quiet',
    '--clock',
    '2026-09-30T06:00:00Z',
  ]);
  const feature = ['can', 'arn:aws:iam::300000000001:role/feature-store', '--emit', 'policy', '--archive', archive];
  const { exit, err } = await recorded(feature);
  expect(exit).toBe(0);
  expect(err).toContain('use in the 90 days to 2026-09-30T06:00:00Z');
  expect(err).toMatch(/removed: not used in the window: \d+\n {2}dynamodb: CreateTable/);
  const other = await recorded([...feature, '--window', '30']);
  expect(other).toMatchObject({ exit: 64, err: expect.stringMatching(/a past night has its window/) });
}, 120_000);
