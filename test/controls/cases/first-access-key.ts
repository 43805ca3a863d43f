import type { Case } from '../case.ts';
import { before, key, usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'made together, never used',
    facts: usersWith({ ann: { passwordEnabled: true, created: before(9), accessKeys: [key(before(9))] } }),
    expected: ['fail'],
  },
  {
    name: 'made together, used',
    facts: usersWith({
      ann: { passwordEnabled: true, created: before(9), accessKeys: [key(before(9), { lastUsed: before(1) })] },
    }),
    expected: ['pass'],
  },
  {
    name: 'made later',
    facts: usersWith({ ann: { passwordEnabled: true, created: before(9), accessKeys: [key(before(8))] } }),
    expected: ['pass'],
  },
  {
    name: 'no password',
    facts: usersWith({ ann: { created: before(9), accessKeys: [key(before(9))] } }),
    expected: ['not-applicable'],
  },
];
