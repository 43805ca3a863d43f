import type { Seal } from '../domain/seal.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { sha256 } from './canonical.ts';
import { EvidenceError } from './error.ts';
import type { Sums } from './sums.ts';

/** A run and its date: what the keys of its objects say. */
export interface Place {
  readonly dt: string;
  readonly run: string;
}

const shape = /^(?:evidence|results\/[^/]+|reports\/[^/]+)\/dt=(\d{4}-\d\d-\d\d)\/run=([0-9a-f]{12})\/./;

/** The run an object belongs to, or undefined where its key has not the form of a run's object. */
export function placeOf(key: string): Place | undefined {
  const [, dt, run] = shape.exec(key) ?? [];
  return dt === undefined || run === undefined ? undefined : { dt, run };
}

/** The key of a run's summary: a week's has another schema, and so another folder. */
export function summaryKey({ dt, run }: Place, kind: Seal['kind'] = 'night'): string {
  return `results/${kind === 'week' ? 'weeks' : 'summary'}/dt=${dt}/run=${run}/summary.json`;
}

/** Every object of the run in the archive, losing attempts included. */
export async function* runKeys(archive: ObjectStore, place: Place): AsyncGenerator<string> {
  const below = `dt=${place.dt}/run=${place.run}/`;
  yield* archive.list('archive', `evidence/${below}`);
  for (const parent of ['results/', 'reports/'])
    for await (const folder of archive.folders('archive', parent))
      yield* archive.list('archive', `${parent}${folder}/${below}`);
}

/** Digests of every object of the run: reads the bytes back, so that what is sealed is what is stored. */
export async function hashRun(archive: ObjectStore, place: Place): Promise<Sums> {
  const keys = await collect(runKeys(archive, place));
  const rows = await inBatches(keys, async (key) => {
    const bytes = await archive.get('archive', key);
    if (bytes === undefined) throw new EvidenceError('UNREADABLE', `listed, but not there: \`${key}\``);
    return [key, sha256(bytes)] as const;
  });
  return new Map(rows);
}

/** All items of an asynchronous list. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

const batch = 16; // objects in memory at a time

/** Maps in order, a few items at a time. */
export async function inBatches<T, R>(items: readonly T[], run: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (let at = 0; at < items.length; at += batch)
    results.push(...(await Promise.all(items.slice(at, at + batch).map(run))));
  return results;
}
