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
  frameworks: {
    'nist-800-53-r5': ['AC-3'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.5.15'],
    'soc-2': ['CC6.6'],
  },
  question:
    'Of the roles that AI services may act as, how many let a service act on behalf of others outside the organisation?',
  place({ kind, deputy }) {
    if (!isCounted(kind)) return 'apart';
    if (deputy === 'not-measured') return 'unread';
    return deputy === 'any-account' || deputy === 'any-subject' || deputy === 'named-accounts' ? 'in' : 'out';
  },
});
