import { runId } from '../domain/ids.ts';
import type { Night } from '../domain/night.ts';
import { populationOf } from '../domain/share.ts';
import { lastNight } from '../evidence/chain.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { readTable } from './table-writer.ts';

/** Items per `metric|kind` of each account when it was last measured. */
export type Populations = ReadonlyMap<string, Readonly<Record<string, number>>>;

/** Populations as the last sealed night of the same scope counted them: they stand in for an account that cannot be measured tonight. */
export async function lastPopulations(store: ObjectStore, night: Night): Promise<Populations> {
  const last = await lastNight(store, night.scopeDigest, night.clock);
  const populations = new Map<string, Record<string, number>>();
  if (last === undefined) return populations;
  const { clock, run } = last.seal;
  for await (const { account, figures } of readTable(store, { dt: clock.slice(0, 10), run: runId(run) }, 'accounts')) {
    const known = figures.filter(({ population }) => population !== 'never-measured');
    populations.set(
      account,
      Object.fromEntries(known.map((figure) => [`${figure.id}|${figure.kind}`, populationOf(figure)])),
    );
  }
  return populations;
}
