import type { EventDataStoreFact, EventSelectors, FieldSelector, TrailFact } from '../domain/facts.ts';

/** How much of an event class a trail or store records: which of reads and writes, and whether a field narrows it further. */
export interface Selected {
  readonly reads: boolean;
  readonly writes: boolean;
  readonly narrowedBy: string | null;
}

const category = 'eventCategory';
const resourceType = 'resources.type';

/** What a trail's selectors record of an event class; `management` stands for management events. */
export function selectedBy({ basic, advanced }: EventSelectors, eventClass: string): Selected[] {
  return [
    ...(eventClass === 'management' ? basic.flatMap(basicSelected) : []),
    ...advanced.flatMap((fields) => advancedSelected(fields, eventClass)),
  ];
}

/** Basic selectors log management events; the AI resource types need advanced ones (domain facts B.3). */
function basicSelected({ management, readWrite, excludedSources }: EventSelectors['basic'][number]): Selected[] {
  if (!management) return [];
  const narrowedBy = excludedSources.length > 0 ? `without ${excludedSources.join(', ')}` : null;
  return [{ reads: readWrite !== 'WriteOnly', writes: readWrite !== 'ReadOnly', narrowedBy }];
}

function advancedSelected(fields: readonly FieldSelector[], eventClass: string): Selected[] {
  const wanted =
    eventClass === 'management' ? { [category]: 'Management' } : { [category]: 'Data', [resourceType]: eventClass };
  const names = (field: string, value: string): boolean =>
    fields.some((it) => it.field === field && it.equals.includes(value));
  if (!Object.entries(wanted).every(([field, value]) => names(field, value))) return [];
  const rest = fields.filter(({ field }) => !(field in wanted));
  const readOnly = rest.find(({ field }) => field === 'readOnly');
  const narrowing = rest.filter(({ field }) => field !== 'readOnly').map(({ field }) => field);
  return [
    {
      reads: readOnly === undefined || readOnly.equals.includes('true'),
      writes: readOnly === undefined || readOnly.equals.includes('false'),
      narrowedBy: narrowing.length > 0 ? `narrowed by ${narrowing.join(', ')}` : null,
    },
  ];
}

/** Whether a trail or store records events of a Region at all: multi-Region, or at home there. */
export const appliesTo = (recorder: TrailFact | EventDataStoreFact, region: string): boolean =>
  recorder.multiRegion || recorder.home === region;
