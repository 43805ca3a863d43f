import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** The engines that definitions are written for. */
export const engines = ['duckdb', 'athena'] as const;

/** What `assay sql` can be told. */
export interface SqlOptions {
  readonly engine?: (typeof engines)[number];
}

/** `assay sql`: what DuckDB or Athena need to query an archive in place. */
export function addSql(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('sql')
    .argument('[archive]', 'folder of an archive, or `s3://bucket/` with or without a prefix', 'out')
    .summary('print views to query an archive in SQL')
    .description(
      'Prints the statements that let DuckDB or Athena query the result tables of all nights in place: one view for each table, the nights, their seals, and the figures. Nothing is copied or changed. Queries to begin with are in docs/sql.md.',
    )
    .addOption(
      new Option('--engine <engine>', 'for whom (default: duckdb for a folder, athena for s3://)').choices(engines),
    )
    .addHelpText('after', '\nExample:\n  assay sql out > out.sql && duckdb -init out.sql')
    .action(async (archive: string, options: SqlOptions) => {
      const { sql } = await import('../bodies/sql.ts');
      end(sql(archive, options, io));
    });
}
