import { agentSubset } from '../../domain/identity.ts';
import { addShares, bounds, noShare, unknownOf, withExceptionsOf } from '../../domain/share.ts';
import type { AccountRow, Basis, Figure } from '../../domain/tables.ts';
import type { Known } from '../ai-keys.ts';
import { type Found, foundOf } from '../figures.ts';
import { integer } from '../numbers.ts';

/** The cells of one figure of an account that add up: its kinds of identity, not the agent roles among them and not the classes, which overlap. */
const cellsOf = ({ figures }: AccountRow, id: string, basis: Basis): Figure[] =>
  figures.filter((it) => it.id === id && it.basis === basis && it.class === null && it.kind !== agentSubset);

/** How much of one figure's population an account let us read: all, a part, or nothing. */
export function knownIn(row: AccountRow, id: string): Known {
  const { status } = row;
  if (status !== 'measured' && status !== 'partial') return 'none';
  const own = cellsOf(row, id, 'effective');
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

export interface AccountAsked {
  readonly id: string;
  readonly unit: string;
  readonly basis?: Basis;
}

/** A figure of one account, added up over its kinds of identity, as the summary has it for the organisation. */
export function accountFigure(row: AccountRow, { id, unit, basis = 'effective' }: AccountAsked): Found {
  const own = cellsOf(row, id, basis);
  const share = own.reduce(addShares, noShare);
  const excepted = own.reduce((sum, it) => sum + it.excepted, 0);
  const ends = bounds(share);
  const looked = row.status === 'measured' || row.status === 'partial';
  const open = !looked || own.some(({ population }) => population === 'never-measured');
  if (own.length === 0 && row.status === 'measured') return { state: 'not-built' };
  if (ends === undefined)
    return open || own.length === 0
      ? { state: 'not-measured', accounts: [row.account], metric: null }
      : { state: 'nobody' };
  const [lower, upper] = ends;
  return foundOf({
    ...{ id, version: 1, unit, scope: `account:${row.account}`, basis, worse: 'higher' },
    ...{ numerator: share.numerator, denominator: share.denominator },
    ...{ untrackable: share.untrackable, unread: share.unread, unknown: unknownOf(share) },
    ...{ lower, upper, pessimistic: open ? 1 : upper },
    ...{ open, accountsNotMeasured: open ? [row.account] : [] },
    ...withExceptionsOf(share, excepted, 'higher', open),
  });
}
