import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { reportColumns } from '../../src/adapters/files/snapshot/credential-report.ts';
import { exceptionsOf } from '../../src/cli/settings-files.ts';
import { exceptionsSchema, readExceptions } from '../../src/config/exceptions.ts';
import { YamlError } from '../../src/config/yaml.ts';
import { versions } from '../../src/pipeline/versions.ts';
import { recorded, scratch } from '../support/command-line.ts';

const entry = {
  id: 'SEC-7',
  controls: ['root-mfa'],
  owner: 'platform',
  reason: 'no device yet',
  approver: 'ciso',
  expires: '2026-12-31',
};
/** A file of one entry, its keys line by line from the third on; one of them with another value, or left out. */
const file = (change: Readonly<Record<string, string | null>> = {}): string =>
  `exceptions:\n  -\n${Object.entries({ ...entry, controls: '[root-mfa]', ...change })
    .filter(([, value]) => value !== null)
    .map(([key, value]) => `    ${key}: ${value}\n`)
    .join('')}`;

test.each([
  { name: 'nothing', text: '', told: [] },
  { name: 'a list of none', text: 'exceptions: []\n', told: [] },
  { name: 'what has to be there', text: file(), told: [entry] },
  {
    name: 'accounts without quotes, with a zero in front',
    text: file({ accounts: '[012345678901, 111122223333]', resources: '["arn:aws:iam::*:user/ci-?"]' }),
    told: [{ ...entry, accounts: ['012345678901', '111122223333'], resources: ['arn:aws:iam::*:user/ci-?'] }],
  },
  {
    name: 'text that looks like another kind of value',
    text: file({ owner: '42' }),
    told: [{ ...entry, owner: '42' }],
  },
  { name: 'JSON', text: JSON.stringify({ exceptions: [entry] }), told: [entry] },
])('$name', ({ text, told }) => {
  expect(readExceptions(text)).toEqual(told);
});

const place = (text: string): string => {
  try {
    readExceptions(text);
    return 'no fault';
  } catch (error) {
    if (!(error instanceof YamlError)) throw error;
    return `${error.at.line}:${error.at.column} ${error.problem}`;
  }
};

test.each([
  { name: 'an unknown key at the top', text: 'exception: []\n', at: /^1:1 unknown key `exception` here/ },
  { name: 'an unknown key', text: file({ until: '2026-12-31' }), at: /^9:5 unknown key `until` in exceptions.0/ },
  {
    name: 'an unknown control',
    text: file({ controls: '[root-mfa, root-nfa]' }),
    at: /^4:26 exceptions.0.controls.1: `root-nfa` is no control/,
  },
  { name: 'no list of controls', text: file({ controls: 'root-mfa' }), at: /^4:15 .*expected a list of controls/ },
  { name: 'no control', text: file({ controls: '[]' }), at: /^4:15 exceptions.0.controls: an empty list/ },
  { name: 'no account in the list', text: file({ accounts: '[]' }), at: /^9:15 exceptions.0.accounts: an empty list/ },
  { name: 'no resource in the list', text: file({ resources: '[]' }), at: /^9:16 .*resources: an empty list/ },
  { name: 'an account with 11 digits', text: file({ accounts: '[11112222333]' }), at: /^9:16 .*12 digits/ },
  { name: 'no date', text: file({ expires: 'never' }), at: /^8:14 exceptions.0.expires: no date/ },
  { name: 'a day that is not', text: file({ expires: '2026-02-30' }), at: /^8:14 exceptions.0.expires: no date/ },
  { name: 'a moment', text: file({ expires: '2026-12-31T12:00:00Z' }), at: /^8:14 exceptions.0.expires: no date/ },
  {
    name: 'no expiry',
    text: file({ expires: null }),
    at: /^3:5 exceptions.0.expires: the date it expires on is missing/,
  },
  { name: 'no owner', text: file({ owner: '" "' }), at: /^5:12 exceptions.0.owner: the owner is empty/ },
  { name: 'no approver', text: file({ approver: null }), at: /^3:5 exceptions.0.approver: the approver is missing/ },
  { name: 'no reason', text: file({ reason: '' }), at: /^6:\d+ exceptions.0.reason: the reason is empty/ },
  { name: 'a list for a text', text: file({ owner: '[a]' }), at: /^5:12 exceptions.0.owner: expected text/ },
  { name: 'an id with a space', text: file({ id: 'SEC 7' }), at: /^3:9 exceptions.0.id: an id has letters/ },
  {
    name: 'the same id twice',
    text: `${file()}${file().replace('exceptions:\n', '')}`,
    at: /^10:9 exceptions.1.id: a second `SEC-7`/,
  },
  { name: 'the same key twice', text: file().replace('reason', 'owner'), at: /^6:5 Map keys must be unique/ },
  { name: 'a list at the top', text: '- a\n', at: /^1:1 expected object/ },
  { name: 'no YAML', text: 'exceptions: [\n', at: /^\d:\d+ / },
])('refused with line and column: $name', ({ text, at }) => {
  expect(place(text)).toMatch(at);
});

test.each(['run', 'demo'])('assay %s ends 64 for a wrong file with its place, and begins no night', async (command) => {
  const path = join(scratch(), 'exceptions.yaml');
  writeFileSync(path, file({ controls: '[root-nfa]' }));
  const root = join(scratch(), 'out');
  expect(await recorded([command, '--exceptions', path, '--output-dir', root])).toMatchObject({
    exit: 64,
    out: '',
    err: expect.stringContaining(`${path}:4:16: exceptions.0.controls.0: \`root-nfa\` is no control`),
  });
  expect(await recorded([command, '--exceptions', join(root, 'none.yaml')])).toMatchObject({
    exit: 64,
    err: expect.stringContaining('--exceptions: `'),
  });
});

