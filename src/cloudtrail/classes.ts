import { type AiCall, aiCalls, readsByName } from '../catalogue/ai-calls.ts';
import { classFields } from '../catalogue/ai-event-classes.ts';
import { arnOfType, eventSourceOf } from '../catalogue/ai-resources.ts';
import type { EventClass } from './cover.ts';
import type { EventPoint } from './match.ts';

/** Where events happen. */
export interface Cell {
  readonly account: string;
  readonly region: string;
}

/** The events of a class in one account and Region; null for a class that is none of CloudTrail's. */
export function eventClassOf(name: string, cell: Cell): EventClass | null {
  const fields = classFields(name);
  if (fields === null) return null;
  const events = [...eventsOf(fields, cell)];
  const own = (field: string): string[] => [
    ...new Set(events.flatMap((event) => (typeof event[field] === 'string' ? [event[field]] : []))),
  ];
  const type = fields['resources.type'];
  const source = fields['eventSource'] ?? (type === undefined ? 's3.amazonaws.com' : eventSourceOf(type));
  return {
    fields,
    events,
    samples: {
      eventSource: [...own('eventSource'), source],
      eventName: [...own('eventName'), 'SomeOtherCall'],
      readOnly: ['true'],
      'resources.ARN': own('resources.ARN'),
      'userIdentity.arn': [somebody(cell)],
      eventType: ['AwsApiCall', 'AwsServiceEvent'],
      ...(fields['eventCategory'] === 'NetworkActivity' ? { vpcEndpointId: ['vpce-0123456789abcdef0'] } : {}),
    },
  };
}

/** One known call as a class of its own: every event it can leave. Several: under which of them it is recorded is not published. */
export function classesOfCall(call: AiCall, cell: Cell): EventClass[] {
  const of = (fields: Readonly<Record<string, string>>): EventClass => ({
    fields: {
      ...fields,
      eventSource: call.source,
      eventName: call.name,
      ...(call.readOnly === null ? {} : { readOnly: String(call.readOnly) }),
    },
    events: [],
    samples: { 'userIdentity.arn': [somebody(cell)] },
  });
  const management = of({ eventCategory: 'Management' });
  const data = call.types.map((type) => of({ eventCategory: 'Data', 'resources.type': type }));
  if (call.class === 'management') return [management];
  if (call.class === 'never') return [];
  return call.class === 'data' ? data : [management, ...data];
}

/** Real events of a class: of the calls that are known to belong there, and of everyday ones. */
function* eventsOf(fields: Readonly<Record<string, string>>, cell: Cell): Generator<EventPoint> {
  const { eventCategory: category, eventSource: source, 'resources.type': type } = fields;
  const calls = aiCalls.filter(
    (call) =>
      (source === undefined || call.source === source) &&
      (category === 'Data' ? call.class === 'data' && call.types.includes(type ?? '') : call.class === 'management'),
  );
  const known: readonly AiCall[] = category === 'Management' && source === undefined ? [...everyday, ...calls] : calls;
  for (const call of known) yield eventOf(call, call.readOnly ?? readsByName(call.name), fields, cell);
}

const event = (source: string, name: string, readOnly: boolean): AiCall => ({
  source: `${source}.amazonaws.com`,
  name,
  class: 'management',
  types: [],
  readOnly,
});
const everyday: readonly AiCall[] = [
  event('iam', 'CreateServiceSpecificCredential', false),
  event('sts', 'AssumeRole', true),
  event('kms', 'Decrypt', true),
];

function eventOf(call: AiCall, readOnly: boolean, fields: Readonly<Record<string, string>>, cell: Cell): EventPoint {
  const type = fields['resources.type'];
  return {
    ...fields,
    eventSource: call.source,
    eventName: call.name,
    readOnly: String(readOnly),
    eventType: 'AwsApiCall',
    'userIdentity.arn': somebody(cell),
    ...(type === undefined ? {} : { 'resources.ARN': everydayArn(type, cell) }),
    ...(fields['eventCategory'] === 'NetworkActivity' ? { vpcEndpointId: 'vpce-0123456789abcdef0' } : {}),
  };
}

/** Some session of a role. */
const somebody = ({ account, region }: Cell): string =>
  `arn:${partitionOf(region)}:sts::${account}:assumed-role/somebody/session`;

/** The ARN of some resource of a type, which nobody has heard of. */
export const everydayArn = (type: string, { account, region }: Cell): string =>
  arnOfType(type, { partition: partitionOf(region), account, region }, 'somewhere-else');

/** The partition of a Region. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
