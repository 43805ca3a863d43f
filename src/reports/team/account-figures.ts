import type { AccountRow } from '../../domain/tables.ts';
import type { Known } from '../ai-keys.ts';
import { integer } from '../numbers.ts';

/** How much of one figure's population an account let us read: all, a part, or nothing. */
export function knownIn({ status, figures }: AccountRow, id: string): Known {
  if (status !== 'measured' && status !== 'partial') return 'none';
  const own = figures.filter((it) => it.id === id);
  if (own.length === 0) return status === 'measured' ? 'whole' : 'part';
  const never = own.some(({ population }) => population === 'never-measured');
  const unknown = own.reduce((sum, it) => sum + it.unread + it.untrackable, 0);
  if (!never && unknown === 0) return 'whole';
  return own.some(({ denominator }) => denominator > 0) ? 'part' : 'none';
}

/** `3`, `at least 3` where a part was not read, `not measured` where nothing was. */
export function countWords(known: Known, count: number): string {
  if (known === 'whole') return integer(count);
  return known === 'none' && count === 0 ? 'not measured' : `at least ${integer(count)}`;
}
