import { appendFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { nightJsonSchema } from '../../src/domain/night-json.ts';
import { recorded, scratch } from '../support/command-line.ts';

process.env['XDG_CONFIG_HOME'] = scratch(); // the sealing key of these tests

const authorization = {
  UserDetailList: [
    { UserName: 'alice', Arn: 'arn:aws:iam::111122223333:user/alice', CreateDate: '2020-01-01T00:00:00Z' },
  ],
  GroupDetailList: [],
  RoleDetailList: [
    {
      RoleName: 'app',
      Arn: 'arn:aws:iam::111122223333:role/app',
      CreateDate: '2020-01-01T00:00:00Z',
      RoleLastUsed: { LastUsedDate: '2026-09-01T00:00:00Z', Region: 'eu-west-1' },
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [] },
    },
  ],
  Policies: [],
};

function inputFile(name: string, content: string | Uint8Array): string {
  const file = join(scratch(), name);
  writeFileSync(file, content);
  return file;
}

async function sealedNight(): Promise<string> {
  const root = scratch();
  const input = inputFile('authorization.json', JSON.stringify(authorization));
  const { exit } = await recorded([
    'run',
    '--snapshot',
    input,
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    root,
    '--format',
    'html',
    '--quiet',
  ]);
  expect(exit).toBe(2); // no credential report in that file
  return root;
}

test('help tells a stranger the commands, the exit codes and examples', async () => {
  const { exit, out } = await recorded(['--help']);
  expect(exit).toBe(0);
  for (const word of ['demo', 'run', 'report', 'verify', 'Exit codes: 0', '64 usage', 'assay run --snapshot'])
    expect(out).toContain(word);
});

test.each([
  { args: ['no-such-command'], says: /unknown command/ },
  { args: ['run', '--snapshot', 'x', '--profile', 'p'], says: /--profile is about AWS/ },
  { args: ['run', '--accounts', '12'], says: /12 digits/ },
  { args: ['run', '--snapshot', '/no/such/file'], says: /\/no\/such\/file/ },
  { args: ['demo', '--format', 'docx'], says: /html or pdf/ },
  { args: ['demo', '--weeks', '13'], says: /from 0 to 12/ },
  { args: ['demo', '--clock', 'yesterday'], says: /--clock.*`yesterday`.*2026-09-30T06:00:00Z/ },
  { args: ['demo', '--clock', '2026-09-30'], says: /--clock/ },
  { args: ['run', '--snapshot', 'x', '--window', '0'], says: /window/ },
  { args: ['verify', '/no/such/archive'], says: /no such directory/ },
  { args: ['verify', '.', '--head', 'abc'], says: /--head/ },
  { args: ['verify', 'package.json'], says: /no such directory/ },
  { args: ['demo', '--clock', '2026-09-31T06:00:00Z'], says: /--clock/ },
  { args: ['demo', '--output-dir', 'package.json'], says: /not a directory/ },
  { args: ['demo', '--output-dir', '.'], says: /holds other files/ },
  { args: ['demo', '--output-dir', '/proc/assay'], says: /cannot write to/ },
  { args: ['report', '--archive', '/no/such/archive'], says: /no such archive/ },
])('$args ends 64 and says what is wrong', async ({ args, says }) => {
  const { exit, out, err } = await recorded(args);
  expect({ exit, out }).toEqual({ exit: 64, out: '' });
  expect(err).toMatch(says);
});

test.each([
  { name: 'not JSON', file: 'a.json', content: '{"UserDetailList": [}', says: /a\.json: column 21: not JSON/ },
  {
    name: 'a truncated gzip',
    file: 'a.json.gz',
    content: gzipSync(JSON.stringify(authorization)).subarray(0, 60),
    says: /a\.json\.gz/,
  },
  {
    name: 'a CSV with a wrong header',
    file: 'report.csv',
    content: 'user,arn,when\nalice,arn:aws:iam::111122223333:user/alice,now\n',
    says: /report\.csv/,
  },
  { name: 'an empty file', file: 'a.json', content: '', says: /a\.json.*empty/ },
])('bad input: $name gives one line that names the file, 64, and nothing written', async ({ file, content, says }) => {
  const root = join(scratch(), 'never');
  const { exit, err } = await recorded(['run', '--snapshot', inputFile(file, content), '--output-dir', root]);
  expect(exit).toBe(64);
  expect(err).toMatch(says);
  expect(err.trimEnd().split('\n')).toHaveLength(1);
  expect(existsSync(root)).toBe(false);
});

test('a policy that does not parse inside a readable file is a gap that names file and place; the night goes on', async () => {
  const broken = {
    ...authorization,
    UserDetailList: [
      { ...authorization.UserDetailList[0], UserPolicyList: [{ PolicyName: 'broken', PolicyDocument: '{not json' }] },
    ],
  };
  const root = scratch();
  const { exit, out } = await recorded([
    'run',
    '--snapshot',
    inputFile('odd.json', JSON.stringify(broken)),
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    root,
    '--format',
    'html',
  ]);
  expect(exit).toBe(2);
  expect(out).toMatch(
    /UNPARSABLE {2}odd\.json: UserDetailList\[0\]\.UserPolicyList\[0\] \(broken\): the policy is not JSON/,
  );
});

