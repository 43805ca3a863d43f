import { read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { policy } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'long enough', facts: { passwordPolicy: policy({ minimumLength: 14 }) }, expected: ['pass'] },
  { name: 'one short', facts: { passwordPolicy: policy({ minimumLength: 13 }) }, expected: ['fail'] },
  { name: "no policy: AWS's default of 8 holds", facts: { passwordPolicy: read(null) }, expected: ['fail'], says: '8' },
  {
    name: 'an answer without a length',
    facts: { passwordPolicy: policy({ minimumLength: null }) },
    expected: ['fail'],
  },
  {
    name: 'the organisation asks for less',
    facts: { passwordPolicy: policy({ minimumLength: 12 }) },
    thresholds: { minimumLength: 12 },
    expected: ['pass'],
  },
];
