import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recorded, scratch } from '../support/command-line.ts';
import {
  allow,
  arnOf,
  deny,
  organizationSnapshot,
  type Person,
  policy,
  rootId,
  type SnapshotAccount,
  snapshotClock,
} from '../support/organization-snapshot.ts';

interface Emitted {
  cells: {
    account: string;
    guardrail: string;
    grade: string;
    exemptions: { values: string[] }[];
    witness: { principal: string } | null;
  }[];
  tried: { targets: string[] }[];
  changes: { account: string; guardrail: string; before: string; after: string }[];
  scps: { name: string; targets: string[]; characters: number; document: { Statement: Record<string, unknown>[] } }[];
  spared: { account: string; principal: string; guardrail: string; actions: string[] }[];
  unplaced: object[];
  affected: {
    account: string;
    principal: string;
    guardrail: string;
    verdict: string;
    use: string;
    actions: string[];
  }[];
  unlisted: { account: string }[];
}

const args = (folder: string, ...more: string[]) => [
  'guardrails',
  '--snapshot',
  folder,
  '--clock',
  snapshotClock,
  ...more,
];
async function emitted(folder: string, ...more: string[]): Promise<Emitted & { exit: number }> {
  const { exit, out, err } = await recorded(args(folder, '--emit', 'scp', '--json', ...more));
  expect(err).toBe('');
  return { exit, ...(JSON.parse(out) as Emitted) };
}

const [one, two] = ['444455556666', '777788889999'];
const keyMaker: Person = { name: 'key-maker', used: ['iam:CreateServiceSpecificCredential', 'iam:CreateUser'] };
const agent: Person = { name: 'agent', touched: ['aws-external-anthropic'] };
const idle: Person = { name: 'idle' };
const accounts: readonly SnapshotAccount[] = [
  { id: one, ou: 'ou-ab12-aaaaaaaa', people: [keyMaker, agent, idle] },
  { id: two, ou: 'ou-ab12-bbbbbbbb', people: [idle] },
];

test('the SCPs close every gap, exempt those in use and nobody else, and break nobody', async () => {
  const { exit, cells, scps, tried, spared, affected, unplaced } = await emitted(organizationSnapshot(accounts));
  expect([exit, unplaced]).toEqual([0, []]);
  expect(new Set(cells.map(({ grade }) => grade))).toEqual(
    new Set(['not-applicable', 'enforced', 'enforced-with-exceptions']),
  );
  const excepted = cells.flatMap(({ account, guardrail, exemptions }) =>
    exemptions.flatMap(({ values }) => values.map((it) => `${account} ${guardrail} ${it}`)),
  );
  expect(excepted.sort()).toEqual(
    spared.map(({ account, guardrail, principal }) => `${account} ${guardrail} ${principal}`).sort(),
  );
  for (const { grade, exemptions, witness } of cells)
    if (grade === 'enforced') expect([exemptions, witness]).toEqual([[], null]);
  expect(tried.map(({ targets }) => targets)).toEqual([[rootId]]);
  expect(scps.map(({ targets }) => targets)).toEqual([[rootId]]);
  const who = spared.map(({ principal, guardrail }) => `${guardrail} ${principal.split('/')[1]}`).sort();
  expect(who).toEqual([
    'ai-workspace-admin-allow-list agent',
    'ai-workspace-data-allow-list agent',
    'no-ai-key-creation key-maker',
  ]);
  const verdicts = affected.map(({ verdict, guardrail, principal }) => [verdict, guardrail, principal.split('/')[1]]);
  expect(verdicts.sort()).toEqual([
    ['harmless', 'no-long-term-ai-key-use', 'agent'],
    ['on-purpose', 'ai-key-max-age', 'key-maker'],
    ['on-purpose', 'no-phantom-users', 'key-maker'],
  ]);
});

