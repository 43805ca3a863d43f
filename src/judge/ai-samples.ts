import { actionsOf } from '../catalogue/actions.ts';
import { aiCalls, readsByName } from '../catalogue/ai-calls.ts';
import { classFields } from '../catalogue/ai-event-classes.ts';
import { eventSourceOf } from '../catalogue/ai-resources.ts';
import { everydayArn, partitionOf } from '../cloudtrail/classes.ts';
import { withOthers } from './open-fields.ts';

// Everyday CloudTrail records of an AI event class: of somebody nobody has heard of, without an error. A pattern that asks for a certain
// caller, for root or for an error does not meet them: it does not watch the use of AI.

export type AiRecord = Readonly<Record<string, unknown>>;

/** Records of a class. `known`: of calls that belong to it, or of one that has no name we know; `named`: of the actions of its service that nobody classes. */
export interface Samples {
  readonly source: string;
  readonly known: readonly AiRecord[];
  readonly named: readonly AiRecord[];
}

export const someCall = 'SomeOtherCall';

/** Null for a class without CloudTrail records of one AI service. */
export function samplesOf(eventClass: string, account: string, region: string): Samples | null {
  const fields = classFields(eventClass);
  if (fields === null || fields['eventCategory'] === 'NetworkActivity') return null;
  const type = fields['resources.type'];
  const source = fields['eventSource'] ?? (type === undefined ? null : eventSourceOf(type));
  if (source === null) return null;
  const calls = aiCalls.filter(
    (call) =>
      call.source === source &&
      (type === undefined ? call.class === 'management' : call.class === 'data' && call.types.includes(type)),
  );
  const place = { account, region, source, ...(type === undefined ? {} : { type }) };
  const names =
    calls.length > 0 ? calls.map(({ name, readOnly }) => ({ name, readOnly })) : [{ name: someCall, readOnly: null }];
  return {
    source,
    known: names.flatMap((call) => recordsOf(call, place)),
    // Hundreds, and seldom asked for.
    get named() {
      return unclassed(source).flatMap((name) => recordsOf({ name, readOnly: null }, place));
    },
  };
}

/** Actions of a service that nobody classes. */
function unclassed(source: string): string[] {
  const actions = actionsOf(source.slice(0, source.indexOf('.'))).map(({ name }) => name.slice(name.indexOf(':') + 1));
  const classed = new Set(aiCalls.filter((call) => call.source === source).map(({ name }) => name));
  return actions.filter((name) => !classed.has(name));
}

interface PlaceOfCall {
  readonly account: string;
  readonly region: string;
  readonly source: string;
  readonly type?: string;
}

/** The call signed by a role, and made with a long-term key. */
function recordsOf(
  { name, readOnly }: { readonly name: string; readonly readOnly: boolean | null },
  place: PlaceOfCall,
): AiRecord[] {
  const { account, region, source, type } = place;
  const partition = partitionOf(region);
  const record = {
    eventVersion: '1.11',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAZQ7ZQ7ZQ7ZQ7ZQ7ZQ:session',
      arn: `arn:${partition}:sts::${account}:assumed-role/zq7-somebody/session`,
      accountId: account,
    },
    eventTime: '2026-10-05T04:00:00Z',
    eventSource: source,
    eventName: name,
    awsRegion: region,
    sourceIPAddress: '203.0.113.7',
    userAgent: 'zq7',
    requestParameters: withOthers({}),
    responseElements: null,
    readOnly: readOnly ?? readsByName(name),
    eventType: 'AwsApiCall',
    managementEvent: type === undefined,
    recipientAccountId: account,
    eventCategory: type === undefined ? 'Management' : 'Data',
    ...(type === undefined ? {} : { resources: [{ accountId: account, type, ARN: everydayArn(type, place) }] }),
  };
  const byKey = {
    ...record,
    userIdentity: {
      type: 'IAMUser',
      userName: 'zq7-somebody',
      arn: `arn:${partition}:iam::${account}:user/zq7-somebody`,
      accountId: account,
    },
    requestParameters: withOthers({ callWithBearerToken: true, bearerTokenType: 'LONG_TERM' }),
    additionalEventData: { callWithBearerToken: true },
  };
  return [record, byKey];
}
