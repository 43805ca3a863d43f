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
  question: 'In how many account-Region cells are management events logged in full?',
  place: (cell) => (cell.eventClass === 'management' ? placeCell(cell.status) : 'apart'),
});
