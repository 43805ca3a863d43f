import type { Case } from '../case.ts';
import { after, before, key, usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: '90 days old', facts: usersWith({ ann: { accessKeys: [key(before(90))] } }), expected: ['pass'] },
  { name: '91 days old', facts: usersWith({ ann: { accessKeys: [key(before(91))] } }), expected: ['fail'] },
  {
    name: 'the second key alone is old',
    facts: usersWith({ ann: { accessKeys: [key(before(1)), key(before(500))] } }),
    expected: ['fail'],
    says: 'access key 2',
  },
  {
    name: 'an old key that is not active opens nothing',
    facts: usersWith({ ann: { accessKeys: [key(before(500), { active: false })] } }),
    expected: ['not-applicable'],
  },
  { name: 'a key without a date', facts: usersWith({ ann: { accessKeys: [key(null)] } }), expected: ['not-measured'] },
  {
    name: 'a key from the future',
    facts: usersWith({ ann: { accessKeys: [key(after(1))] } }),
    expected: ['not-measured'],
  },
  {
    name: 'one not dated, one old: the old one decides',
    facts: usersWith({ ann: { accessKeys: [key(null), key(before(91))] } }),
    expected: ['fail'],
  },
  {
    name: 'one young, one not dated: the young one hides nothing',
    facts: usersWith({ ann: { accessKeys: [key(before(1)), key(null)] } }),
    expected: ['not-measured'],
  },
  {
    name: 'a year is asked for',
    facts: usersWith({ ann: { accessKeys: [key(before(300))] } }),
    thresholds: { maxAgeDays: 365 },
    expected: ['pass'],
  },
  { name: 'no users', facts: usersWith({}), expected: ['not-applicable'] },
];
