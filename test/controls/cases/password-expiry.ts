import { read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { policy } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: '90 days', facts: { passwordPolicy: policy({ maxAgeDays: 90 }) }, expected: ['pass'] },
  { name: '91 days', facts: { passwordPolicy: policy({ maxAgeDays: 91 }) }, expected: ['fail'] },
  { name: 'never', facts: { passwordPolicy: policy({ maxAgeDays: null }) }, expected: ['fail'] },
  { name: 'no policy', facts: { passwordPolicy: read(null) }, expected: ['fail'] },
];
