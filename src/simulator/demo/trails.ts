import type { AdvancedEventSelector, AdvancedFieldSelector } from '@aws-sdk/client-cloudtrail';
import { coreAiEventClasses } from '../../catalogue/ai-event-classes.ts';
import type { Region } from '../../domain/ids.ts';
import type { StoreSpec, TrailSpec } from '../build.ts';
import type { SimulatedSelectors } from '../organization.ts';
import { dataOf, management, onlyReads, onlyWrites } from '../select.ts';
import type { AccountName } from './places.ts';

// Who records what. The comment at each line says which cells it covers; `truth.ts` adds them up.

const frankfurt = 'eu-central-1' as Region;
const advanced = (...selectors: readonly AdvancedEventSelector[]): SimulatedSelectors => ({
  kind: 'advanced',
  selectors,
});
const everyCoreClass = coreAiEventClasses.map((type) => dataOf(type));
const trail = (name: string, selectors: SimulatedSelectors, rest: Partial<TrailSpec> = {}): TrailSpec => ({
  home: frankfurt,
  ...rest,
  name,
  selectors,
});

const applyGuardrail: AdvancedFieldSelector = { Field: 'eventName', Equals: ['ApplyGuardrail'] };
const oneRuntime: AdvancedFieldSelector = {
  Field: 'resources.ARN',
  StartsWith: ['arn:aws:bedrock-agentcore:eu-central-1:430000000002:runtime/checkout'],
};
const notTheScheduler: AdvancedFieldSelector = {
  Field: 'userIdentity.arn',
  NotStartsWith: ['arn:aws:sts::430000000003:assumed-role/scheduler'],
};
const notKms: AdvancedFieldSelector = {
  Field: 'eventSource',
  NotEquals: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'],
};

export const trails: Readonly<Partial<Record<AccountName, TrailSpec>>> = {
  // Everywhere: management events of writes alone (partial; InvokeModel is a read, so nobody sees model calls), Workspace in full.
  management: trail(
    'organization-trail',
    advanced(management(onlyWrites), dataOf('AWS::AWSExternalAnthropic::Workspace')),
    { organization: true },
  ),
  // Management and all 14 core classes, in full, in every Region.
  'ai-gateway': trail('ai-trail', advanced(management(), ...everyCoreClass)),
  'payments-core': trail('payments-audit', advanced(management(), ...everyCoreClass)),
  // Four classes, each narrowed by another field: partial.
  'ai-inference': trail(
    'inference-trail',
    advanced(
      dataOf('AWS::Bedrock::Model', onlyReads),
      dataOf('AWS::Bedrock::AsyncInvoke', onlyWrites),
      dataOf('AWS::Bedrock::Guardrail', applyGuardrail),
      dataOf('AWS::BedrockAgentCore::Runtime', oneRuntime),
    ),
  ),
  // Management and AgentAlias from two selectors that together read and write: covered. Five classes in full, FlowAlias partial.
  'ai-agents': trail(
    'agents-trail',
    advanced(
      management(onlyReads),
      management(onlyWrites),
      dataOf('AWS::Bedrock::AgentAlias', onlyReads),
      dataOf('AWS::Bedrock::AgentAlias', onlyWrites),
      dataOf('AWS::Bedrock::InlineAgent'),
      dataOf('AWS::Bedrock::KnowledgeBase'),
      dataOf('AWS::BedrockAgentCore::Runtime'),
      dataOf('AWS::BedrockAgentCore::Gateway'),
      dataOf('AWS::BedrockAgentCore::Memory'),
      dataOf('AWS::Bedrock::FlowAlias', notTheScheduler),
    ),
  ),
  // Basic selectors: management in full, and no AI class, because basic selectors cannot name one.
  'web-shop': trail('shop-trail', {
    kind: 'basic',
    selectors: [
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::shop-orders/'] }],
      },
    ],
  }),
  // Basic, writes alone: adds nothing to the organisation's trail.
  'dev-web': trail('dev-trail', {
    kind: 'basic',
    selectors: [{ ReadWriteType: 'WriteOnly', IncludeManagementEvents: true, DataResources: [] }],
  }),
  // No selector listed: the default, all management events.
  'customer-portal': trail('portal-trail', { kind: 'none' }),
  // Management without the events of two sources: narrowed, so partial.
  'security-tooling': trail('tooling-trail', advanced(management(notKms))),
  // Everything, but stopped: nothing.
  'shared-services': trail('old-audit', advanced(management(), ...everyCoreClass), { logging: false }),
  // Everything, but in one Region alone.
  'dev-ai': trail('frankfurt-only', advanced(management(), ...everyCoreClass), { multiRegion: false }),
  // Two classes in full, no management events. Its account is the throttled one, whose trails do answer.
  'data-lake': trail('lake-trail', advanced(dataOf('AWS::Bedrock::KnowledgeBase'), dataOf('AWS::Bedrock::Guardrail'))),
  // Data events that are no core class: shown where selected, not counted.
  'sandbox-hackathon': trail('hackathon', advanced(dataOf('AWS::S3::Object'), dataOf('AWS::SageMaker::Endpoint'))),
};

export const eventDataStores: Readonly<Partial<Record<AccountName, StoreSpec>>> = {
  // Management and three core classes in full, in every Region.
  'ai-research': {
    name: 'research-lake',
    id: '5f0c1d2e-3b4a-4c5d-8e6f-7a8b9c0d1e2f',
    home: 'us-east-1' as Region,
    selectors: [
      management(),
      dataOf('AWS::Bedrock::Model'),
      dataOf('AWS::Bedrock::AsyncInvoke'),
      dataOf('AWS::BedrockMantle::Project'),
    ],
  },
};
