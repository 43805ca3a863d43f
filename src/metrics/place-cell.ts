import type { CoverageStatus } from '../domain/tables.ts';
import type { Place } from './define.ts';

/** Partial counts as not covered and is shown apart (design §3). */
export function placeCell(status: CoverageStatus): Place {
  if (status === 'not-measured') return 'unread';
  return status === 'covered' ? 'in' : 'out';
}
