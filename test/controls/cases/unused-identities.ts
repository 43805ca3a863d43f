import type { Case } from '../case.ts';
import { identity } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'used and unused',
    rows: { identities: [identity('ann', { activity: 'used' }), identity('bob', { activity: 'unused' })] },
    expected: ['pass', 'fail'],
  },
  {
    name: 'too new',
    rows: { identities: [identity('ann', { activity: 'unused', tooNew: true })] },
    expected: ['not-applicable'],
  },
  { name: 'unread', rows: { identities: [identity('ann', { activity: 'unread' })] }, expected: ['not-measured'] },
];
