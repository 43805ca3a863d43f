import { read } from '../../support/facts.ts';

const analyzing = (type: string, status = 'ACTIVE') => ({
  analyzers: {
    'us-east-1': read([
      { arn: 'arn:aws:access-analyzer:us-east-1:111111111111:analyzer/a', type, status, created: null },
    ]),
  },
});

import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  { name: 'of the account', facts: analyzing('ACCOUNT'), expected: ['pass'] },
  { name: 'of the organisation', facts: analyzing('ORGANIZATION'), expected: ['pass'] },
  { name: 'of unused access', facts: analyzing('ACCOUNT_UNUSED_ACCESS'), expected: ['fail'] },
  { name: 'not active', facts: analyzing('ACCOUNT', 'DISABLED'), expected: ['fail'] },
  { name: 'none', facts: { analyzers: { 'us-east-1': read([]) } }, expected: ['fail'] },
];
