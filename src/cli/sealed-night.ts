import { existsSync } from 'node:fs';
import { localObjectStore } from '../adapters/files/object-store.ts';
import { type RunId, runId } from '../domain/ids.ts';
import { dtOf, readChain, type StoredSeal } from '../evidence/chain.ts';
import { verifyNight } from '../evidence/verify-night.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { type Io, UsageError } from './io.ts';
import { printable } from './printable.ts';

/** A past night whose evidence verifies. */
export interface SealedNight {
  readonly store: ObjectStore;
  readonly stored: StoredSeal;
  readonly place: { readonly dt: string; readonly run: RunId };
}

/** Opens a night of an archive; null, with the faults told, where its evidence does not verify: nothing is made from it then. */
export async function openNight(
  command: string,
  { archive, night }: { readonly archive: string; readonly night: string },
  io: Io,
): Promise<SealedNight | null> {
  if (!existsSync(archive)) throw new UsageError(`${command}: no such archive: \`${archive}\``);
  const store = localObjectStore(archive);
  const stored = await sealOf(command, store, night);
  const faults = await verifyNight(store, stored);
  for (const { file, code, problem } of faults.slice(0, 20)) io.err(`${printable(file)}: ${code}: ${problem}\n`);
  if (faults.length > 0) {
    io.err(`${command}: the evidence of this night does not verify: nothing was made from it\n`);
    return null;
  }
  return { store, stored, place: placeOf(stored) };
}

/** Where a sealed night's files lie. */
export const placeOf = ({ seal: { clock, run } }: StoredSeal): SealedNight['place'] => ({
  dt: dtOf(clock),
  run: runId(run),
});

/** The seal of a night, by run id or date, or the newest. */
export async function sealOf(command: string, store: ObjectStore, night: string): Promise<StoredSeal> {
  const sealed = (await readChain(store)).filter(({ seal }) => seal.kind === 'night');
  const found = sealed.findLast(({ seal }) => night === 'latest' || seal.run === night || seal.clock.startsWith(night));
  if (found === undefined)
    throw new UsageError(
      `${command}: no sealed night \`${night}\` in the archive; ${
        sealed.length === 0
          ? 'it has none'
          : `name one by run or date: ${sealed.map(({ seal }) => `${seal.run} (${dtOf(seal.clock)})`).join(', ')}`
      }`,
    );
  return found;
}
