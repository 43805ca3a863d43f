import { read } from '../../support/facts.ts';
import type { Case } from '../case.ts';
import { policy } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: '24', facts: { passwordPolicy: policy({ reusePrevention: 24 }) }, expected: ['pass'] },
  { name: '23', facts: { passwordPolicy: policy({ reusePrevention: 23 }) }, expected: ['fail'] },
  { name: 'none', facts: { passwordPolicy: policy({ reusePrevention: null }) }, expected: ['fail'] },
  { name: 'no policy', facts: { passwordPolicy: read(null) }, expected: ['fail'] },
];
