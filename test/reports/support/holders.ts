import { sensitiveClassesOf } from '../../../src/catalogue/sensitive/index.ts';
import { isCounted } from '../../../src/domain/identity.ts';
import type { Basis, IdentityRow, PairCounts, PairState, PermissionRow } from '../../../src/domain/tables.ts';
import type { HoldingItem, PairItem } from '../../../src/metrics/define.ts';
import { identityRow } from './rows.ts';

/** What an identity holds: one row for each kind of answer. `effective` is what `nominal` is unless told. */
export type Held = Pick<PermissionRow, 'state' | 'actions'> & Partial<Pick<PermissionRow, 'nominal' | 'effective'>>;

export interface Holder {
  readonly identity: IdentityRow;
  readonly permissions: readonly PermissionRow[];
}

/** An identity with what it holds; the counts of its row are counted from the permissions. */
export function holder(account: string, name: string, held: readonly Held[], given: Partial<IdentityRow> = {}): Holder {
  const { arn, kind } = identityRow(account, name, given);
  const permissions = held.map(({ state, actions, nominal = 'allowed', effective = nominal }) => ({
    id: `${arn}/${nominal}/${effective}/${state}`,
    ...{ account, arn, kind, nominal, effective, state, actions },
  }));
  const sensitive = { effective: countsOf(permissions, 'effective'), nominal: countsOf(permissions, 'nominal') };
  return { identity: identityRow(account, name, { sensitive, escalation: [], ...given }), permissions };
}

/** How a row counts on one basis; null where nothing is held. */
function stateOn(row: PermissionRow, basis: Basis): PairState | null {
  if (row[basis] === 'denied') return null;
  return row[basis] === 'unread' && row.state !== 'too-new' ? 'unread' : row.state;
}

function countsOf(rows: readonly PermissionRow[], basis: Basis): PairCounts {
  const count = (...wanted: PairState[]): number =>
    rows
      .filter((row) => wanted.some((state) => state === stateOn(row, basis)))
      .reduce((sum, { actions }) => sum + actions.length, 0);
  return {
    held: count('used', 'unused', 'untrackable', 'unread', 'too-new'),
    used: count('used'),
    unused: count('unused'),
    untrackable: count('untrackable'),
    unread: count('unread'),
  };
}

export const holdingsOf = (identities: readonly IdentityRow[], basis: Basis): HoldingItem[] =>
  identities.flatMap(({ arn, kind, agent, tooNew, sensitive }) =>
    sensitive === null || tooNew || !isCounted(kind) ? [] : [{ arn, kind, agent, basis, ...sensitive[basis] }],
  );

export const pairsOf = (rows: readonly PermissionRow[], basis: Basis, of: string | null): PairItem[] =>
  rows.flatMap((row) => {
    const state = stateOn(row, basis);
    if (state === null || state === 'too-new' || !isCounted(row.kind)) return [];
    const own =
      of === null ? row.actions : row.actions.filter((action) => sensitiveClassesOf(action).some((it) => it === of));
    return [{ unusedArn: null, kind: row.kind, agent: 'no' as const, basis, class: of, state, count: own.length }];
  });
