import type { Night, Pointer } from '../domain/night.ts';
import type { TableName, TableRow } from '../domain/tables.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { decodeLines, encodeLines } from '../transcripts/lines.ts';
import { tableFolder, tablePart } from './keys.ts';
import { archive } from './stored.ts';

/** Accounts of the plan whose rows go into one part (design §5). */
export const accountsPerPart = 1_000;

/** Collects the rows of one part of every table; memory is bounded by a part. */
export class TableWriter {
  readonly #store: ObjectStore;
  readonly #night: Night;
  readonly #rows = new Map<TableName, unknown[]>();
  #part = 1;

  constructor(store: ObjectStore, night: Night) {
    this.#store = store;
    this.#night = night;
  }

  add<Name extends TableName>(table: Name, rows: readonly TableRow<Name>[]): void {
    const there = this.#rows.get(table) ?? [];
    for (const row of rows) there.push(row);
    this.#rows.set(table, there);
  }

  /** Writes the part that was filled and begins the next. A table without rows has no file. */
  async finishPart(): Promise<Pointer[]> {
    const pointers: Pointer[] = [];
    for (const [table, rows] of this.#rows)
      if (rows.length > 0)
        pointers.push(await archive(this.#store, tablePart(this.#night, table, this.#part), encodeLines(rows)));
    this.#rows.clear();
    this.#part += 1;
    return pointers;
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
