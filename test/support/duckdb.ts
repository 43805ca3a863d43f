import { DuckDBInstance } from '@duckdb/node-api';

/** A database in memory: an independent reader of what Assay leaves. */
export interface Sql {
  run(statements: string): Promise<void>;
  /** Rows as plain values; whole numbers as numbers, lists and structs as JSON. */
  rows(query: string): Promise<Record<string, unknown>[]>;
}

export async function duckdb(definitions: string): Promise<Sql> {
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  const run = async (statements: string): Promise<void> => {
    await connection.run(statements);
  };
  await run(definitions);
  return {
    run,
    async rows(query) {
      const read = await connection.runAndReadAll(`SELECT to_json(r) AS row FROM (${query}) AS r`);
      return read.getRowObjectsJson().map(({ row }) => JSON.parse(String(row)) as Record<string, unknown>);
    },
  };
}
