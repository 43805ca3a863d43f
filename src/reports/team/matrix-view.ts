import type { NightSummary } from '../../domain/summary.ts';
import { className, darkCell, type MatrixCell, matrixCell } from '../charts/matrix.ts';
import { type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { first, kept, type Ledger, type MatrixAccount, type MatrixSum, worst } from './ledger.ts';

export interface MatrixRow {
  readonly name: Markup;
  readonly account: string | null;
  readonly href: string | null;
  readonly cells: readonly MatrixCell[];
  readonly missing: string;
  /** `34 not measured`, apart from those known to be missing. */
  readonly unknown: string | null;
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
  if (ledger.all.folded.size === 0) return null;
  const core = new Set(summary.logging.filter((it) => it.core).map((it) => it.eventClass));
  const rank = (eventClass: string): number => (eventClass === 'management' ? 0 : core.has(eventClass) ? 1 : 2);
  const shown = [...ledger.all.folded.keys()].filter((it) => it === 'management' || it.startsWith('AWS::'));
  const classes = shown.sort((a, b) => rank(a) - rank(b)); // stable: otherwise as judged
  const accounts = first(ledger.matrix);
  const groups = [...ledger.ous]
    .sort(([, a], [, b]) => worst(b) - worst(a))
    .slice(0, kept.ous)
    .map(([ou, group]) =>
      groupView({ summary, ou, group, classes, hrefOf, members: accounts.filter((it) => it.ou === ou) }),
    );
  const total = { name: name('All accounts'), account: null, href: null, ...sumCells(ledger.all, classes) };
  return {
    columns: classes.map(className),
    total,
    groups,
    rest:
      ledger.ous.size > groups.length
        ? `${plural(ledger.ous.size - groups.length, 'more unit')} with fewer cells missing or not measured.`
        : null,
    folded: ledger.matrix.total > foldAbove,
    width: classes.length + 2,
  };
}

interface GroupParts {
  readonly summary: NightSummary;
  readonly ou: string;
  readonly group: MatrixSum;
  readonly classes: readonly string[];
  readonly members: readonly MatrixAccount[];
  readonly hrefOf: HrefOf;
}

function groupView({ summary, ou, group, classes, members, hrefOf }: GroupParts): MatrixGroup {
  const label = name(ouName(summary, ou));
  const rest = group.accounts - members.length;
  return {
    name: label,
    summary: groupWords(group),
    total: { name: label, account: null, href: null, ...sumCells(group, classes) },
    rows: members.map((it) => ({
      name: name(it.name ?? it.account),
      account: it.name === null ? null : it.account,
      href: hrefOf(it.account),
      ...cellsOf(it, classes),
    })),
    rest:
      rest > 0
        ? `${plural(rest, 'more account', 'more accounts')} with fewer cells missing or not measured: see the accounts' own pages.`
        : null,
  };
}

/** `4 accounts, 120 AI cells missing, 34 AI cells not measured, 1 account not measured`. */
function groupWords({ accounts, dark, short }: MatrixSum): string {
  const parts = [
    plural(accounts, 'account'),
    ...(short.known > 0 ? [`${plural(short.missing, 'AI cell')} missing`] : []),
    ...(short.notMeasured > 0 ? [`${plural(short.notMeasured, 'AI cell')} not measured`] : []),
    ...(dark > 0 ? [`${plural(dark, 'account')} not measured`] : []),
  ];
  return parts.join(', ');
}

type Cells = Pick<MatrixRow, 'cells' | 'missing' | 'unknown'>;

function cellsOf({ folded, short }: Pick<MatrixAccount, 'folded' | 'short'>, classes: readonly string[]): Cells {
  if (folded.size === 0) return { cells: classes.map(() => darkCell), missing: '–', unknown: 'not measured' };
  return {
    cells: classes.map((eventClass) => matrixCell(folded.get(eventClass))),
    missing: short.known === 0 && short.notMeasured > 0 ? '–' : integer(short.missing),
    unknown: short.notMeasured > 0 ? `${integer(short.notMeasured)} not measured` : null,
  };
}

/** The cells of several accounts: those without a cell are named beside the sum. */
function sumCells(sum: MatrixSum, classes: readonly string[]): Cells {
  const cells = cellsOf(sum, classes);
  if (sum.dark === 0 || sum.folded.size === 0) return cells;
  const dark = `${plural(sum.dark, 'account')} not measured`;
  return {
    ...cells,
    cells: cells.cells.map((cell) => asFarAsSeen(cell, dark)),
    unknown: cells.unknown === null ? dark : `${cells.unknown}, ${dark}`,
  };
}

/** A sum over accounts of which one is dark is never drawn as covered everywhere. */
const asFarAsSeen = (cell: MatrixCell, dark: string): MatrixCell => ({
  ...cell,
  ...(cell.look === 'all' ? { look: 'some', text: 'seen' } : {}),
  words: `${cell.words}, ${dark}`,
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
