import type { Case } from '../case.ts';
import { trust, trusting } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'with the account',
    facts: trusting(
      trust({ Service: 'bedrock.amazonaws.com' }, { StringEquals: { 'aws:SourceAccount': '111111111111' } }),
    ),
    expected: ['pass'],
  },
  { name: 'without', facts: trusting(trust({ Service: 'bedrock.amazonaws.com' })), expected: ['fail'] },
  {
    name: 'only if there is a source',
    facts: trusting(
      trust({ Service: 'bedrock.amazonaws.com' }, { StringEqualsIfExists: { 'aws:SourceAccount': '111111111111' } }),
    ),
    expected: ['fail'],
  },
  {
    name: 'on behalf of everybody but one',
    facts: trusting(
      trust({ Service: 'bedrock.amazonaws.com' }, { StringNotEquals: { 'aws:SourceAccount': '222222222222' } }),
    ),
    expected: ['fail'],
  },
  {
    name: 'resources of any account',
    facts: trusting(
      trust({ Service: 'bedrock.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:bedrock:*:*:agent/*' } }),
    ),
    expected: ['fail'],
  },
  {
    name: 'one bucket',
    facts: trusting(trust({ Service: 's3.amazonaws.com' }, { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::logs' } })),
    expected: ['pass'],
  },
  {
    name: 'code of the account itself',
    facts: trusting(trust({ Service: 'lambda.amazonaws.com' })),
    expected: ['not-applicable'],
  },
  {
    name: 'no service',
    facts: trusting(trust({ AWS: 'arn:aws:iam::222222222222:root' })),
    expected: ['not-applicable'],
  },
];
