// CloudTrail data-event resource types of AI services (domain facts B.3, read October 2026). Core classes count in
// `logging.ai-data-event-coverage`; the others are shown where something selects them.

const under = (service: string, ...types: string[]): string[] => types.map((type) => `AWS::${service}::${type}`);

/** The versioned list behind `logging.ai-data-event-coverage` version 1. */
export const coreAiEventClasses: readonly string[] = [
  ...under('AWSExternalAnthropic', 'Workspace'),
  ...under('Bedrock', 'Model', 'AsyncInvoke', 'AgentAlias', 'InlineAgent', 'KnowledgeBase', 'FlowAlias', 'Guardrail'),
  ...under('BedrockMantle', 'Project'),
  ...under('BedrockAgentCore', 'Runtime', 'Gateway', 'Memory', 'CodeInterpreter', 'Browser'),
];

/** Prefixes of resource types that belong to AI services; a class under one of them that is not core is shown, not counted. */
const aiPrefixes = [
  'AWSExternalAnthropic',
  'Bedrock',
  'BedrockAgentCore',
  'BedrockMantle',
  'BedrockWebSearch',
  'QApps',
  'QBusiness',
  'QDeveloper',
  'AIOps',
  'CodeWhisperer',
  'SageMaker',
  'AgentRegistry',
  'AgentAccessMCP',
  'AIDevOps',
  'NovaAct',
  'Transform',
  'TransformCustom',
  'HealthAgent',
  'SitewiseAssistant',
  'S3Vectors',
  'KendraRanking',
  'MachineLearning',
  'Lex',
].map((service) => `AWS::${service}::`);

export const isAiEventClass = (type: string): boolean => aiPrefixes.some((prefix) => type.startsWith(prefix));
