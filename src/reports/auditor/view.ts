import type { Metric, NightSummary } from '../../domain/summary.ts';
import { type AccountRow, type Basis, bases } from '../../domain/tables.ts';
import { type ExceptionView, exceptionsTitle, exceptionViews } from '../exceptions.ts';
import { type FigureView, figureView } from '../figures.ts';
import type { ReportInput } from '../input.ts';
import { type Markup, name } from '../markup.ts';
import { type Masthead, mastheadOf } from '../masthead.ts';
import { day, integer, moment, percentRange, plural } from '../numbers.ts';
import { listWords } from '../sensitive.ts';
import type { StatusView } from '../status.ts';
import { accountStatus } from '../team/account-view.ts';
import { type TrendView, trendView } from '../trend-view.ts';
import { kindWords, scopeName, sourceWords } from '../words.ts';
import { type AgentRegister, agentRegister } from './agents.ts';
import { type ControlSheet, controlSheets } from './controls.ts';
import { type GapLine, gapLines } from './gaps.ts';
import { type Method, methodOf, methods } from './methods.ts';
import { type PracticeSheet, practiceSheets } from './practice-sheets.ts';
import { type FrameworkSheet, frameworkSheets } from './requirements.ts';

export interface Line {
  readonly term: string;
  readonly text: string;
}

export interface Sheet extends Method {
  readonly number: string;
  readonly id: string;
  readonly version: string;
  /** The list behind a figure on permissions, or null. */
  readonly list: string | null;
  readonly results: readonly SheetResult[];
  readonly accountsNotMeasured: string;
}

/** The result of a figure on one basis. */
export interface SheetResult {
  readonly title: string;
  readonly figure: FigureView;
  readonly counts: readonly Line[];
}

export interface AccountLine {
  readonly name: Markup;
  readonly account: string;
  readonly state: string;
  readonly status: StatusView;
  readonly reason: string;
  readonly report: string;
  readonly attempt: string;
}

/** The auditor's report: quiet, numbered, and with all that is needed to check it without us. */
export interface AuditorView {
  readonly masthead: Masthead;
  readonly title: string;
  readonly opinion: string;
  readonly scope: readonly Line[];
  readonly population: readonly Line[];
  readonly accounts: { readonly rows: readonly AccountLine[]; readonly rest: string | null };
  readonly period: readonly Line[];
  readonly sheets: readonly Sheet[];
  /** Null on a first night. */
  readonly trend: TrendView | null;
  readonly controls: readonly ControlSheet[];
  readonly exceptions: { readonly title: string; readonly digest: string; readonly register: readonly ExceptionView[] };
  readonly practices: readonly PracticeSheet[];
  readonly frameworks: readonly FrameworkSheet[];
  readonly agents: AgentRegister;
  readonly gaps: readonly GapLine[];
  readonly evidence: {
    readonly total: string;
    readonly files: readonly { readonly key: string; readonly sha256: string }[];
    readonly rest: string | null;
  };
  readonly versions: readonly Line[];
  readonly notBuilt: NightSummary['notBuilt'];
  readonly limits: readonly string[];
}

/** How many rows the long tables show; the archive holds all. */
export interface AuditorCaps {
  readonly accounts: number;
  readonly evidence: number;
}

export async function auditorView(
  { summary, rows, evidence, history }: ReportInput,
  caps: AuditorCaps,
): Promise<AuditorView> {
  const shown = evidence.slice(0, caps.evidence);
  return {
    masthead: mastheadOf(summary, { report: 'Auditor report', named: 12 }),
    title: `Report on the ${summary.run.kind === 'week' ? 'week to' : 'night of'} ${moment(summary.run.clock)}`,
    opinion:
      'This report states what was read, how it was counted and what could not be read. It gives no opinion on whether the organisation complies.',
    scope: scopeLines(summary),
    population: populationLines(summary),
    accounts: await accountLines(rows('accounts'), caps.accounts),
    period: periodLines(summary),
    sheets: [...Object.keys(methods), ...otherIds(summary)].map((id, at) => sheet(summary, id, at + 1)),
    trend: trendView(history),
    controls: controlSheets(summary),
    exceptions: {
      title: exceptionsTitle(summary),
      digest: summary.run.versions['exceptions'] ?? 'none',
      register: exceptionViews(summary),
    },
    practices: await practiceSheets(summary, rows('practices')),
    frameworks: frameworkSheets(summary),
    agents: await agentRegister(summary, rows('agents'), rows('workspaces')),
    gaps: await gapLines(summary, rows('gaps')),
    evidence: {
      total: plural(evidence.length, 'file'),
      files: shown,
      rest:
        evidence.length > shown.length
          ? `${integer(shown.length)} of ${integer(evidence.length)} files are listed here. SHA256SUMS, beside the seal, lists every one.`
          : null,
    },
    versions: [
      ...Object.entries(summary.run.versions).map(([term, text]) => ({ term, text })),
      { term: 'Sensitive permissions', text: listWords(summary) },
      { term: 'Action catalogue', text: summary.sensitive.catalogue },
      { term: 'Unclassified AI actions', text: unclassified(summary) },
    ],
    notBuilt: summary.notBuilt,
    limits: [
      'It shows configuration and recorded use as AWS reported them at the time of each call, not what people did.',
      'It cannot show use that AWS does not record, or that AWS had not yet shown at the clock.',
      'It does not judge whether an identity, a key or a log is needed.',
      'Accounts outside the scope above were not looked at.',
    ],
  };
}

