import { read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { policy } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'all four', facts: { passwordPolicy: policy() }, expected: ['pass'] },
  {
    name: 'no symbols',
    facts: { passwordPolicy: policy({ requireSymbols: false }) },
    expected: ['fail'],
    says: 'symbols',
  },
  { name: 'no policy', facts: { passwordPolicy: read(null) }, expected: ['fail'] },
];
