import { trust, trusting } from '../parts.ts';

const github = { Federated: 'arn:aws:iam::111111111111:oidc-provider/token.actions.githubusercontent.com' };

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'names a repository',
    facts: trusting(trust(github, { StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:acme/app:*' } })),
    expected: ['pass'],
  },
  {
    name: 'names the audience alone',
    facts: trusting(
      trust(github, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }),
    ),
    expected: ['fail'],
  },
  {
    name: 'any subject',
    facts: trusting(trust(github, { StringLike: { 'token.actions.githubusercontent.com:sub': '*' } })),
    expected: ['fail'],
  },
  {
    name: 'all but one',
    facts: trusting(trust(github, { StringNotEquals: { 'token.actions.githubusercontent.com:sub': 'x' } })),
    expected: ['fail'],
  },
  { name: 'no condition', facts: trusting(trust(github)), expected: ['fail'] },
  {
    name: 'no provider',
    facts: trusting(trust({ AWS: 'arn:aws:iam::222222222222:root' })),
    expected: ['not-applicable'],
  },
];
