import { z } from 'zod';
import {
  type AdvancedSelector,
  type FieldSelector,
  type SelectorOperator,
  selectorOperators,
} from '../domain/facts.ts';

/** Advanced event selectors as CloudTrail gives them, of trails and event data stores alike. An operator that is new stays visible. */
export const advancedSelectors = z
  .array(
    z.object({
      Name: z.string().nullish(),
      FieldSelectors: z.array(z.object({ Field: z.string() }).catchall(z.array(z.string()).nullish())),
    }),
  )
  .optional();
type Given = NonNullable<z.infer<typeof advancedSelectors>>[number]['FieldSelectors'][number];

export const selectorsOf = (given: z.infer<typeof advancedSelectors>): AdvancedSelector[] =>
  (given ?? []).map(({ Name, FieldSelectors }) => ({ name: Name ?? null, fields: FieldSelectors.map(fieldSelector) }));

function fieldSelector({ Field, ...given }: Given): FieldSelector {
  const conditions = Object.entries(given).filter(([, values]) => (values ?? []).length > 0);
  const isKnown = (name: string): name is SelectorOperator => (selectorOperators as readonly string[]).includes(name);
  return {
    field: Field,
    values: Object.fromEntries(conditions.filter(([operator]) => isKnown(operator))),
    strange: conditions.map(([operator]) => operator).filter((operator) => !isKnown(operator)),
  };
}
