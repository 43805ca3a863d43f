import { exceptionStatuses } from '../domain/exception.ts';
import { isBeyondUs } from '../domain/gap.ts';
import type { Night } from '../domain/night.ts';
import type { Metric, NightSummary } from '../domain/summary.ts';
import { severities } from '../domain/tables.ts';
import type { StoredSeal } from '../evidence/chain.ts';
import { reportFolder } from '../pipeline/keys.ts';
import { exceptedWords, noneRead, shareView } from '../reports/figures.ts';
import { audiences } from '../reports/input.ts';
import { plural } from '../reports/numbers.ts';
import { ExitCode } from './exit-code.ts';
import { printable } from './printable.ts';

/** The exit code that a sealed night deserves: gaps beat everything else. */
export function exitCodeOf(summary: NightSummary, { seal }: StoredSeal): ExitCode {
  const { accounts, gaps } = summary.completeness;
  const hidden = accounts.partial + accounts.failed > 0 || !gaps.every(isBeyondUs);
  return hidden || seal.reports.some(({ status }) => status === 'failed') ? ExitCode.Gaps : ExitCode.Ok;
}

/** The closing block: figures, gaps with what to do, paths. */
export function closingBlock(
  summary: NightSummary,
  stored: StoredSeal,
  night: Night,
  root: string,
  seconds: number | null,
): string {
  const lines = [
    `night ${night.dt}  run ${night.run}  clock ${night.clock}  window ${night.windowDays} days`,
    '',
    ...figureLines(summary),
    '',
    ...gapLines(summary),
    ...reportFailures(stored),
    ...pathLines(stored, night, root),
    ...(seconds === null
      ? ['this night was sealed before: nothing was done again (`assay report` renders its documents anew)']
      : [`done in ${seconds.toFixed(1)} s`]),
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** The figures of the closing block, in its order. */
export const figureNames: Readonly<Record<string, string>> = {
  'completeness.accounts': 'accounts fully measured',
  'completeness.identities': 'identities with known activity',
  'identity.unused-rate': 'identities not used in the window',
  'permission.unused-sensitive-identity-rate': 'holders using no sensitive permission',
  'permission.unused-sensitive-pair-rate': 'sensitive permissions held unused',
  'credential.ai-key-user-rate': 'IAM users with a live AI key',
  'credential.ai-key-maker-rate': 'identities that can make an AI key',
  'credential.ai-key-caller-rate': 'identities that can call with an AI key',
  'credential.stale-user-rate': 'IAM users with a stale credential',
  'agent.confused-deputy-rate': 'agent roles that serve outsiders',
  'agent.takeover-rate': 'changers of agents they do not own',
  'logging.management-coverage': 'management events logged',
  'logging.ai-data-event-coverage': 'AI data events logged',
  'logging.ai-monitored-rate': 'recorded AI events told to somebody',
};

function figureLines(summary: NightSummary): string[] {
  const { metrics, leftOut, completeness } = summary;
  const width = Math.max(...Object.values(figureNames).map(({ length }) => length)) + 2;
  const line = (id: string): string => {
    const metric = metrics.find((it) => it.id === id && it.scope === 'organization' && it.basis === 'effective');
    const hidden = leftOut.find((it) => it.id === id)?.accountsNotMeasured.length ?? 0;
    const value = metric === undefined ? (hidden > 0 ? 'not measured' : 'nobody to count') : rateText(metric);
    return `  ${(figureNames[id] ?? id).padEnd(width)}${value}${nominalText(metrics, id)}${metric === undefined ? '' : exceptedText(metric)}`;
  };
  const { discovered, measured, partial, failed, suspended, skipped } = completeness.accounts;
  return [
    ...Object.keys(figureNames).map(line),
    ...guardrailLines(metrics, width),
    ...practiceLines(summary, width),
    ...untrackedLine(completeness.regions.accountsUntracked, width),
    `  ${'findings'.padEnd(width)}${findingsText(summary)}`,
    ...exceptionLine(summary, width),
    `  ${'AI keys live'.padEnd(width)}${keysText(summary)}`,
    `  ${'accounts'.padEnd(width)}${discovered} discovered: ${measured} measured, ${partial} partly, ${failed} failed, ${suspended} suspended, ${skipped} skipped`,
  ];
}

/** Failing findings by severity, worst first, beside those that could not be measured. */
function findingsText({ findings, findingsBySeverity, controls }: NightSummary): string {
  const failing = severities.flatMap((severity) => {
    const { fail } = findingsBySeverity[severity];
    return fail === 0 ? [] : [`${fail} ${severity}`];
  });
  const unread = findings['not-measured'] === 0 ? '' : `; ${findings['not-measured']} not measured`;
  return `${findings.fail} fail one of ${controls.length} controls${failing.length === 0 ? '' : `: ${failing.join(', ')}`}${unread}`;
}

/** What of the findings is excepted, and where the exceptions stand; nothing where there are none. */
function exceptionLine({ exceptions, excepted }: NightSummary, width: number): string[] {
  if (exceptions.length === 0) return [];
  const standing = exceptionStatuses.flatMap((status) => {
    const count = exceptions.filter((it) => it.status === status).length;
    return count === 0 ? [] : [`${count} ${status.replace('-', ' ')}`];
  });
  const returned = exceptions.reduce((sum, it) => sum + it.returned, 0);
  const back = returned === 0 ? '' : `; ${returned} finding${returned === 1 ? '' : 's'} came back`;
  return [
    `  ${'exceptions'.padEnd(width)}${standing.join(', ')}; ${excepted.findings} of the failing findings excepted${back}`,
  ];
}

/** One line for all guardrails, and those that hold nowhere by name. */
function guardrailLines(metrics: readonly Metric[], width: number): string[] {
  const prefix = 'guardrail.coverage:';
  const own = metrics.filter(({ id, scope }) => id.startsWith(prefix) && scope === 'organization');
  if (own.length === 0) return [`  ${'guardrails'.padEnd(width)}not measured`];
  const sum = (key: 'numerator' | 'denominator' | 'unknown'): number => own.reduce((all, it) => all + it[key], 0);
  const dark = sum('unknown') === 0 ? '' : `, ${sum('unknown')} not measured`;
  const held = `${sum('numerator')} of ${sum('denominator') + sum('unknown')} enforced (${own.length} in each account that SCPs bind)${dark}`;
  const nowhere = own
    .filter(({ numerator, unknown }) => numerator === 0 && unknown === 0)
    .map(({ id }) => id.slice(prefix.length));
  return [
    `  ${'guardrails'.padEnd(width)}${held}`,
    ...(nowhere.length === 0 ? [] : [`  ${'enforced nowhere'.padEnd(width)}${nowhere.join(', ')}`]),
  ];
}

const practiceNames = {
  'workspace-administration': 'AI workspaces behind allow-lists',
  'no-long-term-ai-credentials': 'no long-term AI credentials',
  'ai-data-events-logged': 'AI data events logged everywhere',
} as const;

/** The three practices: the word for the organisation, and accounts by state. */
function practiceLines({ practices }: NightSummary, width: number): string[] {
  return practices.map(({ practice, state, accounts }) => {
    const told = Object.entries(accounts).filter(([, count]) => count > 0);
    const counts = told.map(
      ([word, count]) =>
        `${count} ${word === 'not-applicable' ? 'management account, which no SCP binds' : word.replace('-', ' ')}`,
    );
    return `  ${practiceNames[practice].padEnd(width)}${state.replace('-', ' ')}${counts.length === 0 ? '' : `: ${counts.join(', ')}`}`;
  });
}

/** A count beside what could not be looked at: never a plain 0 while somebody was not read. */
function keysText({ counts, metrics }: NightSummary): string {
  const rate = metrics.find(({ id, scope }) => id === 'credential.ai-key-user-rate' && scope === 'organization');
  const hidden = rate === undefined || rate.open || rate.unread > 0;
  const unread = counts.aiKeyUsersUnread === 0 ? '' : `; ${plural(counts.aiKeyUsersUnread, 'user')} not read`;
  if (counts.aiKeysLive === 0) return `${hidden ? 'none seen' : 'none'}${unread}`;
  return `${hidden ? 'at least ' : ''}${counts.aiKeysLive}, of these ${counts.aiKeysLiveNeverExpiring} without an end${unread}`;
}

/** Accounts with Regions where AWS tracks no last use: an identity active only there looks unused. */
function untrackedLine(accounts: readonly string[], width: number): string[] {
  if (accounts.length === 0) return [];
  const more = accounts.length > 3 ? ` and ${accounts.length - 3} more` : '';
  return [`  ${'last use not tracked'.padEnd(width)}in some Regions of ${accounts.slice(0, 3).join(', ')}${more}`];
}

/** The same figure on nominal permissions, in short, where there is one. */
function nominalText(metrics: readonly Metric[], id: string): string {
  const metric = metrics.find((it) => it.id === id && it.scope === 'organization' && it.basis === 'nominal');
  if (metric === undefined) return '';
  return `; nominal ${metric.denominator === 0 ? 'not measured' : shareView(metric).value}`;
}

/** Where the figure would stand with its exceptions, in short, where it has any. */
function exceptedText(metric: Metric): string {
  const words = metric.denominator === 0 ? null : exceptedWords(metric);
  return words === null ? '' : `; ${words}`;
}

function rateText(metric: Metric): string {
  if (metric.denominator === 0) return `not measured: ${noneRead(metric)}`;
  const { value, count, unknown } = shareView(metric);
  const counted = value.includes(' of ') ? `${value} ${metric.unit}, ${count}` : `${value}, ${count} ${metric.unit}`; // few: the count first
  const never = metric.accountsNotMeasured.length;
  const hidden =
    never === 0 ? 'accounts that could not be listed' : `${never} account${never === 1 ? '' : 's'} not counted in full`;
  const open = metric.open ? [`open: ${hidden}`] : [];
  return [counted, ...(unknown === null ? [] : [unknown]), ...open].join(', ');
}

const shown = 12;

function gapLines({ completeness: { gaps, accountsNotMeasured } }: NightSummary): string[] {
  if (gaps.length === 0) return ['no gaps', ''];
  const [missing, others] = [gaps.filter(isMissing), gaps.filter((gap) => !isMissing(gap))];
  const list = missing.length > few ? [...causeLines(others), ...missingLines(missing)] : causeLines(gaps);
  const hidden = accountsNotMeasured
    .slice(0, shown)
    .map(({ account, name, status, causes }) => `  ${account}  ${name ?? ''}  ${status}: ${causes.join('; ')}`);
  return ['gaps', ...list, ...(hidden.length === 0 ? [] : ['accounts not fully measured', ...hidden]), ''];
}

type Cause = NightSummary['completeness']['gaps'][number];

function causeLines(gaps: readonly Cause[]): string[] {
  const more = gaps.length > shown ? [`  and ${gaps.length - shown} more causes: see the team report`] : [];
  const list = gaps
    .slice(0, shown)
    .flatMap(({ cause, accounts, remedy, code }) => [
      `  ${code}  ${cause} (${accounts} account${accounts === 1 ? '' : 's'})`,
      `      → ${remedy}`,
    ]);
  return [...list, ...more];
}

/** So many calls that a snapshot leaves out are told one by one; more are one line, since one remedy serves them all. */
const few = 3;
const isMissing = ({ code }: Cause): boolean => code === 'NOT_IN_SNAPSHOT';

function missingLines(gaps: readonly Cause[]): string[] {
  const calls = [...new Set(gaps.map(({ cause }) => cause.replace('the snapshot holds no answer of ', '')))];
  const more = calls.length > shown ? ` and ${calls.length - shown} more` : '';
  return [
    `  NOT_IN_SNAPSHOT  the snapshot holds no answer of ${calls.length} calls: ${calls.slice(0, shown).join(', ')}${more}`,
    '      → add their output to the snapshot: docs/snapshots.md says under which names',
  ];
}

const reportFailures = ({ seal }: StoredSeal): string[] =>
  seal.reports
    .filter(({ status }) => status === 'failed')
    .map(({ audience, format, reason }) => `${audience} ${format} was not rendered: ${reason ?? ''}`);

function pathLines({ seal, key, digest }: StoredSeal, night: Night, root: string): string[] {
  const documents = audiences.flatMap((audience) =>
    seal.reports
      .filter((report) => report.audience === audience && report.status === 'rendered')
      .map(
        ({ format }) =>
          `  ${audience.padEnd(10)}${root}/${reportFolder(night, audience)}${format === 'html' ? 'index.html' : 'report.pdf'}`,
      ),
  );
  return [
    'reports',
    `  ${'portal'.padEnd(10)}${root}/index.html`,
    ...documents,
    `seal ${seal.seq}  ${root}/${key}`,
    `  head ${digest}`,
    `  check with: assay verify ${root}`,
  ];
}
