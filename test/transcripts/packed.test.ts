import * as fc from 'fast-check';
import type { TranscriptLine } from '../../src/domain/transcript.ts';
import { decodeLines, encodeLines } from '../../src/transcripts/lines.ts';
import { packed } from '../../src/transcripts/packed.ts';

const lines = fc.array(
  fc.record({
    at: fc.constant('2026-09-30T06:00:00Z'),
    region: fc.constant('global'),
    operation: fc.constant('iam:GetAccountSummary'),
    input: fc.constant({}),
    output: fc
      .record({ text: fc.string({ unit: 'binary', maxLength: 40 }), times: fc.integer({ min: 1, max: 400 }) })
      .map(({ text, times }) => ({ text: text.repeat(times) })),
    source: fc.constant('a file'),
  }),
);

test('packed lines are the same lines, byte for byte in their file', async () => {
  await fc.assert(
    fc.asyncProperty(lines, async (made: TranscriptLine[]) => {
      const kept = made.map(packed);
      expect(kept).toEqual(made);
      expect(kept.map((line) => JSON.stringify(line))).toEqual(made.map((line) => JSON.stringify(line)));
      expect(await Array.fromAsync(decodeLines(await encodeLines(kept)))).toEqual(made);
    }),
  );
});

test('a long answer is not kept as it is, a refusal and a short one are', () => {
  const line = (more: object): TranscriptLine => ({
    region: 'global',
    operation: 'iam:GetAccountSummary',
    input: {},
    ...more,
  });
  const [short, refused] = [line({ output: { a: 1 } }), line({ error: { name: 'AccessDenied', message: '' } })];
  expect([packed(short), packed(refused)]).toEqual([short, refused]);
  expect(packed(short)).toBe(short);
  const long = packed(line({ output: { text: 'x'.repeat(10_000) } }));
  expect(long.output).not.toBe(long.output); // made anew each time
  expect(long.output).toEqual({ text: 'x'.repeat(10_000) });
});
