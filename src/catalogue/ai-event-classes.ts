// CloudTrail data-event resource types of AI services (domain facts B.3, read October 2026). Core classes count in
// `logging.ai-data-event-coverage`; the others are shown where something selects them, and all of them by `assay logging`.

const under = (service: string, types: string): string[] =>
  types.split(/\s+/).map((type) => `AWS::${service}::${type}`);

/** The versioned list behind `logging.ai-data-event-coverage` version 1. */
export const coreAiEventClasses: readonly string[] = [
  ...under('AWSExternalAnthropic', 'Workspace'),
  ...under('Bedrock', 'Model AsyncInvoke AgentAlias InlineAgent KnowledgeBase FlowAlias Guardrail'),
  ...under('BedrockMantle', 'Project'),
  ...under('BedrockAgentCore', 'Runtime Gateway Memory CodeInterpreter Browser'),
];

/** Every AI resource type of the list, the core ones first. */
export const aiEventClasses: readonly string[] = [
  ...new Set([
    ...coreAiEventClasses,
    ...under(
      'Bedrock',
      `AdvancedOptimizePromptJob AutomatedReasoningPolicy AutomatedReasoningPolicyVersion Blueprint DataAutomationInvocation
       DataAutomationProfile DataAutomationProject FlowExecution PromptVersion Session Tool`,
    ),
    ...under(
      'BedrockAgentCore',
      `ABTest APIKeyCredentialProvider BatchEvaluate BrowserCustom BrowserProfile CapacityProvider CodeInterpreterCustom
       Evaluator OAuth2CredentialProvider Payments Policy PolicyEngine Recommendation Registry RuntimeEndpoint TokenVault
       WorkloadIdentity WorkloadIdentityDirectory`,
    ),
    ...under('BedrockWebSearch', 'Tool'),
    ...under('QApps', 'QApp QAppSession'),
    ...under('QBusiness', 'Application DataSource Index Integration WebExperience'),
    ...under('QDeveloper', 'Integration'),
    ...under('AIOps', 'InvestigationGroup'),
    ...under('CodeWhisperer', 'Customization Profile'),
    ...under(
      'SageMaker',
      'Endpoint ExperimentTrialComponent FeatureGroup Hub Job MlflowApp MlflowTrackingServer TrainingSession',
    ),
    ...under('AgentRegistry', 'Registry'),
    ...under('AgentAccessMCP', 'Tools'),
    ...under('AIDevOps', 'AgentSpace Association OperatorAppTeam PipelineMetadata Service'),
    ...under('NovaAct', 'WorkflowDefinition WorkflowRun'),
    ...under('Transform', 'AgentInstance Profile'),
    ...under('TransformCustom', 'Campaign Conversation KnowledgeItem Package'),
    ...under('HealthAgent', 'Domain Integration PatientInsightsJob Session Subscription'),
    ...under('SitewiseAssistant', 'Conversation'),
    ...under('WellArchitected', 'AgentRecommendation'),
    ...under('S3Vectors', 'Index VectorBucket'),
    ...under('AOSS', 'Collection'),
    ...under('KendraRanking', 'ExecutionPlan'),
    ...under('MachineLearning', 'MlModel'),
    ...under('Lex', 'Bot BotAlias'),
    ...under('QuickSight', 'Flow FlowSession Automation'),
    ...under('Quicksight', 'ActionConnector'), // AWS's own casing differs
  ]),
];

/** Services whose resource types are AI ones, new types included. */
const aiServices = new Set(
  aiEventClasses
    .map((type) => type.split('::')[1])
    .filter((service) => !['WellArchitected', 'AOSS', 'QuickSight', 'Quicksight'].includes(service ?? '')),
);

/** Whether a resource type belongs to AI: it is on the list, or a new one of a service whose others all are. */
export const isAiEventClass = (type: string): boolean =>
  aiEventClasses.includes(type) || aiServices.has(type.split('::')[1]);

/** Services whose calls through a VPC endpoint CloudTrail can record as network activity (domain facts E.8); Mantle is not among them. */
export const aiNetworkSources: readonly string[] = [
  'aws-external-anthropic',
  'bedrock',
  'bedrock-agentcore',
  'sagemaker',
  'qbusiness',
].map((service) => `${service}.amazonaws.com`);

/** AI services whose management events are told apart: on the Bedrock runtime model calls are management events (domain facts B.2). */
export const aiManagementSources: readonly string[] = [
  'aws-external-anthropic',
  'bedrock',
  'bedrock-mantle',
  'bedrock-agentcore',
].map((service) => `${service}.amazonaws.com`);

/** The class of all management events. */
export const managementClass = 'management';
/** Bodies of model calls, logged by Bedrock itself Region by Region: no CloudTrail class (domain facts B.4). */
export const invocationClass = 'model-invocation-logging';

/** What an event class holds, as the fields that all its events share. `#reads` and `#writes` name one half of a class. Null: no class of CloudTrail events. */
export function classFields(eventClass: string): Readonly<Record<string, string>> | null {
  const [kind = '', source] = /^(management|network-activity):(.+)$/.exec(eventClass)?.slice(1) ?? [eventClass];
  if (kind === invocationClass) return null;
  if (kind === managementClass)
    return { eventCategory: 'Management', ...(source === undefined ? {} : { eventSource: source }) };
  if (kind === 'network-activity') return { eventCategory: 'NetworkActivity', eventSource: source ?? '' };
  const [type = '', half] = eventClass.split('#');
  const readOnly: Readonly<Record<string, string>> = half === undefined ? {} : { readOnly: String(half === 'reads') };
  return { eventCategory: 'Data', 'resources.type': type, ...readOnly };
}

/** Event classes of a night: management events, also of the AI services alone; core AI data events; network activity; model bodies. */
export const nightlyClasses: readonly string[] = [
  managementClass,
  ...aiManagementSources.map((source) => `management:${source}`),
  ...coreAiEventClasses,
  ...aiNetworkSources.map((source) => `network-activity:${source}`),
  invocationClass,
];

/** Classes of every night in their order, then the others by name. */
export function byNightlyOrder(a: string, b: string): number {
  const rank = (name: string): number =>
    nightlyClasses.includes(name) ? nightlyClasses.indexOf(name) : nightlyClasses.length;
  return rank(a) - rank(b) || (a < b ? -1 : 1);
}
