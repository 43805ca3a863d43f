import { defineMetric } from '../define.ts';

export const credentialAiKeyUserRate = defineMetric<'users'>({
  id: 'credential.ai-key-user-rate',
  version: 1,
  unit: 'users',
  worse: 'higher',
  over: 'users',
  needs: ['users'],
  byKind: false,
  question: 'Of the IAM users, how many hold a live long-term key to Bedrock or Claude Platform?',
  place({ aiKey }) {
    if (aiKey === 'unread') return 'unread';
    return aiKey === 'yes' ? 'in' : 'out';
  },
});
