import { denied, read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { after, before, credential, keysOf } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'no key', expected: ['not-applicable'] },
  {
    name: 'a key that expires, and one that never does',
    facts: { serviceCredentials: keysOf(credential('ann', { expires: after(30) }), credential('bob')) },
    expected: ['pass', 'fail'],
  },
  {
    name: 'of Claude Platform',
    facts: { serviceCredentials: keysOf(credential('ann', { service: 'aws-external-anthropic.amazonaws.com' })) },
    expected: ['fail'],
  },
  {
    name: 'a status that we do not know counts as live',
    facts: { serviceCredentials: keysOf(credential('ann', { status: 'Suspended' })) },
    expected: ['fail'],
  },
  {
    name: 'dead ones: past their expiry, or not active',
    facts: {
      serviceCredentials: keysOf(credential('ann', { expires: before(1) }), credential('bob', { status: 'Inactive' })),
    },
    expected: ['not-applicable'],
  },
  {
    name: 'the list of one service was refused: others may be hidden',
    facts: {
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
    name: 'asked user by user, where one was refused',
    facts: {
      serviceCredentials: {
        byService: {},
        byUser: { ann: read([credential('ann', { expires: after(1) })]), bob: denied },
      },
    },
    expected: ['pass', 'not-measured'],
  },
];
