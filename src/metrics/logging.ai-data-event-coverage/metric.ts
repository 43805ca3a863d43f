import { defineMetric } from '../define.ts';
import { placeCell } from '../place-cell.ts';

export const loggingAiDataEventCoverage = defineMetric<'cells'>({
  id: 'logging.ai-data-event-coverage',
  version: 1,
  unit: 'cells account × Region × AI event class',
  worse: 'lower',
  over: 'cells',
  needs: ['regions'],
  byKind: false,
  frameworks: {
    'nist-800-53-r5': ['AU-2b', 'AU-12a'],
    'pci-dss-4.0.1': ['10.2.1'],
    'iso-27001-2022': ['A.8.15', 'A.8.16'],
    'soc-2': ['CC7.2'],
    'aws-ai-security': ['AISF-AI-06'],
  },
  question: 'In how many account-Region-class cells are the data events of AI services logged in full?',
  place: (cell) => (cell.core ? placeCell(cell.status) : 'apart'),
});
