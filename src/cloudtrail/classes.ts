import { type AiCall, aiCalls } from '../catalogue/ai-calls.ts';
import { classFields } from '../catalogue/ai-event-classes.ts';
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
  const source = fields['eventSource'] ?? sourceOf(fields['resources.type']);
  return {
    fields,
    events,
    samples: {
      eventSource: [...own('eventSource'), source ?? 's3.amazonaws.com'],
      eventName: [...own('eventName'), 'SomeOtherCall'],
      readOnly: ['true'],
      'resources.ARN': own('resources.ARN'),
      'userIdentity.arn': [`arn:aws:sts::${cell.account}:assumed-role/somebody/session`],
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
    samples: { 'userIdentity.arn': [`arn:aws:sts::${cell.account}:assumed-role/somebody/session`] },
  });
  const management = of({ eventCategory: 'Management' });
  const data = call.types.map((type) => of({ eventCategory: 'Data', 'resources.type': type }));
  if (call.class === 'management') return [management];
  if (call.class === 'never') return [];
  return call.class === 'data' ? data : [management, ...data];
}

/** `bedrock.amazonaws.com` for `AWS::Bedrock::Tool`: the usual way, where no call says it. */
const sourceOf = (type: string | undefined): string | undefined =>
  type === undefined ? undefined : `${type.split('::')[1]?.toLowerCase()}.amazonaws.com`;

/** Real events of a class: of the calls that are known to belong there, and of everyday ones. */
function* eventsOf(fields: Readonly<Record<string, string>>, cell: Cell): Generator<EventPoint> {
  const { eventCategory: category, eventSource: source, 'resources.type': type } = fields;
  const calls = aiCalls.filter(
    (call) =>
      (source === undefined || call.source === source) &&
      (category === 'Data' ? call.class === 'data' && call.types.includes(type ?? '') : call.class === 'management'),
  );
  const known: readonly AiCall[] = category === 'Management' && source === undefined ? [...everyday, ...calls] : calls;
  for (const call of known)
    for (const readOnly of call.readOnly === null ? guesses(call.name) : [call.readOnly])
      yield eventOf(call, readOnly, fields, cell);
}

/** Reads as their name says, first. */
const guesses = (name: string): boolean[] => [/^(Get|List|Describe|Count|Retrieve)/.test(name)];

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
    'userIdentity.arn': `arn:aws:sts::${cell.account}:assumed-role/somebody/session`,
    ...(type === undefined ? {} : { 'resources.ARN': arnOf(type, call, cell) }),
    ...(fields['eventCategory'] === 'NetworkActivity' ? { vpcEndpointId: 'vpce-0123456789abcdef0' } : {}),
  };
}

const arnOf = (type: string, { source }: AiCall, { account, region }: Cell): string => {
  const [, service, kind = ''] = type.split('::');
  const noun = kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  return `arn:${partitionOf(region)}:${service === 'BedrockAgentCore' ? 'bedrock-agentcore' : source.split('.')[0]}:${region}:${account}:${noun}/somewhere-else`;
};

/** The partition of a Region. */
export const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
