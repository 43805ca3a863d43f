import type { Night } from '../domain/night.ts';
import type { AccountResult } from '../domain/result.ts';
import type { TableName, TableRow } from '../domain/tables.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines, LineFile } from '../transcripts/lines.ts';
import { tableFolder, tablePart } from './keys.ts';
import { archiveEach, type Part } from './stored.ts';

/** Writes the rows of one part of every table: those of one batch of the plan (design §5). What is kept of them is what they are compressed to. */
export class TableWriter {
  readonly #store: ObjectStore;
  readonly #night: Night;
  readonly #part: number;
  readonly #files = new Map<TableName, LineFile>();

  constructor(store: ObjectStore, night: Night, part: number) {
    this.#store = store;
    this.#night = night;
    this.#part = part;
  }

  async add<Name extends TableName>(table: Name, rows: readonly TableRow<Name>[]): Promise<void> {
    if (rows.length === 0) return;
    const file = this.#files.get(table) ?? new LineFile();
    this.#files.set(table, file);
    await file.add(rows);
  }

  /** Adds every row of one account. */
  async addResult(result: AccountResult): Promise<void> {
    for (const [table, rows] of Object.entries(rowsOf(result)) as [TableName, readonly TableRow<TableName>[]][])
      await this.add(table, rows);
  }

  /** Writes the part. A table without rows has no file. */
  async finish(): Promise<void> {
    await archiveEach(this.#store, '', this.#parts());
  }

  async *#parts(): AsyncGenerator<Part> {
    for (const [table, file] of this.#files)
      yield { path: tablePart(this.#night, table, this.#part), bytes: await file.bytes() };
  }
}

/** The rows of an account, table by table: the build fails where a table has none. Those of `actions` also hang on what other accounts hold. */
const rowsOf = (
  result: AccountResult,
): { readonly [Name in Exclude<TableName, 'actions'>]: readonly TableRow<Name>[] } => ({
  accounts: [result.row],
  identities: result.identities,
  permissions: result.permissions,
  credentials: result.credentials,
  'key-holders': result.keyHolders,
  'key-powers': result.keyPowers,
  logging: result.logging,
  'logging-fixes': result.loggingFixes,
  guardrails: result.guardrails,
  practices: result.practices,
  findings: result.findings,
  agents: result.agents,
  takeovers: result.takeovers,
  workspaces: result.workspaces,
  forwarding: result.forwarding,
  gaps: result.gaps,
});

/** The rows of one table of a night, part by part, in plan order. */
export const readTable = <Name extends TableName>(
  store: ObjectStore,
  night: Pick<Night, 'dt' | 'run'>,
  table: Name,
): AsyncGenerator<TableRow<Name>> => rowsUnder(store, tableFolder(night, table));

/** The rows of every part in a folder of the archive, in the order of their keys. */
export async function* rowsUnder<Row>(store: ObjectStore, folder: string): AsyncGenerator<Row> {
  for await (const key of store.list('archive', folder)) {
    const bytes = await store.get('archive', key);
    if (bytes !== undefined) yield* decodeLines<Row>(bytes);
  }
}
