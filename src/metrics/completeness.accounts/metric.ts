import { defineMetric } from '../define.ts';

export const completenessAccounts = defineMetric<'accounts'>({
  id: 'completeness.accounts',
  version: 1,
  unit: 'accounts',
  worse: 'lower',
  over: 'accounts',
  needs: [],
  byKind: false,
  question: 'Of the accounts that are not suspended, how many were fully measured?',
  place({ status }) {
    if (status === 'suspended') return 'apart';
    return status === 'measured' ? 'in' : 'out';
  },
});
