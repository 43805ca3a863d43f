import type { NightSummary } from '../../domain/summary.ts';
import type { AccountRow, CredentialRow, GapRow, LoggingRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { coverageWords } from '../charts/class-strip.ts';
import { className } from '../charts/matrix.ts';
import { shareOf, shareView } from '../figures.ts';
import { type KeyView, keyView, type PhantomView, type PowerView, phantomView, powerView } from '../keys.ts';
import { arn, type Markup, name } from '../markup.ts';
import { moment, plural } from '../numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from '../status.ts';
import { type IdentityView, identityView } from '../tables.ts';
import { accountStatusWords, capital, scopeName } from '../words.ts';
import { accountFigure, countWords, knownIn } from './account-figures.ts';
import { type AccountGuardrail, type AccountPractice, accountGuardrail, accountPractice } from './account-practices.ts';
import { type HolderPage, type HoldersView, holdersView } from './holders-view.ts';
import { type FixView, fixView } from './logging-pages.ts';
import { ouName } from './matrix-view.ts';

export interface GapView {
  readonly region: string;
  readonly operation: string;
  readonly code: string;
  readonly cause: string;
  readonly remedy: string;
}

export interface CellView {
  readonly region: string;
  readonly eventClass: string;
  readonly counted: boolean;
  readonly status: StatusView;
  readonly by: readonly Markup[];
  readonly why: string | null;
}

/** One account, whole: everything that the first page only counts. */
export interface AccountView {
  readonly title: Markup;
  readonly account: string;
  readonly status: StatusView;
  readonly facts: readonly { readonly term: string; readonly text: string }[];
  readonly home: string;
  readonly night: string;
  readonly gaps: readonly GapView[];
  readonly practices: readonly AccountPractice[];
  readonly guardrails: readonly AccountGuardrail[];
  readonly permissions: HoldersView;
  readonly identities: readonly IdentityView[];
  readonly credentials: readonly KeyView[];
  readonly phantoms: readonly PhantomView[];
  readonly powers: readonly PowerView[];
  readonly cells: readonly CellView[];
  readonly fixes: readonly FixView[];
  readonly nothing: string;
  readonly noKeys: string;
}

export function accountView(summary: NightSummary, rows: AccountRows, pages: readonly HolderPage[]): AccountView {
  const { row, identities, credentials, logging, loggingFixes, gaps } = rows;
  const { clock } = summary.run;
  const holders = new Map(rows.keyHolders.map((holder) => [holder.user, holder]));
  return {
    title: name(row.name ?? row.account),
    account: row.account,
    status: accountStatus(row),
    facts: factsOf(summary, row, credentials),
    home: '../index.html',
    night: `${scopeName(summary)} · ${moment(clock)} · run ${summary.run.id}`,
    gaps: gaps.map(gapView),
    practices: rows.practices.map(accountPractice),
    guardrails: rows.guardrails.map(accountGuardrail),
    permissions: holdersView(rows, { pages, listed: summary.sensitive.permissions, nothing: nothingIn(row) }),
    identities: identities.toSorted(worstFirst).map((it) => identityView(it, clock, null)),
    credentials: credentials.map((it) => keyView(it, holders.get(it.user) ?? null, null)),
    phantoms: rows.keyHolders.filter(({ phantom }) => phantom).map((it) => phantomView(it, null)),
    powers: rows.keyPowers.map((it) => powerView(it, null)),
    cells: logging.map(cellView),
    fixes: loggingFixes.map((fix) => fixView([fix])),
    nothing: nothingIn(row),
    noKeys: unreadKeys(row) ? 'Not measured: no user’s credentials were read.' : nothingIn(row),
  };
}

function nothingIn({ status }: AccountRow): string {
  if (status === 'measured') return 'None.';
  return status === 'partial'
    ? 'None was seen; what could not be read is listed above.'
    : `Nothing was read: the account is ${accountStatusWords[status]}.`;
}

const unusedId = 'identity.unused-rate';
const keysId = 'credential.ai-key-user-rate';
const unreadKeys = (row: AccountRow): boolean => row.status === 'partial' && knownIn(row, keysId) === 'none';

const rank: Readonly<Record<string, number>> = { unused: 0, unread: 1, used: 2 };
const worstFirst = (a: { activity: string }, b: { activity: string }): number =>
  (rank[a.activity] ?? 3) - (rank[b.activity] ?? 3);

export function accountStatus({ status }: AccountRow): StatusView {
  const word = accountStatusWords[status] ?? status;
  if (status === 'measured') return passes(word);
  return status === 'partial' || status === 'failed' ? unknownStatus(word) : noStatus(word);
}

function factsOf(summary: NightSummary, row: AccountRow, credentials: readonly CredentialRow[]): AccountView['facts'] {
  const assumed = row.regionsAssumed ? ' (assumed: the default ones)' : '';
  const counted = row.figures.some(({ id }) => id === unusedId);
  const looked = row.status === 'measured' || row.status === 'partial';
  const live = credentials.filter((it) => it.ai && it.live);
  const notDenied = live.filter(({ use }) => use !== 'denied').length;
  const known = knownIn(row, keysId);
  return [
    { term: 'Organisational unit', text: ouName(summary, row.ou.at(-1) ?? '') },
    { term: 'State in the organisation', text: row.state.toLowerCase() },
    {
      term: 'Regions',
      text: row.regions === 0 ? 'not measured' : `${plural(row.regions, 'enabled Region')}${assumed}`,
    },
    ...(row.untrackedRegions.length > 0
      ? [{ term: 'Regions where AWS tracks no last use', text: row.untrackedRegions.join(', ') }]
      : []),
    {
      term: 'Credential report',
      text: row.credentialReportAt === null ? 'not measured' : `of ${moment(row.credentialReportAt)}`,
    },
    ...(counted && looked ? [{ term: 'Not used in the window', text: unusedOf(row) }] : []),
    ...(looked ? [{ term: 'Live AI keys', text: countWords(known, live.length) }] : []),
    ...(looked ? [{ term: 'of these, no guardrail denies', text: countWords(known, notDenied) }] : []),
    ...(row.reason === null ? [] : [{ term: 'Reason', text: row.reason }]),
  ];
}

/** The account's own share of unused identities. */
function unusedOf(row: AccountRow): string {
  const found = accountFigure(row, { id: unusedId, unit: 'identities' });
  if (found.state !== 'known') return found.state === 'not-measured' ? 'not measured' : 'nobody to count';
  const share = shareView(found.metric);
  return [shareOf(share, 'identities', found.metric.open ? 'count' : null), share.unknown]
    .filter((it) => it !== null)
    .join(', ');
}

export const gapView = ({ region, operation, gap, cause, remedy }: GapRow): GapView => ({
  region,
  operation,
  code: gap.code,
  cause: capital(cause),
  remedy: capital(remedy),
});

function cellView({ region, eventClass, core, status, by, why }: LoggingRow): CellView {
  return {
    region,
    eventClass: className(eventClass),
    counted: core || eventClass === 'management',
    status: coverage(status),
    by: by.map(arn),
    why,
  };
}

function coverage(status: LoggingRow['status']): StatusView {
  if (status === 'covered') return passes(coverageWords[status]);
  return status === 'not-measured' ? unknownStatus(coverageWords[status]) : fails(coverageWords[status]);
}
