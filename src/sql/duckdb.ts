import type { Column, ColumnType } from './columns.ts';
import { figureColumns, nightsQuery, type Source, sealSource, summarySource, tableSources } from './sources.ts';

const scalars = { text: 'VARCHAR', whole: 'BIGINT', real: 'DOUBLE', truth: 'BOOLEAN', json: 'JSON' } as const;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function typeName(type: ColumnType): string {
  switch (type.kind) {
    case 'list':
      return `${typeName(type.of)}[]`;
    case 'map':
      return `MAP(VARCHAR, ${typeName(type.of)})`;
    case 'struct':
      return `STRUCT(${type.fields.map(({ name, type: of }) => `${quoted(name)} ${typeName(of)}`).join(', ')})`;
    default:
      return scalars[type.kind];
  }
}

const columnList = (columns: readonly Column[]): string =>
  columns.map(({ name, type }) => `    ${quoted(name)}: ${text(typeName(type))}`).join(',\n');

/** A path inside a glob: its own stars and brackets are letters. */
const literal = (path: string): string => path.replaceAll(/[*?[]/g, '[$&]');

/** `run` and `dt` are read from the names of folders, as text. */
const partitions = ['hive_partitioning = true', "hive_types = {'dt': VARCHAR, 'run': VARCHAR}"];

const readJson = (files: string, columns: readonly Column[], more: readonly string[] = []): string =>
  `FROM read_json(\n${[text(files), "format = 'newline_delimited'", `columns = {\n${columnList(columns)}\n  }`, ...more]
    .map((argument) => `  ${argument}`)
    .join(',\n')}\n)`;

/**
 * A result table. The files of all tables are listed and those of this one read: a table without rows has no file, and DuckDB refuses a
 * pattern that matches none.
 */
const tableView = (archive: string, { name, folder, columns }: Source): string =>
  [
    `CREATE OR REPLACE VIEW ${quoted(name)} AS SELECT * EXCLUDE (filename)`,
    readJson(`${literal(archive)}results/*/dt=*/run=*/*.jsonl.gz`, columns, [
      "compression = 'gzip'",
      ...partitions,
      'filename = true',
    ]),
    `WHERE starts_with(filename, ${text(archive + folder)});`,
  ].join('\n');

const summaryView = (archive: string): string =>
  [
    `CREATE OR REPLACE VIEW ${quoted(summarySource.name)} AS SELECT *`,
    `${readJson(`${literal(archive)}results/summary/dt=*/run=*/summary.json`, summarySource.columns, partitions)};`,
  ].join('\n');

const sealsView = (archive: string): string =>
  [
    `CREATE OR REPLACE VIEW ${quoted(sealSource.name)} AS SELECT *`,
    `${readJson(`${literal(archive)}seals/*/seal.json`, sealSource.columns)};`,
  ].join('\n');

const nightsView = `CREATE OR REPLACE VIEW "nights" AS\n${nightsQuery('"seals"')};`;

const figuresView = [
  'CREATE OR REPLACE VIEW "figures" AS',
  `SELECT n.dt, n.run, n.clock, n.scopeDigest,\n${figureColumns.map((name) => `  f.${quoted(name)}`).join(',\n')}`,
  'FROM "nights" AS n JOIN "summary" AS s ON s.run = n.run AND s.dt = n.dt, UNNEST(s.metrics) AS u(f);',
].join('\n');

/** Views for DuckDB over an archive: a folder, or `s3://bucket/`, that ends in a slash; '' = where DuckDB was started. */
export function duckdbDefinitions(archive: string): string {
  const head = [
    '-- Views over the archive of Assay for DuckDB, read in place. Generated from the schemas of the result tables.',
    '-- `dt` and `run` say which night a row is from; view `nights` names the sealed ones.',
  ].join('\n');
  const views = tableSources.map((source) => tableView(archive, source));
  return `${[head, sealsView(archive), nightsView, ...views, summaryView(archive), figuresView].join('\n\n')}\n`;
}
