import type { GuardrailRow } from '../domain/tables.ts';
import { defineMetric, type Metric, type Place } from '../metrics/define.ts';
import { allGuardrails } from './guardrails.ts';

const placeOf: Readonly<Record<GuardrailRow['grade'], Place>> = {
  enforced: 'in',
  'enforced-with-exceptions': 'out',
  partial: 'out',
  absent: 'out',
  'not-applicable': 'apart',
  'not-measured': 'unread',
};

/** One figure for each guardrail: accounts where it is enforced, exceptions not included, of those where it applies (design §3). */
export const guardrailMetrics: readonly Metric[] = allGuardrails.map(
  ({ id, version, title }) =>
    defineMetric<'guardrails'>({
      id: `guardrail.coverage:${id}`,
      version,
      unit: 'accounts',
      worse: 'lower',
      over: 'guardrails',
      needs: ['chains'],
      byKind: false,
      question: `Of the accounts where it applies, in how many holds: ${title}?`,
      place: ({ guardrail, grade }) => (guardrail === id ? placeOf[grade] : 'apart'),
    }) as Metric,
);
