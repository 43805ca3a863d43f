import type { Case } from '../case.ts';
import { cell } from '../parts.ts';

export const cases: readonly Case[] = [
  { name: 'covered', rows: { logging: [cell('AWS::Bedrock::Model', 'covered')] }, expected: ['pass'] },
  { name: 'some of it', rows: { logging: [cell('AWS::Bedrock::Model', 'partial')] }, expected: ['fail'] },
  { name: 'none of it', rows: { logging: [cell('AWS::Bedrock::Model', 'not-covered')] }, expected: ['fail'] },
  {
    name: 'not measured',
    rows: { logging: [cell('AWS::Bedrock::Model', 'not-measured')] },
    expected: ['not-measured'],
  },
  { name: 'no row for the Region', expected: ['not-measured'] },

  {
    name: 'one class of two',
    rows: { logging: [cell('AWS::Bedrock::Model', 'covered'), cell('AWS::Bedrock::Guardrail', 'not-covered')] },
    expected: ['fail'],
    says: 'Guardrail',
  },
];
