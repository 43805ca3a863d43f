import { isCounted } from '../../domain/identity.ts';
import { defineMetric } from '../define.ts';

export const completenessIdentities = defineMetric<'identities'>({
  id: 'completeness.identities',
  version: 1,
  unit: 'identities',
  worse: 'lower',
  over: 'identities',
  needs: ['users', 'roles'],
  byKind: true,
  question: 'Of all identities of the counted kinds, of how many do we know whether they were used?',
  place({ kind, activity }) {
    if (!isCounted(kind)) return 'apart';
    return activity === 'unread' ? 'out' : 'in';
  },
});