const otherIds = (summary: NightSummary): string[] =>
  [...new Set(summary.metrics.map(({ id }) => id))].filter((id) => methods[id] === undefined).sort();

function scopeLines(summary: NightSummary): Line[] {
  const { scope } = summary;
  return [
    { term: 'Organisation', text: scopeName(summary) },
    { term: 'Management account', text: scope.managementAccount ?? 'not known' },
    { term: 'Source', text: sourceWords[scope.source] },
    {
      term: 'List of accounts',
      text:
        scope.accountsFrom === 'organization'
          ? 'from AWS Organizations'
          : 'from the ARNs found in the input: accounts without one are not seen',
    },
    ...(scope.note === null ? [] : [{ term: 'Note', text: scope.note }]),
    { term: 'Scope digest', text: scope.digest },
  ];
}

function populationLines({ completeness: { accounts, identities } }: NightSummary): Line[] {
  const kinds = Object.entries(identities.byKind).map(([kind, count]) => ({
    term: kindWords[kind] ?? kind,
    text: integer(count),
  }));
  return [
    { term: 'Accounts discovered', text: integer(accounts.discovered) },
    { term: 'Measured in full', text: integer(accounts.measured) },
    { term: 'Measured partly', text: integer(accounts.partial) },
    { term: 'Not measured', text: integer(accounts.failed) },
    { term: 'Suspended or closed', text: integer(accounts.suspended) },
    { term: 'Not selected', text: integer(accounts.skipped) },
    ...kinds,
    { term: 'Use known', text: integer(identities.known) },
    { term: 'Use unread', text: integer(identities.unread) },
    { term: 'Apart: created inside the window', text: integer(identities.apart.tooNew) },
    { term: 'Apart: service-linked roles', text: integer(identities.apart.serviceLinkedRole) },
    { term: 'Apart: break-glass', text: integer(identities.apart.breakGlass) },
    { term: 'Apart: Assay’s own roles', text: integer(identities.apart.assayReader) },
  ];
}

async function accountLines(rows: AsyncIterable<AccountRow>, cap: number): Promise<AuditorView['accounts']> {
  const lines: AccountLine[] = [];
  let total = 0;
  for await (const row of rows) {
    total += 1;
    if (lines.length < cap) lines.push(accountLine(row));
  }
  const rest =
    total > lines.length
      ? `${integer(lines.length)} of ${integer(total)} accounts are listed here; the table results/accounts holds all.`
      : null;
  return { rows: lines, rest };
}

const accountLine = (row: AccountRow): AccountLine => ({
  name: name(row.name ?? row.account),
  account: row.account,
  state: row.state.toLowerCase(),
  status: accountStatus(row),
  reason: row.reason ?? unexplained(row),
  report: day(row.credentialReportAt),
  attempt: row.attempt === null ? '–' : String(row.attempt),
});

/** An account that hides something never goes without a word on it. */
const unexplained = ({ status }: AccountRow): string => (status === 'failed' || status === 'partial' ? 'see § 9' : '–');

