import { read, user } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { attached } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'a role has it', facts: attached('AWSSupportAccess'), expected: ['pass'] },
  {
    name: 'a user has it, and no role',
    facts: {
      authorization: {
        ...{ users: read([user('ann', { attached: ['arn:aws:iam::aws:policy/AWSSupportAccess'] })]) },
        ...{ groups: read([]), roles: read([]), policies: read([]) },
      },
    },
    expected: ['fail'],
  },
  { name: 'nobody has it', facts: attached('ReadOnlyAccess'), expected: ['fail'] },
];
