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
