import { credential, identity, keysOf } from '../parts.ts';

const keys = { serviceCredentials: keysOf(credential('ann'), credential('bob')) };

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  { name: 'no key', expected: ['not-applicable'] },
  {
    name: 'no way, and a way',
    facts: keys,
    rows: { identities: [identity('ann', { escalation: [] }), identity('bob', { escalation: ['iam-001'] })] },
    expected: ['pass', 'fail'],
  },
  {
    name: 'a policy was not read',
    facts: keys,
    rows: { identities: [identity('ann', { escalation: null })] },
    expected: ['not-measured', 'not-measured'],
  },
];
