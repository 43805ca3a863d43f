import fc from 'fast-check';
import { faultIn } from '../../../src/adapters/files/snapshot/json-fault.ts';

test.each([
  ['{"a": x}', 6],
  ['{"a" 1}', 5],
  ['{"a":1,}', 7],
  ['{"a":1 "b":2}', 7],
  ['{,}', 1],
  ['{1:2}', 1],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['[01]', 2],
  ['[1]]', 3],
  ['{"a":1}x', 7],
  ['["a\nb"]', 3],
  ['["\\q"]', 2],
  ['["\\u12"]', 2],
  ['[1}', 2],
  ['nope', 0],
  ['', 0],
  ['{"a":[', 6],
  ['"open', 5],
])('%j fails at %d', (text, offset) => {
  expect(faultIn(text)).toBe(offset);
});

test('a JSON text that is cut ends too early, one with a foreign character fails there', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), fc.nat(), (json, pick) => {
      const text = `[${json}]`;
      expect(faultIn(text.slice(0, 1))).toBe(1);
      const cut = pick % text.length;
      const atToken = /[[\]{},:]/.test(text[cut] ?? '') && isOutsideStrings(text, cut);
      if (atToken) {
        expect(faultIn(text.slice(0, cut))).toBe(cut);
        expect(faultIn(`${text.slice(0, cut)}?${text.slice(cut)}`)).toBe(cut);
      }
    }),
  );
});

/** By the only measure that needs no parser of ours: the quotes before it that are not escaped. */
function isOutsideStrings(text: string, at: number): boolean {
  return (text.slice(0, at).replace(/\\./g, '').match(/"/g) ?? []).length % 2 === 0;
}
