import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { weekTables } from '../../src/domain/change-table.ts';
import type { NightSummary } from '../../src/domain/summary.ts';
import { tables } from '../../src/domain/tables.ts';
import { recorded, scratch } from '../support/command-line.ts';
import { duckdb, type Sql } from '../support/duckdb.ts';

// DuckDB over the real files of a demo night: every value of every row, and counts that must be the summary's.

const archive = scratch();
let sql: Sql;
let summary: NightSummary;

beforeAll(async () => {
  const night = [
    'demo',
    '--weeks',
    '0',
    '--clock',
    '2026-09-30T06:00:00Z',
    '--output-dir',
    archive,
    '--format',
    'html',
    '--quiet',
  ];
  expect((await recorded(night)).exit).toBe(0);
  const printed = await recorded(['sql', archive]);
  expect(printed).toMatchObject({ exit: 0, err: '' });
  sql = await duckdb(printed.out);
  const [file = ''] = filesBelow('results/summary');
  summary = JSON.parse(readFileSync(file, 'utf8')) as NightSummary;
}, 120_000);

afterAll(() => rmSync(archive, { recursive: true }));

const filesBelow = (folder: string): string[] =>
  (existsSync(join(archive, folder))
    ? readdirSync(join(archive, folder), { recursive: true, withFileTypes: true })
    : []
  )
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();

const linesOf = (folder: string): unknown[] =>
  filesBelow(folder).flatMap((file) =>
    gunzipSync(readFileSync(file))
      .toString('utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as unknown),
  );

const byId = (rows: readonly unknown[]): unknown[] =>
  [...rows].sort((a, b) => (String((a as { id: string }).id) < String((b as { id: string }).id) ? -1 : 1));

test.each(Object.keys({ ...tables, ...weekTables }))('table %s: every row and value as in its files', async (name) => {
  const view = name.replaceAll('-', '_');
  const read = await sql.rows(`SELECT * EXCLUDE (dt, run) FROM ${view}`);
  const rows = linesOf(`results/${name}`);
  expect(byId(read)).toEqual(byId(rows));
  if (rows.length === 0) return;
  const places = await sql.rows(`SELECT DISTINCT dt, run FROM ${view}`);
  expect(places).toEqual([{ dt: '2026-09-30', run: summary.run.id }]);
});

const one = async (query: string): Promise<unknown> => Object.values((await sql.rows(query))[0] ?? {})[0];
const counted = async (query: string): Promise<Record<string, unknown>> =>
  Object.fromEntries((await sql.rows(query)).map(({ name, n }) => [String(name), n]));
const without = (counts: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(Object.entries(counts).filter(([, n]) => n > 0));
const metric = (id: string, basis = 'effective') =>
  summary.metrics.find((it) => it.id === id && it.scope === 'organization' && it.basis === basis);

test('counts from the tables are those of the summary', async () => {
  const { discovered, ...byStatus } = summary.completeness.accounts;
  expect(await one('SELECT count(*) FROM accounts')).toBe(discovered);
  expect(await counted('SELECT status AS name, count(*) AS n FROM accounts GROUP BY status')).toEqual(
    without(byStatus),
  );
  expect(await counted('SELECT status AS name, count(*) AS n FROM findings GROUP BY status')).toEqual(
    without(summary.findings),
  );
  expect(await one('SELECT count(*) FROM credentials WHERE ai AND live')).toBe(summary.counts.aiKeysLive);
  expect(await one("SELECT count(*) FROM credentials WHERE ai AND live AND use <> 'denied'")).toBe(
    summary.counts.aiKeysLiveNotDenied,
  );
  expect(await one("SELECT count(*) FROM key_holders WHERE phantom AND state = 'orphaned'")).toBe(
    summary.counts.phantomUsersOrphaned,
  );
  expect(await one('SELECT count(*) FROM gaps')).toBe(
    summary.completeness.gaps.reduce((all, { count }) => all + count, 0),
  );
  expect(await one('SELECT count(*) FROM workspaces')).toBe(summary.agents.workspaces);
  for (const { eventClass, cells } of summary.logging)
    expect(
      await counted(
        `SELECT status AS name, count(*) AS n FROM logging WHERE eventClass = '${eventClass}' GROUP BY status`,
      ),
    ).toEqual(without(cells));
});

const theCounted = "kind IN ('user', 'phantom-user', 'role', 'identity-center-role')";

test('figures from nested columns are those of the summary, and stand in view `figures`', async () => {
  const used = await sql.rows(
    `SELECT count(*) FILTER (activity = 'unused') AS numerator, count(*) FILTER (activity <> 'unread') AS denominator
     FROM identities WHERE ${theCounted} AND NOT tooNew`,
  );
  expect(metric('identity.unused-rate')).toMatchObject(used[0] ?? {});
  const pairs = await sql.rows(
    `SELECT sum(sensitive.effective.unused) AS numerator, sum(sensitive.effective.used + sensitive.effective.unused) AS denominator
     FROM identities WHERE ${theCounted} AND NOT tooNew`,
  );
  expect(metric('permission.unused-sensitive-pair-rate')).toMatchObject(pairs[0] ?? {});
  const told = await sql.rows(
    `SELECT * EXCLUDE (dt, run, clock, scopeDigest) FROM figures WHERE run = '${summary.run.id}'`,
  );
  expect(told).toHaveLength(summary.metrics.length);
  expect(told).toEqual(expect.arrayContaining([...summary.metrics]));
});

test('every query of docs/sql.md runs over the night', async () => {
  const queries = [...readFileSync('docs/sql.md', 'utf8').matchAll(/```sql\n([\s\S]*?)```/g)];
  expect(queries.length).toBeGreaterThanOrEqual(5);
  for (const [, query = ''] of queries) await sql.rows(query);
  const keys = queries.find(([, query]) => query?.includes('live_keys'))?.[1] ?? '';
  const units = await sql.rows(keys);
  const rowOf = (unit: string) => units.find((row) => row['unit'] === unit);
  const all = summary.counts.aiKeysLive;
  expect(rowOf('ou-a1b2-workloads')).toMatchObject({ live_keys: all });
});
