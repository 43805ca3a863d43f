import { isCounted } from '../../domain/identity.ts';
import type { CredentialRow, GapRow, IdentityRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { addFolded, type FoldedCells, foldRegions, missingCells } from '../charts/matrix.ts';

/** How much of the organisation page one keeps; everything stands on the accounts' own pages. */
export const kept = { identities: 200, keys: 250, matrix: 150, ous: 100, gapCauses: 50, accountsPerCause: 4 } as const;

export interface MatrixAccount {
  readonly account: string;
  readonly name: string | null;
  readonly ou: string;
  readonly folded: FoldedCells;
}

export interface Cause {
  readonly accounts: string[];
}

/** What the first page needs of all accounts, gathered one by one. Bounded, whatever the organisation's size. */
export interface Ledger {
  readonly unused: Top<IdentityRow>;
  readonly keys: Top<CredentialRow>;
  readonly matrix: Top<MatrixAccount>;
  readonly ous: Map<string, { accounts: number; folded: FoldedCells }>;
  readonly causes: Map<string, Cause>;
  classes: FoldedCells;
}

/** The first `limit` items of an order; the rest is only counted. */
export interface Top<Item> {
  readonly limit: number;
  items: Item[];
  total: number;
  readonly before: (a: Item, b: Item) => number;
}

const top = <Item>(limit: number, before: (a: Item, b: Item) => number): Top<Item> => ({
  limit,
  items: [],
  total: 0,
  before,
});

/** Keeps up to twice the limit between sorts. */
function add<Item>(list: Top<Item>, item: Item): void {
  list.total += 1;
  list.items.push(item);
  if (list.items.length > list.limit * 2) list.items = first(list);
}

/** The kept items, in order. */
export const first = <Item>({ items, before, limit }: Top<Item>): Item[] => items.toSorted(before).slice(0, limit);

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

export const newLedger = (): Ledger => ({
  // longest unused first; never used counts from its creation
  unused: top(kept.identities, (a, b) => compare(idleSince(a), idleSince(b)) || compare(a.id, b.id)),
  // live before dead, never expiring before expiring, oldest first
  keys: top(
    kept.keys,
    (a, b) => urgency(a) - urgency(b) || compare(a.created ?? '', b.created ?? '') || compare(a.id, b.id),
  ),
  matrix: top(kept.matrix, (a, b) => missingCells(b.folded) - missingCells(a.folded) || compare(a.account, b.account)),
  ous: new Map(),
  causes: new Map(),
  classes: new Map(),
});

export const idleSince = ({ lastUsed, created }: IdentityRow): string => lastUsed ?? created ?? '';

const urgency = ({ live, expires }: CredentialRow): number => (live ? 0 : 2) + (expires === null ? 0 : 1);

export const causeKey = ({ operation, cause }: Pick<GapRow, 'operation' | 'cause'>): string => `${operation} ${cause}`;

/** Counted kinds only, and only those old enough to judge: the population of `identity.unused-rate`. */
export const countedAsUnused = ({ kind, activity, tooNew }: IdentityRow): boolean =>
  activity === 'unused' && !tooNew && isCounted(kind);

export function enter(ledger: Ledger, { row, identities, credentials, logging, gaps }: AccountRows): void {
  for (const identity of identities) if (countedAsUnused(identity)) add(ledger.unused, identity);
  for (const credential of credentials) if (credential.ai) add(ledger.keys, credential);
  for (const gap of gaps) enterGap(ledger, gap, row.name ?? row.account);
  if (logging.length === 0) return;
  const folded = foldRegions(logging);
  const ou = row.ou.at(-1) ?? '';
  const group = ledger.ous.get(ou) ?? { accounts: 0, folded: new Map() };
  ledger.ous.set(ou, { accounts: group.accounts + 1, folded: addFolded(group.folded, folded) });
  ledger.classes = addFolded(ledger.classes, folded);
  add(ledger.matrix, { account: row.account, name: row.name, ou, folded });
}

function enterGap(ledger: Ledger, gap: GapRow, account: string): void {
  const key = causeKey(gap);
  const cause = ledger.causes.get(key);
  if (cause === undefined) {
    if (ledger.causes.size < kept.gapCauses * 20) ledger.causes.set(key, { accounts: [account] });
  } else if (cause.accounts.length < kept.accountsPerCause && !cause.accounts.includes(account)) {
    cause.accounts.push(account);
  }
}
