import { defineMetric } from '../define.ts';
import { placeCell } from '../place-cell.ts';

export const loggingManagementCoverage = defineMetric<'cells'>({
  id: 'logging.management-coverage',
  version: 1,
  unit: 'cells account × Region',
  worse: 'lower',
  over: 'cells',
  needs: ['regions'],
  byKind: false,
  frameworks: {
    'nist-800-53-r5': ['AU-2b', 'AU-12a'],
    'pci-dss-4.0.1': ['10.2.1'],
    'iso-27001-2022': ['A.8.15'],
    'soc-2': ['CC7.2'],
    'aws-ai-security': ['AISF-DETECT-01'],
  },
  question: 'In how many account-Region cells are management events logged in full?',
  place: (cell) => (cell.eventClass === 'management' ? placeCell(cell.status) : 'apart'),
});
