import { runId } from '../domain/ids.ts';
import type { Night } from '../domain/night.ts';
import type { NightSummary } from '../domain/summary.ts';
import { dtOf, type StoredSeal } from '../evidence/chain.ts';
import { type Movement, movementOf } from '../history/flow.ts';
import type { History } from '../history/history.ts';
import { seriesIn, type Trend, trendOf } from '../history/trend.ts';
import { type TrendNight, trendNightOf, type Wanted } from '../history/trend-night.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { earlierNights, earlierThan } from './earlier-nights.ts';
import { tableFolder } from './keys.ts';
import { isAsSealed } from './last-night.ts';
import { flowBetween, followedMetrics, followedTables, type ToldNight } from './night-flow.ts';

/** Where a night stands in its chain. `seq` is the number of its own seal, where it has one already. */
export interface HistoryPlace extends Pick<Night, 'dt' | 'run' | 'scopeDigest'> {
  readonly seq?: number;
}

/** Figures of the organisation and by kind of identity, on effective permissions: what reports draw. */
const drawn: Wanted = ({ scope, basis }) =>
  basis === 'effective' && (scope === 'organization' || scope.startsWith('kind:'));

/** The nights before this one in the archive, and this one, as series; and what moved since the last of them. */
export async function historyOf(store: ObjectStore, place: HistoryPlace, summary: NightSummary): Promise<History> {
  const tonight = trendNightOf(summary, drawn);
  if (tonight === null) throw new TypeError('the summary of this night is not one of this version');
  const { nights, failed, newest } = await earlierNights(store, earlierThan(place, place.seq), drawn);
  const trend = trendOf([...nights, tonight], failed);
  const last = nights.at(-1);
  if (last === undefined || newest === undefined || !(await areTablesAsSealed(store, newest)))
    return { trend, movements: new Map() };
  return { trend, movements: await movementsIn(store, trend, { tonight, last }) };
}

interface LastTwo {
  readonly tonight: TrendNight;
  readonly last: TrendNight;
}

/** Movements of every figure that both nights count alike and whose members their tables tell. */
async function movementsIn(
  store: ObjectStore,
  trend: Trend,
  { tonight, last }: LastTwo,
): Promise<ReadonlyMap<string, Movement>> {
  const movements = new Map<string, Movement>();
  for (const metric of followedMetrics) {
    const series = seriesIn(trend, metric);
    if (series?.sinceLast?.from.run !== last.run) continue; // another definition, or a night without the figure
    const nights = { before: toldNight(last), after: toldNight(tonight), population: series.sinceLast.from.population };
    const flow = await flowBetween(store, metric, nights);
    if (flow !== null) movements.set(metric, movementOf(flow, series.worse));
  }
  return movements;
}

/** A night whose accounts could not be listed leaves even the figure over accounts open. */
const toldNight = ({ run, clock, figures }: TrendNight): ToldNight => ({
  dt: dtOf(clock),
  run: runId(run),
  accountsListed: !figures.some(
    ({ id, scope, open }) => id === 'completeness.accounts' && scope === 'organization' && open,
  ),
});

/** Nothing is told from rows that are not, byte for byte, those that were sealed. */
async function areTablesAsSealed(store: ObjectStore, stored: StoredSeal): Promise<boolean> {
  const { clock, run } = stored.seal;
  for (const table of followedTables)
    if (!(await isAsSealed(store, stored, tableFolder({ dt: dtOf(clock), run: runId(run) }, table)))) return false;
  return true;
}