test('attached as they were made, a new look says the same, and requests in use are still allowed', async () => {
  const { scps, cells: proof } = await emitted(organizationSnapshot(accounts));
  const attached = scps.map(({ name, targets, document }) => ({
    id: `p-${name}`,
    targets,
    document,
  }));
  const again = await emitted(organizationSnapshot(accounts, attached));
  expect(again.scps).toEqual([]);
  const looked = await recorded(args(organizationSnapshot(accounts, attached), '--json'));
  const { cells } = JSON.parse(looked.out) as Emitted;
  const gradesIn = (all: Emitted['cells']) => all.map(({ grade, exemptions }) => [grade, exemptions]);
  expect(gradesIn(cells)).toEqual(gradesIn(proof));
  const open = cells.filter(({ grade }) => grade !== 'enforced' && grade !== 'not-applicable');
  expect(open.map(({ account, guardrail, grade }) => [account, guardrail, grade])).toEqual([
    [one, 'ai-workspace-admin-allow-list', 'enforced-with-exceptions'],
    [one, 'ai-workspace-data-allow-list', 'enforced-with-exceptions'],
    [one, 'no-ai-key-creation', 'enforced-with-exceptions'],
  ]);
  const layers = {
    identity: [policy(allow('*'))],
    scps: [[policy(allow('*')), ...scps.map(({ document }) => document)]],
  };
  const request = (person: Person, action: string, resource: string, context: object) => ({
    principal: arnOf(one, person),
    ...{ action, resource, resourceAccount: one },
    context: { ...context, 'aws:PrincipalArn': arnOf(one, person) },
  });
  const asked = {
    'iam:ServiceSpecificCredentialServiceName': 'bedrock.amazonaws.com',
    'iam:ServiceSpecificCredentialAgeDays': '30',
  };
  const user = `arn:aws:iam::${one}:user/x`;
  const workspace = `arn:aws:aws-external-anthropic:us-east-1:${one}:workspace/w`;
  const cases = [
    { request: request(keyMaker, 'iam:CreateServiceSpecificCredential', user, asked), expected: 'Allowed' },
    { request: request(idle, 'iam:CreateServiceSpecificCredential', user, asked), expected: 'ExplicitlyDenied' },
    { request: request(keyMaker, 'iam:CreateUser', user, {}), expected: 'Allowed' },
    { request: request(agent, 'aws-external-anthropic:CreateSession', workspace, {}), expected: 'Allowed' },
    { request: request(idle, 'aws-external-anthropic:CreateSession', workspace, {}), expected: 'ExplicitlyDenied' },
    {
      request: request(idle, 'cloudtrail:StopLogging', `arn:aws:cloudtrail:us-east-1:${one}:trail/t`, {}),
      expected: 'ExplicitlyDenied',
    },
    { request: request(idle, 's3:GetObject', 'arn:aws:s3:::b/k', {}), expected: 'Allowed' },
  ].map((it, id) => ({ id, ...it, policies: layers }));
  const file = join(scratch(), 'cases.jsonl');
  writeFileSync(file, cases.map((it) => JSON.stringify(it)).join('\n'));
  expect(await recorded(['evaluate', file])).toMatchObject({ exit: 0, err: '' });
});

test('a use that nobody may read is told, and exempts nobody', async () => {
  const hidden: Person = { ...keyMaker, name: 'hidden', denied: true };
  const { exit, affected, spared, cells } = await emitted(
    organizationSnapshot([{ id: one, people: [hidden, idle] }]),
    '--guardrail',
    'no-ai-key-creation',
  );
  expect(exit).toBe(2);
  expect(spared).toEqual([]);
  expect(affected.map(({ principal, verdict, use }) => [principal, verdict, use])).toEqual([
    [arnOf(one, hidden), 'not-measured', 'not-measured'],
  ]);
  expect(cells.find(({ account }) => account === one)?.grade).toBe('enforced');
});

test('an account whose principals cannot be read is named: whom it would break there is not known', async () => {
  const { exit, unlisted } = await emitted(organizationSnapshot([{ id: one, people: [idle] }, { id: two }]));
  expect([exit, unlisted.map(({ account }) => account)]).toEqual([2, [two]]);
});

