import { isCounted } from '../../domain/identity.ts';
import { defineMetric } from '../define.ts';

export const agentTakeoverRate = defineMetric<'takeovers'>({
  id: 'agent.takeover-rate',
  version: 1,
  unit: 'identities',
  worse: 'higher',
  over: 'takeovers',
  needs: ['users', 'roles'],
  byKind: true,
  question: 'Of the identities that can change what AI agents do, how many can do so to agents they do not own?',
  place({ kind, certainty, unowned }) {
    if (!isCounted(kind)) return 'apart';
    if (certainty === 'unread') return 'unread';
    return unowned.length > 0 ? 'in' : 'out';
  },
});