function periodLines({ run, completeness: { freshness, regions } }: NightSummary): Line[] {
  const { credentialReportOldest: oldest, credentialReportNewest: newest } = freshness;
  return [
    { term: 'Clock', text: moment(run.clock) },
    { term: 'Window', text: `${plural(run.window, 'day')}, from ${moment(run.start)} to ${moment(run.end)}` },
    {
      term: 'Credential reports',
      text:
        oldest === null || newest === null ? 'none was read' : `made between ${moment(oldest)} and ${moment(newest)}`,
    },
    { term: 'Delay of IAM', text: `a use may show up to ${plural(freshness.iamLagHours, 'hour')} late` },
    { term: 'Regions assumed', text: `in ${plural(regions.accountsAssumed, 'account')}` },
    {
      term: 'No last use tracked',
      text:
        regions.accountsUntracked.length === 0
          ? 'in no enabled Region'
          : `in Regions of ${regions.accountsUntracked.join(', ')}`,
    },
  ];
}

function sheet(summary: NightSummary, id: string, number: number): Sheet {
  const metric = metricOn(summary, id, 'effective');
  const method = methodOf(id, metric?.unit ?? 'items');
  const left = summary.leftOut.find((it) => it.id === id);
  const shown = metricOn(summary, id, 'nominal') === undefined ? (['effective'] as const) : bases;
  return {
    ...method,
    number: `4.${number}`,
    id,
    version: metric === undefined ? '–' : String(metric.version),
    list: id.startsWith('permission.') ? listOf(summary) : null,
    results: shown.map((basis) => resultOn(summary, id, { title: method.title, basis, several: shown.length > 1 })),
    accountsNotMeasured: named(metric?.accountsNotMeasured ?? left?.accountsNotMeasured ?? []),
  };
}

const metricOn = (summary: NightSummary, id: string, basis: Basis): Metric | undefined =>
  summary.metrics.find((it) => it.id === id && it.scope === 'organization' && it.basis === basis);

interface ResultAsked {
  readonly title: string;
  readonly basis: Basis;
  readonly several: boolean;
}

function resultOn(summary: NightSummary, id: string, { title, basis, several }: ResultAsked): SheetResult {
  const metric = metricOn(summary, id, basis);
  return {
    title: several ? `Result, ${basis}` : 'Result',
    figure: figureView(summary, { id, what: several ? `${title}, ${basis}` : title, basis }),
    counts: metric === undefined ? [] : countLines(metric),
  };
}

/** The list, its version and what of the AI actions it has not judged: two nights compare only over the same. */
const listOf = (summary: NightSummary): string =>
  `${listWords(summary)}; action catalogue ${summary.sensitive.catalogue}; unclassified AI actions: ${unclassified(summary)}.`;

const unclassified = ({ sensitive }: NightSummary): string => sensitive.unclassified.join(', ') || 'none';

function countLines(metric: Metric): Line[] {
  const exact = (fraction: number): string => fraction.toFixed(6);
  return [
    { term: 'Numerator', text: integer(metric.numerator) },
    { term: 'Denominator (known)', text: integer(metric.denominator) },
    { term: 'Untrackable', text: integer(metric.untrackable) },
    { term: 'Unread', text: integer(metric.unread) },
    {
      term: 'Bounds',
      text: `${percentRange(metric.lower, metric.upper)} (${exact(metric.lower)} to ${exact(metric.upper)})`,
    },
    {
      term: 'Pessimistic bound',
      text: `${exact(metric.pessimistic)}, ${metric.worse} is worse${metric.open ? '; the figure is open and counts as the worst there is' : ''}`,
    },
    ...exceptedLines(metric),
    { term: 'Basis', text: metric.basis },
  ];
}

/** The second value of a figure, where exceptions cover any of it. */
function exceptedLines({ excepted, withExceptions: { numerator, lower, upper, pessimistic } }: Metric): Line[] {
  if (excepted === 0) return [];
  const exact = (fraction: number): string => fraction.toFixed(6);
  const bounds = `${percentRange(lower, upper)} (${exact(lower)} to ${exact(upper)})`;
  return [
    { term: 'Excepted', text: integer(excepted) },
    {
      term: 'With exceptions',
      text: `numerator ${integer(numerator)}, ${bounds}, pessimistic bound ${exact(pessimistic)}`,
    },
  ];
}

const listed = 20;
const named = (accounts: readonly string[]): string => {
  if (accounts.length === 0) return 'None.';
  const more = accounts.length > listed ? `, and ${integer(accounts.length - listed)} more` : '';
  return `${plural(accounts.length, 'account')}: ${accounts.slice(0, listed).join(', ')}${more}.`;
};
