import { defineMetric } from '../define.ts';

export const credentialStaleUserRate = defineMetric<'users'>({
  id: 'credential.stale-user-rate',
  version: 1,
  unit: 'users',
  worse: 'higher',
  over: 'users',
  needs: ['users'],
  byKind: false,
  frameworks: {
    'nist-800-53-r5': ['AC-2(3)', 'AC-2(g)'],
    'pci-dss-4.0.1': ['8.2.6'],
    'iso-27001-2022': ['A.5.18'],
    'soc-2': ['CC6.2'],
  },
  question: 'Of the IAM users who hold a credential, how many hold one that nobody used in the window?',
  place({ staleness }) {
    if (staleness === 'none') return 'apart';
    if (staleness === 'unread' || staleness === 'untrackable') return staleness;
    return staleness === 'stale' ? 'in' : 'out';
  },
});
