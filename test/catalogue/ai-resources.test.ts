import { services } from '../../src/catalogue/actions.ts';
import { aiCalls } from '../../src/catalogue/ai-calls.ts';
import { aiEventClasses } from '../../src/catalogue/ai-event-classes.ts';
import { arnOfType, eventBridgeSourceOf, eventSourceOf, serviceOf } from '../../src/catalogue/ai-resources.ts';

test('the service of every AI resource type is one that AWS lists, but for one that it does not', () => {
  const unlisted = aiEventClasses.filter((type) => !services().includes(serviceOf(type)));
  expect(unlisted).toEqual(['AWS::SitewiseAssistant::Conversation']);
  expect(serviceOf('AWS::Unheard::Of')).toBe('unheard');
});

test('known calls of a type come from its service', () => {
  const typed = aiCalls.flatMap(({ source, types }) => types.map((type) => ({ source, type })));
  expect(typed.length).toBeGreaterThan(50);
  for (const { source, type } of typed) expect(eventSourceOf(type)).toBe(source);
});

test.each([
  ['AWS::BedrockAgentCore::Memory', 'bedrock-agentcore.amazonaws.com'],
  ['AWS::AgentRegistry::Registry', 'agent-registry.amazonaws.com'],
  ['AWS::NovaAct::WorkflowRun', 'nova-act.amazonaws.com'],
  ['AWS::SageMaker::Endpoint', 'sagemaker.amazonaws.com'],
])('events of %s come from %s', (type, source) => expect(eventSourceOf(type)).toBe(source));

test.each([
  ['AWS::Bedrock::Guardrail', 'arn:aws:bedrock:us-east-1:111111111111:guardrail/x'],
  ['AWS::Bedrock::FlowAlias', 'arn:aws:bedrock:us-east-1:111111111111:flow/x/alias/x'],
  ['AWS::Bedrock::Model', 'arn:aws:bedrock:us-east-1::foundation-model/x'],
  ['AWS::Bedrock::InlineAgent', 'arn:aws:bedrock:us-east-1:111111111111:inline-agent/x'],
  ['AWS::BedrockAgentCore::Gateway', 'arn:aws:bedrock-agentcore:us-east-1:111111111111:gateway/x'],
  ['AWS::BedrockAgentCore::CodeInterpreter', 'arn:aws:bedrock-agentcore:us-east-1:aws:code-interpreter/x'],
  ['AWS::BedrockMantle::Project', 'arn:aws:bedrock-mantle:us-east-1:111111111111:project/x'],
  ['AWS::AWSExternalAnthropic::Workspace', 'arn:aws:aws-external-anthropic:us-east-1:111111111111:workspace/x'],
])('%s is named as AWS names it', (type, arn) => {
  const place = { partition: 'aws', account: '111111111111', region: 'us-east-1' };
  expect(arnOfType(type, place, 'x')).toBe(arn);
  expect(arnOfType(type, { ...place, partition: 'aws-us-gov' }, 'x')).toBe(arn.replace('arn:aws:', 'arn:aws-us-gov:'));
});

test('EventBridge is known to show three AI services, each under a name of its own', () => {
  expect(eventBridgeSourceOf('bedrock.amazonaws.com')).toEqual({ name: 'aws.bedrock', known: true });
  expect(eventBridgeSourceOf('aws-external-anthropic.amazonaws.com').known).toBe(false);
});
