import { readFileSync } from 'node:fs';
import { recorded, scratch } from '../support/command-line.ts';

test('a bucket is for Athena, unless DuckDB is asked for', async () => {
  const athena = await recorded(['sql', 's3://our-archive/assay']);
  expect(athena).toMatchObject({ exit: 0, err: '' });
  expect(athena.out).toBe(
    readFileSync('docs/sql/athena.sql', 'utf8').replaceAll('s3://BUCKET/', 's3://our-archive/assay/'),
  );
  const duck = await recorded(['sql', 's3://our-archive/', '--engine', 'duckdb']);
  expect(duck.out).toContain("'s3://our-archive/results/*/dt=*/run=*/*.jsonl.gz'");
});

test.each([
  { name: 'no such folder', args: ['nowhere'], err: 'no such directory: `nowhere`' },
  { name: 'a folder without nights', args: [scratch()], err: 'holds no sealed night' },
  { name: 'Athena over a folder', args: ['.', '--engine', 'athena'], err: 'name one as s3://bucket/' },
  { name: 'not a bucket', args: ["s3://our archive'"], err: 'not a bucket' },
])('$name: one line, 64', async ({ args, err }) => {
  const ran = await recorded(['sql', ...args]);
  expect(ran).toMatchObject({ exit: 64, out: '' });
  expect(ran.err).toContain(err);
  expect(ran.err.split('\n')).toHaveLength(2);
});

/** Reads one type of Hive and gives what follows it; throws where there is none. */
function afterType(text: string): string {
  const [scalar] = /^(?:string|bigint|double|boolean)(?![a-z])/.exec(text) ?? [];
  if (scalar !== undefined) return text.slice(scalar.length);
  if (text.startsWith('array<')) return after('>', afterType(text.slice('array<'.length)));
  if (text.startsWith('map<string,')) return after('>', afterType(text.slice('map<string,'.length)));
  let rest = after('struct<', text);
  for (let first = true; first || rest.startsWith(','); first = false) {
    const [field = '`'] = /^`\w+`:/.exec(first ? rest : after(',', rest)) ?? [];
    rest = afterType(after(field, first ? rest : after(',', rest)));
  }
  return after('>', rest);
}

function after(word: string, text: string): string {
  if (!text.startsWith(word)) throw new Error(`no ${word} before ${text}`);
  return text.slice(word.length);
}

test('every column for Athena has a name and a type that Hive knows', () => {
  const text = readFileSync('docs/sql/athena.sql', 'utf8');
  const columns = [...text.matchAll(/^ {2}`([^`]*)` (.+?),?$/gm)];
  expect(columns.length).toBeGreaterThan(100);
  expect(columns.filter(([, name = '']) => !/^\w+$/.test(name))).toEqual([]);
  expect(columns.map(([, , type = '']) => afterType(type)).filter((rest) => rest !== '')).toEqual([]);
});
