import type { Night } from '../domain/night.ts';
import { sha256 } from '../evidence/canonical.ts';
import { dtOf, readChain, type StoredSeal } from '../evidence/chain.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { type Absence, type Asked, selectNights } from '../history/nights.ts';
import { type TrendNight, trendNightOf, type Wanted } from '../history/trend-night.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { fromJson } from './stored.ts';

/** The nights of one scope that have figures, oldest first, and those that have none. */
export interface EarlierNights {
  readonly nights: readonly TrendNight[];
  readonly failed: readonly Absence[];
  /** The seal of the last of `nights`. */
  readonly newest: StoredSeal | undefined;
}

/**
 * The sealed nights of one scope, out of one walk over the chain and one summary at a time: of each only the wanted figures are kept. A
 * summary that is not, byte for byte, the sealed one, or that this version cannot read, is named as a night without figures.
 */
export async function earlierNights(store: ObjectStore, asked: Asked, wanted?: Wanted): Promise<EarlierNights> {
  const seals = (await readChain(store)).map((stored) => ({ ...stored.seal, stored }));
  const { nights: selected, failed } = selectNights(seals, asked);
  const nights: TrendNight[] = [];
  const unreadable: Absence[] = [];
  let newest: StoredSeal | undefined;
  for (const { stored } of selected) {
    const { seal } = stored;
    const night = await trendNight(store, stored, wanted);
    if (typeof night === 'string') unreadable.push({ dt: dtOf(seal.clock), run: seal.run, why: night });
    else {
      nights.push(night);
      newest = stored;
    }
  }
  const absent = [...failed, ...unreadable].sort((a, b) => (a.dt < b.dt ? -1 : 1));
  return { nights, failed: absent, newest };
}

/** What the trend of a night looks back on: the same scope, the dates before it, and of an archive that went on only what was sealed then. */
export const earlierThan = ({ dt, scopeDigest }: Pick<Night, 'dt' | 'scopeDigest'>, seq?: number): Asked => ({
  scopeDigest,
  before: dt,
  ...(seq === undefined ? {} : { belowSeq: seq }),
});

/** One night's figures, or why it has none. */
async function trendNight(store: ObjectStore, { seal }: StoredSeal, wanted?: Wanted): Promise<TrendNight | string> {
  const bytes = await store.get('archive', summaryKey({ dt: dtOf(seal.clock), run: seal.run }));
  if (bytes === undefined) return 'its summary is not in the archive';
  if (sha256(bytes) !== seal.summary) return 'its summary is not the one that was sealed';
  return trendNightOf(fromJson<unknown>(bytes), wanted) ?? 'its summary is of a version that cannot be read';
}
