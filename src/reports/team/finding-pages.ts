import type { ControlSummary, NightSummary } from '../../domain/summary.ts';
import type { FindingRow } from '../../domain/tables.ts';
import { countWords, thresholdWords } from '../controls.ts';
import { type Markup, name as nameMarkup } from '../markup.ts';
import { plural } from '../numbers.ts';
import { fails, type StatusView, unknownStatus } from '../status.ts';

export interface FindingLine {
  readonly resource: string;
  readonly status: StatusView;
  /** Id of the exception that covers it. */
  readonly exception: string | null;
  readonly reason: string;
  readonly remedy: string | null;
  readonly command: string | null;
}

/** What fails a control, or could not be measured, account by account. */
export interface FindingPageView {
  readonly title: string;
  readonly home: string;
  readonly id: string;
  readonly severity: string;
  readonly method: string;
  readonly thresholds: string;
  readonly words: string;
  readonly accounts: readonly {
    readonly name: Markup;
    readonly account: string;
    readonly words: string;
    readonly open: boolean;
    readonly findings: readonly FindingLine[];
  }[];
  readonly previous: string | null;
  readonly next: string | null;
}

export interface FindingPage {
  readonly path: string;
  readonly view: FindingPageView;
}

/** Findings on one page; a control with more has further pages. */
const perPage = 1_000;
/** Up to so many findings, the accounts of a page stand open. */
const openUpTo = 50;

export const findingPath = (control: string, page: number): string =>
  `findings/${control}${page === 1 ? '' : `-${page}`}.html`;

interface Filling {
  readonly control: ControlSummary;
  page: number;
  count: number;
  accounts: { name: string | null; account: string; rows: FindingRow[] }[];
}

/** Fills pages control by control while accounts go by; what is held is bounded by one page of each control. */
export class FindingPages {
  readonly #filling: ReadonlyMap<string, Filling>;

  constructor({ controls }: Pick<NightSummary, 'controls'>) {
    this.#filling = new Map(controls.map((control) => [control.id, { control, page: 1, count: 0, accounts: [] }]));
  }

  /** Adds the findings of one account; gives the pages that are full. */
  *add(account: string, name: string | null, rows: readonly FindingRow[]): Generator<FindingPage> {
    for (const row of rows) {
      const page = this.#filling.get(row.control);
      if (page === undefined || (row.status !== 'fail' && row.status !== 'not-measured')) continue;
      if (page.count === perPage) yield finish(page, true);
      if (page.accounts.at(-1)?.account !== account) page.accounts.push({ name, account, rows: [] });
      page.accounts.at(-1)?.rows.push(row);
      page.count += 1;
    }
  }

  /** The last page of each control that has any finding to show. */
  *end(): Generator<FindingPage> {
    for (const page of this.#filling.values()) if (page.count > 0) yield finish(page, false);
  }
}

/** Makes a page of what was filled, and begins the next. */
function finish(filling: Filling, more: boolean): FindingPage {
  const { control, page, count, accounts } = filling;
  filling.page += 1;
  filling.count = 0;
  filling.accounts = [];
  const { findings } = control;
  const beside = (number: number): string => findingPath(control.id, number).replace('findings/', '');
  return {
    path: findingPath(control.id, page),
    view: {
      title: control.title,
      home: '../index.html',
      id: control.id,
      severity: control.severity,
      method: control.method,
      thresholds: thresholdWords(control.thresholds),
      words: `${countWords(findings)}.`,
      accounts: accounts.map(({ name, account, rows }) => ({
        name: nameMarkup(name ?? account),
        account,
        words: plural(rows.length, 'finding'),
        open: count <= openUpTo,
        findings: rows.map(lineOf),
      })),
      previous: page === 1 ? null : beside(page - 1),
      next: more ? beside(page + 1) : null,
    },
  };
}

const lineOf = ({ resource, resourceType, status, exception, reason, remedy }: FindingRow): FindingLine => ({
  resource: resource === '*' ? `any other ${resourceType}` : resource,
  status: status === 'fail' ? fails('fails') : unknownStatus('not measured'),
  exception,
  reason,
  remedy: remedy?.text ?? null,
  command: remedy?.command ?? null,
});
