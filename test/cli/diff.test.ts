import { localObjectStore } from '../../src/adapters/files/object-store.ts';
import { folderWith } from '../adapters/snapshot/folder.ts';
import { recorded, scratch } from '../support/command-line.ts';
import { account, passingRole } from '../support/passing-role.ts';
import { finding, sealNights } from '../support/sealed-nights.ts';

const summary = (rootKeys: number) => ({
  [`${account}/global/iam.GetAccountSummary.json`]: {
    SummaryMap: { AccountMFAEnabled: 1, AccountAccessKeysPresent: rootKeys },
  },
});
const refused = {
  [`${account}/global/iam.GetAccountSummary.jsonl`]: `${JSON.stringify({
    input: {},
    error: { name: 'AccessDenied', message: 'not authorized to perform: iam:GetAccountSummary' },
  })}\n`,
};
/** What an account has on a night: a role that passes, or none. */
const identities = (roles: readonly object[]) => ({
  [`${account}/global/iam.GetAccountAuthorizationDetails.json`]: {
    UserDetailList: [],
    GroupDetailList: [],
    RoleDetailList: roles,
    Policies: [],
  },
});
const archive = scratch();
const dates = ['2026-09-26', '2026-09-27', '2026-09-28', '2026-09-29', '2026-09-30'];
const rootKey = /root.*key/;

beforeAll(async () => {
  const nights = [summary(1), summary(0), summary(1), refused, summary(1)];
  for (const [index, night] of nights.entries())
    await recorded([
      'run',
      ...[
        '--snapshot',
        folderWith({ ...identities(index === 0 ? [passingRole] : []), ...night }),
        '--clock',
        `${dates[index]}T06:00:00Z`,
      ],
      ...['--output-dir', archive, '--format', 'html', '--quiet'],
    ]);
}, 120_000);

const compared = async (earlier: number, later: number) => {
  const ran = await recorded([
    'diff',
    dates[earlier] as string,
    dates[later] as string,
    '--archive',
    archive,
    '--json',
  ]);
  const told = JSON.parse(ran.out) as { changes: { id: string; kind: string; cause: string }[] };
  return { ...ran, kinds: told.changes.filter(({ id }) => rootKey.test(id)).map(({ kind }) => kind) };
};

test.each([
  { name: 'a key that went: resolved', earlier: 0, later: 1, kinds: ['resolved'], exit: 0 },
  { name: 'a key that came back: reopened', earlier: 1, later: 2, kinds: ['reopened'], exit: 0 },
  { name: 'refused: nobody knows, exit 2', earlier: 2, later: 3, kinds: ['not-re-measured'], exit: 2 },
  { name: 'read again, as it was', earlier: 3, later: 4, kinds: ['measured-again'], exit: 0 },
])('$name', async ({ earlier, later, kinds, exit }) => {
  expect(await compared(earlier, later)).toMatchObject({ kinds, exit });
});

test('for a person: what changed, by kind, with its cause', async () => {
  const { out, exit } = await recorded(['diff', dates[0] as string, dates[1] as string, '--archive', archive]);
  expect(exit).toBe(0);
  expect(out).toContain('findings of 2026-09-27T06:00:00Z');
  expect(out).toMatch(/resolved: 1\n {2}critical {1,2}111122223333 \S*root\S*key\S* /);
});

test('what passed and is gone is one plain count, listed with --all, and open findings alone have a severity', async () => {
  const nights = [dates[0] as string, dates[1] as string, '--archive', archive];
  const told = JSON.parse((await recorded(['diff', ...nights, '--json'])).out) as {
    changes: { kind: string; open: boolean; before: { status: string; resource: string } | null }[];
    counts: Record<string, number>;
    bySeverity: Record<string, Record<string, number>>;
    others: Record<string, Record<string, number>>;
  };
  const gone = told.changes.filter(({ kind }) => kind === 'gone');
  const passed = gone.filter(({ before }) => before?.status === 'pass').length;
  expect(passed).toBeGreaterThan(0);
  expect([told.counts['gone'], told.bySeverity['high']?.['gone'], told.others['gone']?.['pass']]).toEqual([
    0,
    0,
    passed,
  ]);
  const { out } = await recorded(['diff', ...nights]);
  expect(out).toContain(`gone with its resource or account: 0 (and ${gone.length} others: ${passed} passed`);
  expect(out).not.toContain('role/reports');
  expect((await recorded(['diff', ...nights, '--all'])).out).toMatch(/ {2}– {7} 111122223333 \S+ \S*role\/reports/);
});

test('a night that is not there, and nights in the wrong order, are said in one line', async () => {
  const missing = await recorded(['diff', '2020-01-01', dates[1] as string, '--archive', archive]);
  expect(missing).toMatchObject({ exit: 64, out: '' });
  expect(missing.err).toContain('no sealed night `2020-01-01`');
  for (const date of dates) expect(missing.err).toContain(`(${date})`); // the nights there are, so that one can be named
  const backwards = await recorded(['diff', dates[1] as string, dates[0] as string, '--archive', archive]);
  expect(backwards).toMatchObject({ exit: 64, out: '' });
  expect(backwards.err).toContain('name the earlier one first');
});

test('a control that is asked and has nothing left to ask about is no other rule: its resource is gone', async () => {
  const root = scratch();
  const role = finding('fail', { control: 'role-trust-wildcard', resource: 'reports', resourceType: 'role' });
  const known = finding('pass');
  await sealNights(localObjectStore(root), [
    { clock: '2026-09-26T06:00:00Z', findings: [role, known] },
    { clock: '2026-09-27T06:00:00Z', findings: [known] },
  ]);
  const { out } = await recorded(['diff', '--archive', root, '--json', '--', '2026-09-26', '2026-09-27']);
  const { changes } = JSON.parse(out) as { changes: { id: string; kind: string; cause: string }[] };
  expect(changes).toMatchObject([{ id: role.id, kind: 'gone', cause: 'the role is not there any more' }]);
});
