import type { Case } from '../case.ts';
import { cell } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'covered', rows: { objectLogging: [cell('AWS::S3::Object#writes', 'covered')] }, expected: ['pass'] },
  { name: 'some of it', rows: { objectLogging: [cell('AWS::S3::Object#writes', 'partial')] }, expected: ['fail'] },
  { name: 'none of it', rows: { objectLogging: [cell('AWS::S3::Object#writes', 'not-covered')] }, expected: ['fail'] },
  {
    name: 'not measured',
    rows: { objectLogging: [cell('AWS::S3::Object#writes', 'not-measured')] },
    expected: ['not-measured'],
  },
  { name: 'no row for the Region', expected: ['not-measured'] },
];
