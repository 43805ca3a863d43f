import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { createGzip, gunzipSync } from 'node:zlib';
import type { Pointer } from '../domain/night.ts';
import { sha256 } from '../evidence/canonical.ts';
import type { ObjectStore } from '../ports/object-store.ts';

// Reading and writing objects in the ways the steps need. No step overwrites what another wrote.

/** An object that another attempt wrote with other bytes: the night must not go on as if it were its own. */
export class ArchiveConflict extends Error {
  override readonly name = 'ArchiveConflict';
}

/** Puts an object into the archive once. One that exists already is read back and compared, never overwritten (design §5). */
export async function archive(store: ObjectStore, key: string, bytes: Uint8Array): Promise<Pointer> {
  const pointer = { key, sha256: sha256(bytes) };
  if ((await store.putIfAbsent('archive', key, bytes)) === 'created') return pointer;
  const there = await store.get('archive', key);
  if (there === undefined || sha256(there) !== pointer.sha256)
    throw new ArchiveConflict(`${key} exists with other bytes`);
  return pointer;
}

/** An object on its way into a folder of the archive. */
export interface Part {
  readonly path: string;
  readonly bytes: Uint8Array;
}

const atOnce = 4;

/**
 * Archives objects in a folder (it ends in `/`), a few at a time: the wait for a disk that makes each durable, or for a store across a network,
 * goes by while the next is made. When one fails, those on their way are waited for first.
 */
export async function archiveEach(
  store: ObjectStore,
  folder: string,
  parts: Iterable<Part> | AsyncIterable<Part>,
): Promise<Pointer[]> {
  const puts: Promise<Pointer>[] = [];
  try {
    for await (const { path, bytes } of parts) {
      const put = archive(store, folder + path, bytes);
      put.catch(() => undefined); // its failure is told when its turn comes
      puts.push(put);
      await puts.at(-atOnce);
    }
    return await Promise.all(puts);
  } finally {
    await Promise.allSettled(puts);
  }
}

/** Reads what a pointer points to and holds it to its digest. */
export async function fetchPointer(
  store: ObjectStore,
  area: 'archive' | 'work',
  pointer: Pointer,
): Promise<Uint8Array> {
  const bytes = await store.get(area, pointer.key);
  if (bytes === undefined) throw new Error(`${pointer.key} is not in the ${area} area`);
  if (sha256(bytes) !== pointer.sha256) throw new Error(`${pointer.key} has other bytes than its pointer says`);
  return bytes;
}

export const toJson = (value: unknown): Uint8Array => Buffer.from(`${JSON.stringify(value)}\n`);
export const fromJson = <T>(bytes: Uint8Array): T => JSON.parse(Buffer.from(bytes).toString('utf8')) as T;
/** JSON, gzip, piece by piece, so that a large account's result need never be there as one text. For scratch: quick rather than small. */
export const toJsonGz = (value: object): Promise<Uint8Array> =>
  buffer(Readable.from(piecesOf(value)).pipe(createGzip({ level: 1 })));

/** The texts that make up `JSON.stringify(value)`: lists are cut into batches. */
export function* piecesOf(value: object): Generator<string> {
  let before = '{';
  for (const [key, inner] of Object.entries(value) as [string, unknown][]) {
    if (inner === undefined) continue;
    yield `${before}${JSON.stringify(key)}:`;
    before = ',';
    if (Array.isArray(inner) && inner.length > batch) yield* batchesOf(inner);
    else yield JSON.stringify(inner);
  }
  yield before === '{' ? '{}' : '}';
}

const batch = 200;

function* batchesOf(list: readonly unknown[]): Generator<string> {
  for (let from = 0; from < list.length; from += batch)
    yield `${from === 0 ? '[' : ','}${JSON.stringify(list.slice(from, from + batch)).slice(1, -1)}`;
  yield ']';
}

export const fromJsonGz = <T>(bytes: Uint8Array): T => JSON.parse(gunzipSync(bytes).toString('utf8')) as T;

/** An object of the work area without which the night cannot go on. */
export async function needed(store: ObjectStore, key: string): Promise<Uint8Array> {
  const bytes = await store.get('work', key);
  if (bytes === undefined) throw new Error(`${key} is not in the work area`);
  return bytes;
}
