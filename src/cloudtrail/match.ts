import type { AdvancedSelector, FieldSelector } from '../domain/facts.ts';

// How CloudTrail decides whether an advanced selector takes an event (CloudTrail user guide, filtering data events): all fields of a
// selector must be met; of one field's conditions any selecting one (Equals, StartsWith, EndsWith) must hit and no deselecting one
// (NotEquals, NotStartsWith, NotEndsWith) may.

/** An event as selectors see it: the value of each field, null where the event has none. */
export type EventPoint = Readonly<Record<string, string | null>>;

/** `unknown`: the selector says something that Assay cannot read, or that CloudTrail would not accept. */
export type Match = 'yes' | 'no' | 'unknown';

/** Fields of advanced event selectors (CloudTrail API, AdvancedFieldSelector). */
export const selectorFields: readonly string[] = [
  'eventCategory',
  'resources.type',
  'eventSource',
  'readOnly',
  'eventName',
  'resources.ARN',
  'userIdentity.arn',
  'eventType',
  'sessionCredentialFromConsole',
  'errorCode',
  'vpcEndpointId',
];

/** Whether one field condition is met by a value. What is absent meets no selecting condition and no deselecting one. */
export function fieldMatches({ field, values, strange }: FieldSelector, value: string | null): Match {
  const any = (list: readonly string[] | undefined, test: (constant: string) => boolean): boolean =>
    value !== null && (list ?? []).some(test);
  const selecting = [values.Equals, values.StartsWith, values.EndsWith].some((list) => list !== undefined);
  const selected =
    !selecting ||
    any(values.Equals, (it) => value === it) ||
    any(values.StartsWith, (it) => value?.startsWith(it) === true) ||
    any(values.EndsWith, (it) => value?.endsWith(it) === true);
  const left =
    any(values.NotEquals, (it) => value === it) ||
    any(values.NotStartsWith, (it) => value?.startsWith(it) === true) ||
    any(values.NotEndsWith, (it) => value?.endsWith(it) === true);
  const readable = selectorFields.includes(field) && strange.length === 0;
  if (!readable) return 'unknown';
  return selected && !left ? 'yes' : 'no';
}

/** Whether a selector takes an event; `open` names fields whose value nobody told. */
export function selectorMatches(
  selector: AdvancedSelector,
  event: EventPoint,
  open: ReadonlySet<string> = new Set(),
): Match {
  const matches = selector.fields.map((field) =>
    open.has(field.field) ? 'unknown' : fieldMatches(field, event[field.field] ?? null),
  );
  if (matches.includes('no')) return 'no';
  return matches.includes('unknown') || !isWellFormed(selector) ? 'unknown' : 'yes';
}

/** What CloudTrail demands of a selector: its category, and the resource type of data events or the source of network activity. */
export function isWellFormed({ fields }: AdvancedSelector): boolean {
  const equals = (name: string): readonly string[] =>
    fields.filter(({ field }) => field === name).flatMap(({ values }) => values.Equals ?? []);
  if (fields.some(({ values, strange }) => Object.keys(values).length === 0 && strange.length === 0)) return false;
  const [category] = equals('eventCategory');
  if (category === 'Data') return equals('resources.type').length > 0;
  if (category === 'NetworkActivity') return equals('eventSource').length > 0;
  return category !== undefined;
}

/** Whether a selector can be read whole: only such a one proves that something is recorded. */
export const isReadable = (selector: AdvancedSelector): boolean =>
  isWellFormed(selector) &&
  selector.fields.every(({ field, strange }) => selectorFields.includes(field) && strange.length === 0);
