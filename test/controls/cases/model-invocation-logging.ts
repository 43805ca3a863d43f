import { denied, read } from '../../support/facts.ts';
import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  {
    name: 'text',
    facts: {
      invocationLogging: { 'us-east-1': read({ bucket: 'b', logGroup: null, delivered: ['text'], configuration: {} }) },
    },
    expected: ['pass'],
  },
  { name: 'off', facts: { invocationLogging: { 'us-east-1': read(null) } }, expected: ['fail'] },
  {
    name: 'no destination',
    facts: {
      invocationLogging: {
        'us-east-1': read({ bucket: null, logGroup: null, delivered: ['text'], configuration: {} }),
      },
    },
    expected: ['fail'],
  },
  {
    name: 'images alone',
    facts: {
      invocationLogging: {
        'us-east-1': read({ bucket: 'b', logGroup: null, delivered: ['image'], configuration: {} }),
      },
    },
    expected: ['fail'],
  },
  { name: 'refused in the Region', facts: { invocationLogging: { 'us-east-1': denied } }, expected: ['not-measured'] },
];
