import { gunzipSync } from 'node:zlib';
import * as fc from 'fast-check';
import { decodeLines, encodeLines, LineFile } from '../../src/transcripts/lines.ts';

/** Texts of several bytes a letter, long enough that files fall into pieces in the middle of letters. */
const rows = fc.array(
  fc
    .record({ text: fc.string({ unit: 'binary', maxLength: 20 }), times: fc.integer({ min: 1, max: 20_000 }) })
    .map(({ text, times }) => ({ text: `${text}ü😀\n`.repeat(times) })),
  { maxLength: 12 },
);

test('a file holds a line for each row, and gives every row back', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (made) => {
      const bytes = await encodeLines(made);
      expect(gunzipSync(bytes).toString('utf8')).toBe(made.map((row) => `${JSON.stringify(row)}\n`).join(''));
      expect(await Array.fromAsync(decodeLines(bytes))).toEqual(made);
    }),
    { numRuns: 30 },
  );
});

test('the same bytes, whether rows come at once or one by one', async () => {
  await fc.assert(
    fc.asyncProperty(rows, async (made) => {
      const file = new LineFile();
      for (const row of made) await file.add([row]);
      expect(Buffer.from(await file.bytes()).equals(await encodeLines(made))).toBe(true);
    }),
    { numRuns: 30 },
  );
});

test('a file that is cut off is an error, never a shorter table', async () => {
  const bytes = await encodeLines([{ a: 1 }, { b: 2 }]);
  await expect(Array.fromAsync(decodeLines(bytes.subarray(0, -6)))).rejects.toThrow('unexpected end of file');
});
