import type { Case } from '../case.ts';
import { cell } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'covered', rows: { logging: [cell('management', 'covered')] }, expected: ['pass'] },
  { name: 'some of it', rows: { logging: [cell('management', 'partial')] }, expected: ['fail'] },
  { name: 'none of it', rows: { logging: [cell('management', 'not-covered')] }, expected: ['fail'] },
  { name: 'not measured', rows: { logging: [cell('management', 'not-measured')] }, expected: ['not-measured'] },
  { name: 'no row for the Region', expected: ['not-measured'] },
];
