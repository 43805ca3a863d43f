import type { Case } from '../case.ts';
import { before, credential, keysOf } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: '90 days, and 91',
    facts: {
      serviceCredentials: keysOf(
        credential('ann', { created: before(90) }),
        credential('bob', { created: before(91) }),
      ),
    },
    expected: ['pass', 'fail'],
  },
  {
    name: 'without a date',
    facts: { serviceCredentials: keysOf(credential('ann', { created: null })) },
    expected: ['not-measured'],
  },
  {
    name: 'a year is allowed',
    facts: { serviceCredentials: keysOf(credential('ann', { created: before(300) })) },
    thresholds: { maxAgeDays: 365 },
    expected: ['pass'],
  },
];
