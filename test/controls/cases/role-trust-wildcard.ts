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
  ...[
    { name: 'everybody but one account', condition: { StringNotEquals: { 'aws:PrincipalAccount': '222222222222' } } },
    { name: 'whoever is in no organisation', condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } },
    { name: 'any organisation', condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } },
    {
      name: 'a name that every account can give',
      condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/deploy' } },
    },
    { name: 'an organisation or none', condition: { Null: { 'aws:PrincipalOrgID': 'true' } } },
    {
      name: 'all of no paths',
      condition: { 'ForAllValues:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/*' } },
    },
  ].map(({ name, condition }): Case => ({ name, facts: trusting(trust('*', condition)), expected: ['fail'] })),
  ...[
    {
      name: 'a role of one account',
      condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::222222222222:role/x*' } },
    },
    { name: 'a unit', condition: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } } },
    { name: 'its own organisation', condition: { StringEquals: { 'aws:PrincipalOrgID': '${aws:ResourceOrgID}' } } },
  ].map(({ name, condition }): Case => ({ name, facts: trusting(trust('*', condition)), expected: ['pass'] })),
  { name: 'denied', facts: trusting({ ...trust('*'), Effect: 'Deny' }), expected: ['pass'] },
  { name: 'a trust policy that IAM would refuse', facts: trusting({ Effect: 'Allow' }), expected: ['not-measured'] },
];
