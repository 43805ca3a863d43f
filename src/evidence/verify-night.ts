import type { ObjectStore } from '../ports/object-store.ts';
import { dtOf, type StoredSeal, sealKey } from './chain.ts';
import type { Fault } from './fault.ts';
import { collect } from './run-files.ts';
import { verifyRun } from './verify-files.ts';
import { verifySeal } from './verify-seal.ts';

/** Checks one night alone, its seal and all its files: what must hold before anything is made from it again. */
export async function verifyNight(archive: ObjectStore, { seal }: StoredSeal): Promise<readonly Fault[]> {
  const listed = new Set(await collect(archive.list('archive', sealKey(seal.seq, 'seal.json').replace(/[^/]+$/, ''))));
  const { faults, sums } = await verifySeal(archive, seal.seq, listed);
  if (sums === undefined) return faults;
  return [...faults, ...(await verifyRun(archive, { dt: dtOf(seal.clock), run: seal.run }, sums))];
}
