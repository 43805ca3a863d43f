import { defineMetric } from '../define.ts';

export const permissionUnusedSensitivePairRate = defineMetric<'pairs'>({
  id: 'permission.unused-sensitive-pair-rate',
  version: 1,
  unit: 'pairs of identity and permission',
  worse: 'higher',
  over: 'pairs',
  needs: ['users', 'roles'],
  byKind: true,
  byBasis: true,
  byClass: true,
  frameworks: {
    'nist-800-53-r5': ['AC-6', 'AC-6(7)'],
    'pci-dss-4.0.1': ['7.2.4', '7.2.5.1'],
    'iso-27001-2022': ['A.5.18', 'A.8.2'],
    'soc-2': ['CC6.3'],
    'aws-ai-security': ['AISF-IAM-02'],
  },
  question: 'Of all pairs of an identity and a sensitive permission it holds, how many were not used in the window?',
  place({ state }) {
    if (state === 'used') return 'out';
    return state === 'unused' ? 'in' : state;
  },
});
