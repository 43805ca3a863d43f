import { trail } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { logging } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'a log group',
    facts: logging(
      trail(
        't',
        {},
        {
          settings: {
            validated: true,
            kmsKey: null,
            logGroup: 'arn:aws:logs:us-east-1:111111111111:log-group:t:*',
            bucket: 'b',
          },
        },
      ),
    ),
    expected: ['pass'],
  },
  {
    name: 'none',
    facts: logging(trail('t', {}, { settings: { validated: true, kmsKey: null, logGroup: null, bucket: 'b' } })),
    expected: ['fail'],
  },
];
