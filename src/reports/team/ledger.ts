import { isCounted } from '../../domain/identity.ts';
import type { AccountRow, GapRow, IdentityRow, LoggingRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import {
  addFolded,
  addShortfall,
  type FoldedCells,
  foldRegions,
  noShortfall,
  type Shortfall,
  shortfallOf,
} from '../charts/matrix.ts';
import { pairRate, waysOf } from '../sensitive.ts';
import { accountFigure } from './account-figures.ts';
import { enterKeys, type KeyLedger, newKeyLedger } from './key-ledger.ts';
import { enterPractices, newPracticeLedger, type PracticeLedger } from './practice-ledger.ts';
import { add, compare, type Top, top } from './top.ts';

export { first, type Top } from './top.ts';

/** How much of the organisation page one keeps; everything stands on the accounts' own pages. */
export const kept = {
  identities: 200,
  accounts: 100,
  matrix: 150,
  ous: 100,
  gapCauses: 50,
  accountsPerCause: 4,
} as const;

export interface MatrixAccount {
  readonly account: string;
  readonly name: string | null;
  readonly ou: string;
  readonly folded: FoldedCells;
  readonly short: Shortfall;
}

/** One OU, or all accounts. `dark`: accounts of which no cell is known to exist, in the number of accounts too. */
export interface MatrixSum {
  readonly accounts: number;
  readonly dark: number;
  readonly folded: FoldedCells;
  readonly short: Shortfall;
}

const noSum: MatrixSum = { accounts: 0, dark: 0, folded: new Map(), short: noShortfall };

/** An account ranked by what lies unused; `open` and `unread`: its identities by their ways to more rights. */
export interface PermissionAccount {
  readonly row: AccountRow;
  readonly open: number;
  readonly unread: number;
  readonly rank: number;
}

/** Identities with a way to more rights, those of which that is not known, and those behind each way. */
export interface WayTally {
  open: number;
  unread: number;
  readonly byTitle: Map<string, number>;
}

export interface Cause {
  readonly accounts: string[];
}

/** What the first page needs of all accounts, gathered one by one. Bounded, whatever the organisation's size. */
export interface Ledger {
  readonly unused: Top<IdentityRow>;
  readonly keys: KeyLedger;
  readonly practices: PracticeLedger;
  readonly permissions: Top<PermissionAccount>;
  readonly ways: WayTally;
  readonly matrix: Top<MatrixAccount>;
  readonly ous: Map<string, MatrixSum>;
  readonly causes: Map<string, Cause>;
  all: MatrixSum;
}

export const newLedger = (): Ledger => ({
  // no use on record first, the oldest of these first, then longest unused
  unused: top(
    kept.identities,
    (a, b) =>
      compare(a.lastUsed ?? '', b.lastUsed ?? '') || compare(a.created ?? '', b.created ?? '') || compare(a.id, b.id),
  ),
  keys: newKeyLedger(),
  practices: newPracticeLedger(),
  permissions: top(kept.accounts, (a, b) => b.rank - a.rank || compare(a.row.account, b.row.account)),
  ways: { open: 0, unread: 0, byTitle: new Map() },
  matrix: top(kept.matrix, (a, b) => worst(b) - worst(a) || compare(a.account, b.account)),
  ous: new Map(),
  causes: new Map(),
  all: noSum,
});

export const causeKey = ({ operation, cause }: Pick<GapRow, 'operation' | 'cause'>): string => `${operation} ${cause}`;

/** Counted kinds only, and only those old enough to judge: the population of `identity.unused-rate`. */
export const countedAsUnused = ({ kind, activity, tooNew }: IdentityRow): boolean =>
  activity === 'unused' && !tooNew && isCounted(kind);

export function enter(ledger: Ledger, rows: AccountRows): void {
  const { row, identities, logging, gaps } = rows;
  for (const identity of identities) if (countedAsUnused(identity)) add(ledger.unused, identity);
  enterKeys(ledger.keys, rows);
  enterPractices(ledger.practices, rows);
  enterPermissions(ledger, row, identities);
  for (const gap of gaps) enterGap(ledger, gap, row.name ?? row.account);
  if (logging.length > 0 || row.status === 'failed' || row.status === 'partial') enterCells(ledger, row, logging);
}

function enterPermissions({ ways, permissions }: Ledger, row: AccountRow, identities: readonly IdentityRow[]): void {
  if (row.status === 'suspended' || row.status === 'skipped') return;
  let [open, unread] = [0, 0];
  for (const { sensitive, escalation } of identities) {
    if (sensitive === null) continue; // a role of AWS's own services
    if (escalation === null) unread += 1;
    else if (escalation.length > 0) open += 1;
    for (const { title } of waysOf(escalation ?? [])) ways.byTitle.set(title, (ways.byTitle.get(title) ?? 0) + 1);
  }
  ways.open += open;
  ways.unread += unread;
  add(permissions, { row, open, unread, rank: rankOf(row) });
}

/** Pairs that lie unused or were not read; an account of which nothing is known before all others. */
function rankOf(row: AccountRow): number {
  const found = accountFigure(row, { id: pairRate, unit: 'pairs' });
  const metric = found.state === 'known' || found.state === 'not-measured' ? found.metric : null;
  if (found.state === 'not-measured' && metric === null) return Number.MAX_SAFE_INTEGER;
  return metric === null ? 0 : metric.numerator + metric.unread;
}

function enterCells(ledger: Ledger, row: AccountRow, logging: readonly LoggingRow[]): void {
  const ou = row.ou.at(-1) ?? '';
  const account = {
    account: row.account,
    name: row.name,
    ou,
    folded: foldRegions(logging),
    short: shortfallOf(logging),
  };
  ledger.ous.set(ou, withAccount(ledger.ous.get(ou) ?? noSum, account));
  ledger.all = withAccount(ledger.all, account);
  add(ledger.matrix, account);
}

const withAccount = (sum: MatrixSum, { folded, short }: MatrixAccount): MatrixSum => ({
  accounts: sum.accounts + 1,
  dark: sum.dark + (folded.size === 0 ? 1 : 0),
  folded: addFolded(sum.folded, folded),
  short: addShortfall(sum.short, short),
});

/** Unknown counts as missing here, and an account without a cell before all others: the order must not hide it. */
export const worst = ({ folded, short }: Pick<MatrixAccount, 'folded' | 'short'>): number =>
  folded.size === 0 ? Number.MAX_SAFE_INTEGER : short.missing + short.notMeasured;

function enterGap(ledger: Ledger, gap: GapRow, account: string): void {
  const key = causeKey(gap);
  const cause = ledger.causes.get(key);
  if (cause === undefined) {
    if (ledger.causes.size < kept.gapCauses * 20) ledger.causes.set(key, { accounts: [account] });
  } else if (cause.accounts.length < kept.accountsPerCause && !cause.accounts.includes(account)) {
    cause.accounts.push(account);
  }
}
