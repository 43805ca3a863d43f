import { weekTables } from '../domain/change-table.ts';
import { sealSchema } from '../domain/seal.ts';
import { summarySchema } from '../domain/summary.ts';
import { tables } from '../domain/tables.ts';
import { type Column, columnsOf } from './columns.ts';

/** Something of an archive that can be queried in place: a name in SQL, where its files lie, and what is in them. */
export interface Source {
  readonly name: string;
  readonly folder: string;
  readonly columns: readonly Column[];
}

/** The result tables of nights and weeks, by name: a dash is no part of an identifier. */
export const tableSources: readonly Source[] = Object.entries({ ...tables, ...weekTables }).map(([name, row]) => ({
  name: name.replaceAll('-', '_'),
  folder: `results/${name}/`,
  columns: columnsOf(row),
}));

/** One row for each night; its column `run` is the partition's. */
export const summarySource: Source = {
  name: 'summary',
  folder: 'results/summary/',
  columns: columnsOf(summarySchema).filter(({ name }) => name !== 'run'),
};

/** One row for each seal. */
export const sealSource: Source = { name: 'seals', folder: 'seals/', columns: columnsOf(sealSchema) };

const fields = columnsOf(summarySchema).find(({ name }) => name === 'metrics')?.type;

/** The columns of a figure in the summary. */
export const figureColumns: readonly string[] =
  fields?.kind === 'list' && fields.of.kind === 'struct' ? fields.of.fields.map(({ name }) => name) : [];

/**
 * The nights to query: of each date and scope the one that was sealed last. A run that was cut off, or that failed, has rows and is no night.
 */
export const nightsQuery = (seals: string): string =>
  [
    'SELECT seq, run, dt, clock, scope, scopeDigest, completeness, counts, versions',
    'FROM (',
    '  SELECT *, substr(clock, 1, 10) AS dt,',
    '    row_number() OVER (PARTITION BY substr(clock, 1, 10), scopeDigest ORDER BY seq DESC) AS place',
    `  FROM ${seals}`,
    "  WHERE kind = 'night'",
    ') AS sealed',
    'WHERE place = 1',
  ].join('\n');
