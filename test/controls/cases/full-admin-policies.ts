import { allow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { granting } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'everything', facts: granting(allow('*')), expected: ['fail'] },
  { name: 'everything, spelt otherwise', facts: granting(allow(['s3:Get*', '*:*'])), expected: ['fail'] },
  {
    name: 'under a condition',
    facts: granting(allow('*', { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } })),
    expected: ['fail'],
  },
  { name: 'on some resources', facts: granting(allow('*', { Resource: 'arn:aws:s3:::a/*' })), expected: ['pass'] },
  { name: 'one service', facts: granting(allow('s3:*')), expected: ['pass'] },
  { name: 'denied', facts: granting({ ...allow('*'), Effect: 'Deny' }), expected: ['pass'] },
  { name: 'nobody holds anything', expected: ['not-applicable'] },
  { name: 'a policy whose document is missing', facts: granting(null), expected: ['not-measured'] },
  { name: 'a policy that IAM would refuse', facts: granting({ Effect: 'Maybe' }), expected: ['not-measured'] },
];
