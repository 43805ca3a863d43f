import type { Metric, NightSummary } from '../../domain/summary.ts';
import type { History } from '../../history/history.ts';
import { aiKeysKnown, keysUnread, liveKeyDetail, liveKeys } from '../ai-keys.ts';
import { exceptedClause } from '../exceptions.ts';
import { type FigureView, figureView, findFigure, leastOf, shareOf } from '../figures.ts';
import { shorten } from '../markup.ts';
import { type Masthead, mastheadOf } from '../masthead.ts';
import { integer, plural } from '../numbers.ts';
import { nothingMeasured, unseen } from '../scope.ts';
import { identityRate, isOnPaperOnly } from '../sensitive.ts';
import { capital, headline, noTrend, study } from '../words.ts';
import { type Decision, decisions } from './decisions.ts';
import { type PrerequisiteView, prerequisites, verdict } from './prerequisites.ts';
import { type SmallTrend, saferThanBefore, smallTrend } from './safer.ts';

export interface QuestionView {
  readonly question: string;
  readonly answer: string;
  readonly figure: FigureView;
  readonly barTitle: string;
  readonly unit: string;
  /** The same on the other basis, drawn beside it. */
  readonly beside: { readonly barTitle: string; readonly figure: FigureView } | null;
  /** One more figure, in a line. */
  readonly also: { readonly title: string; readonly figure: FigureView } | null;
  readonly notes: readonly string[];
}

/** A question with the course of its figure over the nights, where there is one. */
export interface FollowedQuestion extends QuestionView {
  readonly course: SmallTrend | null;
}

/** Page one for executives, complete and in words. */
export interface ExecutiveView {
  readonly masthead: Masthead;
  readonly headline: string;
  readonly trend: string;
  /** One clause on what fails by agreement, where anything does. */
  readonly exceptions: string | null;
  readonly questions: readonly FollowedQuestion[];
  /** Whether AI may be opened, as far as these tell. */
  readonly verdict: string;
  readonly prerequisites: readonly PrerequisiteView[];
  readonly decisions: readonly Decision[];
  readonly figures: { readonly management: FigureView; readonly accounts: FigureView };
}

export function executiveView(summary: NightSummary, history?: History): ExecutiveView {
  const lines = prerequisites(summary);
  const safer = nothingMeasured(summary) ? null : saferThanBefore(history);
  return {
    // one page whatever the names are: long ones are cut here and whole in the team report
    masthead: mastheadOf(summary, { report: 'Executive report', named: 3, shorten: (text) => shorten(text, 72) }),
    headline: safer?.headline ?? headline(summary),
    trend: safer === null ? noTrend : [safer.detail, headline(summary)].filter((it) => it !== '').join(' '),
    exceptions: exceptedClause(summary),
    questions: [power(summary), credentials(summary), visibility(summary)].map((question) => ({
      ...question,
      course: smallTrend(history, question.figure.id),
    })),
    verdict: verdict(summary, lines),
    prerequisites: lines,
    decisions: decisions(summary),
    figures: {
      management: figureView(summary, { id: 'logging.management-coverage', what: 'Management events logged' }),
      accounts: figureView(summary, { id: 'completeness.accounts', what: 'Accounts measured in full' }),
    },
  };
}

function power(summary: NightSummary): QuestionView {
  const comparable = summary.run.window === study.window;
  const reference = { at: study.sensitive, label: `92 %, ${study.source}` };
  const what = 'Identities using none of their sensitive permissions';
  const figure = figureView(summary, { id: identityRate, what, ...(comparable ? { reference } : {}) });
  const days = plural(summary.run.window, 'day');
  const nominal = figureView(summary, { id: identityRate, what: `${what}, nominal`, basis: 'nominal' });
  return {
    question: 'Who holds power nobody uses?',
    answer: answerOr(summary, figure, powerAnswer(summary)),
    figure,
    barTitle: `After boundaries, SCPs and RCPs (effective)${shownValue(figure)}`,
    unit: 'identities',
    beside: {
      barTitle: `On paper (nominal)${shownValue(nominal)}`,
      figure: { ...nominal, open: null }, // open by the same accounts, which stand beside it
    },
    also: {
      title: 'All identities not used',
      figure: figureView(summary, { id: 'identity.unused-rate', what: 'Identities not used in the window' }),
    },
    notes: [
      `${untrackable(summary)}${tooNew(summary)}${untracked(summary)}A published study (${study.source}) found about 92 % of identities with sensitive permissions using none, and ${study.unused} of all unused, in ${study.window} days${comparable ? '' : ` (here ${days})`}: another population and list, not directly comparable.`,
    ],
  };
}

/** A figure without a value says so below its bar. */
const shownValue = ({ count, value }: FigureView): string => (count === null ? '' : `: ${value}`);

function tooNew({ completeness: { identities } }: NightSummary): string {
  const count = identities.apart.tooNew;
  return count === 0 ? '' : `${plural(count, 'identity is', 'identities are')} too new to judge. `;
}

function untrackable(summary: NightSummary): string {
  const found = findFigure(summary, identityRate);
  const some = found.state === 'known' && found.metric.untrackable > 0;
  return some ? 'Untrackable: AWS keeps no record of that use. ' : '';
}

