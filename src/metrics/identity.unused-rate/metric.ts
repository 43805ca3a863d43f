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
  question: 'Of the IAM users and roles that existed before the window, how many were not used in it?',
  place({ kind, tooNew, activity }) {
    if (!isCounted(kind) || tooNew) return 'apart';
    if (activity === 'unread') return 'unread';
    return activity === 'unused' ? 'in' : 'out';
  },
});
