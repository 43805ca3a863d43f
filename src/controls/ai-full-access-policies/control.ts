import { arnIn } from '../../domain/partition.ts';
import { defineControl } from '../define.ts';
import { holdersOf, some } from '../policies.ts';
import { theAccount } from '../populations.ts';
import { fail, pass } from '../verdict.ts';

export const aiFullAccessPolicies = defineControl({
  id: 'ai-full-access-policies',
  version: 1,
  severity: 'high',
  title: 'Nobody has a full-access policy of an AI service',
  method: 'No user, group or role has AmazonBedrockFullAccess, AmazonBedrockMantleFullAccess or AnthropicFullAccess.',
  frameworks: {
    'nist-800-53-r5': ['AC-6'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  operations: ['iam:GetAccountAuthorizationDetails'],
  over: theAccount,

  needs: (_, { facts }) => ({
    holders: holdersOf(facts, ['AmazonBedrockFullAccess', 'AmazonBedrockMantleFullAccess', 'AnthropicFullAccess']),
  }),
  judge: ({ holders }) =>
    holders.length > 0
      ? fail('a full-access policy of an AI service is attached', { holders: some(holders) })
      : pass('nobody has a full-access policy of an AI service'),
  remedy: (_, { shared: { partition } }) => ({
    text: 'Detach it and allow the models, workspaces and actions that are used',
    command: `aws iam list-entities-for-policy --policy-arn ${arnIn(partition, 'iam::aws:policy/AmazonBedrockFullAccess')}`,
  }),
});
