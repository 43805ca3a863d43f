import { runId } from '../domain/ids.ts';
import type { Night } from '../domain/night.ts';
import { populationOf } from '../domain/share.ts';
import { sha256 } from '../evidence/canonical.ts';
import { dtOf, lastNight, type StoredSeal } from '../evidence/chain.ts';
import { sealedSums } from '../evidence/verify-night.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { tableFolder } from './keys.ts';
import { readTable } from './table-writer.ts';
import { cellKey } from './totals.ts';

/** Items per cell (`cellKey`) of each account when it was last measured. */
export type Populations = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** Populations as the last sealed night of the same scope counted them: they stand in for an account that cannot be measured tonight. */
export async function lastPopulations(store: ObjectStore, night: Night): Promise<Populations> {
  const last = await lastNight(store, night.scopeDigest, night.clock);
  const populations = new Map<string, Record<string, number>>();
  if (last === undefined) return populations;
  const { clock, run } = last.seal;
  const place = { dt: dtOf(clock), run: runId(run) };
  if (!(await isAsSealed(store, last, tableFolder(place, 'accounts')))) return populations; // then nothing is known, and figures stay open
  for await (const { account, figures } of readTable(store, place, 'accounts')) {
    const known = figures.filter(({ population }) => population !== 'never-measured');
    populations.set(account, Object.fromEntries(known.map((figure) => [cellKey(figure), populationOf(figure)])));
  }
  return populations;
}

/** Whether the files of a folder are, byte for byte, those that the night sealed. */
export async function isAsSealed(store: ObjectStore, night: StoredSeal, folder: string): Promise<boolean> {
  const sums = await sealedSums(store, night);
  const keys: string[] = [];
  for await (const key of store.list('archive', folder)) keys.push(key);
  const expected = [...(sums?.keys() ?? [])].filter((key) => key.startsWith(folder));
  if (sums === undefined || keys.length !== expected.length) return false;
  for (const key of keys) if (sha256((await store.get('archive', key)) ?? '') !== sums.get(key)) return false;
  return true;
}
