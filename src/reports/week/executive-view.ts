import type { WeekFigure } from '../../domain/week.ts';
import type { Decision } from '../executive/decisions.ts';
import type { PrerequisiteView } from '../executive/prerequisites.ts';
import { smallTrend } from '../executive/safer.ts';
import { executiveView, type FollowedQuestion, type QuestionView } from '../executive/view.ts';
import { type FigureView, figureView } from '../figures.ts';
import { shorten } from '../markup.ts';
import { type Masthead, mastheadOf } from '../masthead.ts';
import { type BriefCounts, briefCounts } from './changes.ts';
import { movedFigure } from './figures.ts';
import { asWeek, type WeekInput } from './input.ts';
import { periodWords, weekHeadline } from './words.ts';

/** Page one of the week: are we safer than a week ago, and why. */
export interface WeekExecutiveView {
  readonly masthead: Masthead;
  readonly headline: string;
  readonly period: string;
  readonly counts: BriefCounts;
  readonly questions: readonly FollowedQuestion[];
  readonly verdict: string;
  readonly prerequisites: readonly PrerequisiteView[];
  readonly decisions: readonly Decision[];
}

export function weekExecutiveView(input: WeekInput): WeekExecutiveView {
  const { week, last } = input;
  const summary = asWeek(input);
  const { questions, verdict, prerequisites, decisions } = executiveView(last);
  return {
    masthead: mastheadOf(summary, {
      report: 'Executive report of the week',
      named: 2,
      shorten: (text) => shorten(text, 72),
    }),
    headline: weekHeadline(input),
    period: periodWords(week),
    counts: briefCounts(week.changes),
    questions: questions.map((question) => compared(input, question)),
    verdict,
    prerequisites,
    decisions,
  };
}

/** A question with its figure at both ends of the period, the earlier on the left, and which way it went. */
function compared(input: WeekInput, { question, answer, figure, unit }: QuestionView): FollowedQuestion {
  const { first, last, week } = input;
  const lastDay = week.nights.at(-1)?.dt ?? week.period.to;
  const end = figureView(last, { id: figure.id, what: `${question} On ${lastDay}` });
  const begin =
    first === null ? null : figureView(first, { id: figure.id, what: `${question} On ${week.base?.dt ?? ''}` });
  const titled = (day: string, view: FigureView) => ({
    barTitle: `On ${day}${view.count === null ? '' : `: ${view.value}`}`,
    figure: view,
  });
  const later = titled(lastDay, end);
  const [left, right] =
    begin === null || week.base === null
      ? [later, null]
      : [titled(week.base.dt, { ...begin, id: `${figure.id}@first` }), later];
  return {
    question,
    answer,
    ...left,
    unit,
    beside: right,
    also: null,
    notes: [movedWords(input, figure.id)],
    course: smallTrend(input.history, figure.id),
  };
}

const verdictSentence: Readonly<Record<WeekFigure['verdict'], string>> = {
  better: 'Better than at the beginning.',
  worse: 'Worse than at the beginning.',
  same: 'As at the beginning.',
  'not-known': 'Which way it went is not known; the team report says why.',
};

/** Which way the figure went. */
function movedWords(input: WeekInput, id: string): string {
  const moved = movedFigure(input, id);
  return moved === undefined ? 'Nobody was counted.' : verdictSentence[moved.verdict];
}
