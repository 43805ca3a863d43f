import { isJsonObject, type JsonObject, jsonOf } from '../domain/json.ts';
import { workspaceNamed } from '../domain/workspace-name.ts';
import type { Operation } from '../ports/aws-calls.ts';

/** What is kept of a CloudTrail record: what was done, when and where, and how it ended. */
const keptFields = [
  'eventVersion',
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
] as const;
/** Of these no more than the workspaces they name: parameters and responses hold what people wrote. */
const keptInPart = ['resources', 'requestParameters', 'responseElements'] as const;
const keptOfEvent = ['EventId', 'EventName', 'EventTime', 'EventSource'] as const;

/**
 * An answer with no more of recorded events than Assay reads. Evidence is kept for years: who made a call, from which address, with which key
 * and program, and what else it said stays in CloudTrail. Answers of other calls are whole. Trimming twice is trimming once.
 */
export function trimmed<T>(operation: Operation, output: T): T {
  if (operation !== 'cloudtrail:LookupEvents') return output;
  const { Events, ...rest } = output as { readonly Events?: unknown };
  return { ...rest, ...(Array.isArray(Events) ? { Events: Events.map(trimmedEvent) } : {}) } as T;
}

function trimmedEvent(event: unknown): unknown {
  if (!isJsonObject(event)) return event;
  const record = typeof event['CloudTrailEvent'] === 'string' ? recordOf(event['CloudTrailEvent']) : undefined;
  return {
    ...worded(picked(event, keptOfEvent)),
    ...naming(event, ['Resources']),
    ...(record === undefined ? {} : { CloudTrailEvent: record }),
  };
}

/** Undefined: it is no record, and nobody can say what it tells. */
function recordOf(text: string): string | undefined {
  const record = jsonOf(text);
  if (!isJsonObject(record)) return undefined;
  return JSON.stringify({ ...worded(picked(record, keptFields)), ...naming(record, keptInPart) });
}

/** Names, dates and codes as AWS writes them: one word; what is none is no such field. */
const worded = (fields: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(fields).filter(([, text]) => typeof text === 'string' && /^[\w.:+-]+$/.test(text)));

/** Some fields with nothing left in them but texts that name a workspace; those without any are gone. */
const naming = (all: JsonObject, keys: readonly string[]): JsonObject => workspacesAlone(picked(all, keys)) ?? {};

function workspacesAlone<T>(value: T): T | undefined {
  if (typeof value === 'string') return workspaceNamed(value) === null ? undefined : value;
  if (value === null || typeof value !== 'object') return undefined;
  const left = Object.entries(value).flatMap(([key, inner]) => {
    const kept = workspacesAlone(inner);
    return kept === undefined ? [] : [[key, kept] as const];
  });
  if (left.length === 0) return undefined;
  return (Array.isArray(value) ? left.map(([, inner]) => inner) : Object.fromEntries(left)) as T;
}

const picked = (all: JsonObject, keys: readonly string[]): JsonObject =>
  Object.fromEntries(keys.flatMap((key) => (all[key] === undefined ? [] : [[key, all[key]]])));
