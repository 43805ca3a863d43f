import { defineMetric } from '../define.ts';

export const loggingAiMonitoredRate = defineMetric<'forwarding'>({
  id: 'logging.ai-monitored-rate',
  version: 1,
  unit: 'account × AI event class',
  worse: 'lower',
  over: 'forwarding',
  needs: ['regions'],
  byKind: false,
  frameworks: {
    'nist-800-53-r5': ['SI-4'],
    'iso-27001-2022': ['A.8.16'],
    'soc-2': ['CC7.2'],
  },
  question: 'Of the AI event classes that an account records, of how many would somebody be told?',
  place({ grade }) {
    if (grade === 'not-recorded') return 'apart';
    if (grade === 'not-measured') return 'unread';
    return grade === 'monitored' ? 'in' : 'out';
  },
});
