import fc from 'fast-check';
import { archiveEach, fromJsonGz, piecesOf, toJsonGz } from '../../src/pipeline/stored.ts';
import type { ObjectStore } from '../../src/ports/object-store.ts';

/** Objects as steps store them: some members are lists, also longer ones than a batch holds, some are left out. */
const stored = fc.dictionary(
  fc.string(),
  fc.oneof(
    fc.jsonValue(),
    fc.constant(undefined),
    fc.array(fc.integer(), { minLength: 150, maxLength: 900, size: 'max' }),
  ),
);

test('the pieces of an object are its JSON', () => {
  fc.assert(
    fc.property(stored, (value) => {
      expect([...piecesOf(value)].join('')).toBe(JSON.stringify(value));
    }),
  );
});

test('what is stored is read back', async () => {
  const value = { rows: Array.from({ length: 1_001 }, (_, at) => ({ at, name: `r${at}` })), none: [], row: null };
  expect(fromJsonGz(await toJsonGz(value))).toEqual(value);
});

describe('objects that are archived while the next is made', () => {
  /** A store that holds every write until it is let go. */
  function slowStore(refused = '') {
    const begun: string[] = [];
    const done: string[] = [];
    const putIfAbsent: ObjectStore['putIfAbsent'] = async (_, key) => {
      begun.push(key);
      for (let turn = 0; turn < 20 - begun.length; turn++) await Promise.resolve();
      if (key === refused) throw new Error(`no room for ${key}`);
      done.push(key);
      return 'created';
    };
    return { begun, done, store: { putIfAbsent } as ObjectStore };
  }
  const parts = Array.from({ length: 10 }, (_, at) => ({ path: `${at}.json`, bytes: Buffer.from([at]) }));

  test('are at most four at once, and their pointers in order', async () => {
    const { begun, done, store } = slowStore();
    const open: number[] = [];
    function* watched() {
      for (const part of parts) {
        open.push(begun.length - done.length);
        yield part;
      }
    }
    const pointers = await archiveEach(store, 'folder/', watched());
    expect(pointers.map(({ key }) => key)).toEqual(parts.map(({ path }) => `folder/${path}`));
    expect(Math.max(...open)).toBe(3);
    expect(new Set(done)).toEqual(new Set(begun));
  });

  test('of which one fails end with its error, after those on their way', async () => {
    const { begun, done, store } = slowStore('folder/1.json');
    await expect(archiveEach(store, 'folder/', parts)).rejects.toThrow('no room for folder/1.json');
    expect(begun.length).toBeLessThan(parts.length);
    expect(done).toHaveLength(begun.length - 1);
  });

  test('whose making fails leave none on its way', async () => {
    const { begun, done, store } = slowStore();
    function* breaking() {
      yield* parts.slice(0, 2);
      throw new Error('not rendered');
    }
    await expect(archiveEach(store, 'folder/', breaking())).rejects.toThrow('not rendered');
    expect(done).toEqual(begun);
  });
});
