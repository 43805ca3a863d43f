import type { Case } from '../case.ts';
import { summary } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'none', facts: { summary: summary({ rootSigningCertificates: false }) }, expected: ['pass'] },
  { name: 'some', facts: { summary: summary({ rootSigningCertificates: true }) }, expected: ['fail'] },
];
