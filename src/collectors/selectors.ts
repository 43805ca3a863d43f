import { z } from 'zod';
import type { FieldSelector } from '../domain/facts.ts';

const operators = ['StartsWith', 'EndsWith', 'NotEquals', 'NotStartsWith', 'NotEndsWith'] as const;
const texts = z.array(z.string()).optional();

/** Advanced event selectors as CloudTrail gives them, of trails and event data stores alike. */
export const advancedSelectors = z
  .array(
    z.object({
      FieldSelectors: z.array(
        z.object({
          Field: z.string(),
          Equals: texts,
          StartsWith: texts,
          EndsWith: texts,
          NotEquals: texts,
          NotStartsWith: texts,
          NotEndsWith: texts,
        }),
      ),
    }),
  )
  .optional();

export function fieldSelectors(selectors: z.infer<typeof advancedSelectors>): FieldSelector[][] {
  return (selectors ?? []).map(({ FieldSelectors }) =>
    FieldSelectors.map((selector) => ({
      field: selector.Field,
      equals: selector.Equals ?? [],
      otherOperators: operators.some((operator) => (selector[operator] ?? []).length > 0),
    })),
  );
}
