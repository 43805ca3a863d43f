import fc from 'fast-check';
import { fromJsonGz, piecesOf, toJsonGz } from '../../src/pipeline/stored.ts';

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
