import { defineMetric } from '../define.ts';

export const credentialAiKeyMakerRate = defineMetric<'powers'>({
  id: 'credential.ai-key-maker-rate',
  version: 1,
  unit: 'identities',
  worse: 'higher',
  over: 'powers',
  needs: ['users', 'roles'],
  byKind: true,
  question: 'Of the IAM users and roles, how many can make a long-term key to Bedrock or Claude Platform?',
  place({ make }) {
    if (make === 'unread') return 'unread';
    return make === 'yes' ? 'in' : 'out';
  },
});
