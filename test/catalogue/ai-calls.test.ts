import { readFileSync } from 'node:fs';
import { aiCallNamed, aiCalls, blindSpots } from '../../src/catalogue/ai-calls.ts';
import {
  aiEventClasses,
  classFields,
  coreAiEventClasses,
  isAiEventClass,
  nightlyClasses,
} from '../../src/catalogue/ai-event-classes.ts';
import { costDriverOf, volumeOf } from '../../src/catalogue/event-volume.ts';
import { eventClassOf } from '../../src/cloudtrail/classes.ts';
import { describeWithSharedData, sharedData } from '../support/shared-data.ts';

const claude = 'aws-external-anthropic.amazonaws.com';
const classes = (source: string) =>
  Object.groupBy(
    aiCalls.filter((it) => it.source === source),
    (it) => it.class,
  );

test('no call is classed twice, and data events name their type', () => {
  expect(new Set(aiCalls.map(({ source, name }) => `${source}/${name}`)).size).toBe(aiCalls.length);
  for (const call of aiCalls)
    expect({ ...call, typed: call.types.length > 0 }).toMatchObject({
      typed: call.class === 'data' || call.class === 'either',
    });
  for (const { types, name } of aiCalls)
    if (name !== 'RenderPrompt') expect(types.filter((it) => !aiEventClasses.includes(it))).toEqual([]);
});

test('Claude Platform: 46 data events, 17 management events, 6 in dispute, 5 unpublished, 2 permissions', () => {
  const { data, management, either, never } = classes(claude);
  expect([data?.length, management?.length, either?.length, never?.length]).toEqual([46, 17, 11, 2]);
});

test('on the Bedrock runtime a model call is a management event, on Mantle a data event', () => {
  expect(aiCallNamed('bedrock.amazonaws.com', 'InvokeModel')).toMatchObject({ class: 'management', readOnly: true });
  expect(aiCallNamed('bedrock-mantle.amazonaws.com', 'CreateInference')).toMatchObject({
    class: 'data',
    types: ['AWS::BedrockMantle::Project'],
  });
});

test('the list of resource types: the core ones first, each once, all of AI', () => {
  expect(aiEventClasses.slice(0, 14)).toEqual(coreAiEventClasses);
  expect(new Set(aiEventClasses).size).toBe(aiEventClasses.length);
  expect(aiEventClasses.filter((type) => type.startsWith('AWS::Bedrock::'))).toHaveLength(18);
  expect(aiEventClasses.filter((type) => type.startsWith('AWS::BedrockAgentCore::'))).toHaveLength(23);
  expect(aiEventClasses.every(isAiEventClass)).toBe(true);
  expect(['AWS::S3::Object', 'AWS::QuickSight::Dashboard', 'AWS::WellArchitected::Workload'].some(isAiEventClass)).toBe(
    false,
  );
  expect(isAiEventClass('AWS::Bedrock::SomethingNew')).toBe(true);
});

test('every class of a night is one of CloudTrail’s, with events to look at, but for the bodies of model calls', () => {
  const cell = { account: '111111111111', region: 'us-east-1' };
  const none = nightlyClasses.filter((it) => eventClassOf(it, cell) === null);
  expect(none).toEqual(['model-invocation-logging']);
  expect(classFields('network-activity:bedrock.amazonaws.com')).toEqual({
    eventCategory: 'NetworkActivity',
    eventSource: 'bedrock.amazonaws.com',
  });
  for (const event of eventClassOf('AWS::Bedrock::Guardrail', cell)?.events ?? [])
    expect(event).toMatchObject({ eventCategory: 'Data', 'resources.type': 'AWS::Bedrock::Guardrail' });
});

test('blind spots are told apart by id, the console first', () => {
  expect(blindSpots[0]?.id).toBe('claude-console');
  expect(new Set(blindSpots.map(({ id }) => id)).size).toBe(blindSpots.length);
});

test('the cost driver is the class with the most events, management last', () => {
  expect(costDriverOf(['management', 'AWS::Bedrock::FlowAlias', 'AWS::Bedrock::Guardrail'])).toBe(
    'AWS::Bedrock::Guardrail',
  );
  expect(costDriverOf(['management', 'AWS::Bedrock::Tool'])).toBe('AWS::Bedrock::Tool');
  expect(costDriverOf([])).toBeNull();
  for (const eventClass of nightlyClasses) expect(volumeOf(eventClass)).toMatch(/\w/);
});

describeWithSharedData('the published list of actions', () => {
  test('every action of Claude Platform is classed', () => {
    const text = readFileSync(sharedData('claude-platform/iam-data/actions/aws-external-anthropic.json'), 'utf8');
    const names = Object.values(JSON.parse(text) as Record<string, { name: string }>).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(70);
    expect(names.filter((name) => aiCallNamed(claude, name) === undefined)).toEqual([]);
  });
});
