import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recorded, scratch } from '../support/command-line.ts';

const account = '111122223333';
const policy = (...statements: object[]) => ({ Version: '2012-10-17', Statement: statements });
const allow = (Action: unknown, more: object = {}) => ({ Effect: 'Allow', Action, Resource: '*', ...more });
const role = (name: string, document: object, more: object = {}) => ({
  Arn: `arn:aws:iam::${account}:role/${name}`,
  RoleName: name,
  Path: '/',
  AssumeRolePolicyDocument: policy({
    Effect: 'Allow',
    Principal: { Service: 'ec2.amazonaws.com' },
    Action: 'sts:AssumeRole',
  }),
  RolePolicyList: [{ PolicyName: 'own', PolicyDocument: document }],
  AttachedManagedPolicies: [],
  RoleLastUsed: {},
  ...more,
});
const boundary = {
  Arn: `arn:aws:iam::${account}:policy/edge`,
  PolicyName: 'edge',
  DefaultVersionId: 'v1',
  PolicyVersionList: [{ VersionId: 'v1', IsDefaultVersion: true, Document: policy(allow('s3:*')) }],
};
const roles = [
  role('admin', policy(allow('*'))),
  role(
    'passer',
    policy(
      {
        Sid: 'Pass',
        ...allow('iam:PassRole', { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }),
      },
      allow(['lambda:CreateFunction', 'lambda:InvokeFunction']),
    ),
  ),
  role('bounded', policy(allow('*')), { PermissionsBoundary: { PermissionsBoundaryArn: boundary.Arn } }),
  role('broken', policy(allow('all'))),
];

/** A snapshot whose account is in no organisation, so that nothing limits beside what the account itself has. */
function snapshot(): string {
  const path = join(scratch(), 'authorization.json');
  writeFileSync(
    path,
    JSON.stringify({ UserDetailList: [], GroupDetailList: [], RoleDetailList: roles, Policies: [boundary] }),
  );
  return path;
}

test('who-can names who can, under which conditions, and whom nobody can tell', async () => {
  const { exit, out } = await recorded(['who-can', 'iam:passrole', '--snapshot', snapshot()]);
  expect(exit).toBe(2); // SCPs and one policy were not read
  expect(out).toContain('iam:PassRole on any resource of the account');
  expect(out).toMatch(/allowed\? +role\/admin\n +own: statement 1/);
  expect(out).toMatch(
    /conditional\? +role\/passer\n +own: Pass; if iam:passedtoservice StringEquals lambda.amazonaws.com/,
  );
  expect(out).toMatch(/not known +role\/broken\n.*not `service:Action`: `all`/);
  expect(out).not.toContain('role/bounded');
  expect(out).toContain('1 allowed, 1 under conditions, 1 not known, of 4 users and roles in 1 account');
  expect(out).toContain('may still be stopped: the snapshot holds no answer of organizations:DescribeOrganization');
});

test('who-can --all says what stops the others, --context fixes a key, --json carries the witness', async () => {
  const args = ['who-can', 'iam:PassRole', '--snapshot', snapshot(), '--json', '--all'];
  const { out } = await recorded([...args, '--context', 'iam:PassedToService=ec2.amazonaws.com']);
  const { principals } = JSON.parse(out) as {
    principals: { arn: string; verdict: string; missing: object[]; witness: object | null }[];
  };
  const verdicts = principals.map(({ arn, verdict }) => [arn.split('/')[1], verdict]);
  expect(verdicts).toEqual([
    ['admin', 'allowed'],
    ['passer', 'denied'],
    ['bounded', 'denied'],
    ['broken', 'unread'],
  ]);
  expect(principals[2]?.missing).toEqual([{ layer: 'boundary' }]);
  const open = JSON.parse((await recorded(args)).out) as { principals: { witness: { context: object } | null }[] };
  expect(open.principals[1]?.witness?.context).toMatchObject({ 'iam:passedtoservice': 'lambda.amazonaws.com' });
});

test('can lists actions with the statements that decide, and the ways to more rights', async () => {
  const { out } = await recorded(['can', 'passer', '--snapshot', snapshot()]);
  expect(out).toMatch(/conditional\? +iam:PassRole +own: Pass; if iam:passedtoservice/);
  expect(out).toMatch(/way to more rights: .*iam:PassRole \+ lambda:CreateFunction/);
  const json = JSON.parse(
    (
      await recorded([
        'can',
        `arn:aws:iam::${account}:role/bounded`,
        '--actions',
        's3:GetObj*,iam:PassRole',
        '--all',
        '--json',
        '--snapshot',
        snapshot(),
      ])
    ).out,
  ) as { actions: { action: string; verdict: string }[] };
  expect(
    json.actions
      .filter(({ action }) => ['s3:GetObject', 'iam:PassRole'].includes(action))
      .map(({ action, verdict }) => [action, verdict]),
  ).toEqual([
    ['iam:PassRole', 'denied'],
    ['s3:GetObject', 'allowed'],
  ]);
});

test.each([
  { args: ['who-can', 'iam:Pass*'], err: /not one action/ },
  { args: ['who-can', 'iam:PassRole', '--context', 'novalue'], err: /write key=value/ },
  { args: ['who-can', 'iam:PassRole', '--account', '999999999999'], err: /no account 999999999999 in what was asked/ },
  { args: ['can', 'nobody'], err: /no user or role `nobody`/ },
  { args: ['can', 'admin', '--actions', 'nope:*'], err: /AWS lists no action that matches `nope:\*`/ },
])('$args: one clear line and 64', async ({ args, err }) => {
  const result = await recorded([...args, '--snapshot', snapshot()]);
  expect(result).toMatchObject({ exit: 64, out: '' });
  expect(result.err).toMatch(err);
});

test('a past night answers like its source did', async () => {
  const folder = scratch();
  await recorded([
    'demo',
    '--weeks',
    '0',
    '--output-dir',
    folder,
    '--format',
    'html',
    '--quiet',
    '--clock',
    '2026-09-30T06:00:00Z',
  ]);
  const { exit, out } = await recorded([
    'who-can',
    'aws-external-anthropic:CreateWorkspace',
    '--archive',
    folder,
    '--account',
    '100000000001',
  ]);
  expect(exit).toBe(0);
  expect(out).toContain('asked of night 2026-09-30T06:00:00Z');
  expect(out).toMatch(/allowed +role\/BreakGlass\n/);
}, 120_000);
