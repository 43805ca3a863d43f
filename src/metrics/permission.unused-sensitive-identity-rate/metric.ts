import { defineMetric } from '../define.ts';

export const permissionUnusedSensitiveIdentityRate = defineMetric<'holdings'>({
  id: 'permission.unused-sensitive-identity-rate',
  version: 1,
  unit: 'identities',
  worse: 'higher',
  over: 'holdings',
  needs: ['users', 'roles'],
  byKind: true,
  byBasis: true,
  frameworks: {
    'nist-800-53-r5': ['AC-6', 'AC-6(7)'],
    'pci-dss-4.0.1': ['7.2.4', '7.2.5.1'],
    'iso-27001-2022': ['A.5.18', 'A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  question: 'Of identities holding a sensitive permission, how many used none of those they hold in the window?',
  place({ held, used, unused, unread }) {
    if (held === 0) return 'apart';
    if (used > 0) return 'out';
    if (unread > 0) return 'unread';
    return unused === held ? 'in' : 'untrackable';
  },
});
