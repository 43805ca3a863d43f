import { isCounted } from '../../domain/identity.ts';
import { defineMetric } from '../define.ts';

export const agentConfusedDeputyRate = defineMetric<'agents'>({
  id: 'agent.confused-deputy-rate',
  version: 1,
  unit: 'agent roles',
  worse: 'higher',
  over: 'agents',
  needs: ['roles'],
  byKind: false,
  question:
    'Of the roles that AI services may act as, how many let a service act on behalf of others outside the organisation?',
  place({ kind, deputy }) {
    if (!isCounted(kind)) return 'apart';
    if (deputy === 'not-measured') return 'unread';
    return deputy === 'any-account' || deputy === 'any-subject' || deputy === 'named-accounts' ? 'in' : 'out';
  },
});
