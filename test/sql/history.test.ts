import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { tables } from '../../src/domain/tables.ts';
import { recorded, scratch } from '../support/command-line.ts';
import { duckdb, type Sql } from '../support/duckdb.ts';
import { allow, organizationSnapshot, type Person, policy } from '../support/organization-snapshot.ts';

// Five nights of one small organisation, with changes planted in what a role may do; queried as docs/sql.md says.

const account = '222222222222';
const folderOfAll = scratch();
/** A path with letters that mean something in SQL and in patterns of files. */
const archive = join(folderOfAll, "it's [a] *night?");
let sql: Sql;

const app = (...actions: string[]): Person => ({ name: 'app', document: policy(allow(actions)) });
const other = (action: string): Person => ({ name: 'other', document: policy(allow(action)) });

/** What the account held on each date, and whether its roles could be read. */
const nights: Readonly<Record<string, { readonly people: readonly Person[]; readonly refused?: boolean }>> = {
  '2026-02-27': { people: [app('iam:DeleteRole'), other('*')] }, // before March: no part of the answer
  '2026-03-02': { people: [app('iam:CreateUser', 'iam:CreateRole'), other('s3:ListBucket')] },
  '2026-04-01': { people: [app('iam:CreateUser', 'iam:PassRole'), other('*')] },
  '2026-05-01': { people: [app('iam:AttachRolePolicy'), other('s3:ListBucket')], refused: true },
  '2026-07-01': { people: [other('*')] },
};

beforeAll(async () => {
  for (const [date, { people, refused = false }] of Object.entries(nights)) {
    const folder = organizationSnapshot([{ id: account, people }]);
    if (refused) rmSync(join(folder, account, 'global', 'iam.GetAccountAuthorizationDetails.json'));
    const ran = await recorded([
      ...['run', '--snapshot', folder, '--clock', `${date}T06:00:00Z`],
      ...['--output-dir', archive, '--format', 'html', '--quiet'],
    ]);
    expect(ran).toMatchObject({ exit: 2 }); // a snapshot of a few calls has gaps
    rmSync(folder, { recursive: true });
  }
  sql = await duckdb((await recorded(['sql', archive])).out);
}, 120_000);

afterAll(() => rmSync(folderOfAll, { recursive: true }));

const page = readFileSync('docs/sql.md', 'utf8');
const queryOf = (title: string): string =>
  new RegExp(`## ${title}[\\s\\S]*?\`\`\`sql\\n([\\s\\S]*?)\`\`\``).exec(page)?.[1] ?? '';

test('permissions of a role since March: what was planted, and nothing of the night that was not read', async () => {
  const changes = await sql.rows(queryOf("How did this identity's permissions change"));
  expect(changes.map(({ dt, action, before, after }) => [dt, action, before, after])).toEqual([
    ['2026-04-01', 'iam:CreateRole', 'allowed', 'not held'],
    ['2026-04-01', 'iam:PassRole', 'not held', 'allowed'],
    ['2026-07-01', 'iam:CreateUser', 'allowed', 'the identity is gone'],
    ['2026-07-01', 'iam:PassRole', 'allowed', 'the identity is gone'],
  ]);
});

test('a figure over time has every night, and nothing of the one that was not read', async () => {
  const rows = await sql.rows(queryOf('A figure over time'));
  expect(rows.map(({ dt }) => dt)).toEqual(Object.keys(nights));
  expect(rows.find(({ dt }) => dt === '2026-03-02')).toMatchObject({ denominator: 1 });
  expect(rows.find(({ dt }) => dt === '2026-05-01')).toMatchObject({ denominator: 0, open: true });
});

test('a finding is open since it last passed; a night that could not read it does not close it', async () => {
  const open = await sql.rows(queryOf('Findings that stayed open longest'));
  const since = (control: string) => open.find((row) => row['control'] === control)?.['open_since'];
  expect(since('escalation-paths')).toBe('2026-04-01');
  expect(since('support-role')).toBe('2026-02-27');
});

test('a table without rows is empty, not an error, and has its columns', async () => {
  for (const name of Object.keys(tables)) await sql.rows(`SELECT * FROM ${name.replaceAll('-', '_')} LIMIT 1`);
  expect(await sql.rows('SELECT count(*) AS n FROM credentials')).toEqual([{ n: 0 }]);
  expect(await sql.rows('SELECT typeof(lastUse) AS of FROM credentials RIGHT JOIN (SELECT 1) ON true')).toEqual([
    { of: 'STRUCT(state VARCHAR, "at" VARCHAR, sole BOOLEAN)' },
  ]);
});
