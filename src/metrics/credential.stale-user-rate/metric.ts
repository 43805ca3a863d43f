import { defineMetric } from '../define.ts';

export const credentialStaleUserRate = defineMetric<'users'>({
  id: 'credential.stale-user-rate',
  version: 1,
  unit: 'users',
  worse: 'higher',
  over: 'users',
  needs: ['users'],
  byKind: false,
  question: 'Of the IAM users who hold a credential, how many hold one that nobody used in the window?',
  place({ staleness }) {
    if (staleness === 'none') return 'apart';
    if (staleness === 'unread' || staleness === 'untrackable') return staleness;
    return staleness === 'stale' ? 'in' : 'out';
  },
});
