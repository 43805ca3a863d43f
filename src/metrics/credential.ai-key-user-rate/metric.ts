import { defineMetric } from '../define.ts';

export const credentialAiKeyUserRate = defineMetric<'users'>({
  id: 'credential.ai-key-user-rate',
  version: 1,
  unit: 'users',
  worse: 'higher',
  over: 'users',
  needs: ['users'],
  byKind: false,
  frameworks: {
    'nist-800-53-r5': ['AC-2', 'IA-5'],
    'pci-dss-4.0.1': ['7.2.5', '8.6.3'],
    'iso-27001-2022': ['A.5.17'],
    'soc-2': ['CC6.1'],
    'aws-ai-security': ['AISF-IAM-03'],
  },
  question: 'Of the IAM users, how many hold a live long-term key to Bedrock or Claude Platform?',
  place({ aiKey }) {
    if (aiKey === 'unread') return 'unread';
    return aiKey === 'yes' ? 'in' : 'out';
  },
});
