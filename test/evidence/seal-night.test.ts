import { canonicalJson, sha256 } from '../../src/evidence/canonical.ts';
import { findSealOfRun, readChain, sealKey } from '../../src/evidence/chain.ts';
import { summaryKey } from '../../src/evidence/run-files.ts';
import { assertKeyContinues, sealNight } from '../../src/evidence/seal-night.ts';
import { verifyArchive } from '../../src/evidence/verify.ts';
import type { Signer } from '../../src/ports/signer.ts';
import {
  bytesOf,
  copyOf,
  draftOf,
  first,
  type MemoryStore,
  memoryStore,
  newSigner,
  overwrite,
  runOf,
  sealRun,
  second,
  signer,
  textOf,
  twoNights,
  writeRun,
} from './nights.ts';
import { highS } from './tamper.ts';

const faultsOf = async (store: MemoryStore) => (await verifyArchive(store)).faults;
const draft = (night: typeof first) => draftOf(night.run, night.clock);

test('a seal names every object of its run, losing attempts included, and follows the one before', async () => {
  const store = memoryStore();
  const one = await sealRun(store, first);
  const two = await sealRun(store, second);
  expect(one).toMatchObject({
    created: true,
    key: 'seals/seq=000001/seal.json',
    seal: { seq: 1, previous: null, files: 6 },
  });
  expect(two).toMatchObject({ created: true, seal: { seq: 2, previous: one.digest, run: second.run } });
  expect(one.digest).toBe(sha256(bytesOf(store, one.key)));
  expect(textOf(store, one.key)).toBe(canonicalJson(one.seal));
  const lines = textOf(store, sealKey(1, 'SHA256SUMS')).trimEnd().split('\n');
  expect(lines.map((line) => line.slice(66))).toEqual(
    [...store.objects.keys()]
      .filter((key) => /^archive:(ev|res|rep)/.test(key) && key.includes(first.run))
      .map((it) => it.slice(8))
      .sort(),
  );
  expect(one.seal.summary).toBe(sha256(bytesOf(store, summaryKey({ dt: '2025-11-23', run: first.run }))));
  expect(await faultsOf(store)).toEqual([]);
});

test('a second call returns the same seal', async () => {
  const store = memoryStore();
  const { created, ...one } = await sealRun(store, first);
  const again = await sealNight(store, signer, { ...draft(first), sealedAt: '2030-01-01T00:00:00Z' });
  expect(created).toBe(true);
  expect(again).toEqual({ ...one, created: false });
  expect(await readChain(store)).toEqual([one]);
  expect(await findSealOfRun(store, first.run)).toEqual(one);
  expect(await findSealOfRun(store, second.run)).toBeUndefined();
});

const writes = 8; // four staged, seal.json, three more

describe('killed before write', () => {
  test.each(Array.from({ length: writes }, (_, n) => n))('%i: the next call finishes', async (n) => {
    const store = memoryStore();
    await sealRun(store, first);
    await writeRun(store, second.run, second.clock);
    let left = n;
    store.beforeWrite = () => {
      if (left-- === 0) throw new Error('killed');
    };
    await expect(sealNight(store, signer, draft(second))).rejects.toThrow('killed');
    store.beforeWrite = () => {};
    const sealed = await sealNight(store, signer, { ...draft(second), sealedAt: '2025-11-24T02:00:00Z' });
    expect(sealed).toMatchObject({ seal: { seq: 2 }, created: n <= 4 });
    expect(await faultsOf(store)).toEqual([]);
  });

  test.each([5, 6, 7])('%i and never called again: the next night completes it', async (n) => {
    const store = memoryStore();
    await writeRun(store, first.run, first.clock);
    let left = n;
    store.beforeWrite = () => {
      if (left-- === 0) throw new Error('killed');
    };
    await expect(sealNight(store, signer, draft(first))).rejects.toThrow('killed');
    expect((await faultsOf(store)).map(({ code }) => code)).toContain('FILE_MISSING');
    store.beforeWrite = () => {};
    await sealRun(store, second);
    expect(await faultsOf(store)).toEqual([]);
  });

  test('that there are no more writes than this', async () => {
    const store = memoryStore();
    await writeRun(store, first.run, first.clock);
    let count = 0;
    store.beforeWrite = () => void count++;
    await sealNight(store, signer, draft(first));
    expect(count).toBe(writes);
  });
});

