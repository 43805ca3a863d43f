import * as fc from 'fast-check';
import { sha256 } from '../../src/evidence/canonical.ts';
import { sealKey } from '../../src/evidence/chain.ts';
import { verifyArchive } from '../../src/evidence/verify.ts';
import { verifySeal } from '../../src/evidence/verify-seal.ts';
import {
  bytesOf,
  copyOf,
  first,
  type MemoryStore,
  memoryStore,
  newSigner,
  overwrite,
  sealRun,
  second,
  signer,
} from './nights.ts';
import { archiveKeys, at, codesOf, intact, intactHead, pem, plan, remove, sealFiles, third } from './tamper.ts';

describe('an intact archive', () => {
  test('has no fault; without pins it says what that leaves open', async () => {
    expect(await verifyArchive(intact)).toEqual({
      faults: [],
      notes: [
        { code: 'KEY_NOT_PINNED', file: null, problem: expect.stringContaining('key not pinned') },
        { code: 'HEAD_NOT_PINNED', file: null, problem: expect.stringContaining('head not pinned') },
      ],
      seals: 2,
      files: 12,
      head: { seq: 2, digest: intactHead, key: sha256(pem) },
    });
  });

  test.each([
    ['PEM', pem],
    ['PEM with other line ends', pem.replaceAll('\n', '\r\n')],
    ['digest', sha256(pem)],
    ['digest in upper case', sha256(pem).toUpperCase()],
  ])('has no note when key (%s) and head are pinned', async (_, key) => {
    expect(await verifyArchive(intact, { key, head: intactHead })).toMatchObject({ faults: [], notes: [] });
  });

  test('may have grown since its head was pinned', async () => {
    const store = copyOf(intact);
    await sealRun(store, third);
    const { faults, notes } = await verifyArchive(store, { key: pem, head: intactHead });
    expect(faults).toEqual([]);
    expect(notes).toMatchObject([{ code: 'HEAD_NOT_NEWEST', problem: expect.stringContaining('1 seals') }]);
  });

  test('may hold a run that was cut off, which is named', async () => {
    const store = copyOf(intact);
    overwrite(store, plan(third), 'plan');
    overwrite(store, `results/summary/${at(third)}/summary.json`, '{}');
    const { faults, notes } = await verifyArchive(store, { key: pem, head: intactHead });
    expect(faults).toEqual([]);
    expect(notes).toMatchObject([{ code: 'RUN_UNSEALED', file: at(third) }]);
  });

  test('pinned by the key of any of its seals: each announced the next', async () => {
    const store = memoryStore();
    const next = newSigner('rotated');
    await sealRun(store, first, signer, sha256(await next.publicKeyPem()));
    await sealRun(store, second, next);
    expect(await codesOf(store, { key: pem })).toEqual([]);
    expect(await codesOf(store, { key: await next.publicKeyPem() })).toEqual([]);
  });
});

describe('for any file of the archive', () => {
  const anyKey = fc.constantFrom(...archiveKeys);
  const seen = async (store: MemoryStore, key: string) => {
    const folder = key.startsWith('seals/') ? key.slice(0, key.lastIndexOf('/')) : key; // a damaged seal may show in its neighbour
    const { faults } = await verifyArchive(store);
    expect(faults.map(({ file }) => file)).toContainEqual(expect.stringContaining(folder));
  };

  test('a flipped bit is found and named', () =>
    fc.assert(
      fc.asyncProperty(anyKey, fc.nat(), fc.nat(7), async (key, where, bit) => {
        const store = copyOf(intact);
        const bytes = Buffer.from(bytesOf(store, key));
        const index = where % bytes.length;
        bytes[index] = Number(bytes[index]) ^ (1 << bit);
        overwrite(store, key, bytes);
        await seen(store, key);
      }),
      { numRuns: 500 },
    ));

  test('every single bit of a seal counts', async () => {
    for (const file of sealFiles) {
      const key = sealKey(1, file);
      const whole = bytesOf(intact, key);
      for (let bit = 0; bit < whole.length * 8; bit += 1) {
        const store = copyOf(intact);
        const bytes = Buffer.from(whole);
        bytes[bit >> 3] = Number(bytes[bit >> 3]) ^ (1 << (bit & 7));
        overwrite(store, key, bytes);
        const { faults } = await verifySeal(store, 1, new Set(archiveKeys));
        if (faults.length === 0) throw new Error(`bit ${bit} of ${key} is free`);
      }
    }
  }, 60_000);

  test('a shorter or longer file is found and named', () =>
    fc.assert(
      fc.asyncProperty(
        anyKey,
        fc.nat(),
        fc.uint8Array({ minLength: 1, maxLength: 4 }),
        fc.boolean(),
        async (key, where, more, cut) => {
          const store = copyOf(intact);
          const bytes = bytesOf(store, key);
          overwrite(store, key, cut ? bytes.subarray(0, where % bytes.length) : Buffer.concat([bytes, more]));
          await seen(store, key);
        },
      ),
    ));

  test('a removed file is found and named', () =>
    fc.assert(
      fc.asyncProperty(anyKey, async (key) => {
        const store = copyOf(intact);
        remove(store, key);
        await seen(store, key);
      }),
    ));

  test('a file added beside it is found and named', () =>
    fc.assert(
      fc.asyncProperty(anyKey, fc.stringMatching(/^[a-z.]{1,8}$/), async (beside, name) => {
        const store = copyOf(intact);
        const key = `${beside.slice(0, beside.lastIndexOf('/'))}/${name}`;
        fc.pre(!archiveKeys.includes(key));
        overwrite(store, key, 'x');
        expect(await codesOf(store)).toContain(`FILE_NOT_SEALED ${key}`);
      }),
    ));
});

test('a store that fails with what is no Error is a finding too', async () => {
  const broken: MemoryStore = {
    ...copyOf(intact),
    get: async (area, key) => {
      if (key === plan(first)) throw 'gone';
      return intact.get(area, key);
    },
  };
  const { faults } = await verifyArchive(broken);
  expect(faults).toEqual([{ code: 'UNREADABLE', file: plan(first), problem: 'gone' }]);
});

test('what is listed but gone when it is read is a finding', async () => {
  const broken: MemoryStore = {
    ...copyOf(intact),
    get: async (area, key) => (key === plan(first) ? undefined : intact.get(area, key)),
  };
  expect(await codesOf(broken)).toEqual([`UNREADABLE ${plan(first)}`]);
});
