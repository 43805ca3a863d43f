import { isCounted } from '../../domain/identity.ts';
import { defineMetric } from '../define.ts';

export const identityUnusedRate = defineMetric<'identities'>({
  id: 'identity.unused-rate',
  version: 1,
  unit: 'identities',
  worse: 'higher',
  over: 'identities',
  needs: ['users', 'roles'],
  byKind: true,
  frameworks: {
    'nist-800-53-r5': ['AC-2(3)', 'AC-2(j)'],
    'pci-dss-4.0.1': ['8.2.6'],
    'iso-27001-2022': ['A.5.16', 'A.5.18'],
    'soc-2': ['CC6.2'],
  },
  question: 'Of the IAM users and roles that existed before the window, how many were not used in it?',
  place({ kind, tooNew, activity }) {
    if (!isCounted(kind) || tooNew) return 'apart';
    if (activity === 'unread') return 'unread';
    return activity === 'unused' ? 'in' : 'out';
  },
});
