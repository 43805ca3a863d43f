import type { NightRef } from '../../domain/week.ts';
import { type FigureView, figureView } from '../figures.ts';
import { type Masthead, mastheadOf } from '../masthead.ts';
import { integer, moment } from '../numbers.ts';
import { fails, noStatus, passes, type StatusView, unknownStatus } from '../status.ts';
import { type TrendView, trendView } from '../trend-view.ts';
import { type ChangeLedger, type CountLine, countLines, type KindView, type OpenLine } from './changes.ts';
import { type FigureLine, figureLines } from './figures.ts';
import { asWeek, type WeekInput } from './input.ts';
import { nightsWords, periodWords, sinceWords, weekHeadline } from './words.ts';

/** A date of the period, or the night it is compared with. */
export interface NightLine {
  readonly dt: string;
  readonly status: StatusView;
  readonly words: string;
  readonly run: string | null;
  readonly seal: string | null;
}

/** The working report of a week: what opened first, then all that changed, the figures at both ends, and the nights behind it. */
export interface WeekTeamView {
  readonly masthead: Masthead;
  readonly headline: string;
  readonly period: string;
  readonly counts: readonly CountLine[];
  readonly open: { readonly title: string; readonly lines: readonly OpenLine[]; readonly rest: string | null };
  readonly kinds: readonly KindView[];
  readonly changesTitle: string;
  readonly figureLines: readonly FigureLine[];
  readonly trend: TrendView | null;
  readonly nights: readonly NightLine[];
  readonly nightsTitle: string;
  readonly lookedBack: string;
  readonly figures: { readonly accounts: FigureView; readonly identities: FigureView };
}

export function weekTeamView(input: WeekInput, ledger: ChangeLedger, linked: boolean): WeekTeamView {
  const { week, last } = input;
  const open = ledger.open();
  const figure = (id: string, what: string): FigureView => figureView(last, { id, what });
  return {
    masthead: mastheadOf(asWeek(input), { report: 'Team report of the week', named: 12 }),
    headline: weekHeadline(input),
    period: periodWords(week),
    trend: trendView(input.history),
    counts: countLines(week.changes),
    open: {
      title: open.total === 0 ? 'Nothing to take up from this week' : 'What to take up first',
      lines: open.lines,
      rest:
        open.total > open.lines.length
          ? `${integer(open.lines.length)} of ${integer(open.total)}, the most severe first.`
          : null,
    },
    kinds: ledger.kinds(linked),
    changesTitle: `What changed ${sinceWords(week)}`.trim(),
    figureLines: figureLines(input),
    nights: nightLines(input),
    nightsTitle: `The period: ${nightsWords(week)}`,
    lookedBack:
      week.lookedBackTo === null
        ? 'No night before was there to look back to.'
        : `To tell what came back from what is new, nights back to ${week.lookedBackTo} were looked at.`,
    figures: {
      accounts: figure('completeness.accounts', 'Accounts measured in full'),
      identities: figure('completeness.identities', 'Identities with known use'),
    },
  };
}

/** Every date of the period in order, and before them the night that they are compared with. */
function nightLines({ week: { base, baseIn, nights, failed, missing } }: WeekInput): NightLine[] {
  const lines = [
    ...nights.map((night) => nightLine(night, night.run === base?.run && baseIn === 'period')),
    ...failed.map(({ dt, run, why }) => ({ dt, status: fails('failed'), words: why, run, seal: null })),
    ...missing.map((dt) => ({
      dt,
      status: unknownStatus('no night'),
      words: 'None was begun.',
      run: null,
      seal: null,
    })),
  ].sort((a, b) => (a.dt < b.dt ? -1 : 1));
  return [...(base === null || baseIn === 'period' ? [] : [nightLine(base, true)]), ...lines];
}

function nightLine({ dt, clock, run, seal, accounts }: NightRef, compared: boolean): NightLine {
  const count = (status: string): number => accounts[status] ?? 0;
  const dark = count('partial') + count('failed');
  const all = count('discovered') - count('suspended');
  const measured = `${integer(count('measured'))} of ${integer(all)} accounts measured in full`;
  return {
    dt,
    status: compared ? noStatus('compared with') : dark > 0 ? unknownStatus('in part') : passes('whole'),
    words: `${moment(clock)}. ${measured}${dark > 0 ? `, ${integer(dark)} not or in part` : ''}.`,
    run,
    seal,
  };
}
