import type { Night } from '../domain/night.ts';
import type { AccountResult } from '../domain/result.ts';
import type { TableName, TableRow } from '../domain/tables.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines, encodeLines } from '../transcripts/lines.ts';
import { tableFolder, tablePart } from './keys.ts';
import { archiveEach, type Part } from './stored.ts';

/** Collects the rows of one part of every table: those of one batch of the plan (design §5). Memory is bounded by a part. */
export class TableWriter {
  readonly #store: ObjectStore;
  readonly #night: Night;
  readonly #part: number;
  readonly #rows = new Map<TableName, unknown[]>();

  constructor(store: ObjectStore, night: Night, part: number) {
    this.#store = store;
    this.#night = night;
    this.#part = part;
  }

  add<Name extends TableName>(table: Name, rows: readonly TableRow<Name>[]): void {
    const there = this.#rows.get(table) ?? [];
    for (const row of rows) there.push(row);
    this.#rows.set(table, there);
  }

  /** Adds every row of one account. */
  addResult(result: AccountResult): void {
    this.add('accounts', [result.row]);
    this.add('identities', result.identities);
    this.add('permissions', result.permissions);
    this.add('credentials', result.credentials);
    this.add('key-holders', result.keyHolders);
    this.add('key-powers', result.keyPowers);
    this.add('logging', result.logging);
    this.add('logging-fixes', result.loggingFixes);
    this.add('guardrails', result.guardrails);
    this.add('practices', result.practices);
    this.add('findings', result.findings);
    this.add('agents', result.agents);
    this.add('takeovers', result.takeovers);
    this.add('workspaces', result.workspaces);
    this.add('forwarding', result.forwarding);
    this.add('gaps', result.gaps);
  }

  /** Writes the part. A table without rows has no file. */
  async finish(): Promise<void> {
    await archiveEach(this.#store, '', this.#parts());
  }

  *#parts(): Generator<Part> {
    for (const [table, rows] of this.#rows)
      if (rows.length > 0) yield { path: tablePart(this.#night, table, this.#part), bytes: encodeLines(rows) };
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
