import type { NightSummary } from '../../domain/summary.ts';
import type { AccountRow } from '../../domain/tables.ts';
import { type AccountRows, accountsOf } from '../accounts.ts';
import { shortfallOf } from '../charts/matrix.ts';
import type { ReportInput } from '../input.ts';
import { type Markup, name } from '../markup.ts';
import { integer } from '../numbers.ts';
import { pairRate } from '../sensitive.ts';
import { accountFigure, countWords, knownIn } from './account-figures.ts';
import { type AccountView, accountStatus, accountView } from './account-view.ts';
import { type FindingPage, FindingPages, type FindingPageView } from './finding-pages.ts';
import { type HolderTable, holderPages, holderTable, listPath } from './holders-view.ts';
import { countedAsUnused, enter, newLedger } from './ledger.ts';
import { type LoggingPage, LoggingPages, type LoggingPageView } from './logging-pages.ts';
import { type PermissionListView, permissionListView } from './permission-list.ts';
import { RegisterPages, type RegisterPageView } from './register-pages.ts';
import { type AccountLink, type TeamView, teamView } from './view.ts';

/** Accounts on one page of links; above this many the first page links to list pages. */
const perPage = 500;

/** The views of the team report as they become ready: accounts one by one, list pages, the first page last. */
export type TeamPart =
  | { readonly kind: 'account'; readonly account: string; readonly view: AccountView }
  | { readonly kind: 'holders'; readonly path: string; readonly view: HolderPageView }
  | { readonly kind: 'permissions'; readonly path: string; readonly view: PermissionListView }
  | { readonly kind: 'findings'; readonly path: string; readonly view: FindingPageView }
  | { readonly kind: 'logging'; readonly path: string; readonly view: LoggingPageView }
  | { readonly kind: 'register'; readonly path: string; readonly view: RegisterPageView }
  | { readonly kind: 'list'; readonly path: string; readonly view: AccountListView }
  | { readonly kind: 'index'; readonly view: TeamView };

export interface AccountListView {
  readonly title: string;
  readonly home: string;
  readonly accounts: readonly AccountLink[];
}

/** Identities of a large account that its own page has no room for. */
export interface HolderPageView {
  readonly title: Markup;
  readonly account: string;
  readonly label: string;
  readonly back: string;
  readonly table: HolderTable;
}

export interface TeamOptions {
  /** False in print, where the pages of accounts do not exist. */
  readonly linked: boolean;
}

export async function* teamParts(input: ReportInput, { linked }: TeamOptions): AsyncGenerator<TeamPart> {
  const { summary } = input;
  const ledger = newLedger();
  const hrefOf = (account: string): string | null => (linked ? `accounts/${account}.html` : null);
  const pages: { href: string; label: string }[] = [];
  let links: AccountLink[] = [];
  const flush = (): TeamPart => {
    const page = listPage(links, pages.length + 1);
    pages.push({ href: page.path, label: page.view.title });
    links = [];
    return page;
  };
  const findings = new FindingPages(summary);
  const logging = new LoggingPages();
  const registers = new RegisterPages();
  if (linked) for await (const page of ofOrganization(input, findings)) yield findingPart(page);
  for await (const rows of accountsOf(input)) {
    enter(ledger, rows);
    if (linked) registers.add(rows);
    if (linked) yield* accountParts(summary, rows);
    if (linked)
      for (const page of findings.add(rows.row.account, rows.row.name, rows.findings)) yield findingPart(page);
    if (linked) for (const page of logging.add(rows)) yield loggingPart(page);
    if (links.length === perPage && linked) yield flush();
    if (links.length < perPage) links.push(linkOf(rows, hrefOf(rows.row.account)));
  }
  if (pages.length > 0 && links.length > 0) yield flush();
  if (linked) for (const page of findings.end()) yield findingPart(page);
  if (linked) for (const page of logging.end()) yield loggingPart(page);
  if (linked) for (const page of registers.pages()) yield { kind: 'register', ...page };
  if (linked) yield { kind: 'permissions', path: listPath, view: permissionListView(summary) };
  yield { kind: 'index', view: teamView({ summary, ledger, accounts: links, pages, hrefOf, history: input.history }) };
}

const loggingPart = (page: LoggingPage): TeamPart => ({ kind: 'logging', ...page });
const findingPart = (page: FindingPage): TeamPart => ({ kind: 'findings', ...page });

/** The findings about the organisation itself, which stand first in their table. */
async function* ofOrganization(input: ReportInput, pages: FindingPages): AsyncGenerator<FindingPage> {
  for await (const row of input.rows('findings')) {
    if (row.account !== 'organization') return;
    yield* pages.add(row.account, 'The organisation', [row]);
  }
}

/** The page of an account, and what it has no room for. */
function* accountParts(summary: NightSummary, rows: AccountRows): Generator<TeamPart> {
  const { account, name: given } = rows.row;
  const pages = holderPages(rows);
  yield { kind: 'account', account, view: accountView(summary, rows, pages) };
  for (const { href, label, holders } of pages.slice(1))
    yield {
      kind: 'holders',
      path: `accounts/${href}`,
      view: {
        title: name(given ?? account),
        account,
        label,
        back: `${account}.html`,
        table: holderTable(holders, summary.sensitive.permissions),
      },
    };
}

function listPage(links: readonly AccountLink[], number: number): Extract<TeamPart, { kind: 'list' }> {
  const [from, to] = [(number - 1) * perPage + 1, (number - 1) * perPage + links.length];
  const accounts = links.map((link) => ({ ...link, href: link.href?.replace('accounts/', '') ?? null }));
  const title = `Accounts ${integer(from)} to ${integer(to)}`;
  return {
    kind: 'list',
    path: `accounts/list-${String(number).padStart(4, '0')}.html`,
    view: { title, home: '../index.html', accounts },
  };
}

function linkOf({ row, identities, credentials, logging, gaps }: AccountRows, href: string | null): AccountLink {
  const apart = row.status === 'suspended' || row.status === 'skipped';
  const count = (id: string, number: number): string => (apart ? '–' : countWords(knownIn(row, id), number));
  const { missing, notMeasured } = shortfallOf(logging);
  const cells = count('logging.ai-data-event-coverage', missing);
  return {
    name: name(row.name ?? row.account),
    account: row.account,
    href,
    status: accountStatus(row),
    unused: count('identity.unused-rate', identities.filter(countedAsUnused).length),
    sensitive: count(pairRate, unusedPairs(row)),
    keys: count('credential.ai-key-user-rate', credentials.filter(({ ai, live }) => ai && live).length),
    missing: notMeasured > 0 && cells !== 'not measured' ? `${cells}, ${integer(notMeasured)} not measured` : cells,
    gaps: integer(gaps.length),
  };
}

/** Pairs known to lie unused, on effective permissions. */
function unusedPairs(row: AccountRow): number {
  const found = accountFigure(row, { id: pairRate, unit: 'pairs' });
  return found.state === 'known' ? found.metric.numerator : 0;
}
