import { allow } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { granting } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'everything of the service', facts: granting(allow('cloudtrail:*')), expected: ['fail'] },
  { name: 'in capitals', facts: granting(allow('CLOUDTRAIL:*')), expected: ['fail'] },
  { name: 'everything: another control', facts: granting(allow('*')), expected: ['pass'] },
  { name: 'reads', facts: granting(allow('cloudtrail:Get*')), expected: ['pass'] },
];
