import type { NightSummary } from '../../domain/summary.ts';
import { className, type FoldedCells, type MatrixCell, matrixCell, missingCells } from '../charts/matrix.ts';
import { type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { first, kept, type Ledger, type MatrixAccount } from './ledger.ts';

export interface MatrixRow {
  readonly name: Markup;
  readonly account: string | null;
  readonly href: string | null;
  readonly cells: readonly MatrixCell[];
  readonly missing: string;
}

export interface MatrixGroup {
  readonly name: Markup;
  readonly summary: string;
  readonly total: MatrixRow;
  readonly rows: readonly MatrixRow[];
  readonly rest: string | null;
}

export interface MatrixView {
  readonly columns: readonly string[];
  readonly total: MatrixRow;
  readonly groups: readonly MatrixGroup[];
  readonly rest: string | null;
  /** Above fifty accounts the groups are folded. */
  readonly folded: boolean;
  readonly width: number;
}

export type HrefOf = (account: string) => string | null;

const foldAbove = 50;

/** Accounts × event classes, grouped by OU, worst first. Null where there is no cell at all. */
export function matrixView(summary: NightSummary, ledger: Ledger, hrefOf: HrefOf): MatrixView | null {
  if (ledger.classes.size === 0) return null;
  const core = new Set(summary.logging.filter((it) => it.core).map((it) => it.eventClass));
  const rank = (eventClass: string): number => (eventClass === 'management' ? 0 : core.has(eventClass) ? 1 : 2);
  const classes = [...ledger.classes.keys()].sort((a, b) => rank(a) - rank(b)); // stable: otherwise as judged
  const accounts = first(ledger.matrix);
  const groups = [...ledger.ous]
    .sort(([, a], [, b]) => missingCells(b.folded) - missingCells(a.folded))
    .slice(0, kept.ous)
    .map(([ou, group]) =>
      groupView({ summary, ou, group, classes, hrefOf, members: accounts.filter((it) => it.ou === ou) }),
    );
  const total = { name: name('All accounts'), account: null, href: null, ...cellsOf(ledger.classes, classes) };
  return {
    columns: classes.map(className),
    total,
    groups,
    rest:
      ledger.ous.size > groups.length
        ? `${plural(ledger.ous.size - groups.length, 'more unit')} with fewer missing cells.`
        : null,
    folded: ledger.matrix.total > foldAbove,
    width: classes.length + 2,
  };
}

interface GroupParts {
  readonly summary: NightSummary;
  readonly ou: string;
  readonly group: { readonly accounts: number; readonly folded: FoldedCells };
  readonly classes: readonly string[];
  readonly members: readonly MatrixAccount[];
  readonly hrefOf: HrefOf;
}

function groupView({ summary, ou, group, classes, members, hrefOf }: GroupParts): MatrixGroup {
  const label = name(ouName(summary, ou));
  const rest = group.accounts - members.length;
  return {
    name: label,
    summary: `${plural(group.accounts, 'account')}, ${integer(missingCells(group.folded))} cells missing`,
    total: { name: label, account: null, href: null, ...cellsOf(group.folded, classes) },
    rows: members.map((it) => ({
      name: name(it.name ?? it.account),
      account: it.name === null ? null : it.account,
      href: hrefOf(it.account),
      ...cellsOf(it.folded, classes),
    })),
    rest:
      rest > 0
        ? `${plural(rest, 'more account', 'more accounts')} with fewer missing cells: see the accounts' own pages.`
        : null,
  };
}

const cellsOf = (folded: FoldedCells, classes: readonly string[]): Pick<MatrixRow, 'cells' | 'missing'> => ({
  cells: classes.map((eventClass) => matrixCell(folded.get(eventClass))),
  missing: integer(missingCells(folded)),
});

/** `Workloads / Production`, from the root down; the root itself has no id in a row. */
export function ouName(summary: NightSummary, id: string): string {
  const names: string[] = [];
  const seen = new Set<string>();
  for (let at: string | null = id; at !== null && !seen.has(at); ) {
    seen.add(at);
    const current: string = at;
    const ou = summary.ous.find((it) => it.id === current);
    if (ou === undefined) break;
    names.unshift(ou.name);
    at = ou.parent;
  }
  if (names.length > 0) return names.join(' / ');
  if (id !== '') return id;
  return summary.scope.organization === null ? 'No organisation' : 'Organisation root';
}
