import { denied, read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { after, credential, keysOf, usersWith } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'none', facts: { ...usersWith({ ann: {} }), serviceCredentials: keysOf() }, expected: ['pass'] },
  {
    name: 'one that expires',
    facts: { ...usersWith({ ann: {} }), serviceCredentials: keysOf(credential('ann', { expires: after(9) })) },
    expected: ['fail'],
  },
  {
    name: 'inactive',
    facts: { ...usersWith({ ann: {} }), serviceCredentials: keysOf(credential('ann', { status: 'Inactive' })) },
    expected: ['pass'],
  },
  {
    name: 'one service refused: a key of the other still counts',
    facts: {
      ...usersWith({ ann: {}, bob: {} }),
      serviceCredentials: {
        byService: {
          'bedrock.amazonaws.com': read([credential('ann')]),
          'aws-external-anthropic.amazonaws.com': denied,
        },
        byUser: {},
      },
    },
    expected: ['fail', 'not-measured'],
  },
  {
    name: 'refused, and asked user by user',
    facts: {
      ...usersWith({ ann: {}, bob: {} }),
      serviceCredentials: { byService: { 'bedrock.amazonaws.com': denied }, byUser: { ann: read([]), bob: denied } },
    },
    expected: ['pass', 'not-measured'],
  },
];
