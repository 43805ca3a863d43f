import { reportRow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { after, before, key, report } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'never used', facts: { credentialReport: report({}, reportRow('root')) }, expected: ['pass'] },
  {
    name: 'long ago',
    facts: { credentialReport: report({}, reportRow('root', { passwordLastUsed: before(91) })) },
    expected: ['pass'],
  },
  {
    name: 'by password',
    facts: { credentialReport: report({}, reportRow('root', { passwordLastUsed: before(90) })) },
    expected: ['fail'],
  },
  {
    name: 'by key, active or not',
    facts: {
      credentialReport: report(
        {},
        reportRow('root', { accessKeys: [key(before(900), { active: false, lastUsed: before(3) })] }),
      ),
    },
    expected: ['fail'],
  },
  {
    name: 'in the future',
    facts: { credentialReport: report({}, reportRow('root', { passwordLastUsed: after(9) })) },
    expected: ['not-measured'],
  },
  { name: 'a report without the root user', facts: { credentialReport: report({}) }, expected: ['not-measured'] },
];
