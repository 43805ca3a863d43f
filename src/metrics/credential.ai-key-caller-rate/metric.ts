import { defineMetric } from '../define.ts';

export const credentialAiKeyCallerRate = defineMetric<'powers'>({
  id: 'credential.ai-key-caller-rate',
  version: 1,
  unit: 'identities',
  worse: 'higher',
  over: 'powers',
  needs: ['users', 'roles'],
  byKind: true,
  question: 'Of the IAM users and roles, how many can call an AI service with an API key of their own?',
  place({ call }) {
    if (call === 'unread') return 'unread';
    return call === 'yes' ? 'in' : 'out';
  },
});
