import { z } from 'zod';
import {
  type AdvancedSelector,
  type EventSelectors,
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

/** cloudtrail:GetEventSelectors: basic or advanced selectors. */
export const EventSelectorsAnswer = z
  .object({
    EventSelectors: z
      .array(
        z.object({
          ReadWriteType: z.string().optional(),
          IncludeManagementEvents: z.boolean().optional(),
          ExcludeManagementEventSources: z.array(z.string()).optional(),
          DataResources: z.array(z.object({ Type: z.string(), Values: z.array(z.string()).optional() })).optional(),
        }),
      )
      .optional(),
    AdvancedEventSelectors: advancedSelectors,
  })
  .refine(
    (it) => it.EventSelectors !== undefined || it.AdvancedEventSelectors !== undefined,
    'neither basic nor advanced selectors',
  );
/** A trail without any selector logs management events, read and write: CloudTrail's default. */
export function eventSelectorsOf({
  EventSelectors: basic = [],
  AdvancedEventSelectors,
}: z.infer<typeof EventSelectorsAnswer>): EventSelectors {
  const advanced = selectorsOf(AdvancedEventSelectors);
  if (basic.length === 0 && advanced.length === 0)
    return { basic: [{ readWrite: 'All', management: true, excludedSources: [], dataResources: [] }], advanced };
  return {
    basic: basic.map((selector) => ({
      readWrite: selector.ReadWriteType ?? 'All',
      management: selector.IncludeManagementEvents ?? true,
      excludedSources: selector.ExcludeManagementEventSources ?? [],
      dataResources: (selector.DataResources ?? []).map(({ Type, Values }) => ({ type: Type, values: Values ?? [] })),
    })),
    advanced,
  };
}
