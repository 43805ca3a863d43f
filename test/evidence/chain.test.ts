import { canonicalJson } from '../../src/evidence/canonical.ts';
import { findSealOfRun, lastNight, readChain, sealKey, sealPlaceOf } from '../../src/evidence/chain.ts';
import { type SealDraft, sealNight } from '../../src/evidence/seal-night.ts';
import { draftOf, first, memoryStore, overwrite, runOf, signer, twoNights } from './nights.ts';

const scopeDigest = draftOf(first.run, first.clock).scopeDigest;

type Nights = readonly (readonly [dt: string, overrides?: Partial<SealDraft>])[];

/** Seals empty nights, in order: the date and what is unusual about each. */
async function sealed(...nights: Nights) {
  const store = memoryStore();
  for (const [index, [dt, overrides]] of nights.entries())
    await sealNight(store, signer, draftOf(runOf(`${index}`), `${dt}T01:00:00Z`, overrides));
  return store;
}

describe('last night', () => {
  const failed = { kind: 'failed', failure: { error: 'E', cause: 'c' } } as const;
  const cases: readonly (readonly [name: string, nights: Nights, seq: number | undefined])[] = [
    ['there is none', [], undefined],
    ['the newest', [['2025-11-22'], ['2025-11-23']], 2],
    ['not of the same date', [['2025-11-22'], ['2025-11-24']], 1],
    ['not of a later date', [['2025-11-22'], ['2025-11-30']], 1],
    ['not a failed one', [['2025-11-22'], ['2025-11-23', failed]], 1],
    ['not a week', [['2025-11-22'], ['2025-11-23', { kind: 'week' }]], 1],
    ['not of another scope', [['2025-11-22'], ['2025-11-23', { scopeDigest: '0'.repeat(64) }]], 1],
    ['the last seal of a date', [['2025-11-23'], ['2025-11-23']], 2],
    ['the latest date, though an older night was sealed after it', [['2025-11-20'], ['2025-11-10']], 1],
    ['the latest date, though days are missing', [['2025-11-10'], ['2025-11-20']], 2],
    ['no night matches', [['2025-11-24']], undefined],
  ];
  test.each(cases)('%s', async (_, nights, seq) => {
    const store = await sealed(...nights);
    expect((await lastNight(store, scopeDigest, '2025-11-24T01:00:00Z'))?.seal.seq).toBe(seq);
  });

  test('is found without reading the whole chain', async () => {
    const store = await sealed(['2025-11-22'], ['2025-11-23']);
    store.unreadable.add(sealKey(1, 'seal.json'));
    expect((await lastNight(store, scopeDigest, '2025-11-24T01:00:00Z'))?.seal.seq).toBe(2);
  });

  test('crosses a year', async () => {
    const store = await sealed(['2025-12-31']);
    expect((await lastNight(store, scopeDigest, '2026-01-01T00:00:00Z'))?.seal.seq).toBe(1);
  });
});

test('history does not skip a seal it cannot read, but a run is still found', async () => {
  const store = await twoNights();
  overwrite(store, sealKey(2, 'seal.json'), canonicalJson({ schema: 'assay/seal/2' }));
  await expect(readChain(store)).rejects.toMatchObject({ code: 'SEAL_MALFORMED' });
  await expect(lastNight(store, scopeDigest, '2025-11-25T01:00:00Z')).rejects.toMatchObject({ code: 'SEAL_MALFORMED' });
  expect((await findSealOfRun(store, first.run))?.seal.seq).toBe(1);
});

test('a seal that goes while it is read is not skipped either', async () => {
  const store = await twoNights();
  await expect(readChain({ ...store, get: async () => undefined })).rejects.toMatchObject({ code: 'SEAL_MALFORMED' });
});

test.each([
  ['seals/seq=000012/seal.json', { seq: 12, file: 'seal.json' }],
  ['seals/seq=000000/seal.json', undefined],
  ['seals/seq=12/seal.json', undefined],
  ['seals/seq=000012/seal.json/x', undefined],
  ['seals/seq=000012', undefined],
])('%s', (key, place) => expect(sealPlaceOf(key)).toEqual(place));
