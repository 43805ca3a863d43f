import type { Case } from '../case.ts';
import { summary } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'none', facts: { summary: summary({ rootAccessKeys: false }) }, expected: ['pass'] },
  { name: 'some', facts: { summary: summary({ rootAccessKeys: true }) }, expected: ['fail'] },
  {
    name: 'an answer without the entry',
    facts: { summary: summary({ rootAccessKeys: null }) },
    expected: ['not-measured'],
  },
];