const text = fc.stringMatching(/^[A-Za-z0-9][ -~]{0,12}$/);
const exceptions = fc.uniqueArray(
  fc.record(
    {
      id: fc.stringMatching(/^[a-z0-9][a-z0-9._-]{0,8}$/),
      controls: fc.constantFrom(['root-mfa'], ['root-use', 'access-key-age']),
      owner: text,
      reason: text,
      approver: text,
      expires: fc.constantFrom('2024-02-29', '2026-12-31'),
      accounts: fc.constant(['000000000001']),
      resources: fc.constant(['*']),
    },
    { requiredKeys: ['id', 'controls', 'owner', 'reason', 'approver', 'expires'] },
  ),
  { selector: ({ id }) => id, maxLength: 3 },
);

test('what is read is written down and read again as it was: so it goes through the environment of a function', () => {
  fc.assert(
    fc.property(exceptions, (given) => {
      const read = readExceptions(JSON.stringify({ exceptions: given }));
      expect(read).toEqual(given);
      expect(readExceptions(JSON.stringify({ exceptions: read }))).toEqual(read);
      expect(exceptionsSchema.safeParse({ exceptions: read }).success).toBe(true);
    }),
    { numRuns: 100 },
  );
});

test('the digest of the file is a version of the night as well: what sha256sum says of its bytes', async () => {
  const path = join(scratch(), 'exceptions.yaml');
  writeFileSync(path, 'exceptions: [] # none\n');
  const digest = '2383ffe6e9df2a807e7e83f17e0dab0ebd62de3b7c9910fc47971a8cb7604a11'; // printf 'exceptions: [] # none\n' | sha256sum
  const versionsOf = async (file: string | undefined) => {
    const { exceptions, exceptionsFile } = await exceptionsOf(file);
    return versions({}, exceptions, undefined, exceptionsFile);
  };
  expect(await versionsOf(path)).toEqual({ ...versions({}), exceptionsFile: digest });
  expect(await versionsOf(undefined)).toEqual(versions({}));
});

test('a byte that is not UTF-8 is told with its line and column, never read as another character', async () => {
  const path = join(scratch(), 'exceptions.yaml');
  writeFileSync(path, Buffer.from('exceptions: []\n# caf\u00e9\n', 'latin1'));
  await expect(exceptionsOf(path)).rejects.toThrow(`${path}:2:6: a byte that is not UTF-8`);
});

test('their digest is a version of the night: another word is another one, none at all is always the same', () => {
  const of = (given: typeof entry) => versions({}, [given])['exceptions'];
  expect(of(entry)).toMatch(/^[0-9a-f]{16}$/);
  expect(of({ ...entry })).toBe(of(entry));
  for (const change of [{ expires: '2027-01-01' }, { reason: 'other' }, { id: 'SEC-8' }])
    expect(of({ ...entry, ...change })).not.toBe(of(entry));
  expect(versions({}, [])).toEqual(versions({}));
  expect(versions({})['exceptions']).toBe('none');
});

test('a finding comes back the second its exception is over; it failed all the time, and each is another run', async () => {
  process.env['XDG_CONFIG_HOME'] = scratch(); // the sealing key of this test
  const ann: Readonly<Record<string, string>> = {
    user: 'ann',
    arn: 'arn:aws:iam::111122223333:user/ann',
    user_creation_time: '2020-01-01T00:00:00Z',
    access_key_1_active: 'true',
    access_key_1_last_rotated: '2026-06-01T00:00:00Z',
  };
  const line = reportColumns.map((column) => ann[column] ?? (column.endsWith('active') ? 'false' : 'N/A'));
  const report = join(scratch(), 'report.csv');
  writeFileSync(report, `${reportColumns.join()}\n${line.join()}\n`);
  const path = join(scratch(), 'exceptions.yaml');
  writeFileSync(path, file({ controls: '[access-key-age]', resources: '["*:user/ann"]' }));
  const night = async (clock: string, ...more: string[]) => {
    const args = ['run', '--snapshot', report, '--clock', clock, '--output-dir', scratch(), '--json', '--quiet'];
    const { controls, run, excepted, exceptions } = JSON.parse(
      (await recorded([...args, '--format', 'html', ...more])).out,
    );
    const { findings, excepted: own } = controls.find(({ id }: { id: string }) => id === 'access-key-age');
    const [{ status, returned } = { status: 'none', returned: 0 }] = exceptions;
    return { fail: findings.fail, excepted: own, total: excepted.findings, status, returned, run: run.id };
  };
  const [last, first] = ['2026-12-31T23:59:59Z', '2027-01-01T00:00:00Z'];
  const [held, over, without] = [
    await night(last, '--exceptions', path),
    await night(first, '--exceptions', path),
    await night(last),
  ];
  expect(held).toMatchObject({ fail: 1, excepted: { findings: 1, accounts: 1 }, total: 1, status: 'expiring-soon' });
  expect(over).toMatchObject({
    fail: 1,
    excepted: { findings: 0, accounts: 0 },
    total: 0,
    status: 'expired',
    returned: 1,
  });
  expect(without).toMatchObject({ fail: 1, excepted: { findings: 0, accounts: 0 }, total: 0, status: 'none' });
  expect(held.run).not.toBe(without.run);
});
