import type {
  AdvancedSelector,
  BasicSelector,
  EventSelectors,
  FieldSelector,
  SelectorOperator,
} from '../domain/facts.ts';

/** One field condition with one operator. */
export const condition = (field: string, operator: SelectorOperator, values: readonly string[]): FieldSelector => ({
  field,
  values: { [operator]: values },
  strange: [],
});

/** Selectors of a trail in the advanced form: basic ones say the same in fewer words. */
export const advancedOf = ({ basic, advanced }: EventSelectors): readonly AdvancedSelector[] =>
  basic.length > 0 ? basic.flatMap(converted) : advanced;

/** The advanced selectors that record what a basic one does. */
function converted(selector: BasicSelector): AdvancedSelector[] {
  const { readWrite, management, excludedSources, dataResources } = selector;
  const half =
    readWrite === 'All' ? [] : [condition('readOnly', 'Equals', [readWrite === 'ReadOnly' ? 'true' : 'false'])];
  const without = excludedSources.length === 0 ? [] : [condition('eventSource', 'NotEquals', excludedSources)];
  const ofManagement = {
    name: 'management events, as before',
    fields: [condition('eventCategory', 'Equals', ['Management']), ...half, ...without],
  };
  return [
    ...(management ? [ofManagement] : []),
    ...dataResources.map(({ type, values }) => ({
      name: `${type}, as before`,
      fields: [
        condition('eventCategory', 'Equals', ['Data']),
        condition('resources.type', 'Equals', [type]),
        ...half,
        ...(values.some(isEverything) ? [] : [condition('resources.ARN', 'StartsWith', values)]),
      ],
    })),
  ];
}

/** `arn:aws:s3`, `arn:aws:lambda`, `arn:aws:dynamodb`: all resources of the type (CloudTrail API, DataResource). */
const isEverything = (value: string): boolean => /^arn:[a-z-]+:(s3(:::)?|lambda|dynamodb)$/.test(value);
