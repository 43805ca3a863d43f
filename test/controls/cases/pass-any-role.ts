import { allow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { granting } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'any role', facts: granting(allow('iam:PassRole')), expected: ['fail'] },
  { name: 'by wildcard', facts: granting(allow('iam:*')), expected: ['fail'] },
  {
    name: 'to one service',
    facts: granting(
      allow('iam:PassRole', { Condition: { StringEquals: { 'iam:PassedToService': 'lambda.amazonaws.com' } } }),
    ),
    expected: ['pass'],
  },
  {
    name: 'some roles',
    facts: granting(allow('iam:PassRole', { Resource: 'arn:aws:iam::111111111111:role/app-*' })),
    expected: ['pass'],
  },
  { name: 'everything: another control', facts: granting(allow('*')), expected: ['pass'] },
];
