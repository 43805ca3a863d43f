import type { NightSummary } from '../../domain/summary.ts';
import { aiKeysKnown, keysUnread, liveKeyDetail, liveKeys } from '../ai-keys.ts';
import { type FigureView, figureView, findFigure, shareOf } from '../figures.ts';
import { shorten } from '../markup.ts';
import { type Masthead, mastheadOf } from '../masthead.ts';
import { plural } from '../numbers.ts';
import { nothingMeasured, unseen } from '../scope.ts';
import { capital, headline, noTrend, study } from '../words.ts';
import { type Decision, decisions } from './decisions.ts';
import { type PrerequisiteView, prerequisites } from './prerequisites.ts';

export interface QuestionView {
  readonly question: string;
  readonly answer: string;
  readonly figure: FigureView;
  readonly barTitle: string;
  readonly unit: string;
  readonly notes: readonly string[];
}

/** Page one for executives, complete and in words. */
export interface ExecutiveView {
  readonly masthead: Masthead;
  readonly headline: string;
  readonly trend: string;
  readonly questions: readonly QuestionView[];
  readonly prerequisites: readonly PrerequisiteView[];
  readonly decisions: readonly Decision[];
  readonly figures: { readonly management: FigureView; readonly accounts: FigureView };
}

export function executiveView(summary: NightSummary): ExecutiveView {
  return {
    // one page whatever the names are: long ones are cut here and whole in the team report
    masthead: mastheadOf(summary, { report: 'Executive report', named: 3, shorten: (text) => shorten(text, 72) }),
    headline: headline(summary),
    trend: noTrend,
    questions: [power(summary), credentials(summary), visibility(summary)],
    prerequisites: prerequisites(summary),
    decisions: decisions(summary),
    figures: {
      management: figureView(summary, { id: 'logging.management-coverage', what: 'Management events logged' }),
      accounts: figureView(summary, { id: 'completeness.accounts', what: 'Accounts measured in full' }),
    },
  };
}

function power(summary: NightSummary): QuestionView {
  const comparable = summary.run.window === study.window;
  const reference = { at: study.unused, label: `61 %, ${study.source}` };
  const figure = figureView(summary, {
    id: 'identity.unused-rate',
    what: 'Identities not used in the window',
    ...(comparable ? { reference } : {}),
  });
  const { apart } = summary.completeness.identities;
  const days = plural(summary.run.window, 'day');
  const younger =
    apart.tooNew > 0
      ? `${plural(apart.tooNew, 'identity', 'identities')} younger than that ${apart.tooNew === 1 ? 'stands' : 'stand'} apart. `
      : '';
  const answer = answerOr(
    summary,
    figure,
    `${shareOf(figure, 'users and roles', figure.state === 'open' ? 'count' : null)} were not used in the last ${days}.`,
  );
  return {
    question: 'Who holds power nobody uses?',
    answer,
    figure,
    barTitle: `Identities not used in ${days}`,
    unit: 'identities',
    notes: [
      `${younger}${untracked(summary)}A published study (${study.source}) found about 61 % of identities unused, and about ${study.sensitive} of those with sensitive permissions not using them in ${study.window} days. ` +
        `${comparable ? '' : `The study's window was ${study.window} days, this one is ${days}. `}Its population differs, so the figures are not directly comparable; the second one is not measured by this version.`,
    ],
  };
}

/** Accounts where an identity can be active without AWS noting it: named beside the figure (design §3). */
function untracked({ completeness }: NightSummary): string {
  const accounts = completeness.regions.accountsUntracked;
  if (accounts.length === 0) return '';
  const more = accounts.length > 2 ? ` and ${plural(accounts.length - 2, 'more account')}` : '';
  return `AWS tracks no last use in some Regions of ${accounts.slice(0, 2).join(', ')}${more}. `;
}

function credentials(summary: NightSummary): QuestionView {
  const figure = figureView(summary, { id: 'credential.ai-key-user-rate', what: 'IAM users with a live AI key' });
  return {
    question: 'Which standing credentials exist?',
    answer: nothingMeasured(summary) ? 'Not measured.' : keysAnswer(summary),
    figure,
    barTitle: 'IAM users with a live AI key',
    unit: 'users',
    notes: [
      'AI keys are service-specific credentials for Bedrock and Claude Platform. A phantom user is one that a console made to carry such a key.',
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
    notes: [
      `${elsewhere}Management events: ${also}. Whether guardrail policies fence misuse in is not evaluated by this version.`,
    ],
  };
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
  if (nothingMeasured(summary) || figure.state === 'not-measured') return 'Not measured.';
  if (figure.state === 'nobody') return 'There was nobody to count.';
  return figure.state === 'not-built' ? 'Not built yet.' : answer;
}
