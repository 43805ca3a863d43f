import { allow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { granting } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'any role', facts: granting(allow('sts:AssumeRole')), expected: ['fail'] },
  { name: 'by wildcard', facts: granting(allow('sts:*')), expected: ['fail'] },
  {
    name: 'some roles',
    facts: granting(allow('sts:AssumeRole', { Resource: 'arn:aws:iam::*:role/reader' })),
    expected: ['pass'],
  },
  {
    name: 'under a condition',
    facts: granting(allow('sts:AssumeRole', { Condition: { StringEquals: { 'aws:ResourceOrgID': 'o-1' } } })),
    expected: ['pass'],
  },
  { name: 'everything: another control', facts: granting(allow('*')), expected: ['pass'] },
];
