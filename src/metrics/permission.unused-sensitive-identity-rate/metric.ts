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
  question: 'Of identities holding a sensitive permission, how many used none of those they hold in the window?',
  place({ held, used, unused, unread }) {
    if (held === 0) return 'apart';
    if (used > 0) return 'out';
    if (unread > 0) return 'unread';
    return unused === held ? 'in' : 'untrackable';
  },
});
