import type { Case } from '../case.ts';
import { trust, trusting } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'one account', facts: trusting(trust({ AWS: 'arn:aws:iam::222222222222:root' })), expected: ['pass'] },
  { name: 'everybody', facts: trusting(trust('*')), expected: ['fail'] },
  { name: 'everybody, spelt otherwise', facts: trusting(trust({ AWS: '*' })), expected: ['fail'] },
  {
    name: 'everybody of the organisation',
    facts: trusting(trust('*', { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })),
    expected: ['pass'],
  },
  {
    name: 'everybody with an external ID',
    facts: trusting(trust('*', { StringEquals: { 'sts:ExternalId': 'x' } })),
    expected: ['fail'],
  },
  { name: 'denied', facts: trusting({ ...trust('*'), Effect: 'Deny' }), expected: ['pass'] },
  { name: 'a trust policy that IAM would refuse', facts: trusting({ Effect: 'Allow' }), expected: ['not-measured'] },
];
