import { canonicalJson, sha256 } from '../../src/evidence/canonical.ts';
import { sealKey } from '../../src/evidence/chain.ts';
import { summaryKey } from '../../src/evidence/run-files.ts';
import { earlierNights, earlierThan } from '../../src/pipeline/earlier-nights.ts';
import { toJson } from '../../src/pipeline/stored.ts';
import { figureOf } from '../support/trend-nights.ts';
import { memoryStore } from '../support/world.ts';

const scopeDigest = 'a'.repeat(64);
const figures = [
  figureOf({ numerator: 4, denominator: 9 }),
  figureOf({ numerator: 1, denominator: 2 }, { scope: 'kind:role' }),
];

/** An archive with a sealed summary for each date. */
async function archiveOf(dates: readonly string[]) {
  const store = memoryStore();
  for (const [at, dt] of dates.entries()) {
    const run = String(at + 1).padStart(12, '0');
    const accounts = { discovered: 2, measured: 2, partial: 0, failed: 0, suspended: 0, skipped: 0 };
    const summary = toJson({
      run: { id: run, clock: `${dt}T02:00:00Z`, window: 90, versions: { catalogue: 'c' } },
      completeness: { accounts },
      metrics: figures,
    });
    await store.putIfAbsent('archive', summaryKey({ dt, run }), summary);
    const seal = {
      schema: 'assay/seal/1',
      kind: 'night',
      run,
      seq: at + 1,
      previous: null,
      sums: scopeDigest,
      summary: sha256(summary),
      files: 1,
      clock: `${dt}T02:00:00Z`,
      sealedAt: `${dt}T02:00:00Z`,
      scope: 'o-1',
      scopeDigest,
      completeness: accounts,
      counts: {},
      versions: {},
      input: { source: 'aws', digest: null },
      reports: [],
      failure: null,
      key: { sha256: scopeDigest, next: null },
    };
    await store.putIfAbsent('archive', sealKey(at + 1, 'seal.json'), Buffer.from(canonicalJson(seal)));
  }
  return store;
}

test('nights before tonight, with the wanted figures alone', async () => {
  const store = await archiveOf(['2026-09-01', '2026-09-02', '2026-09-03']);
  const wanted = ({ scope }: { scope: string }) => scope === 'organization';
  const { nights, failed } = await earlierNights(store, earlierThan({ dt: '2026-09-03', scopeDigest }), wanted);
  expect(nights.map(({ clock, figures: kept }) => [clock.slice(0, 10), kept.length])).toEqual([
    ['2026-09-01', 1],
    ['2026-09-02', 1],
  ]);
  expect(failed).toEqual([]);
});

test('a summary that is not the sealed one is named, and its figures are not used', async () => {
  const store = await archiveOf(['2026-09-01', '2026-09-02']);
  const place = { dt: '2026-09-01', run: '000000000001' };
  store.objects.set(`archive/${summaryKey(place)}`, toJson({ metrics: [] }));
  const { nights, failed } = await earlierNights(store, { scopeDigest });
  expect(nights.map(({ run }) => run)).toEqual(['000000000002']);
  expect(failed).toEqual([{ ...place, why: 'its summary is not the one that was sealed' }]);
});