test('only what is open is closed, below what keeps an exception; --close-exceptions takes those too', async () => {
  const named = deny(
    ['bedrock:PutModelInvocationLoggingConfiguration', 'bedrock:DeleteModelInvocationLoggingConfiguration'],
    {
      Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/platform' } },
    },
  );
  const half = deny('sts:GetWebIdentityToken');
  const folder = organizationSnapshot(accounts, [
    { id: 'p-named', targets: [two], document: policy(named) },
    { id: 'p-half', targets: [rootId], document: policy(half) },
  ]);
  const chosen = ['--guardrail', 'invocation-log-protection', 'outbound-federation-fence'];
  const kept = await emitted(folder, ...chosen);
  const logging = kept.scps.find(({ document }) => JSON.stringify(document).includes('InvocationLogging'));
  expect(logging?.targets).toEqual(['ou-ab12-aaaaaaaa']);
  expect(JSON.stringify(kept.scps)).not.toContain('"sts:GetWebIdentityToken"'); // denied already
  expect(JSON.stringify(kept.scps)).toContain('sts:TagGetWebIdentityToken');
  const grade = ({ cells }: Emitted) =>
    cells.find((it) => it.account === two && it.guardrail === 'invocation-log-protection')?.grade;
  expect(grade(kept)).toBe('enforced-with-exceptions');
  expect(grade(await emitted(folder, ...chosen, '--close-exceptions'))).toBe('enforced');
});

test('what is denied already is nobody’s loss', async () => {
  const folder = organizationSnapshot(
    [
      { id: one, people: [keyMaker] },
      { id: two, ou: 'ou-ab12-bbbbbbbb', people: [idle] },
    ],
    [{ id: 'p-users', targets: [one], document: policy(deny('iam:CreateUser')) }],
  );
  const { affected, scps } = await emitted(folder, '--guardrail', 'no-phantom-users');
  expect(scps.map(({ targets }) => targets)).toEqual([[rootId]]);
  expect(affected).toEqual([]);
});

test('who used an action but may not do what is taken of it loses nothing, and needs no exemption', async () => {
  const only = (name: string, statement: object): Person => ({
    name,
    used: ['iam:CreateServiceSpecificCredential', 'iam:CreateUser'],
    document: policy(statement),
  });
  const codecommit = { StringEquals: { 'iam:ServiceSpecificCredentialServiceName': 'codecommit.amazonaws.com' } };
  const people = [
    only('git', allow('iam:CreateServiceSpecificCredential', { Condition: codecommit })),
    only('apps', allow('iam:CreateUser', { Resource: `arn:aws:iam::${one}:user/app-*` })),
    only('anybody', allow('iam:CreateUser')),
  ];
  const chosen = ['--guardrail', 'no-ai-key-creation', 'no-phantom-users'];
  const { affected, spared } = await emitted(organizationSnapshot([{ id: one, people }]), ...chosen);
  expect(spared).toEqual([]);
  expect(affected.map(({ principal, guardrail }) => [principal.split('/')[1], guardrail])).toEqual([
    ['anybody', 'no-phantom-users'],
  ]);
});

test('files: the documents without blanks, the proof beside them, and never over something that is there', async () => {
  const dir = join(scratch(), 'scps');
  const folder = organizationSnapshot(accounts);
  const { exit, out } = await recorded(args(folder, '--emit', 'scp', '--output-dir', dir));
  expect(exit).toBe(0);
  expect(readdirSync(dir).sort()).toEqual(['assay-guardrails-1.json', 'proof.json']);
  const text = readFileSync(join(dir, 'assay-guardrails-1.json'), 'utf8');
  expect(JSON.stringify(JSON.parse(text))).toBe(text);
  expect(text.length).toBeLessThanOrEqual(10_240);
  expect(out).toContain(`to attach to ${rootId}`);
  expect(out).toContain('breaks: nobody');
  expect(out).toMatch(/aws organizations create-policy .* --content 'file:\/\/.*assay-guardrails-1\.json'/);
  const tried = await recorded(['guardrails', '--scp', join(dir, 'assay-guardrails-1.json'), '--json']);
  const grades = (JSON.parse(tried.out) as Emitted).cells.filter(({ account }) => account === '000000000000');
  expect(new Set(grades.map(({ grade }) => grade))).toEqual(new Set(['enforced']));
  const again = await recorded(args(folder, '--emit', 'scp', '--output-dir', dir));
  expect(again).toMatchObject({ exit: 64, out: '' });
  expect(again.err).toMatch(/is not an empty directory/);
});

