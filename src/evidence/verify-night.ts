import type { ObjectStore } from '../ports/object-store.ts';
import { sha256 } from './canonical.ts';
import { dtOf, type StoredSeal, sealKey } from './chain.ts';
import type { Fault } from './fault.ts';
import { collect } from './run-files.ts';
import { parseSums, type Sums } from './sums.ts';
import { verifyRun } from './verify-files.ts';
import { verifySeal } from './verify-seal.ts';

/** Checks one night alone, its seal and all its files: what must hold before anything is made from it again. */
export async function verifyNight(archive: ObjectStore, { seal }: StoredSeal): Promise<readonly Fault[]> {
  const listed = new Set(await collect(archive.list('archive', sealKey(seal.seq, 'seal.json').replace(/[^/]+$/, ''))));
  const { faults, sums } = await verifySeal(archive, seal.seq, listed);
  if (sums === undefined) return faults;
  return [...faults, ...(await verifyRun(archive, { dt: dtOf(seal.clock), run: seal.run }, sums))];
}

/** What a seal says its files must be, or undefined where its SHA256SUMS is not the one that was signed. */
export async function sealedSums(archive: ObjectStore, { seal }: StoredSeal): Promise<Sums | undefined> {
  const bytes = await archive.get('archive', sealKey(seal.seq, 'SHA256SUMS'));
  return bytes === undefined || sha256(bytes) !== seal.sums ? undefined : parseSums(bytes);
}
