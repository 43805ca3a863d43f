import { trail } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { logging } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'on',
    facts: logging(trail('t', {}, { settings: { validated: true, kmsKey: null, logGroup: null, bucket: 'b' } })),
    expected: ['pass'],
  },
  {
    name: 'off',
    facts: logging(trail('t', {}, { settings: { validated: false, kmsKey: null, logGroup: null, bucket: 'b' } })),
    expected: ['fail'],
  },
  {
    name: 'an answer without the setting',
    facts: logging(trail('t', {}, { settings: { validated: null, kmsKey: null, logGroup: null, bucket: 'b' } })),
    expected: ['not-measured'],
  },
  { name: 'no trail of its own', expected: ['not-applicable'] },
  {
    name: 'a trail of another account',
    facts: logging(trail('t', {}, { arn: 'arn:aws:cloudtrail:us-east-1:222222222222:trail/t', organization: true })),
    expected: ['not-applicable'],
  },
];
