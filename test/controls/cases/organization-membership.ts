import { organizationWith } from '../../support/facts.ts';
import type { Case } from '../case.ts';

export const cases: readonly Case[] = [
  { name: 'a member', rows: { shared: organizationWith() }, expected: ['pass'] },
  { name: 'on its own', expected: ['fail'] },
];
