import type { Case } from '../case.ts';
import { summary } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'a device', facts: { summary: summary({ rootMfa: true }) }, expected: ['pass'] },
  { name: 'no device', facts: { summary: summary({ rootMfa: false }) }, expected: ['fail'] },
  {
    name: 'no password, as central root access leaves it',
    facts: { summary: summary({ rootMfa: false, rootPassword: false }) },
    expected: ['not-applicable'],
  },
  {
    name: 'no device, and nobody says whether there is a password',
    facts: { summary: summary({ rootMfa: false, rootPassword: null }) },
    expected: ['fail'],
  },
  { name: 'an answer without the entry', facts: { summary: summary({ rootMfa: null }) }, expected: ['not-measured'] },
];