describe('raced', () => {
  const nights = [first, second, { run: runOf('third'), clock: '2025-11-25T01:00:00Z' }];

  test('different runs: all seals exist, the chain is whole', async () => {
    const store = memoryStore();
    for (const { run, clock } of nights) await writeRun(store, run, clock);
    const sealed = await Promise.all(nights.map((night) => sealNight(store, signer, draft(night))));
    expect(sealed.map(({ seal }) => seal.seq).sort()).toEqual([1, 2, 3]);
    expect(sealed.map(({ created }) => created)).toEqual([true, true, true]);
    expect(await faultsOf(store)).toEqual([]);
  });

  test.each([
    ['the same draft', draft(first)],
    ['another moment', { ...draft(first), sealedAt: '2025-11-23T09:00:00Z' }],
  ])('one run, %s: one seal', async (_, other) => {
    const store = memoryStore();
    await writeRun(store, first.run, first.clock);
    const sealed = await Promise.all([sealNight(store, signer, draft(first)), sealNight(store, signer, other)]);
    expect(sealed.map(({ created }) => created).sort()).toEqual([false, true]);
    expect(sealed[0]?.digest).toBe(sealed[1]?.digest);
    expect(await readChain(store)).toHaveLength(1);
    expect(await faultsOf(store)).toEqual([]);
  });
});

describe('refuses', () => {
  const sloppy = (change: Partial<Signer>): Signer => ({ ...signer, ...change });
  const other = newSigner('other');

  test.each([
    ['a draft of another shape', { ...draft(second), kind: 'day' as 'night' }, signer, 'SEAL_MALFORMED'],
    ['a run that has not its form', draftOf('tonight', second.clock), signer, 'SEAL_MALFORMED'],
    ['a summary that is not the stored one', { ...draft(second), summary: sha256('x') }, signer, 'SUMMARY_MISMATCH'],
    ['a key that nobody announced', draft(second), other, 'KEY_MISMATCH'],
    ['a signature by another key', draft(second), sloppy({ sign: other.sign }), 'SIGNATURE_INVALID'],
    ['a signature that is none', draft(second), sloppy({ sign: async () => Buffer.from('x') }), 'SIGNATURE_INVALID'],
  ])('%s, and commits nothing', async (_, given, by, code) => {
    const store = memoryStore();
    await sealRun(store, first);
    await writeRun(store, second.run, second.clock);
    await expect(sealNight(store, by, given)).rejects.toMatchObject({ name: 'EvidenceError', code });
    expect(await readChain(store)).toHaveLength(1);
  });

  test.each([
    ['another PEM of a key', async () => `${await signer.publicKeyPem()}\n`],
    ['what is no key', async () => 'key'],
  ])('%s', async (_, publicKeyPem) => {
    await expect(sealNight(memoryStore(), sloppy({ publicKeyPem }), draft(first))).rejects.toMatchObject({
      code: 'KEY_NOT_CANONICAL',
    });
  });

  test('an object whose key sha256sum would escape', async () => {
    const store = memoryStore();
    await writeRun(store, first.run, first.clock);
    overwrite(store, `reports/team/dt=2025-11-23/run=${first.run}/a\\b.html`, '');
    await expect(sealNight(store, signer, draft(first))).rejects.toMatchObject({ code: 'SUMS_MALFORMED' });
  });

  test('an object that is listed but not there', async () => {
    const store = memoryStore();
    await writeRun(store, first.run, first.clock);
    const hidden: MemoryStore = {
      ...store,
      get: async (area, key) => (key.endsWith('plan.json') ? undefined : store.get(area, key)),
    };
    await expect(sealNight(hidden, signer, draft(first))).rejects.toMatchObject({ code: 'UNREADABLE' });
  });

  test('a number that is taken by something it cannot read', async () => {
    const store = memoryStore();
    const blocked: MemoryStore = {
      ...store,
      putIfAbsent: async (area, key, bytes) => (area === 'archive' ? 'exists' : store.putIfAbsent(area, key, bytes)),
    };
    await expect(sealNight(blocked, signer, draft(first))).rejects.toMatchObject({ code: 'SEAL_CONFLICT' });
  });
});

