import type { ObjectStore } from '../ports/object-store.ts';
import { sha256 } from './canonical.ts';
import { type Fault, fault } from './fault.ts';
import { collect, inBatches, type Place, placeOf, runKeys } from './run-files.ts';
import type { Sums } from './sums.ts';

/** What reading a listed object gave: its bytes, or why there are none. */
export type Read = { readonly bytes: Uint8Array } | { readonly problem: string };

/** Reads an object. A store that cannot is a finding here, whatever its reason: an unread byte is an unverified byte. */
export async function read(archive: ObjectStore, key: string): Promise<Read> {
  try {
    const bytes = await archive.get('archive', key);
    return bytes === undefined ? { problem: 'it is listed, but not there' } : { bytes };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

/** Compares the objects of a run with what its SHA256SUMS names: no more, no less, no other bytes. */
export async function verifyRun(archive: ObjectStore, place: Place, sums: Sums): Promise<readonly Fault[]> {
  const listed = new Set(await collect(runKeys(archive, place)));
  const missing = [...sums.keys()].filter((key) => !listed.has(key));
  const found = await inBatches([...listed], (key) => verifyFile(archive, key, sums.get(key)));
  return [
    ...missing.map((key) => fault('FILE_MISSING', key, 'SHA256SUMS names it, but it is not there')),
    ...found.flat(),
  ];
}

async function verifyFile(archive: ObjectStore, key: string, digest: string | undefined): Promise<readonly Fault[]> {
  if (digest === undefined) return [fault('FILE_NOT_SEALED', key, "its run's SHA256SUMS does not name it")];
  const it = await read(archive, key);
  if ('problem' in it) return [fault('UNREADABLE', key, it.problem)];
  const actual = sha256(it.bytes);
  return actual === digest ? [] : [fault('DIGEST_MISMATCH', key, `its SHA-256 is ${actual}, sealed was ${digest}`)];
}

/** What lies in the archive outside `seals/` and outside the sealed runs, of which `sealed` gives the date. */
export interface Strays {
  readonly faults: readonly Fault[];
  /** Folders of runs that no seal names. */
  readonly unsealed: readonly string[];
}

/** Walks the whole archive for what no seal covers. */
export async function findStrays(archive: ObjectStore, sealed: ReadonlyMap<string, string>): Promise<Strays> {
  const faults: Fault[] = [];
  const unsealed = new Set<string>();
  for await (const key of archive.list('archive', '')) {
    const place = placeOf(key);
    if (key.startsWith('seals/') || (place && sealed.get(place.run) === place.dt)) continue;
    const it = await read(archive, key);
    if ('problem' in it) faults.push(fault('UNREADABLE', key, it.problem));
    else if (place === undefined) faults.push(fault('FILE_NOT_SEALED', key, 'it is no file of a run'));
    else if (sealed.has(place.run)) faults.push(fault('FILE_NOT_SEALED', key, 'its run is sealed under another date'));
    else unsealed.add(`dt=${place.dt}/run=${place.run}`);
  }
  return { faults, unsealed: [...unsealed] };
}
