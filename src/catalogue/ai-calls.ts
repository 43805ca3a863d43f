// Calls of AI services and how CloudTrail classes them: Claude Platform by Anthropic's route table, Bedrock and Mantle by AWS's guides
// (domain facts A.3 and B.2, read October 2026). What is published nowhere stays open, and is never taken for logged.

/** `either`: two sources disagree, or none tells; `never`: a permission without a call of its own. */
export type CallClass = 'management' | 'data' | 'either' | 'never';

/** One call of an AI service. */
export interface AiCall {
  readonly source: string;
  readonly name: string;
  readonly class: CallClass;
  /** Resource types of its data events; several: the call may be recorded under any of them. */
  readonly types: readonly string[];
  /** `readOnly` of its events where it was seen or documented; null = nobody says. */
  readonly readOnly: boolean | null;
}

type Row = readonly [source: string, kind: CallClass, types: string, readOnly: boolean | null, names: string];
const claude = 'aws-external-anthropic.amazonaws.com';
const workspace = 'AWS::AWSExternalAnthropic::Workspace';
const bedrock = 'bedrock.amazonaws.com';
const mantle = 'bedrock-mantle.amazonaws.com';

const agentcore = 'bedrock-agentcore.amazonaws.com';

const rows: readonly Row[] = [
  [
    claude,
    'data',
    workspace,
    null,
    `CountTokens CreateInference CancelBatchInference CreateBatchInference DeleteBatchInference GetBatchInference
     ListBatchInferences GetModel ListModels CreateFile DeleteFile GetFile ListFiles CreateSkill DeleteSkill GetSkill
     ListSkills UpdateSkill CreateUserProfile GetUserProfile ListUserProfiles UpdateUserProfile ArchiveAgent CreateAgent
     GetAgent ListAgents UpdateAgent ArchiveSession CreateSession DeleteSession GetSession ListSessions UpdateSession
     ArchiveEnvironment CreateEnvironment DeleteEnvironment GetEnvironment ListEnvironments ProcessEnvironmentWork
     UpdateEnvironment ArchiveMemoryStore CreateMemoryStore DeleteMemoryStore GetMemoryStore ListMemoryStores
     UpdateMemoryStore`,
  ],
  [
    claude,
    'management',
    '',
    null,
    `ArchiveVault CreateVault DeleteVault GetVault ListVaults UpdateVault ArchiveWorkspace CreateWorkspace GetWorkspace
     ListWorkspaces UpdateWorkspace RegisterKey GetKey ListKeys UpdateKey DisableKey ListComplianceActivities`,
  ],
  // Management by Anthropic's table, data by AWS's monitoring page.
  [
    claude,
    'either',
    workspace,
    null,
    'CreateWebhook DeleteWebhook GetWebhook ListWebhooks RotateWebhookSecret UpdateWebhook',
  ],
  // No class is published.
  [
    claude,
    'either',
    workspace,
    null,
    'CreateUserProfileEnrollmentUrl GetAccountStatus ListTagsForResource TagResource UntagResource',
  ],
  [claude, 'never', '', null, 'AssumeConsole CallWithBearerToken'],
  // `readOnly` true as recorded for InvokeModel; the others are documented in one breath with it, not seen.
  [bedrock, 'management', '', true, 'InvokeModel'],
  [bedrock, 'management', '', null, 'InvokeModelWithResponseStream Converse ConverseStream ListAsyncInvokes'],
  [
    bedrock,
    'data',
    'AWS::Bedrock::Model AWS::Bedrock::AsyncInvoke',
    null,
    'InvokeModelWithBidirectionalStream StartAsyncInvoke GetAsyncInvoke',
  ],
  [bedrock, 'data', 'AWS::Bedrock::AgentAlias', null, 'InvokeAgent'],
  [bedrock, 'data', 'AWS::Bedrock::InlineAgent', null, 'InvokeInlineAgent'],
  [bedrock, 'data', 'AWS::Bedrock::KnowledgeBase', null, 'Retrieve RetrieveAndGenerate'],
  [bedrock, 'data', 'AWS::Bedrock::FlowAlias', null, 'InvokeFlow'],
  [bedrock, 'data', 'AWS::Bedrock::Guardrail', null, 'ApplyGuardrail'],
  // A permission, not a call; the guide and CloudTrail's table name different types.
  [bedrock, 'data', 'AWS::Bedrock::Prompt AWS::Bedrock::PromptVersion', null, 'RenderPrompt'],
  [bedrock, 'never', '', null, 'CallWithBearerToken'],
  [
    mantle,
    'data',
    'AWS::BedrockMantle::Project',
    null,
    `CreateInference GetInference CancelInference DeleteInference CountTokens`,
  ],
  [mantle, 'never', '', null, 'CallWithBearerToken'],
  // The gateway alone: of the calls of runtimes, memories and tools no class is published (AgentCore developer guide, "Amazon Bedrock
  // AgentCore Gateway event types"; `readOnly` as in its example records).
  [agentcore, 'data', 'AWS::BedrockAgentCore::Gateway', false, 'InvokeGateway'],
  [
    agentcore,
    'management',
    '',
    null,
    `CreateGateway CreateGatewayTarget DeleteGateway DeleteGatewayTarget GetGateway GetGatewayTarget ListGateways
     ListGatewayTargets UpdateGateway UpdateGatewayTarget`,
  ],
];

const words = (text: string): string[] => text.split(/\s+/).filter((word) => word !== '');

/** Every call whose class matters, in the order of the sources. */
export const aiCalls: readonly AiCall[] = rows.flatMap(([source, kind, types, readOnly, names]) =>
  words(names).map((name) => ({ source, name, class: kind, types: words(types), readOnly })),
);

const byName = new Map(aiCalls.map((call) => [`${call.source}/${call.name}`, call]));

/** The call behind an event, by its `eventSource` and `eventName`. */
export const aiCallNamed = (source: string, name: string): AiCall | undefined => byName.get(`${source}/${name}`);

/** Whether a call whose `readOnly` nobody says reads, as its name says. */
export const readsByName = (name: string): boolean =>
  /^(Get|List|Describe|Count|Retrieve|Search|Query|Batch(Get|Describe))/.test(name);

/** What no selector can make visible: said beside every answer about coverage, because no setting closes it. */
export const blindSpots: readonly { readonly id: string; readonly text: string }[] = [
  {
    id: 'claude-console',
    text: 'What people do inside the Claude Console after federation reaches no CloudTrail event and bypasses IAM (usage, cost, limits and workspace pages altogether); a console session lasts up to 12 hours. Fence it: deny aws-external-anthropic:AssumeConsole to all but named principals.',
  },
  {
    id: 'claude-bodies',
    text: 'Prompts and answers of Claude Platform are in no AWS log: CloudTrail records who called what, and model invocation logging is of the Bedrock runtime alone.',
  },
  {
    id: 'mantle-bodies',
    text: 'Model invocation logging takes no call of the bedrock-mantle endpoint, and CloudTrail no network activity of it.',
  },
  {
    id: 'unpublished-calls',
    text: 'For some calls of Claude Platform no CloudTrail class is published (tagging, account status, enrollment URLs) or sources disagree (webhooks): they count as logged only where management and data events both are. Of AgentCore the classes of gateway calls alone are published.',
  },
  {
    id: 'lookup',
    text: 'LookupEvents and the CloudTrail console show management events of 90 days alone: data events must go to a trail or an event data store to be seen at all.',
  },
];
