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
    await this.add('accounts', [result.row]);
    await this.add('identities', result.identities);
    await this.add('permissions', result.permissions);
    await this.add('credentials', result.credentials);
    await this.add('key-holders', result.keyHolders);
    await this.add('key-powers', result.keyPowers);
    await this.add('logging', result.logging);
    await this.add('logging-fixes', result.loggingFixes);
    await this.add('guardrails', result.guardrails);
    await this.add('practices', result.practices);
    await this.add('findings', result.findings);
    await this.add('agents', result.agents);
    await this.add('takeovers', result.takeovers);
    await this.add('workspaces', result.workspaces);
    await this.add('forwarding', result.forwarding);
    await this.add('gaps', result.gaps);
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

/** The rows of one table of a night, part by part, in plan order. */
export async function* readTable<Name extends TableName>(
  store: ObjectStore,
  night: Pick<Night, 'dt' | 'run'>,
  table: Name,
): AsyncGenerator<TableRow<Name>> {
  for await (const key of store.list('archive', tableFolder(night, table))) {
    const bytes = await store.get('archive', key);
    if (bytes !== undefined) yield* decodeLines<TableRow<Name>>(bytes);
  }
}
