import type { Case } from '../case.ts';
import { before, key, usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'one',
    facts: usersWith({ ann: { accessKeys: [key(before(1)), key(before(9), { active: false })] } }),
    expected: ['pass'],
  },
  { name: 'two', facts: usersWith({ ann: { accessKeys: [key(before(1)), key(before(9))] } }), expected: ['fail'] },
  { name: 'none', facts: usersWith({ ann: {} }), expected: ['pass'] },
];
