import { describeService, services } from './actions.ts';

// The services and resources behind CloudTrail's resource types (`AWS::BedrockAgentCore::Memory`), by the names of the Service Authorization
// Reference: the same words, in small letters and here and there with hyphens. In the records that AWS shows, the event source is that prefix
// and the resource's ARN has that form (AgentCore developer guide, "Understanding Amazon Bedrock AgentCore Gateway CloudTrail events"; Nova
// Act user guide, "Logging Amazon Nova Act API calls using AWS CloudTrail"; AgentCore developer guide, "registry-cloudtrail-integration").

const bare = (name: string): string => name.replace(/[^A-Za-z0-9]/g, '').toLowerCase();

let prefixes: ReadonlyMap<string, string> | null = null;

/** The service of a resource type: `bedrock-agentcore`. A service that the reference does not list goes by its name in small letters. */
export function serviceOf(type: string): string {
  const name = bare(type.split('::')[1] ?? '');
  prefixes ??= new Map(services().map((prefix) => [bare(prefix), prefix]));
  return prefixes.get(name) ?? name;
}

/** The event source of a resource type's data events: `bedrock-agentcore.amazonaws.com`. */
export const eventSourceOf = (type: string): string => `${serviceOf(type)}.amazonaws.com`;

/** Resource types whose resources the reference calls otherwise. */
const otherwise: Readonly<Record<string, string>> = { 'AWS::Bedrock::Model': 'foundation-model' };

/** Where a resource is. */
export interface Place {
  readonly partition: string;
  readonly account: string;
  readonly region: string;
}

/** The ARN of some resource of a type, whose own names are all `name`: `arn:aws:bedrock:us-east-1:111111111111:guardrail/NAME`. */
export function arnOfType(type: string, place: Place, name: string): string {
  const service = serviceOf(type);
  const kind = otherwise[type] ?? type.split('::')[2] ?? '';
  const found = describeService(service)?.resources.find((it) => bare(it.type) === bare(kind));
  const noun = kind.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
  const format = found?.arns[0] ?? `arn:\${Partition}:${service}:\${Region}:\${Account}:${noun}/\${Id}`;
  const said: Readonly<Record<string, string>> = {
    Partition: place.partition,
    Region: place.region,
    Account: place.account,
  };
  return format.replace(/\$\{(\w+)\}/g, (_, field: string) => said[field] ?? name);
}

/** Services that EventBridge is known to show as `aws.` and their prefix; of the others nobody says whether it does. */
const shownByEventBridge: ReadonlySet<string> = new Set(['bedrock', 'bedrock-agentcore', 'sagemaker']);

/** The `source` under which EventBridge shows events of an event source. */
export function eventBridgeSourceOf(eventSource: string): { readonly name: string; readonly known: boolean } {
  const service = eventSource.replace('.amazonaws.com', '');
  return { name: `aws.${service}`, known: shownByEventBridge.has(service) };
}
