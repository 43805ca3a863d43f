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
  frameworks: {
    'nist-800-53-r5': ['AC-6'],
    'pci-dss-4.0.1': ['7.2.5'],
    'iso-27001-2022': ['A.8.2'],
    'soc-2': ['CC6.3'],
  },
  question: 'Of the identities that can change what AI agents do, how many can do so to agents they do not own?',
  place({ kind, certainty, unowned }) {
    if (!isCounted(kind)) return 'apart';
    if (certainty === 'unread') return 'unread';
    return unowned.length > 0 ? 'in' : 'out';
  },
});
