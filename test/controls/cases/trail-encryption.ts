import { trail } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { logging } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'a key',
    facts: logging(
      trail(
        't',
        {},
        {
          settings: {
            validated: true,
            kmsKey: 'arn:aws:kms:us-east-1:111111111111:key/1',
            logGroup: null,
            bucket: 'b',
          },
        },
      ),
    ),
    expected: ['pass'],
  },
  {
    name: 'no key',
    facts: logging(trail('t', {}, { settings: { validated: true, kmsKey: null, logGroup: null, bucket: 'b' } })),
    expected: ['fail'],
  },
];