/** The nominal figure stands, and it is said that nothing is known of the effective one. */
function onPaperAnswer(summary: NightSummary, id: string): string {
  const found = findFigure(summary, id, 'organization', 'nominal');
  if (found.state !== 'known') return 'Not measured.';
  return `On paper, ${holdersInWords(summary, found.metric)}; effectively not measured.`;
}

function powerAnswer(summary: NightSummary): string {
  const found = findFigure(summary, identityRate);
  return found.state === 'known' ? `${capital(holdersInWords(summary, found.metric))}.` : '';
}

/** `at least 171 of 331 identities with sensitive permissions used none of them in 90 days`. */
function holdersInWords({ run }: NightSummary, metric: Metric): string {
  const { numerator, denominator, unknown, open } = metric;
  const [whose, whom] = open ? ['the ', ' we could count'] : ['', ''];
  const all = integer(denominator + unknown);
  return `${leastOf(metric)}${integer(numerator)} of ${whose}${all} identities with sensitive permissions${whom} used none of them in ${plural(run.window, 'day')}`;
}

/** Accounts where an identity can be active without AWS noting it: named beside the figure (design §3). */
function untracked({ completeness }: NightSummary): string {
  const accounts = completeness.regions.accountsUntracked;
  if (accounts.length === 0) return '';
  const [first = ''] = accounts;
  const more = accounts.length > 1 ? ` and ${plural(accounts.length - 1, 'more account')}` : '';
  return `AWS tracks no last use in some Regions of ${first}${more}. `;
}

function credentials(summary: NightSummary): QuestionView {
  const figure = figureView(summary, { id: 'credential.ai-key-user-rate', what: 'IAM users with a live AI key' });
  return {
    question: 'Which standing credentials exist?',
    answer: nothingMeasured(summary) ? 'Not measured.' : keysAnswer(summary),
    figure,
    barTitle: 'IAM users with a live AI key',
    unit: 'users',
    beside: null,
    also: null,
    notes: [
      'Service-specific credentials for Bedrock and Claude Platform; a console makes a phantom user to carry one.',
    ],
  };
}

function keysAnswer(summary: NightSummary): string {
  const [known, unread] = [aiKeysKnown(summary), keysUnread(summary)];
  const rest = unread === null ? '' : `; ${unread}`;
  if (summary.counts.aiKeysLive > 0)
    return `${capital(liveKeys(summary))}: ${known === 'whole' ? '' : 'of those seen, '}${liveKeyDetail(summary)}${rest}.`;
  if (known === 'none') return `Not measured${unread === null ? '' : `: ${unread}`}.`;
  return `${known === 'whole' ? 'No long-term AI key is live' : 'No long-term AI key was seen where we could look'}${rest}.`;
}

function visibility(summary: NightSummary): QuestionView {
  const figure = figureView(summary, { id: 'logging.ai-data-event-coverage', what: 'AI data events logged' });
  const management = figureView(summary, { id: 'logging.management-coverage', what: 'Management events logged' });
  const also =
    findFigure(summary, 'logging.management-coverage').state === 'known'
      ? `logged in full in ${shareOf(management, 'account-Region cells', management.state === 'open' ? 'see' : null)}`
      : management.value;
  const elsewhere = figure.count === null ? '' : 'Elsewhere misuse would leave no full record. ';
  return {
    question: 'Would we see misuse, and is it fenced in?',
    answer: answerOr(summary, figure, visible(summary, figure)),
    figure,
    barTitle: 'Places (account × Region × AI event class) logged in full',
    unit: 'places',
    beside: null,
    also: null,
    notes: [`${elsewhere}Management events: ${also}. ${fenced(summary)}`],
  };
}

/** `Fenced in: 57 of 220 guardrails (10 in each account that SCPs bind) hold without exception, 0 not measured.` */
function fenced({ metrics }: NightSummary): string {
  const own = metrics.filter(({ id, scope }) => id.startsWith('guardrail.coverage:') && scope === 'organization');
  const sum = (key: 'numerator' | 'denominator' | 'unknown'): number => own.reduce((all, it) => all + it[key], 0);
  const population = sum('denominator') + sum('unknown');
  if (population === 0) return 'Guardrails: not measured.';
  const dark = sum('unknown') > 0 ? `, ${integer(sum('unknown'))} not measured` : '';
  return `Guardrails: ${integer(sum('numerator'))} of ${integer(population)} (${integer(own.length)} in each account that SCPs bind) hold without exception${dark}.`;
}

function visible(summary: NightSummary, figure: FigureView): string {
  const found = findFigure(summary, figure.id);
  if (found.state === 'known' && found.metric.lower === 1) {
    return found.metric.open || unseen(summary) > 0
      ? 'AI use is logged in full wherever we could look, but not every account was looked at.'
      : 'AI use is logged in full everywhere.';
  }
  return `AI use is logged in full in ${shareOf(figure, 'places', figure.state === 'open' ? 'see' : null)}.`;
}

function answerOr(summary: NightSummary, figure: FigureView, answer: string): string {
  if (isOnPaperOnly(summary, figure.id)) return onPaperAnswer(summary, figure.id);
  if (nothingMeasured(summary) || figure.state === 'not-measured') return 'Not measured.';
  if (figure.state === 'nobody') return 'There was nobody to count.';
  return figure.state === 'not-built' ? 'Not built yet.' : answer;
}