test.each([
  { more: ['--emit', 'rcp'], err: /Allowed choices are scp/ },
  { more: ['--output-dir', '/tmp/x'], err: /--output-dir is for --emit scp/ },
  { more: ['--emit', 'scp', '--attach', 'root'], err: /--attach cannot be given with --emit scp/ },
])('$more: one clear line and 64', async ({ more, err }) => {
  const result = await recorded(args(organizationSnapshot([]), ...more));
  expect(result).toMatchObject({ exit: 64, out: '' });
  expect(result.err).toMatch(err);
});

test('a target that has no room for one more SCP: its gap is left open, and told', async () => {
  const filling = Array.from({ length: 9 }, (_, at) => ({
    id: `p-fill-${at}`,
    targets: [rootId, one],
    document: policy(deny(`ec2:RunInstances${at}`)),
  }));
  const folder = organizationSnapshot([{ id: one, people: [idle] }], filling);
  const { exit, unplaced, cells } = await emitted(folder, '--guardrail', 'no-phantom-users');
  expect([exit, unplaced]).toEqual([
    2,
    [{ target: one, guardrail: 'no-phantom-users', why: 'no more SCPs can be attached there' }],
  ]);
  expect(cells.find(({ account }) => account === one)?.grade).toBe('absent');
});

test('where SCPs are not enabled, that is said', async () => {
  const folder = organizationSnapshot([{ id: one, people: [idle] }]);
  const roots = { Roots: [{ Id: rootId, PolicyTypes: [] }] };
  writeFileSync(join(folder, 'organization', 'global', 'organizations.ListRoots.json'), JSON.stringify(roots));
  const { err } = await recorded(args(folder, '--guardrail', 'no-phantom-users'));
  expect(err).toMatch(/SCPs are not enabled at the root.*--root-id r-ab12/);
});

test('SCPs on trial tell whom they break: who used the action, and who may have', async () => {
  const file = join(scratch(), 'no-users.json');
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, JSON.stringify(policy(deny(['iam:CreateUser', 'aws-external-anthropic:*']))));
  const { out } = await recorded(args(organizationSnapshot(accounts), '--scp', file, '--json'));
  const { affected } = JSON.parse(out) as Emitted;
  const told = affected.map(({ verdict, use, principal, actions }) => [
    verdict,
    use,
    principal.split('/')[1],
    actions.length > 1,
  ]);
  expect(told.sort()).toEqual([
    ['breaks', 'used', 'key-maker', false],
    ['may-break', 'service-used', 'agent', true],
  ]);
});

test('the demo organisation: every gap is closed, nobody in use breaks', async () => {
  const { out, exit } = await recorded(['guardrails', '--demo', '--clock', snapshotClock, '--emit', 'scp', '--json']);
  const { cells, changes, affected, unplaced } = JSON.parse(out) as Emitted;
  expect([exit, unplaced]).toEqual([2, []]); // what could not be read is planted there
  expect(cells.filter(({ grade }) => grade === 'partial' || grade === 'absent' || grade === 'not-measured')).toEqual(
    [],
  );
  expect(changes.length).toBeGreaterThan(100);
  expect(affected.filter(({ verdict }) => verdict === 'breaks' || verdict === 'may-break')).toEqual([]);
}, 60_000);
