import { denied, read, trail } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { logging } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'logs', facts: logging(trail('t', {})), expected: ['pass'] },
  {
    name: 'stopped',
    facts: logging(
      trail(
        't',
        {},
        { status: read({ logging: false, deliveryError: null, lastDelivery: null, started: null, stopped: null }) },
      ),
    ),
    expected: ['fail'],
  },
  {
    name: 'cannot deliver',
    facts: logging(
      trail(
        't',
        {},
        {
          status: read({
            logging: true,
            deliveryError: 'AccessDenied',
            lastDelivery: null,
            started: null,
            stopped: null,
          }),
        },
      ),
    ),
    expected: ['fail'],
  },
  { name: 'status refused', facts: logging(trail('t', {}, { status: denied })), expected: ['not-measured'] },
];
