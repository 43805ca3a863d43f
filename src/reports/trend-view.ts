import type { History } from '../history/history.ts';
import { type Point, type Series, seriesIn } from '../history/trend.ts';
import { type TrendChart, trendChart } from './charts/trend.ts';
import { shareView } from './figures.ts';
import type { Markup } from './markup.ts';
import { day, plural } from './numbers.ts';
import { identityRate } from './sensitive.ts';
import { breakNotes, changeWords, gapNotes, movementWords, pointValue } from './trend-words.ts';

/** The figures whose course is drawn, with what they are called. */
export const drawnFigures: readonly { readonly id: string; readonly what: string }[] = [
  { id: identityRate, what: 'Identities using none of their sensitive permissions' },
  { id: 'identity.unused-rate', what: 'Identities not used in the window' },
  { id: 'credential.ai-key-user-rate', what: 'IAM users with a live AI key' },
  { id: 'logging.ai-data-event-coverage', what: 'Places where AI data events are logged in full' },
  { id: 'logging.management-coverage', what: 'Places where management events are logged in full' },
];

/** One night in the table beside a chart. */
export interface TrendRow {
  readonly date: string;
  readonly value: string;
  readonly count: string;
  readonly unknown: string;
  readonly note: string;
}

export interface TrendFigure {
  readonly id: string;
  readonly title: string;
  readonly chart: Markup;
  readonly change: string;
  readonly movement: string | null;
  readonly notes: readonly string[];
  readonly rows: readonly TrendRow[];
  readonly rest: string | null;
}

/** The figures over the nights of the archive; null on a first night. */
export interface TrendView {
  readonly period: string;
  readonly figures: readonly TrendFigure[];
  readonly notes: readonly string[];
}

/** Rows of a table beside a chart: the newest. */
const shownRows = 60;

export function trendView(history: History | undefined): TrendView | null {
  if (history === undefined || history.trend.nights.length < 2) return null;
  const { trend } = history;
  const [first, last] = [trend.nights[0], trend.nights.at(-1)];
  return {
    period: `${plural(trend.nights.length, 'night')} of this scope, ${first?.dt} to ${last?.dt}, read from the chain of seals.`,
    figures: drawnFigures.flatMap(({ id, what }) => {
      const series = seriesIn(trend, id);
      return series === undefined ? [] : [figureOver(series, what, history)];
    }),
    notes: gapNotes(trend),
  };
}

function figureOver(series: Series, what: string, { trend, movements }: History): TrendFigure {
  const { id, points } = series;
  const title = `${what}: ${courseWords(series)}`;
  return {
    id,
    title,
    chart: chartOf(series, { label: title, size: 'large', failed: trend.failed.map(({ dt }) => dt) }),
    change: sinceLastWords(series),
    movement: movementWords(id, movements.get(id)),
    notes: breakNotes(series),
    rows: points
      .slice(-shownRows)
      .toReversed()
      .map((point) => rowOf(point, series.worse)),
    rest:
      points.length > shownRows ? `${plural(points.length - shownRows, 'earlier night')} in \`assay trend\`.` : null,
  };
}

/** The chart of a series. */
export const chartOf = (series: Series, more: Omit<TrendChart, 'series'>): Markup => trendChart({ ...more, series });

/** `from 38.4 % to 51.8 % since 2026-08-03`. */
export function courseWords({ points, sinceFirst, worse }: Series): string {
  const last = points.at(-1);
  if (last === undefined) return 'no night has it';
  const now = pointValue(last, worse);
  if (sinceFirst === null) return `${now}, counted so for the first time`;
  return `${now}, ${pointValue(sinceFirst.from, worse)} on ${day(sinceFirst.from.clock)}`;
}

/** What became of it since the night before, or why that cannot be told. */
export function sinceLastWords({ points, sinceLast, worse }: Series): string {
  if (sinceLast !== null) return changeWords(sinceLast, worse);
  const last = points.at(-1);
  if (points.length < 2 || last === undefined) return 'The first night that has it.';
  return `Not comparable with ${day(points.at(-2)?.clock ?? null)}: ${last.changes.join('; ')}.`;
}

function rowOf(point: Point, worse: Series['worse']): TrendRow {
  const { numerator, denominator, untrackable, unread, lower, upper, open, partial, changes } = point;
  const { count, unknown } = shareView({
    ...point,
    unknown: untrackable + unread,
    denominator,
    numerator,
    lower,
    upper,
  });
  return {
    date: day(point.clock),
    value: pointValue(point, worse),
    count,
    unknown: unknown ?? '',
    note: [...(open ? ['open'] : partial ? ['partial'] : []), ...changes].join('; '),
  };
}