describe('a torn seal', () => {
  test('whose staged copy is gone cannot be completed', async () => {
    const store = memoryStore();
    await sealRun(store, first);
    for (const key of [...store.objects.keys()])
      if (key.startsWith('work:') || key.endsWith('seal.sig')) store.objects.delete(key);
    await expect(sealNight(store, signer, draft(first))).rejects.toMatchObject({ code: 'STAGED_SEAL_MISSING' });
    await sealRun(store, second); // the next night is sealed all the same
    expect(await faultsOf(store)).toMatchObject([{ code: 'FILE_MISSING', file: sealKey(1, 'seal.sig') }]);
  });

  test.each(['SHA256SUMS', 'seal.sig', 'key.pem'] as const)('with another %s is a conflict', async (file) => {
    const store = await twoNights();
    overwrite(store, sealKey(1, file), bytesOf(store, sealKey(1, file)).toReversed());
    await expect(sealNight(store, signer, draft(first))).rejects.toMatchObject({ code: 'SEAL_CONFLICT' });
  });

  test('with another PEM of its key is a conflict', async () => {
    const store = await twoNights();
    overwrite(store, sealKey(1, 'key.pem'), `${textOf(store, sealKey(1, 'key.pem'))}\n`);
    await expect(sealNight(store, signer, draft(first))).rejects.toMatchObject({ code: 'SEAL_CONFLICT' });
  });

  test('before ours does not hide a failing store', async () => {
    const store = await twoNights();
    const failing = {
      ...copyOf(store),
      get: async (area: 'archive', key: string) => {
        if (key === sealKey(2, 'seal.sig')) throw new Error('disk on fire');
        return store.get(area, key);
      },
    } as MemoryStore;
    await expect(sealNight(failing, signer, draftOf(runOf('third'), '2025-11-25T01:00:00Z'))).rejects.toThrow(
      'disk on fire',
    );
  });
});

test('a seal that cannot be read is followed, and named by verify', async () => {
  const store = await twoNights();
  overwrite(store, sealKey(2, 'seal.json'), '{');
  const third = await sealRun(store, { run: runOf('third'), clock: '2025-11-25T01:00:00Z' });
  expect(third.seal).toMatchObject({ seq: 3, previous: sha256('{') });
  expect((await faultsOf(store)).map(({ file }) => file)).toEqual(expect.arrayContaining([sealKey(2, 'seal.json')]));
});

test('a run without any object, as a night that failed at once, has an empty list', async () => {
  const store = memoryStore();
  const { seal } = await sealNight(store, signer, {
    ...draft(first),
    kind: 'failed',
    failure: { error: 'E', cause: 'c' },
  });
  expect(seal).toMatchObject({ files: 0, sums: sha256(''), summary: null });
  expect(await faultsOf(store)).toEqual([]);
});

test('a key may change to the one announced, and no further', async () => {
  const store = memoryStore();
  const next = newSigner('next');
  await sealRun(store, first, signer, sha256(await next.publicKeyPem()));
  await expect(assertKeyContinues(store, signer)).resolves.toBeUndefined();
  await expect(assertKeyContinues(store, next)).resolves.toBeUndefined();
  await sealRun(store, second, next);
  await expect(assertKeyContinues(store, signer)).rejects.toMatchObject({ code: 'KEY_MISMATCH' });
  expect(await faultsOf(store)).toEqual([]);
});

test('no list goes beyond the run: a year of nights does not slow one down', async () => {
  const store = memoryStore();
  await writeRun(store, first.run, first.clock);
  const asked: string[] = [];
  const watched: MemoryStore = {
    ...store,
    list(area, prefix) {
      asked.push(prefix);
      return store.list(area, prefix);
    },
  };
  await sealNight(watched, signer, draft(first));
  expect(asked.filter((prefix) => !prefix.endsWith(`/run=${first.run}/`) && prefix !== 'seals/')).toEqual([]);
});

test('a signature with high s is sealed in its strict form: one form for each signature', async () => {
  const store = memoryStore();
  const sloppy: Signer = { ...signer, sign: async (it) => highS(await signer.sign(it)) };
  await sealRun(store, first, sloppy);
  expect((await verifyArchive(store)).faults).toEqual([]);
});