test('--json prints one object: figures, keys, cells, gaps; what is not built is absent and named', async () => {
  const input = inputFile('authorization.json', JSON.stringify(authorization));
  const { exit, out } = await recorded([
    'run',
    '--snapshot',
    input,
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    scratch(),
    '--format',
    'html',
    '--json',
  ]);
  const whole = JSON.parse(out);
  expect(nightJsonSchema.safeParse(whole).error).toBeUndefined(); // the published schema
  expect(exit).toBe(2);
  expect(whole.run).toMatchObject({
    clock: '2026-09-30T06:00:00Z',
    end: '2026-09-30T06:00:00Z',
    start: '2026-07-02T06:00:00Z',
    window: 90,
  });
  expect(whole.metrics).toContainEqual(
    expect.objectContaining({
      id: 'identity.unused-rate',
      scope: 'organization',
      numerator: 0,
      denominator: 1,
      unread: 1,
      lower: 0,
      upper: 0.5,
    }),
  );
  expect(whole.metrics).toContainEqual(
    expect.objectContaining({ id: 'identity.unused-rate', scope: 'account:111122223333' }),
  );
  expect(whole.completeness.gaps).toContainEqual(
    expect.objectContaining({
      account: '111122223333',
      gap: { code: 'NOT_IN_SNAPSHOT', operation: 'iam:GetCredentialReport' },
    }),
  );
  expect(whole.logging).toContainEqual(
    expect.objectContaining({ region: 'eu-west-1', eventClass: 'management', status: 'not-measured', by: [] }),
  );
  expect(whole.aiKeys).toEqual([]);
  expect(whole.guardrails).toContainEqual(expect.objectContaining({ grade: 'not-measured', account: '111122223333' }));
  expect(Object.keys(whole.findings)).toEqual(['pass', 'fail', 'not-measured', 'not-applicable']);
  expect(whole.requirements.map(({ framework }: { framework: string }) => framework)).toContain('cis-aws-7.0.0');
});

test('an archive verifies, and one changed, added or removed byte or file ends 3 and is named', async () => {
  const root = await sealedNight();
  expect(await recorded(['verify', root])).toMatchObject({
    exit: 0,
    out: expect.stringContaining('the evidence is intact'),
  });
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) =>
    /^(evidence|results|reports|seals)\/.*\.\w+$/.test(file),
  );
  for (const file of files) {
    const [path, bytes] = [join(root, file), readFileSync(join(root, file))];
    appendFileSync(path, 'x');
    expect(await recorded(['verify', root, '--quiet'])).toMatchObject({
      exit: 3,
      err: expect.stringContaining(file.replace(/\/[^/]+$/, '')),
    });
    rmSync(path);
    expect(await recorded(['verify', root, '--quiet'])).toMatchObject({ exit: 3 });
    writeFileSync(path, bytes);
  }
  writeFileSync(join(root, 'results/stray.txt'), '');
  expect(await recorded(['verify', root])).toMatchObject({
    exit: 3,
    err: expect.stringContaining('results/stray.txt'),
  });
  rmSync(join(root, 'results/stray.txt'));
  expect(await recorded(['verify', root])).toMatchObject({ exit: 0 });
});

test('pins: the head and key that verify prints are accepted, others are not', async () => {
  const root = await sealedNight();
  const { out } = await recorded(['verify', root]);
  const [head = '', key = ''] = [/--head (\w+)/.exec(out)?.[1], /--key {2}(\w+)/.exec(out)?.[1]];
  expect((await recorded(['verify', root, '--head', head, '--key', key])).exit).toBe(0);
  expect((await recorded(['verify', root, '--head', key])).exit).toBe(3);
  expect((await recorded(['verify', root, '--key', head])).exit).toBe(3);
});

test('report renders a past night again, outside the archive, with the same bytes', async () => {
  const root = await sealedNight();
  const target = scratch();
  expect(
    await recorded(['report', '2026-09-30', '--archive', root, '--output-dir', target, '--format', 'html']),
  ).toMatchObject({ exit: 0 });
  const sealed = readdirSync(join(root, 'reports'), { recursive: true, encoding: 'utf8' }).filter(
    (file) => file.endsWith('executive/dt=2026-09-30') === false && /executive.*index\.html$/.test(file),
  );
  expect(readFileSync(join(target, 'executive/index.html'))).toEqual(
    readFileSync(join(root, 'reports', sealed[0] ?? '')),
  );
  expect((await recorded(['report', '--archive', root, '--output-dir', join(root, 'x')])).exit).toBe(64);
  expect((await recorded(['report', '1999-01-01', '--archive', root])).exit).toBe(64);
});

test('a report is not made from results that do not verify', async () => {
  const root = await sealedNight();
  const file =
    readdirSync(root, { recursive: true, encoding: 'utf8' }).find(
      (it) => it.startsWith('results/identities') && it.endsWith('.gz'),
    ) ?? '';
  appendFileSync(join(root, file), 'x');
  const target = scratch();
  expect(await recorded(['report', '--archive', root, '--output-dir', target])).toMatchObject({
    exit: 3,
    err: expect.stringContaining(file),
  });
  expect(readdirSync(target)).toEqual([]);
});

test('simulated and real nights do not share an archive', async () => {
  const root = await sealedNight();
  expect(await recorded(['demo', '--output-dir', root])).toMatchObject({
    exit: 64,
    err: expect.stringContaining('real input'),
  });
});

test('the same night again is told to be sealed, with the same exit code', async () => {
  const root = scratch();
  const args = [
    'run',
    '--snapshot',
    inputFile('authorization.json', JSON.stringify(authorization)),
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    root,
    '--format',
    'html',
  ];
  expect((await recorded(args)).exit).toBe(2);
  expect(await recorded(args)).toMatchObject({ exit: 2, out: expect.stringContaining('sealed before') });
});
