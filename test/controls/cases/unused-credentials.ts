import type { Case } from '../case.ts';
import { after, before, key, usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'a password used in time',
    facts: usersWith({ ann: { passwordEnabled: true, passwordLastUsed: before(45), passwordChanged: before(400) } }),
    expected: ['pass'],
  },
  {
    name: 'a password not used',
    facts: usersWith({ ann: { passwordEnabled: true, passwordLastUsed: before(46), passwordChanged: before(400) } }),
    expected: ['fail'],
  },
  {
    name: 'never used, new',
    facts: usersWith({ ann: { passwordEnabled: true, passwordChanged: before(10) } }),
    expected: ['pass'],
  },
  {
    name: 'never used, old',
    facts: usersWith({ ann: { passwordEnabled: true, passwordChanged: before(46) } }),
    expected: ['fail'],
  },
  {
    name: 'never used, nobody knows how old',
    facts: usersWith({ ann: { passwordEnabled: true } }),
    expected: ['not-measured'],
  },
  {
    name: 'a key that nobody uses beside a password in use',
    facts: usersWith({ ann: { passwordEnabled: true, passwordLastUsed: before(1), accessKeys: [key(before(50))] } }),
    expected: ['fail'],
    says: 'access key 1',
  },
  {
    name: '90 days are allowed',
    facts: usersWith({ ann: { accessKeys: [key(before(400), { lastUsed: before(80) })] } }),
    thresholds: { unusedDays: 90 },
    expected: ['pass'],
  },
  {
    name: 'a use from the future',
    facts: usersWith({ ann: { accessKeys: [key(before(400), { lastUsed: after(5) })] } }),
    expected: ['not-measured'],
  },
  {
    name: 'nothing to use',
    facts: usersWith({ ann: { accessKeys: [key(before(400), { active: false })] } }),
    expected: ['not-applicable'],
  },
];
