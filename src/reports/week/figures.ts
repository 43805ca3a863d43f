import type { NightSummary } from '../../domain/summary.ts';
import type { WeekFigure } from '../../domain/week.ts';
import { methodOf } from '../auditor/methods.ts';
import { type FigureView, figureView } from '../figures.ts';
import type { StatusView } from '../status.ts';
import type { WeekInput } from './input.ts';
import { verdictView } from './words.ts';

/** A figure at both ends of the period. */
export interface FigureLine {
  readonly title: string;
  readonly id: string;
  readonly from: FigureView | null;
  readonly to: FigureView;
  readonly verdict: StatusView;
  readonly why: string | null;
}

/** Every figure of the organisation, in the order of the last night; the nominal ones say so. */
export const figureLines = (input: WeekInput): FigureLine[] =>
  input.week.figures.map((figure) => figureLine(input, figure));

function figureLine({ first, last }: WeekInput, figure: WeekFigure): FigureLine {
  const { id, basis, unit, why } = figure;
  const title = `${methodOf(id, unit).title}${basis === 'nominal' ? ', on paper' : ''}`;
  const on = (summary: NightSummary): FigureView => figureView(summary, { id, what: title, basis });
  return { title, id, from: first === null ? null : on(first), to: on(last), verdict: verdictView(figure), why };
}

/** What the week says of one figure: `better`, `worse`, or why nobody can tell. */
export const movedFigure = ({ week }: Pick<WeekInput, 'week'>, id: string): WeekFigure | undefined =>
  week.figures.find((figure) => figure.id === id && figure.basis === 'effective');
