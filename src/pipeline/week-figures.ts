import type { NightSummary } from '../domain/summary.ts';
import type { WeekFigure } from '../domain/week.ts';
import { type Point, type Series, trendOf } from '../history/trend.ts';
import { type TrendNight, trendNightOf } from '../history/trend-night.ts';

/** The figures of the organisation at both ends of a period; the verdict is the trend's own rule on two nights. */
export function weekFigures(base: NightSummary | null, last: NightSummary): WeekFigure[] {
  const nights = [base, last].flatMap((summary) => (summary === null ? [] : [trendNight(summary)]));
  return trendOf(nights).series.map((series) => figureOf(series, base?.run.id ?? null, last.run.id));
}

function trendNight(summary: NightSummary): TrendNight {
  const night = trendNightOf(summary, ({ scope }) => scope === 'organization');
  if (night === null) throw new Error(`the summary of run ${summary.run.id} cannot be read`);
  return night;
}

function figureOf(
  { id, basis, unit, worse, points, sinceLast }: Series,
  first: string | null,
  last: string,
): WeekFigure {
  const on = (run: string | null): Point | undefined => points.find((point) => point.run === run);
  const [from, to] = [on(first), on(last)];
  return {
    id,
    basis,
    unit,
    worse,
    from: from === undefined ? null : endOf(from),
    to: to === undefined ? null : endOf(to),
    verdict: sinceLast?.verdict ?? 'not-known',
    why: sinceLast === null ? whyNone(first, from, to) : sinceLast.why,
  };
}

function whyNone(first: string | null, from: Point | undefined, to: Point | undefined): string {
  if (first === null) return 'there is no earlier night';
  if (from === undefined) return 'nobody was counted at the beginning';
  return to === undefined ? 'nobody was counted at the end' : to.changes.join('; ');
}

const endOf = (point: Point): NonNullable<WeekFigure['to']> => ({
  version: point.version,
  numerator: point.numerator,
  denominator: point.denominator,
  untrackable: point.untrackable,
  unread: point.unread,
  lower: point.lower,
  upper: point.upper,
  pessimistic: point.pessimistic,
  open: point.open,
});
