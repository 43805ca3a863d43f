import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { weekJsonSchema } from '../../src/domain/week-json.ts';
import { folderWith } from '../adapters/snapshot/folder.ts';
import { recorded, scratch } from '../support/command-line.ts';
import { account, passingRole } from '../support/passing-role.ts';

const snapshotWith = (rootKeys: number, roles: readonly object[]): string =>
  folderWith({
    [`${account}/global/iam.GetAccountAuthorizationDetails.json`]: {
      UserDetailList: [],
      GroupDetailList: [],
      RoleDetailList: roles,
      Policies: [],
    },
    [`${account}/global/iam.GetAccountSummary.json`]: {
      SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: rootKeys },
    },
  });
const archive = scratch();
/** A key of the root user that was deleted and made again within the week, and a role that passes and is gone. */
const nights = [
  ['2026-09-23', 1, [passingRole]],
  ['2026-09-26', 0, [passingRole]],
  ['2026-09-29', 1, []],
] as const;

beforeAll(async () => {
  for (const [date, keys, roles] of nights)
    await recorded([
      ...['run', '--snapshot', snapshotWith(keys, roles), '--clock', `${date}T06:00:00Z`],
      ...['--output-dir', archive, '--format', 'html', '--quiet'],
    ]);
}, 120_000);

const made = ['--archive', archive, '--format', 'html', '--no-progress'];

test.each([
  { name: 'no archive', args: ['week', '--archive', 'no-such-folder'], says: /no such archive: `no-such-folder`/ },
  { name: 'no such night', args: ['week', ...made, '--night', '2020-01-01'], says: /no sealed night `2020-01-01`/ },
  {
    name: 'no night in the week',
    args: ['week', ...made, '--clock', '2027-01-01T00:00:00Z'],
    says: /no night of this scope.*choose another --clock/,
  },
  { name: 'no clock', args: ['week', ...made, '--clock', 'yesterday'], says: /--clock.*`yesterday`/ },
  {
    name: 'no such archive to report on',
    args: ['report', '--week', '--archive', 'no-such-folder'],
    says: /no such archive/,
  },
])('$name: one line, 64, and nothing is written', async ({ args, says }) => {
  const before = readdirSync(join(archive, 'seals'));
  const { exit, out, err } = await recorded(args);
  expect({ exit, out }).toEqual({ exit: 64, out: '' });
  expect(err).toMatch(says);
  expect(err.trim().split('\n')).toHaveLength(1);
  expect(readdirSync(join(archive, 'seals'))).toEqual(before);
});

test('evidence that does not verify: nothing is made from it, 3', async () => {
  const copy = scratch();
  cpSync(archive, copy, { recursive: true });
  const folder = join(copy, 'results/findings/dt=2026-09-29');
  const [run = ''] = readdirSync(folder);
  writeFileSync(join(folder, run, 'part-0001.jsonl.gz'), '');
  const { exit, err } = await recorded(['week', '--archive', copy, '--format', 'html', '--no-progress']);
  expect(exit).toBe(3);
  expect(err).toContain('nothing was made from it');
  expect(readdirSync(join(copy, 'seals'))).toHaveLength(nights.length);
});

describe('a week of an archive', () => {
  let first: Awaited<ReturnType<typeof recorded>>;
  beforeAll(async () => {
    first = await recorded(['week', ...made, '--json']);
  });

  test('as JSON: the published form, with the rows of its table', () => {
    const told = weekJsonSchema.parse(JSON.parse(first.out));
    expect(told.exitCode).toBe(first.exit);
    expect(told.period).toEqual({ from: '2026-09-23', to: '2026-09-29', days: 7 });
    expect(told.baseIn).toBe('period');
    expect(told.rows.filter(({ control }) => control === 'root-access-keys')).toMatchObject([
      { kind: 'reopened', before: 'fail', after: 'fail' },
    ]);
    const { counts, others } = told.changes;
    const counted = [counts, ...Object.values(others)].flatMap((it) => Object.values(it));
    expect(told.rows).toHaveLength(counted.reduce((all, count) => all + count, 0));
  });

  test('for a person: the answer, the counts, the paths; and that it was sealed before', async () => {
    const { out, exit } = await recorded(['week', ...made]);
    expect(exit).toBe(first.exit);
    expect(out).toContain('Less safe since 2026-09-23: 1 finding came back');
    expect(out).toMatch(/reopened {2,}1: 1 critical/);
    expect(out).toContain('this week was sealed before: nothing was done again');
  });

  test('what passed and is gone is no severity: a plain count, the same in the rows, as JSON, on the page and on the terminal', async () => {
    const { rows, changes, run } = weekJsonSchema.parse(JSON.parse(first.out));
    const gone = rows.filter(({ kind }) => kind === 'gone');
    const passed = gone.filter(({ before }) => before === 'pass').length;
    expect(passed).toBeGreaterThan(0);
    expect(gone.every(({ before, open }) => open === (before === 'fail'))).toBe(true);
    expect(changes.counts.gone).toBe(0);
    expect(changes.others.gone.pass).toBe(passed);
    const page = readFileSync(join(archive, `reports/team/dt=2026-09-29/run=${run.id}/index.html`), 'utf8');
    const shown = (id: string) => Number(new RegExp(`data-count="${id}">([^<]*)<`).exec(page)?.[1]);
    expect([shown('gone'), shown('gone:high'), shown('gone:quiet')]).toEqual([0, 0, gone.length]);
    expect(page).toContain(`<small>${passed} passed`);
    const { out } = await recorded(['week', ...made]);
    expect(out).toMatch(new RegExp(`gone {2,}0 \\(and ${gone.length} others: ${passed} passed`));
    const headline = changes.counts['not-re-measured'];
    expect(out.includes('not measured again')).toBe(headline > 0);
    expect(out).toMatch(new RegExp(`not re-measured {1,}${headline}\\b`));
  });

  test('assay verify accepts the archive', async () => {
    const { exit, out } = await recorded(['verify', archive]);
    expect(exit).toBe(0);
    expect(out).toContain('the evidence is intact: 4 seals');
  });

  test('report --week renders the same bytes again, outside the archive', async () => {
    const target = scratch();
    const { exit } = await recorded([
      'report',
      '--week',
      '2026-09-29',
      '--archive',
      archive,
      '--output-dir',
      target,
      '--format',
      'html',
    ]);
    expect(exit).toBe(0);
    const { run } = weekJsonSchema.parse(JSON.parse(first.out));
    for (const audience of ['executive', 'team'])
      expect(readFileSync(join(target, audience, 'index.html'), 'utf8')).toBe(
        readFileSync(join(archive, `reports/${audience}/dt=2026-09-29/run=${run.id}/index.html`), 'utf8'),
      );
    const inside = await recorded(['report', '--week', '--archive', archive, '--output-dir', join(archive, 'again')]);
    expect(inside).toMatchObject({ exit: 64, err: expect.stringContaining('inside the archive') });
  });

  test('report --week makes a week that is not sealed yet, as of an earlier night', async () => {
    const { out, exit } = await recorded(['report', '--week', '2026-09-26', '--archive', archive, '--format', 'html']);
    expect(exit).toBe(first.exit);
    expect(out).toContain('week 2026-09-20 to 2026-09-26');
    expect(out).toMatch(/resolved {2,}1: 1 critical/);
  });

  test('a night after a week is compared with a night, and diff knows no week', async () => {
    const { exit, out } = await recorded(['diff', '--archive', archive]);
    expect(exit).not.toBe(64);
    expect(out).toContain('findings of 2026-09-29T06:00:00Z');
  });
});
