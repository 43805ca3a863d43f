import { type ChangeRow, type PeriodKind, quietStatuses } from '../../domain/change-table.ts';
import { severities } from '../../domain/tables.ts';
import type { WeekSummary } from '../../domain/week.ts';
import { quietStatus } from '../../history/change-tally.ts';
import { type OverRegions, overRegions } from '../../history/over-regions.ts';
import { arn, type Markup, name as nameMarkup } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import type { StatusView } from '../status.ts';
import { add, first, type Top, top } from '../team/top.ts';
import { capital } from '../words.ts';
import type { WeekInput } from './input.ts';
import { bySeverity, kindWords, othersWords, quietTotal, quietWords, shownKinds, stepsWords } from './words.ts';

/** A changed finding as every table shows it. */
export interface ChangeLine {
  readonly anchor: string;
  readonly status: StatusView;
  readonly severity: string;
  readonly account: string;
  readonly name: Markup | null;
  readonly control: string;
  readonly title: string;
  readonly resource: Markup;
  readonly cause: string;
  readonly steps: string;
  readonly remedy: string | null;
  readonly command: string | null;
}

/** What was opened of one control in one account: a person takes these up together. */
export interface OpenLine extends ChangeLine {
  /** `and 16 more`, or null. */
  readonly more: string | null;
  /** Where the first of them stands; null on paper. */
  readonly href: string | null;
}

/** A change, and the page on which it has a row of its own; null on paper. */
interface Noted {
  readonly row: ChangeRow;
  readonly page: string | null;
}

/** Findings of one control in one account that opened in one way. */
type OpenGroup = readonly [first: Noted, ...others: Noted[]];

/** The changes of one kind on the first page: the most severe, and where the rest is. */
export interface KindView {
  readonly id: PeriodKind;
  readonly title: string;
  readonly method: string;
  readonly lines: readonly ChangeLine[];
  readonly rest: string | null;
  readonly href: string | null;
}

/** A page of all changes of one kind, in plan order. */
export interface ChangePageView {
  readonly title: string;
  readonly home: string;
  readonly words: string;
  readonly method: string;
  readonly lines: readonly ChangeLine[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface ChangePage {
  readonly path: string;
  readonly view: ChangePageView;
}

/** Changes of one kind on the first page, and on each page of their own. */
const kept = { first: 25, page: 1_000 } as const;

/** Kinds that ask for somebody, unless an exception covers the finding. */
const opens: ReadonlySet<PeriodKind> = new Set(['new', 'reopened', 'exception-ended']);

/** Kinds that ask nobody for anything: counted on the first page, listed on a page of their own. */
const folded: ReadonlySet<PeriodKind> = new Set(['measured-again', 'appeared']);

const pathOf = (kind: PeriodKind, page: number): string => `changes/${kind}${page === 1 ? '' : `-${page}`}.html`;

type Context = Pick<WeekInput, 'names' | 'last'>;

/** Gathers the changes while they go by: what is held is bounded by one page of each kind and the most severe of all. */
export class ChangeLedger {
  readonly #context: Context;
  readonly #titles: ReadonlyMap<string, string>;
  readonly #counts: WeekSummary['changes']['counts'];
  readonly #others: WeekSummary['changes']['others'];
  readonly #top = new Map<PeriodKind, Top<OverRegions<ChangeRow>>>(
    shownKinds.map((kind) => [kind, top(kept.first, (a, b) => bySeverity(a.first, b.first))]),
  );
  readonly #open = top<OpenGroup>(kept.first, ([a], [b]) => bySeverity(a.row, b.row));
  /** The changes of one account. */
  #noted: Noted[] = [];
  readonly #pages = new Map<PeriodKind, { page: number; rows: ChangeRow[] }>(
    shownKinds.map((kind) => [kind, { page: 1, rows: [] }]),
  );

  constructor(context: Context, { changes }: Pick<WeekSummary, 'changes'>) {
    this.#context = context;
    this.#titles = new Map(context.last.controls.map(({ id, title }) => [id, title]));
    this.#counts = changes.counts;
    this.#others = changes.others;
  }

