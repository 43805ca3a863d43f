import { type AdvancedSelector, type FieldSelector, selectorOperators } from '../domain/facts.ts';

/** `selector 2 "data events"`: counted from 1, as people do. */
export const selectorName = ({ name }: AdvancedSelector, index: number): string =>
  name === null || name === '' ? `selector ${index + 1}` : `selector ${index + 1} "${name}"`;

/** What narrows a selector beside the fields of its class: `readOnly Equals true`. */
export const narrowingWords = ({ fields }: AdvancedSelector, fixed: readonly string[]): string =>
  fields
    .filter(({ field }) => !fixed.includes(field))
    .map(conditionWords)
    .join(' and ') || 'nothing';

function conditionWords({ field, values, strange }: FieldSelector): string {
  const known = selectorOperators.flatMap((operator) => {
    const list = values[operator] ?? [];
    return list.length === 0 ? [] : [`${operator} ${few(list)}`];
  });
  const parts = [...known, ...strange.map((operator) => `${operator} (not known)`)];
  return `${field} ${parts.join(', ')}`;
}

const few = (values: readonly string[]): string =>
  values.length > 3 ? `${values.slice(0, 3).join(' | ')} | ${values.length - 3} more` : values.join(' | ');
