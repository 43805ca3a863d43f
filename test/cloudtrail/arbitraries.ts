import fc from 'fast-check';
import type { AdvancedSelector, FieldSelector, SelectorOperator } from '../../src/domain/facts.ts';

// Selectors that meet, overlap and leave out by accident: few short texts on few fields.

export const model = 'AWS::Bedrock::Model';
const texts = ['a', 'ab', 'b', 'ba', 'aba', ''] as const;
export const freeFields = ['eventName', 'resources.ARN', 'userIdentity.arn', 'errorCode', 'eventSource'] as const;

const operators: readonly SelectorOperator[] = [
  'Equals',
  'StartsWith',
  'EndsWith',
  'NotEquals',
  'NotStartsWith',
  'NotEndsWith',
];
const values = fc.uniqueArray(fc.constantFrom(...texts.slice(0, 5)), { minLength: 1, maxLength: 3 });
const onText = fc
  .record({
    field: fc.constantFrom(...freeFields),
    operators: fc.uniqueArray(fc.tuple(fc.constantFrom(...operators), values), {
      minLength: 1,
      maxLength: 2,
      selector: ([operator]) => operator,
    }),
  })
  .map(({ field, operators: given }): FieldSelector => ({ field, values: Object.fromEntries(given), strange: [] }));
const onReads = fc
  .constantFrom('true', 'false')
  .map((value): FieldSelector => ({ field: 'readOnly', values: { Equals: [value] }, strange: [] }));
const onConsole = fc
  .constantFrom<SelectorOperator>('Equals', 'NotEquals')
  .map((it): FieldSelector => ({ field: 'sessionCredentialFromConsole', values: { [it]: ['true'] }, strange: [] }));

const equals = (field: string, value: string): FieldSelector => ({ field, values: { Equals: [value] }, strange: [] });

/** The fields that fix a class, of management or of data events. */
const categories: readonly (readonly FieldSelector[])[] = [
  [equals('eventCategory', 'Management')],
  [equals('eventCategory', 'Data'), equals('resources.type', model)],
];

export const selector: fc.Arbitrary<AdvancedSelector> = fc
  .record({
    category: fc.constantFrom(...categories),
    // Halves that meet are what makes coverage: often.
    narrowing: fc.uniqueArray(
      fc.oneof({ weight: 3, arbitrary: onReads }, onConsole, { weight: 3, arbitrary: onText }),
      {
        maxLength: 3,
        selector: ({ field }) => field,
      },
    ),
  })
  .map(({ category, narrowing }) => ({ name: null, fields: [...category, ...narrowing] }));

export const selectors = fc.array(selector, { maxLength: 5 });

/** Any event of the two classes, over the same texts and others. */
const value = fc.option(fc.oneof(fc.constantFrom(...texts), fc.constantFrom('abba', 'z', 'az', 'za', 'bazab')), {
  nil: null,
});
const always = value.map((it) => it ?? 'z');
export const record = fc
  .record({
    data: fc.boolean(),
    readOnly: fc.boolean(),
    eventName: always.map((it) => (it === '' ? 'z' : it)),
    eventSource: always.map((it) => (it === '' ? 'z' : it)),
    arn: value,
    user: value,
    errorCode: value,
    console: fc.boolean(),
  })
  .map(({ data, arn, user, errorCode, console, ...rest }) => ({
    ...rest,
    eventCategory: data ? 'Data' : 'Management',
    eventType: 'AwsApiCall',
    userIdentity: user ? { arn: user } : {},
    resources: data ? [{ type: model, ...(arn ? { ARN: arn } : {}) }] : arn ? [{ ARN: arn }] : [],
    ...(errorCode ? { errorCode } : {}),
    ...(console ? { sessionCredentialFromConsole: 'true' } : {}),
  }));
