import { blindSpots } from '../../catalogue/ai-calls.ts';
import type { LoggingFixRow, LoggingRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { cellWords } from '../charts/class-strip.ts';
import {
  addFolded,
  className,
  darkCell,
  type FoldedCells,
  foldRegions,
  type MatrixCell,
  matrixCell,
} from '../charts/matrix.ts';
import { arn, type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { capital } from '../words.ts';

/** Why cells of a class fall short: the same reason in so many of them, with an event that leaves no trace where it is partial. */
export interface ReasonView {
  readonly words: string;
  readonly why: string;
  readonly witness: string | null;
}

/** Commands that close gaps, with what they close and what they cost. */
export interface FixView {
  readonly target: Markup | string;
  readonly where: string;
  readonly closes: string;
  readonly cost: string | null;
  readonly steps: readonly string[];
}

/** Accounts × every event class of a night, each gap with its reason, and the commands that close them. */
export interface LoggingPageView {
  readonly title: string;
  readonly home: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly name: Markup;
    readonly account: string;
    readonly href: string;
    readonly cells: readonly MatrixCell[];
    readonly missing: string;
    readonly unknown: string | null;
  }[];
  readonly classes: readonly {
    readonly name: string;
    readonly id: string;
    readonly words: string;
    readonly reasons: readonly ReasonView[];
  }[];
  readonly fixes: readonly FixView[];
  readonly own: readonly { readonly name: Markup; readonly href: string; readonly words: string }[];
  readonly blindSpots: readonly string[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface LoggingPage {
  readonly path: string;
  readonly view: LoggingPageView;
}

/** Accounts on one page, and reasons that a class lists. */
const [perPage, reasonsPerClass] = [500, 8];

export const loggingPath = (page: number): string => `logging/${page === 1 ? 'index' : page}.html`;

interface Reason {
  readonly row: LoggingRow;
  count: number;
}

/** Fills pages while accounts go by; what is held is bounded by one page. */
export class LoggingPages {
  #page = 1;
  #accounts: { row: AccountRows['row']; folded: FoldedCells }[] = [];
  #sum: FoldedCells = new Map();
  readonly #reasons = new Map<string, Map<string, Reason>>();
  readonly #fixes = new Map<string, LoggingFixRow[]>();

  /** Adds an account; gives the page that is full before it. */
  *add({ row, logging, loggingFixes }: AccountRows): Generator<LoggingPage> {
    if (row.status === 'suspended' || row.status === 'skipped') return;
    if (this.#accounts.length === perPage) yield this.#finish(true);
    const folded = foldRegions(logging);
    this.#accounts.push({ row, folded });
    this.#sum = addFolded(this.#sum, folded);
    for (const cell of logging) this.#addReason(cell);
    for (const fix of loggingFixes) {
      const key = `${fix.runIn} ${fix.steps.join('\n')}`;
      this.#fixes.set(key, [...(this.#fixes.get(key) ?? []), fix]);
    }
  }

  /** The last page; there is always one. */
  *end(): Generator<LoggingPage> {
    yield this.#finish(false);
  }

  #addReason(cell: LoggingRow): void {
    if (cell.status === 'covered' || cell.why === null) return;
    const ofClass = this.#reasons.get(cell.eventClass) ?? new Map<string, Reason>();
    this.#reasons.set(cell.eventClass, ofClass);
    const key = `${cell.status} ${cell.why}`;
    const known = ofClass.get(key);
    if (known === undefined) ofClass.set(key, { row: cell, count: 1 });
    else known.count += 1;
  }

  #finish(more: boolean): LoggingPage {
    const page = this.#page;
    const classes = [...this.#sum.keys()];
    const beside = (number: number): string => loggingPath(number).replace('logging/', '');
    const fixes = [...this.#fixes.values()];
    const view: LoggingPageView = {
      title: 'What of AI use is recorded',
      home: '../index.html',
      columns: classes.map(className),
      rows: this.#accounts.map((it) => rowView(it, classes)),
      classes: classes.map((eventClass) => ({
        name: className(eventClass),
        id: eventClass,
        words: cellWordsOf(this.#sum, eventClass),
        reasons: reasonViews([...(this.#reasons.get(eventClass)?.values() ?? [])]),
      })),
      fixes: fixes.filter(isForOthers).toSorted(mostFirst).map(fixView),
      own: ownFixes(fixes.filter((rows) => !isForOthers(rows)).flat(), this.#accounts),
      blindSpots: blindSpots.map(({ text }) => text),
      previous: page === 1 ? null : beside(page - 1),
      next: more ? beside(page + 1) : null,
    };
    this.#page += 1;
    this.#accounts = [];
    this.#sum = new Map();
    this.#reasons.clear();
    this.#fixes.clear();
    return { path: loggingPath(page), view };
  }
}

const cellWordsOf = (folded: FoldedCells, eventClass: string): string => {
  const cells = folded.get(eventClass);
  return cells === undefined ? 'no cell' : cellWords(cells);
};

function rowView(
  { row, folded }: { readonly row: AccountRows['row']; readonly folded: FoldedCells },
  classes: readonly string[],
): LoggingPageView['rows'][number] {
  const sum = (status: 'partial' | 'not-covered' | 'not-measured'): number =>
    [...folded.values()].reduce((total, cells) => total + cells[status], 0);
  const dark = folded.size === 0;
  const unread = sum('not-measured');
  return {
    name: name(row.name ?? row.account),
    account: row.account,
    href: `../accounts/${row.account}.html#logging`,
    cells: classes.map((eventClass) => (dark ? darkCell : matrixCell(folded.get(eventClass)))),
    missing: dark ? 'not measured' : integer(sum('partial') + sum('not-covered')),
    unknown: unread > 0 ? `${integer(unread)} not measured` : null,
  };
}

function reasonViews(reasons: readonly Reason[]): ReasonView[] {
  const sorted = reasons.toSorted((a, b) => b.count - a.count);
  const shown = sorted.slice(0, reasonsPerClass).map(({ row, count }) => ({
    words: `${capital(row.status.replaceAll('-', ' '))} in ${plural(count, 'cell')}`,
    why: row.why ?? '',
    witness: row.witness === null ? null : JSON.stringify(row.witness),
  }));
  const rest = sorted.length - shown.length;
  return rest > 0
    ? [...shown, { words: plural(rest, 'more reason'), why: 'on the pages of the accounts', witness: null }]
    : shown;
}

/** Fixes of something shared, such as the organisation's trail, stand here; those of an account on its own page. */
const isForOthers = (rows: readonly LoggingFixRow[]): boolean =>
  rows.length > 1 || rows.some(({ account, runIn }) => account !== runIn);

const cellsOf = (rows: readonly LoggingFixRow[]): number =>
  rows.flatMap(({ closes }) => closes).reduce((sum, { regions }) => sum + regions.length, 0);
const mostFirst = (a: readonly LoggingFixRow[], b: readonly LoggingFixRow[]): number => cellsOf(b) - cellsOf(a);

/** A fix as it is printed; the same one for several accounts is one. */
export function fixView(rows: readonly LoggingFixRow[]): FixView {
  const [first] = rows;
  const target = first?.target ?? null;
  const driver = first?.costDriver ?? null;
  const cost = rows.flatMap(({ costs }) => costs).find(({ eventClass }) => eventClass === driver);
  return {
    target: target === null ? 'A new trail' : target.startsWith('arn:') ? arn(target) : className(target),
    where: `with credentials of account ${first?.runIn}`,
    closes: `${plural(cellsOf(rows), 'cell')}${rows.length > 1 ? ` of ${plural(rows.length, 'account')}` : ''}`,
    cost: cost === undefined ? null : `${className(cost.eventClass)}: one event for each ${cost.oneEventPer}`,
    steps: first?.steps ?? [],
  };
}

function ownFixes(
  fixes: readonly LoggingFixRow[],
  accounts: readonly { readonly row: AccountRows['row'] }[],
): LoggingPageView['own'] {
  const byAccount = Map.groupBy(fixes, ({ account }) => account);
  return accounts.flatMap(({ row }) => {
    const own = byAccount.get(row.account);
    if (own === undefined) return [];
    const targets = own.map(({ target }) => ownTarget(target));
    const href = `../accounts/${row.account}.html#logging`;
    return [
      { name: name(row.name ?? row.account), href, words: `${targets.join(', ')}: ${plural(cellsOf(own), 'cell')}` },
    ];
  });
}

const ownTarget = (target: string | null): string => {
  if (target === null) return 'a new trail';
  return target.startsWith('arn:') ? (target.split('/').at(-1) ?? target) : className(target);
};
