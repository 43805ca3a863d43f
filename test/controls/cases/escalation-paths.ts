import type { Case } from '../case.ts';
import { identity } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'none and some',
    rows: { identities: [identity('ann', { escalation: [] }), identity('bob', { escalation: ['iam-001'] })] },
    expected: ['pass', 'fail'],
  },
  {
    name: 'a policy was not read',
    rows: { identities: [identity('ann', { escalation: null })] },
    expected: ['not-measured'],
  },
  {
    name: 'a role of AWS’s own services',
    rows: { identities: [identity('ann', { kind: 'service-linked-role' })] },
    expected: ['not-applicable'],
  },
];
