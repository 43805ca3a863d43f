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
  question: 'In how many account-Region-class cells are the data events of AI services logged in full?',
  place: (cell) => (cell.core ? placeCell(cell.status) : 'apart'),
});
