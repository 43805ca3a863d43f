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
  question: 'Of all pairs of an identity and a sensitive permission it holds, how many were not used in the window?',
  place({ state }) {
    if (state === 'used') return 'out';
    return state === 'unused' ? 'in' : state;
  },
});
