import { classFields } from '../catalogue/ai-event-classes.ts';
import { type AdvancedSelector, selectorOperators } from '../domain/facts.ts';
import { condition } from './advanced.ts';

/** An advanced event selector as CloudTrail's API takes it. */
export interface SelectorJson {
  readonly Name?: string;
  readonly FieldSelectors: readonly Readonly<Record<string, string | readonly string[]>>[];
}

/** A selector as CloudTrail's API takes it. */
export const selectorJson = ({ name, fields }: AdvancedSelector): SelectorJson => ({
  ...(name === null ? {} : { Name: name }),
  FieldSelectors: fields.map(({ field, values }) => ({
    Field: field,
    ...Object.fromEntries(selectorOperators.flatMap((it) => (values[it] === undefined ? [] : [[it, values[it]]]))),
  })),
});

/** The selector that takes a whole event class; null for a class that no selector takes. */
export function selectorFor(eventClass: string): AdvancedSelector | null {
  const fields = classFields(eventClass);
  if (fields === null) return null;
  // Of trails, CloudTrail takes sources of management events only to leave two of them out: the whole category it is.
  const own = fields['eventCategory'] === 'Management' ? { eventCategory: 'Management' } : fields;
  return {
    name: `all ${own === fields ? eventClass : 'management'} events`,
    fields: Object.entries(own).map(([field, value]) => condition(field, 'Equals', [value])),
  };
}
