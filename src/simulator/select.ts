import type { AdvancedEventSelector, AdvancedFieldSelector } from '@aws-sdk/client-cloudtrail';

/** Management events; further fields narrow them. */
export function management(...narrowing: readonly AdvancedFieldSelector[]): AdvancedEventSelector {
  return { Name: 'management', FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }, ...narrowing] };
}

/** Data events of one resource type (CloudTrail takes one type per selector); further fields narrow them. */
export function dataOf(type: string, ...narrowing: readonly AdvancedFieldSelector[]): AdvancedEventSelector {
  return {
    Name: `data of ${type}`,
    FieldSelectors: [
      { Field: 'eventCategory', Equals: ['Data'] },
      { Field: 'resources.type', Equals: [type] },
      ...narrowing,
    ],
  };
}

export const onlyReads: AdvancedFieldSelector = { Field: 'readOnly', Equals: ['true'] };
export const onlyWrites: AdvancedFieldSelector = { Field: 'readOnly', Equals: ['false'] };
