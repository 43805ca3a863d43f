import type { Case } from '../case.ts';
import { usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'no password', facts: usersWith({ ann: {} }), expected: ['pass'] },
  { name: 'a password', facts: usersWith({ ann: { passwordEnabled: true } }), expected: ['fail'] },
  {
    name: 'kept for emergencies',
    facts: usersWith({ ann: { passwordEnabled: true } }),
    rows: { special: { readerRoles: [], breakGlass: ['arn:aws:iam::111111111111:user/ann'] } },
    expected: ['not-applicable'],
  },
];
