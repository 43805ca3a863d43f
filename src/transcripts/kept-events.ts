import type { Operation } from '../ports/aws-calls.ts';
import { strip } from './secrets.ts';

/** What is kept of a CloudTrail record: what was done to what, and how it ended. */
const keptFields = [
  'eventVersion',
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
  'resources',
  'requestParameters',
  'responseElements',
] as const;
const keptOfEvent = ['EventId', 'EventName', 'EventTime', 'EventSource', 'Resources', 'CloudTrailEvent'] as const;

/**
 * An answer with no more of recorded events than Assay reads. Evidence is kept for years: who made a call, from which address, with which key
 * and program stays in CloudTrail. Answers of other calls are whole. Trimming twice is trimming once.
 */
export function trimmed<T>(operation: Operation, output: T): T {
  if (operation !== 'cloudtrail:LookupEvents') return output;
  const { Events, ...rest } = output as { readonly Events?: unknown };
  return { ...rest, ...(Array.isArray(Events) ? { Events: Events.map(trimmedEvent) } : {}) } as T;
}

function trimmedEvent(event: unknown): unknown {
  if (!isObject(event)) return event;
  const { CloudTrailEvent, ...rest } = picked(event, keptOfEvent);
  const record = typeof CloudTrailEvent === 'string' ? recordOf(CloudTrailEvent) : undefined;
  return record === undefined ? rest : { ...rest, CloudTrailEvent: record };
}

/** Undefined: it is no record, and nobody can say what it tells. */
function recordOf(text: string): string | undefined {
  try {
    const record: unknown = JSON.parse(text);
    return isObject(record) ? JSON.stringify(strip(picked(record, keptFields))) : undefined;
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
const picked = (all: Fields, keys: readonly string[]): Fields =>
  Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])));
