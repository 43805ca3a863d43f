import { aiNetworkSources, managementClass } from './ai-event-classes.ts';

// What makes the volume, and so the cost, of an event class: CloudTrail charges data and network activity events, and every copy of
// management events after the first, by number (CloudTrail pricing page). Ordered from the most events to the fewest, as far as the calls
// behind a class tell; how many there are only the account's own use says.

const network = (service: string): readonly (readonly [string, string])[] => [
  [`network-activity:${service}.amazonaws.com`, 'call through a VPC endpoint, beside its own event'],
];

/** What one event of a class stands for. */
const volumes: readonly (readonly [eventClass: string, oneEventPer: string])[] = [
  ['AWS::AWSExternalAnthropic::Workspace', 'call to Claude: inference, token counts, files, sessions'],
  ['AWS::BedrockMantle::Project', 'inference on the Mantle endpoint'],
  ...network('bedrock'),
  ['AWS::BedrockAgentCore::Memory', 'memory an agent reads or writes'],
  ['AWS::BedrockAgentCore::Gateway', 'tool call of an agent'],
  ['AWS::BedrockAgentCore::Runtime', 'invocation of an agent'],
  ['AWS::Bedrock::Guardrail', 'evaluation of a guardrail, those during model calls included'],
  ['AWS::Bedrock::KnowledgeBase', 'retrieval'],
  ['AWS::Bedrock::AgentAlias', 'invocation of an agent'],
  ['AWS::Bedrock::InlineAgent', 'invocation of an agent'],
  ['AWS::BedrockAgentCore::CodeInterpreter', 'piece of code an agent runs'],
  ...aiNetworkSources.filter((it) => it !== 'bedrock.amazonaws.com').flatMap((it) => network(it.split('.')[0] ?? '')),
  ['AWS::BedrockAgentCore::Browser', 'browser session step'],
  ['AWS::Bedrock::FlowAlias', 'run of a flow'],
  ['AWS::Bedrock::Model', 'bidirectional or asynchronous model call'],
  ['AWS::Bedrock::AsyncInvoke', 'asynchronous model call'],
  [managementClass, 'control-plane call and Bedrock model call; the first copy is free'],
];
const byClass = new Map(volumes);

/** What one event of a class stands for, in words. */
export const volumeOf = (eventClass: string): string => byClass.get(eventClass) ?? 'call of this resource type';

/** The class of several whose events are likely the most: it drives the cost. */
export function costDriverOf(classes: readonly string[]): string | null {
  const rank = (eventClass: string): number => {
    const at = volumes.findIndex(([it]) => it === eventClass);
    return at < 0 ? volumes.length - 2 : at; // types that nothing is known of: before management, whose first copy is free
  };
  return classes.toSorted((a, b) => rank(a) - rank(b))[0] ?? null;
}
