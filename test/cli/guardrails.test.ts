import { globSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { practiceParts } from '../../src/domain/practice.ts';
import { allGuardrails } from '../../src/judge/guardrails.ts';
import { recorded, scratch } from '../support/command-line.ts';
import { deny, organizationSnapshot, policy, rootId } from '../support/organization-snapshot.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const clock = '2026-09-30T06:00:00Z';
const demo = ['guardrails', '--demo', '--clock', clock];

interface Told {
  source: string | null;
  guardrails: { id: string; practice: string | null }[];
  accounts: { account: string; name: string | null }[];
  cells: {
    account: string;
    guardrail: string;
    grade: string;
    why: string | null;
    witness: { context: object } | null;
    faults: { fault: string }[];
  }[];
  tried?: { name: string; targets: string[] }[];
  changes?: { account: string; guardrail: string; before: string; after: string }[];
}

const json = async (...args: string[]): Promise<Told> => JSON.parse((await recorded([...args, '--json'])).out) as Told;

const rowsIn = (part: string): Told['cells'] =>
  gunzipSync(readFileSync(part))
    .toString()
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Told['cells'][number]);
const gradeOf = ({ account, guardrail, grade, witness }: Told['cells'][number]) => ({
  account,
  guardrail,
  grade,
  witness,
});