  /** Adds one change for the first page; `page`: where else it stands, if it does. Rows come account by account. */
  note(row: ChangeRow, page: string | null = null): void {
    if (this.#noted[0]?.row.account !== row.account) this.#flush();
    this.#noted.push({ row, page });
  }

  /** Adds one change for the first page and a page of its kind; gives that page once it is full. */
  *add(row: ChangeRow): Generator<ChangePage> {
    const filling = this.#pages.get(row.kind) as { page: number; rows: ChangeRow[] };
    if (filling.rows.length === kept.page) yield this.#finish(row.kind, filling, true);
    filling.rows.push(row);
    this.note(row, pathOf(row.kind, filling.page));
  }

  /** The last page of each kind. */
  *end(): Generator<ChangePage> {
    for (const [kind, filling] of this.#pages) if (filling.rows.length > 0) yield this.#finish(kind, filling, false);
  }

  /** What was opened in this period, is covered by no exception and asks for somebody, the most severe first; `total`: in so many groups. */
  open(): { readonly lines: readonly OpenLine[]; readonly total: number } {
    this.#flush();
    const lines = first(this.#open).map((group) => {
      const [{ row, page }] = group;
      const regional = group.every((it) => it.row.region !== null);
      const rest = group.length - 1;
      return {
        ...this.#line(row),
        more: rest === 0 ? null : regional ? `and in ${plural(rest, 'more Region')}` : `and ${integer(rest)} more`,
        href: page === null ? null : `${page}#${encodeURIComponent(row.id)}`,
      };
    });
    return { lines, total: this.#open.total };
  }

  /** Groups the changes of one account. */
  #flush(): void {
    const asks = this.#noted.filter(({ row }) => opens.has(row.kind) && row.exception === null);
    for (const group of Map.groupBy(asks, ({ row }) => `${row.control} ${row.kind}`).values())
      add(this.#open, group as unknown as OpenGroup);
    for (const group of overRegions(this.#noted, ({ row }) => row))
      add(this.#topOf(group.first.row.kind), {
        ...group,
        first: group.first.row,
        items: group.items.map(({ row }) => row),
      });
    this.#noted = [];
  }

  #topOf(kind: PeriodKind): Top<OverRegions<ChangeRow>> {
    return this.#top.get(kind) as Top<OverRegions<ChangeRow>>;
  }

  /** Each kind that has changes, with the most severe of its open ones; what differs in its Region alone is one line. */
  kinds(linked: boolean): KindView[] {
    this.#flush();
    return shownKinds.flatMap((kind) => {
      const list = this.#topOf(kind);
      if (list.total === 0) return [];
      const groups = folded.has(kind) ? [] : first(list).filter((group) => group.first.open);
      const listed = groups.reduce((all, { items }) => all + items.length, 0);
      const more = listed < this.#counts[kind] + quietTotal(this.#others[kind]);
      const some = listed > 0 && listed < this.#counts[kind];
      return [
        {
          id: kind,
          title: `${kindWords[kind].title}: ${this.#countWords(kind)}`,
          method: kindWords[kind].method,
          lines: groups.map(({ first: row, regions }) => this.#line(row, regions)),
          rest: more
            ? `${some ? `${integer(listed)} of ${integer(this.#counts[kind])} are listed here, the most severe first. ` : ''}Table results/changes holds all.`
            : null,
          href: linked && more ? pathOf(kind, 1) : null,
        },
      ];
    });
  }

  /** `4 findings, and 36 others: 30 passed, 6 not measured`. */
  #countWords(kind: PeriodKind): string {
    const [open, quiet] = [this.#counts[kind], othersWords(this.#others[kind])];
    return quiet === null || open > 0
      ? `${plural(open, 'finding')}${quiet === null ? '' : `, and ${quiet}`}`
      : `none open, ${quiet}`;
  }

  #finish(kind: PeriodKind, filling: { page: number; rows: ChangeRow[] }, more: boolean): ChangePage {
    const { page, rows } = filling;
    filling.page += 1;
    filling.rows = [];
    const beside = (number: number): string => pathOf(kind, number).replace('changes/', '');
    return {
      path: pathOf(kind, page),
      view: {
        title: kindWords[kind].title,
        home: '../index.html',
        words: `${capital(this.#countWords(kind))}; account by account.`,
        method: kindWords[kind].method,
        lines: rows.map((row) => this.#line(row)),
        previous: page === 1 ? null : beside(page - 1),
        next: more ? beside(page + 1) : null,
      },
    };
  }

  #line(row: ChangeRow, regions: readonly string[] = []): ChangeLine {
    const { account, control, resource, resourceType, severity, kind, cause, remedy } = row;
    const given = account === 'organization' ? 'The organisation' : this.#context.names.get(account);
    return {
      anchor: encodeURIComponent(row.id),
      status: kindWords[kind].status,
      severity: row.open ? severity : quietWords[quietStatus(row)],
      account,
      name: given === null || given === undefined ? null : nameMarkup(given),
      control,
      title: this.#titles.get(control) ?? control,
      resource:
        regions.length > 1
          ? nameMarkup(`in ${plural(regions.length, 'Region')}: ${regions.join(', ')}`)
          : resource === '*'
            ? nameMarkup(`any other ${resourceType}`)
            : arn(resource),
      cause: capital(cause),
      steps: stepsWords(row),
      remedy: remedy?.text ?? null,
      command: remedy?.command ?? null,
    };
  }
}

/** A line of the counts: one kind by severity, and in all. */
export interface CountLine {
  readonly kind: string;
  readonly status: StatusView;
  readonly cells: readonly CountCell[];
  readonly all: string;
  /** Findings of this kind that were never seen open: a plain count, and how they stood. */
  readonly quiet: CountCell & { readonly words: string };
}

/** A count, with what it is of: `new`, `new:high`. */
export interface CountCell {
  readonly id: string;
  readonly count: string;
}

/** The kinds that every reader wants to see at zero as well. */
const always: readonly PeriodKind[] = ['reopened', 'new', 'not-re-measured', 'resolved', 'gone'];

/** Counts of changes, equal to the rows of table `changes`: of findings that are or were open by severity, the others plainly. */
export const countLines = ({ counts, bySeverity: by, others }: WeekSummary['changes']): CountLine[] =>
  shownKinds
    .filter((kind) => always.includes(kind) || counts[kind] + quietTotal(others[kind]) > 0)
    .map((kind) => ({
      kind,
      status: kindWords[kind].status,
      cells: severities.map((severity) => ({ id: `${kind}:${severity}`, count: integer(by[severity][kind]) })),
      all: integer(counts[kind]),
      quiet: {
        id: `${kind}:quiet`,
        count: integer(quietTotal(others[kind])),
        words: quietStatuses
          .filter((status) => others[kind][status] > 0)
          .map((status) => `${integer(others[kind][status])} ${quietWords[status]}`)
          .join(', '),
      },
    }));

/** The counts in few lines: kinds side by side, all and those that are critical or high. */
export interface BriefCounts {
  readonly kinds: readonly StatusView[];
  readonly rows: readonly { readonly title: string; readonly cells: readonly CountCell[] }[];
}

export function briefCounts({ counts, bySeverity: by }: WeekSummary['changes']): BriefCounts {
  const cells = (suffix: string, of: (kind: PeriodKind) => number): CountCell[] =>
    always.map((kind) => ({ id: `${kind}${suffix}`, count: integer(of(kind)) }));
  return {
    kinds: always.map((kind) => kindWords[kind].status),
    rows: [
      { title: 'Open, or were', cells: cells('', (kind) => counts[kind]) },
      { title: 'of these critical', cells: cells(':critical', (kind) => by.critical[kind]) },
      { title: 'of these high', cells: cells(':high', (kind) => by.high[kind]) },
    ],
  };
}
