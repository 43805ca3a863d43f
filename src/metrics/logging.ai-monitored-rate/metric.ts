import { defineMetric } from '../define.ts';

export const loggingAiMonitoredRate = defineMetric<'forwarding'>({
  id: 'logging.ai-monitored-rate',
  version: 1,
  unit: 'account × AI event class',
  worse: 'lower',
  over: 'forwarding',
  needs: ['regions'],
  byKind: false,
  question: 'Of the AI event classes that an account records, of how many would somebody be told?',
  place({ grade }) {
    if (grade === 'not-recorded') return 'apart';
    if (grade === 'not-measured') return 'unread';
    return grade === 'monitored' ? 'in' : 'out';
  },
});