/** A file that holds a policy, or any text. */
function file(name: string, content: object | string): string {
  const path = join(scratch(), name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

/** The marks of an account's line, by the guardrail that the legend names for each column. */
function marksOf(account: string, out: string): Record<string, string> {
  const legend = [...out.matchAll(/^ *(\d+) {2}([a-z0-9-]+): /gm)].map(
    ([, column, id = '']) => [Number(column), id] as const,
  );
  const line = out.split('\n').find((it) => it.startsWith(`${account} `)) ?? '';
  const marks = line.split(/ +/).slice(-legend.length);
  return Object.fromEntries(legend.map(([column, id]) => [id, marks[column - 1] ?? '']));
}

test('the matrix of the demo organisation, with a mark for each grade and why each cell is open', async () => {
  const { exit, out } = await recorded(demo);
  expect(exit).toBe(0);
  // never enforced: no SCP binds it
  expect(marksOf('100000000001', out)).toEqual(Object.fromEntries(allGuardrails.map(({ id }) => [id, '-'])));
  expect(marksOf('420000000001', out)).toMatchObject({
    'ai-workspace-admin-allow-list': 'held',
    'ai-workspace-data-allow-list': 'held*',
    'invocation-log-protection': 'none',
    'no-ai-policy-attach': 'part',
  });
  expect(out).toContain('held* enforced with exceptions');
  const counts =
    /^\d+ cells: \d+ enforced, \d+ enforced with exceptions, \d+ partial, \d+ absent, (\d+) not applicable$/m;
  expect(out).toMatch(counts);
  expect(Number(counts.exec(out)?.[1])).toBe(allGuardrails.length);
  expect(out).toMatch(
    /no-phantom-users: absent in \d+ accounts .*\n {2}gets through: iam:CreateUser on arn:aws:iam::510000000001:user\/AeaApiKey-zq7 by /,
  );
  expect(out).toMatch(
    /exempt: \S+:role\/ai-platform-admin, \S+:role\/claude-runtime \(there now: nobody, until somebody makes one of that name\)/,
  );
  // In payments an SCP keeps everybody from taking the name.
  expect(out).toMatch(/exempt: \S+:420000000001:role\/ai-platform-admin \(there now: nobody\)/);
  expect(out).toMatch(/fault: no-long-term-keys: statement 1 asks in one condition block for keys of several services/);
});

test('a past night gives the same, and what it sealed', async () => {
  const { cells, accounts, guardrails } = await json(...demo);
  expect(cells).toHaveLength(accounts.length * guardrails.length);
  const parts = Object.entries(practiceParts).flatMap(([practice, ids]) => ids.map((id) => [id, practice] as const));
  for (const { id, practice } of guardrails) expect([id, practice]).toEqual([id, new Map(parts).get(id) ?? null]);
  const folder = scratch();
  const sealing = ['demo', '--weeks', '0', '--output-dir', folder, '--format', 'html', '--quiet', '--clock', clock];
  expect(await recorded(sealing)).toMatchObject({ exit: 0, err: '' });
  const night = await json('guardrails', '--archive', folder);
  expect(night.cells).toEqual(cells);
  const sealed = globSync(`${folder}/results/guardrails/**/*.gz`).flatMap((part) => rowsIn(part));
  expect(night.cells.map(gradeOf)).toEqual(sealed.map(gradeOf));
}, 60_000);

test('guardrails and accounts can be chosen; what is not there is one line and 64', async () => {
  const { cells } = await json(...demo, '--guardrail', 'no-phantom-users', '--accounts', '510000000001,610000000001');
  expect(cells.map(({ account, grade }) => [account, grade])).toEqual([
    ['510000000001', 'absent'],
    ['610000000001', 'absent'],
  ]);
});

test.each([
  {
    args: ['--guardrail', 'no-such'],
    err: new RegExp(`no guardrail \`no-such\`; there are ${allGuardrails.map(({ id }) => id).join(', ')}`),
  },
  { args: ['--accounts', '999999999999'], err: /no account 999999999999 in what was asked/ },
  { args: ['--scp', '/nowhere.json'], err: /\/nowhere.json: no such file/ },
  { args: ['--scp', scratch()], err: /: a folder, not a file; name the files in it/ },
  {
    args: ['--scp', file('a.json', '{\n // no')],
    err: /a.json: line 2 column 2: not JSON: unexpected "\/"; correct it/,
  },
  {
    args: ['--scp', file('b.json', policy({ ...deny('s3:*'), Principal: '*' }))],
    err: /b.json: Statement\[0\]: names a principal.*; AWS would refuse it as an SCP/,
  },
  { args: ['--scp', file('c.json', { Statement: [] })], err: /c.json: Statement: the policy has no statement/ },
  {
    args: ['--scp', file('d.json', policy(deny('s3:*', { Sid: 'x'.repeat(10_240) })))],
    err: /d.json: \d+ characters without blanks, and an SCP may have 10240; split it/,
  },
  {
    args: ['--scp', file('e.json', policy(deny('s3:*'))), '--attach', 'ou-ab12-11111111'],
    err: /no root, OU or account `ou-ab12-11111111`/,
  },
  { args: ['--max-key-age', '0'], err: /a whole number of days/ },
])('$args: one clear line and 64', async ({ args, err }) => {
  const result = await recorded([...demo, ...args]);
  expect(result).toMatchObject({ exit: 64, out: '' });
  expect(result.err).toMatch(err);
});

test('an SCP on trial closes what it names, where it is attached and nowhere else', async () => {
  const scp = file('no-phantoms.json', policy(deny('iam:CreateUser')));
  const args = [...demo, '--guardrail', 'no-phantom-users', '--scp', scp];
  const everywhere = await json(...args);
  expect(new Set(everywhere.cells.map(({ grade }) => grade))).toEqual(new Set(['not-applicable', 'enforced']));
  expect(everywhere.changes?.every(({ before, after }) => before === 'absent' && after === 'enforced')).toBe(true);
  const one = await json(...args, '--attach', '610000000001');
  expect(one.changes).toEqual([
    { account: '610000000001', guardrail: 'no-phantom-users', before: 'absent', after: 'enforced' },
  ]);
  const { out } = await recorded(args);
  expect(out).toMatch(/^610000000001 sandbox-anna +held<$/m);
  expect(out).toMatch(/no-phantom-users: absent -> enforced in \d+ accounts/);
});

test('every request that is shown is allowed by `assay evaluate` under the policies on its path', async () => {
  const scp = file('no-phantoms.json', policy(deny('iam:CreateUser')));
  for (const more of [[], ['--scp', scp]]) {
    const { cells } = await json(...demo, ...more);
    const { out } = await recorded([...demo, ...more, '--cases']);
    const lines = out.trim().split('\n');
    expect(lines).toHaveLength(cells.filter(({ witness }) => witness !== null).length);
    const { exit, err } = await recorded(['evaluate', file('cases.jsonl', out)]);
    expect([exit, err]).toEqual([0, '']);
    expect(new Set(cells.filter(({ witness }) => witness === null).map(({ grade }) => grade))).toEqual(
      new Set(['enforced', 'not-applicable']),
    );
  }
}, 60_000);

test('an SCP on its own is graded in any member account, and in one that it names', async () => {
  const exempting = policy(
    deny('iam:CreateUser', { Condition: { ArnNotLike: { 'aws:PrincipalArn': 'arn:aws:iam::444455556666:role/iam' } } }),
  );
  const { exit, out } = await recorded(['guardrails', '--scp', file('own.json', exempting), '--json']);
  const { source, cells } = JSON.parse(out) as Told;
  expect([exit, source]).toEqual([0, null]);
  const grades = cells.filter(({ guardrail }) => guardrail === 'no-phantom-users');
  expect(grades.map(({ account, grade }) => [account, grade])).toEqual([
    ['000000000000', 'enforced'],
    ['444455556666', 'enforced-with-exceptions'],
  ]);
  const refused = await recorded(['guardrails', '--scp', file('x.json', exempting), '--attach', 'root']);
  expect(refused).toMatchObject({ exit: 64, err: expect.stringMatching(/--attach needs a source/) });
});

test('a policy on the path that IAM would refuse leaves grades not measured, unless others enforce them', async () => {
  const path = organizationSnapshot(
    [{ id: '444455556666' }],
    [
      { id: 'p-broken', targets: ['444455556666'], document: policy({ Effect: 'Deny', Resource: '*' }) },
      { id: 'p-users', targets: [rootId], document: policy(deny('iam:CreateUser')) },
    ],
  );
  const { exit, out } = await recorded(['guardrails', '--snapshot', path]);
  expect(exit).toBe(2);
  const expected = Object.fromEntries(allGuardrails.map(({ id }) => [id, id === 'no-phantom-users' ? 'held' : '?']));
  expect(marksOf('444455556666', out)).toEqual(expected);
  expect(new Set(Object.values(marksOf('111122223333', out)))).toEqual(new Set(['-']));
  expect(out).toMatch(/not known: .*p-broken.*the statement has no actions/);
});

test('a snapshot without an organisation: unknown by itself, and SCPs on trial are graded on their own', async () => {
  const path = file('authorization.json', {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: [
      {
        Arn: 'arn:aws:iam::111122223333:role/app',
        RoleName: 'app',
        Path: '/',
        AssumeRolePolicyDocument: policy(),
        RoleLastUsed: {},
      },
    ],
    Policies: [],
  });
  const args = ['guardrails', '--snapshot', path, '--guardrail', 'no-phantom-users'];
  const bare = await recorded([...args, '--json']);
  expect([bare.exit, (JSON.parse(bare.out) as Told).cells[0]?.grade]).toEqual([2, 'not-measured']);
  const tried = await recorded([...args, '--json', '--scp', file('u.json', policy(deny('iam:CreateUser')))]);
  expect([tried.exit, (JSON.parse(tried.out) as Told).cells[0]?.grade]).toEqual([0, 'enforced']);
  expect(tried.err).toContain('no organisation was read');
});

describeWithSharedData('published SCPs on their own', () => {
  const witnesses = async (scps: string[], ...args: string[]) => {
    const { cells } = await json('guardrails', '--scp', ...scps, ...args);
    const { out } = await recorded(['guardrails', '--scp', ...scps, ...args, '--cases']);
    return { cells, cases: out.trim().split('\n'), checked: await recorded(['evaluate', file('cases.jsonl', out)]) };
  };

  test('the Claude set: every witness is allowed by `assay evaluate`, the holes are named', async () => {
    const set = [
      '1-block-all-keys',
      '2-block-phantom-user-creation',
      '3-block-long-term-only',
      '6-workspace-allowlist',
    ];
    const { cells, cases, checked } = await witnesses(
      set.map((name) => sharedData(`scp-beyondtrust/claude-platform/${name}.json`)),
    );
    expect(cases.length).toBeGreaterThan(5);
    expect(checked.exit).toBe(0);
    const grade = (id: string) => cells.find(({ guardrail }) => guardrail === id);
    expect(grade('no-ai-key-creation')?.grade).toBe('partial'); // Bedrock's keys are another set
    expect(grade('ai-workspace-admin-allow-list')?.faults).toMatchObject([{ fault: 'bound-to-workspaces' }]);
  });

  test('both sets together close the making of keys; one word changed opens it again', async () => {
    const names = [
      'claude-platform/1-block-all-keys',
      'bedrock/1-block-all-keys',
      'bedrock/2-block-phantom-user-creation',
    ];
    const paths = names.map((name) => sharedData(`scp-beyondtrust/${name}.json`));
    const chosen = ['--guardrail', 'no-ai-key-creation', 'no-phantom-users'];
    const { cells } = await json('guardrails', '--scp', ...paths, ...chosen);
    expect(cells.map(({ grade }) => grade)).toEqual(['enforced', 'enforced']);
    const changed = paths.map((path, at) =>
      file(`${at}.json`, readFileSync(path, 'utf8').replace('"bedrock.amazonaws.com"', '"Bedrock.amazonaws.com"')),
    );
    const other = await json('guardrails', '--scp', ...changed, ...chosen);
    expect(other.cells.map(({ grade, faults }) => [grade, faults.map(({ fault }) => fault)])).toEqual([
      ['partial', ['value-in-other-case']],
      ['enforced', []],
    ]);
  });
});

test('who meets an exemption by tag or name is listed; a name pattern that anybody may create is broad', async () => {
  const account = '444455556666';
  const scps = ['aws:PrincipalTag/ai=yes', 'aws:username=bo', 'aws:PrincipalArn=arn:aws:iam::*:role/a*'].map(
    (it, at) => {
      const [key = '', value] = it.split('=');
      const action = ['iam:CreateUser', 'bedrock:*', 'sts:*WebIdentityToken'][at];
      return {
        ...{ id: `p-${at}`, targets: [rootId] },
        document: policy(deny(action, { Condition: { StringNotLike: { [key]: value } } })),
      };
    },
  );
  const people = [{ name: 'a1' }, { name: 'b1' }, { name: 'bo', kind: 'user' as const }];
  const path = organizationSnapshot([{ id: account, people }], scps);
  const details = join(path, account, 'global', 'iam.GetAccountAuthorizationDetails.json');
  const read = JSON.parse(readFileSync(details, 'utf8')) as { RoleDetailList: { Tags?: object[] }[] };
  for (const role of read.RoleDetailList.slice(0, 1)) role.Tags = [{ Key: 'AI', Value: 'yes' }];
  writeFileSync(details, JSON.stringify(read));
  const { out } = await recorded(['guardrails', '--snapshot', path, '--clock', clock, '--json']);
  const { cells } = JSON.parse(out) as {
    cells: { account: string; guardrail: string; exemptions: { existing: string[]; broad: boolean }[] }[];
  };
  const exemptionOf = (id: string) =>
    cells.find(({ guardrail, account: of }) => of === account && guardrail === id)?.exemptions[0];
  const arn = (name: string) => `arn:aws:iam::${account}:${name}`;
  expect(exemptionOf('no-phantom-users')).toMatchObject({ existing: [arn('role/a1')], broad: true });
  expect(exemptionOf('invocation-log-protection')).toMatchObject({ existing: [arn('user/bo')], broad: false });
  expect(exemptionOf('outbound-federation-fence')).toMatchObject({ existing: [arn('role/a1')], broad: true });
});
