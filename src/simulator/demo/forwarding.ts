import type { Region } from '../../domain/ids.ts';
import type { SimulatedForwarding, SimulatedLogGroup } from '../forwarding.ts';
import { type AccountName, idOf } from './places.ts';

// Where recorded events go on to, and who is told. `truth.ts` adds the grades up.

const region = 'eu-central-1' as Region;
const group = (name: string, more: Partial<SimulatedLogGroup>): SimulatedLogGroup => ({
  name,
  region,
  filters: {},
  subscriptions: {},
  ...more,
});
const none: SimulatedForwarding = { groups: [], policies: [], alarms: [], rules: [], buses: [] };
const ofBedrock = {
  'detail-type': ['AWS API Call via CloudTrail'],
  detail: { eventSource: ['bedrock.amazonaws.com'] },
};

/** By account; a trail writes to the log group of its account that has its name. */
export const forwarding: Readonly<Partial<Record<AccountName, SimulatedForwarding>>> = {
  // Of the organisation's trail, in every account: somebody is told of model calls on Claude Platform, and of root, who never makes any.
  management: {
    ...none,
    groups: [
      group('organization-trail', {
        filters: {
          'claude-calls':
            '{ ($.eventSource = "aws-external-anthropic.amazonaws.com") && ($.eventName = "CreateInference") }',
          'root-use':
            '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }',
        },
      }),
    ],
    alarms: [
      { name: 'claude-calls', region, filter: 'claude-calls', actionsEnabled: true },
      { name: 'root-use', region, filter: 'root-use', actionsEnabled: true },
    ],
  },
  // All that its own trail records goes to the security lake.
  'ai-gateway': { ...none, groups: [group('ai-trail', { subscriptions: { everything: '' } })] },
  // The same through a policy for all log groups of the account but one.
  'payments-core': {
    ...none,
    groups: [group('payments-audit', {})],
    policies: [{ name: 'everything-to-the-lake', region, pattern: '', leavesOut: ['noise'] }],
  },
  // Calls of agents are counted, and the alarm is there; somebody turned its actions off. And the policy leaves this log group out.
  'ai-agents': {
    ...none,
    policies: [{ name: 'everything-to-the-lake', region, pattern: '', leavesOut: ['agents-trail'] }],
    groups: [group('agents-trail', { filters: { agents: '{ $.eventSource = "bedrock-agentcore.amazonaws.com" }' } })],
    alarms: [{ name: 'agents', region, filter: 'agents', actionsEnabled: false }],
  },
  // A pattern on all resources of an event: AWS does not say what it matches.
  'dev-ai': {
    ...none,
    groups: [group('frankfurt-only', { filters: { models: '{ $.resources[*].type = "AWS::Bedrock*" }' } })],
  },
  // A function looks at every call of Bedrock ...
  'ai-inference': {
    ...none,
    rules: [{ name: 'bedrock-calls', pattern: ofBedrock, targets: ['arn:aws:lambda:REGION:ACCOUNT:function:triage'] }],
  },
  // ... here a topic tells people of it ...
  'security-tooling': {
    ...none,
    rules: [{ name: 'bedrock-calls', pattern: ofBedrock, targets: ['arn:aws:sns:REGION:ACCOUNT:security'] }],
  },
  // ... here too, by a rule of the bus to which the first rule sends what it matches ...
  network: {
    ...none,
    rules: [{ name: 'to-security', pattern: ofBedrock, targets: ['arn:aws:events:REGION:ACCOUNT:event-bus/security'] }],
    buses: [
      {
        name: 'security',
        rules: [{ name: 'tell', pattern: ofBedrock, targets: ['arn:aws:sns:REGION:ACCOUNT:security'] }],
      },
    ],
  },
  // ... here nobody on that bus waits for it ...
  backup: {
    ...none,
    rules: [{ name: 'to-audit', pattern: ofBedrock, targets: ['arn:aws:events:REGION:ACCOUNT:event-bus/audit'] }],
    buses: [
      {
        name: 'audit',
        rules: [
          {
            name: 'tell',
            pattern: { detail: { eventSource: ['iam.amazonaws.com'] } },
            targets: ['arn:aws:sns:REGION:ACCOUNT:security'],
          },
        ],
      },
    ],
  },
  // ... here it goes to the bus of another account ...
  'shared-services': {
    ...none,
    rules: [
      {
        name: 'to-log-archive',
        pattern: ofBedrock,
        targets: [`arn:aws:events:REGION:${idOf('log-archive')}:event-bus/central`],
      },
    ],
  },
  // ... and here nobody was put in.
  'dev-web': { ...none, rules: [{ name: 'bedrock-calls', pattern: ofBedrock, targets: [] }] },
};
