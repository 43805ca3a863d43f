import type { Column, ColumnType } from './columns.ts';
import { figureColumns, nightsQuery, type Source, sealSource, summarySource, tableSources } from './sources.ts';

const scalars = { text: 'string', whole: 'bigint', real: 'double', truth: 'boolean', json: 'string' } as const;

/** The database that the tables are made in. */
const database = 'assay';

/** The first night that any archive can hold: partitions are projected from then on. */
const firstNight = '2026-01-01';

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

function typeName(type: ColumnType): string {
  switch (type.kind) {
    case 'list':
      return `array<${typeName(type.of)}>`;
    case 'map':
      return `map<string,${typeName(type.of)}>`;
    case 'struct':
      return `struct<${type.fields.map(({ name, type: of }) => `\`${name}\`:${typeName(of)}`).join(',')}>`;
    default:
      return scalars[type.kind];
  }
}

const columnList = (columns: readonly Column[]): string =>
  columns.map(({ name, type }) => `  \`${name}\` ${typeName(type)}`).join(',\n');

/** The dates of nights follow from the calendar; nobody registers a partition. */
const projection = (location: string): Readonly<Record<string, string>> => ({
  'projection.enabled': 'true',
  'projection.dt.type': 'date',
  'projection.dt.format': 'yyyy-MM-dd',
  'projection.dt.range': `${firstNight},NOW`,
  'projection.dt.interval': '1',
  'projection.dt.interval.unit': 'DAYS',
  'storage.location.template': `${location}dt=\${dt}/`,
});

const properties = (all: Readonly<Record<string, string>>): string =>
  Object.entries(all)
    .map(([name, value]) => `  ${text(name)} = ${text(value)}`)
    .join(',\n');

/** The files of a source as a table. OpenX's SerDe gives an object where a string is asked for as its JSON text. */
function filesTable(archive: string, { name, folder, columns }: Source): string {
  const location = archive + folder;
  return [
    `CREATE EXTERNAL TABLE IF NOT EXISTS ${database}.${name}_files (\n${columnList(columns)}\n)`,
    'PARTITIONED BY (`dt` string)',
    "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
    `LOCATION ${text(location)}`,
    `TBLPROPERTIES (\n${properties(projection(location))}\n);`,
  ].join('\n');
}

/** A view that says the run of a row as well: it is part of the key of the file. */
const runView = ({ name }: Source): string =>
  [
    `CREATE OR REPLACE VIEW ${database}.${name} AS`,
    `SELECT *, regexp_extract("$path", '/run=([0-9a-f]{12})/', 1) AS run FROM ${database}.${name}_files;`,
  ].join('\n');

/** The folder of a seal holds its signature and sums as well: what is no JSON is passed over. */
const seals = (archive: string): readonly string[] => [
  [
    `CREATE EXTERNAL TABLE IF NOT EXISTS ${database}.seals_files (\n${columnList(sealSource.columns)}\n)`,
    "ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'",
    "WITH SERDEPROPERTIES ('ignore.malformed.json' = 'true')",
    `LOCATION ${text(archive + sealSource.folder)};`,
  ].join('\n'),
  [
    `CREATE OR REPLACE VIEW ${database}.seals AS`,
    `SELECT * FROM ${database}.seals_files WHERE "$path" LIKE '%/seal.json';`,
  ].join('\n'),
  `CREATE OR REPLACE VIEW ${database}.nights AS\n${nightsQuery(`${database}.seals`)};`,
];

const figuresView = [
  `CREATE OR REPLACE VIEW ${database}.figures AS`,
  `SELECT n.dt, n.run, n.clock, n.scopeDigest,\n${figureColumns.map((name) => `  f.${name}`).join(',\n')}`,
  `FROM ${database}.nights AS n JOIN ${database}.summary AS s ON s.run = n.run AND s.dt = n.dt`,
  `CROSS JOIN UNNEST(s.metrics) AS f(${figureColumns.join(', ')});`,
].join('\n');

/** Statements for Athena over the archive's bucket: `s3://bucket/`, with a prefix or without. Athena runs one statement at a time. */
export function athenaDefinitions(archive: string): string {
  const head = [
    '-- Tables and views over the archive of Assay for Athena, read in place. Generated from the schemas of the result tables.',
    '-- Athena runs one statement at a time. `dt` and `run` say which night a row is from; view `nights` names the sealed ones.',
  ].join('\n');
  const sources = [...tableSources, summarySource].flatMap((source) => [filesTable(archive, source), runView(source)]);
  return `${[head, `CREATE DATABASE IF NOT EXISTS ${database};`, ...seals(archive), ...sources, figuresView].join('\n\n')}\n`;
}
