import type { Case } from '../case.ts';
import { guardrail } from '../parts.ts';

export const cases: readonly Case[] = [
  {
    name: 'enforced and absent',
    rows: { guardrails: [guardrail('a', 'enforced'), guardrail('b', 'absent')] },
    expected: ['pass', 'fail'],
  },
  { name: 'with exceptions', rows: { guardrails: [guardrail('a', 'enforced-with-exceptions')] }, expected: ['fail'] },
  { name: 'in part', rows: { guardrails: [guardrail('a', 'partial')] }, expected: ['fail'] },
  {
    name: 'management account',
    rows: { guardrails: [guardrail('a', 'not-applicable')] },
    expected: ['not-applicable'],
  },
  { name: 'not measured', rows: { guardrails: [guardrail('a', 'not-measured')] }, expected: ['not-measured'] },
];
