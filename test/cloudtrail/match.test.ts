import fc from 'fast-check';
import { advancedOf } from '../../src/cloudtrail/advanced.ts';
import { fieldMatches, selectorMatches } from '../../src/cloudtrail/match.ts';
import type { BasicSelector, FieldSelector, SelectorOperator } from '../../src/domain/facts.ts';
import { fields } from '../support/facts.ts';

const on = (values: FieldSelector['values'], field = 'eventName'): FieldSelector => ({ field, values, strange: [] });

test.each<[FieldSelector['values'], string | null, 'yes' | 'no']>([
  [{ Equals: ['GetFile', 'PutFile'] }, 'PutFile', 'yes'],
  [{ Equals: ['GetFile'] }, 'getfile', 'no'],
  [{ Equals: ['GetFile'] }, 'GetFiles', 'no'],
  [{ StartsWith: ['Get', 'List'] }, 'ListFiles', 'yes'],
  [{ StartsWith: ['Get'] }, 'BatchGet', 'no'],
  [{ EndsWith: ['File'] }, 'GetFile', 'yes'],
  [{ EndsWith: ['File'] }, 'GetFiles', 'no'],
  [{ NotEquals: ['GetFile', 'PutFile'] }, 'PutFile', 'no'],
  [{ NotEquals: ['GetFile'] }, 'PutFile', 'yes'],
  [{ NotStartsWith: ['Get', 'List'] }, 'ListFiles', 'no'],
  [{ NotStartsWith: ['Get'] }, 'PutFile', 'yes'],
  [{ NotEndsWith: ['File', 'Files'] }, 'ListFiles', 'no'],
  [{ NotEndsWith: ['File'] }, 'ListFiles', 'yes'],
  // Of one field any selecting operator may hit, and no deselecting one.
  [{ Equals: ['A'], StartsWith: ['Get'] }, 'GetFile', 'yes'],
  [{ StartsWith: ['Get'], NotEndsWith: ['File'] }, 'GetFile', 'no'],
  [{ StartsWith: ['Get'], NotEndsWith: ['File'] }, 'GetModel', 'yes'],
  [{ StartsWith: ['Get'], NotEndsWith: ['File'] }, 'PutModel', 'no'],
  // What is absent is selected by nothing and left out by nothing.
  [{ Equals: ['A'] }, null, 'no'],
  [{ NotEquals: ['A'] }, null, 'yes'],
])('%j on %j: %s', (values, value, expected) => {
  expect(fieldMatches(on(values), value)).toBe(expected);
});

/** The same rules, said with regular expressions. */
const patterns: Readonly<Record<SelectorOperator, (constant: string) => RegExp>> = {
  Equals: (it) => new RegExp(`^${it}$`),
  StartsWith: (it) => new RegExp(`^${it}`),
  EndsWith: (it) => new RegExp(`${it}$`),
  NotEquals: (it) => new RegExp(`^${it}$`),
  NotStartsWith: (it) => new RegExp(`^${it}`),
  NotEndsWith: (it) => new RegExp(`${it}$`),
};

test('any mixture of operators is what regular expressions say', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b'), minLength: 1, maxLength: 3 });
  const names = Object.keys(patterns) as SelectorOperator[];
  const mixed = fc.dictionary(fc.constantFrom(...names), fc.array(text, { minLength: 1, maxLength: 2 }), {
    minKeys: 1,
  });
  fc.assert(
    fc.property(mixed, text, (values, value) => {
      const hits = (operator: SelectorOperator): boolean =>
        (values[operator] ?? []).some((constant) => patterns[operator](constant).test(value));
      const selecting = names.slice(0, 3).filter((it) => values[it] !== undefined);
      const expected = (selecting.length === 0 || selecting.some(hits)) && !names.slice(3).some(hits);
      expect(fieldMatches(on(values), value)).toBe(expected ? 'yes' : 'no');
    }),
    { numRuns: 2_000 },
  );
});

test('all fields of a selector must be met', () => {
  const selector = fields({ eventCategory: ['Data'], 'resources.type': ['AWS::S3::Object'], readOnly: ['true'] });
  const event = { eventCategory: 'Data', 'resources.type': 'AWS::S3::Object', readOnly: 'true' };
  expect(selectorMatches(selector, event)).toBe('yes');
  for (const [field, other] of [
    ['eventCategory', 'Management'],
    ['resources.type', 'AWS::Lambda::Function'],
    ['readOnly', 'false'],
  ] as const)
    expect(selectorMatches(selector, { ...event, [field]: other })).toBe('no');
  expect(selectorMatches(selector, event, new Set(['readOnly']))).toBe('unknown');
});

describe('a basic selector, converted, takes what it took', () => {
  const basic = (more: Partial<BasicSelector>): BasicSelector => ({
    readWrite: 'All',
    management: true,
    excludedSources: [],
    dataResources: [],
    ...more,
  });
  const takes = (selector: BasicSelector, event: Record<string, string>): boolean =>
    advancedOf({ basic: [selector], advanced: [] }).some((it) => selectorMatches(it, event) === 'yes');
  const management = { eventCategory: 'Management', eventSource: 'kms.amazonaws.com', readOnly: 'true' };
  const s3 = (arn: string) => ({
    eventCategory: 'Data',
    'resources.type': 'AWS::S3::Object',
    'resources.ARN': arn,
    readOnly: 'true',
  });
  const of = (...values: string[]) =>
    basic({ management: false, dataResources: [{ type: 'AWS::S3::Object', values }] });

  test.each([
    ['all management events', basic({}), management, true],
    ['reads', basic({ readWrite: 'ReadOnly' }), management, true],
    ['writes', basic({ readWrite: 'WriteOnly' }), management, false],
    ['without a source', basic({ excludedSources: ['kms.amazonaws.com'] }), management, false],
    ['no management events', basic({ management: false }), management, false],
    ['a bucket', of('arn:aws:s3:::orders/'), s3('arn:aws:s3:::orders/1'), true],
    ['another bucket', of('arn:aws:s3:::orders/'), s3('arn:aws:s3:::other/1'), false],
    ['all buckets', of('arn:aws:s3'), s3('arn:aws:s3:::other/1'), true],
    ['all buckets, in China', of('arn:aws-cn:s3:::'), s3('arn:aws-cn:s3:::other/1'), true],
    [
      'a type that basic selectors do not name',
      of('arn:aws:s3'),
      { ...s3('x'), 'resources.type': 'AWS::Bedrock::Model' },
      false,
    ],
  ])('%s: %#', (_name, selector, event, expected) => {
    expect(takes(selector, event)).toBe(expected);
  });
});
