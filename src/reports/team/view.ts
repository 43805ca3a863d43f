import type { NightSummary } from '../../domain/summary.ts';
import type { History } from '../../history/history.ts';
import { type FigureView, figureView, isCountedIn } from '../figures.ts';
import { type Markup, name } from '../markup.ts';
import { type Masthead, mastheadOf } from '../masthead.ts';
import { integer, plural } from '../numbers.ts';
import type { StatusView } from '../status.ts';
import { type TrendView, trendView } from '../trend-view.ts';
import { capital, headline } from '../words.ts';
import { type ActionsView, actionsView } from './actions-view.ts';
import { type AgentsView, agentsView } from './agents-view.ts';
import { type ControlsView, controlsView } from './controls-view.ts';
import { type ExceptionsView, exceptionsView } from './exceptions-view.ts';
import { type KeysView, keysView } from './key-register.ts';
import { causeKey, kept, type Ledger } from './ledger.ts';
import { type LoggingView, loggingView } from './logging-view.ts';
import { type HrefOf, ouName } from './matrix-view.ts';
import { type PermissionsView, permissionsView } from './permissions-view.ts';
import { type PracticesView, practicesView } from './practice-pages.ts';
import { type UnusedView, unusedView } from './registers.ts';
import { type RequirementsView, requirementsView } from './requirements-view.ts';

export interface CauseView {
  readonly cause: string;
  readonly code: string;
  readonly operation: string;
  readonly remedy: string;
  readonly count: string;
  readonly accounts: string;
  readonly named: readonly Markup[];
  readonly more: string | null;
}

export interface AccountLink {
  readonly name: Markup;
  readonly account: string;
  readonly href: string | null;
  readonly status: StatusView;
  readonly unused: string;
  readonly sensitive: string;
  readonly keys: string;
  readonly missing: string;
  readonly gaps: string;
}

export interface ScopeFigures {
  readonly scope: Markup;
  readonly cells: readonly FigureView[];
}

/** The working report: first what could not be measured, then the registers, then where to find the rest. */
export interface TeamView {
  readonly masthead: Masthead;
  readonly headline: string;
  readonly actions: ActionsView;
  readonly causes: readonly CauseView[];
  readonly moreCauses: string | null;
  /** Null on a first night. */
  readonly trend: TrendView | null;
  readonly practices: PracticesView;
  readonly permissions: PermissionsView;
  readonly keys: KeysView;
  readonly unused: UnusedView;
  readonly logging: LoggingView;
  readonly agents: AgentsView;
  readonly controls: ControlsView;
  readonly exceptions: ExceptionsView;
  readonly requirements: RequirementsView;
  readonly ous: readonly ScopeFigures[];
  readonly ousRest: string | null;
  readonly accounts: readonly AccountLink[];
  readonly pages: readonly { readonly href: string; readonly label: string }[];
  readonly accountsRest: string | null;
  readonly figures: { readonly accounts: FigureView; readonly identities: FigureView };
  readonly notBuilt: NightSummary['notBuilt'];
}

export interface TeamParts {
  readonly summary: NightSummary;
  readonly ledger: Ledger;
  readonly accounts: readonly AccountLink[];
  readonly pages: TeamView['pages'];
  readonly hrefOf: HrefOf;
  readonly history: History | undefined;
}

export function teamView({ summary, ledger, accounts, pages, hrefOf, history }: TeamParts): TeamView {
  const { gaps } = summary.completeness;
  const figure = (id: string, what: string): FigureView => figureView(summary, { id, what });
  return {
    masthead: mastheadOf(summary, { report: 'Team report', named: 12 }),
    headline: headline(summary),
    actions: actionsView(summary),
    causes: gaps.slice(0, kept.gapCauses).map((gap) => causeView(gap, ledger)),
    moreCauses:
      gaps.length > kept.gapCauses
        ? `${plural(gaps.length - kept.gapCauses, 'more cause')} in table results/gaps.`
        : null,
    trend: trendView(history),
    practices: practicesView(summary, ledger.practices, hrefOf),
    permissions: permissionsView(summary, ledger, hrefOf),
    keys: keysView(summary, ledger.keys, hrefOf),
    unused: unusedView(summary, ledger, hrefOf),
    logging: loggingView(summary, ledger, hrefOf),
    agents: agentsView(summary, hrefOf('') !== null),
    controls: controlsView(summary, hrefOf('') !== null),
    exceptions: exceptionsView(summary),
    requirements: requirementsView(summary, hrefOf('') !== null),
    ous: ousView(summary),
    ousRest:
      summary.ous.length > kept.ous
        ? `${integer(kept.ous)} of ${integer(summary.ous.length)} units are listed here; summary.json holds all.`
        : null,
    accounts,
    pages,
    accountsRest:
      hrefOf('') === null ? 'Each account has a page of its own in the HTML report, beside this file.' : null,
    figures: {
      accounts: figure('completeness.accounts', 'Accounts measured in full'),
      identities: figure('completeness.identities', 'Identities with known use'),
    },
    notBuilt: summary.notBuilt,
  };
}

function causeView(gap: NightSummary['completeness']['gaps'][number], ledger: Ledger): CauseView {
  const named = ledger.causes.get(causeKey(gap))?.accounts ?? [];
  const more = gap.accounts - named.length;
  return {
    ...gap,
    cause: capital(gap.cause),
    remedy: capital(gap.remedy),
    count: integer(gap.count),
    accounts: integer(gap.accounts),
    named: named.map(name),
    more: named.length > 0 && more > 0 ? `and ${plural(more, 'more', 'more')}` : null,
  };
}

const ouFigures = [
  'identity.unused-rate',
  'credential.ai-key-user-rate',
  'logging.ai-data-event-coverage',
  'logging.management-coverage',
] as const;

function ousView(summary: NightSummary): ScopeFigures[] {
  return summary.ous.slice(0, kept.ous).map(({ id }) => ({
    scope: name(ouName(summary, id)),
    cells: ouFigures.map((figure) => scoped(summary, figure, `ou:${id}`)),
  }));
}

/** A figure of one OU. The summary names left-out figures of the organisation only, so one without a population is "–" here, never 0 %. */
function scoped(summary: NightSummary, id: string, scope: string): FigureView {
  const view = figureView(summary, { id, what: id, scope });
  return view.count === null && !isCountedIn(summary, id, scope) ? { ...view, value: '–' } : view;
}
