import type { Absence } from './nights.ts';
import { definitionChanges, type NightAccounts, type Rules, type TrendFigure, type TrendNight } from './trend-night.ts';

/** How a point follows the one before it: a line may be drawn between them only where they are `joined`. */
export type Link = 'first' | 'joined' | 'gap' | 'definition';

/** One figure on one night. Counts are of items, bounds fractions; `pessimistic` is the worse end, at its worst while the figure is open. */
export interface Point {
  readonly dt: string;
  readonly run: string;
  readonly clock: string;
  readonly version: number;
  readonly numerator: number;
  readonly denominator: number;
  readonly untrackable: number;
  readonly unread: number;
  /** All that the rate is over, known or not. */
  readonly population: number;
  readonly lower: number;
  readonly upper: number;
  readonly pessimistic: number;
  /** Accounts nobody ever measured could move the rate anywhere. */
  readonly open: boolean;
  /** Somebody could not be read who belongs to the figure: never progress. */
  readonly partial: boolean;
  readonly link: Link;
  /** What changed in the definition since the point before. */
  readonly changes: readonly string[];
}

export const verdicts = ['better', 'worse', 'same', 'not-known'] as const;
export type Verdict = (typeof verdicts)[number];

/** What became of a figure between two of its points. Differences are later − earlier. */
export interface Change {
  readonly from: Point;
  readonly to: Point;
  readonly verdict: Verdict;
  /** Why it is not known, or null. */
  readonly why: string | null;
  readonly pessimistic: number;
  readonly numerator: number;
  readonly population: number;
}

/** One figure over the nights, oldest first. */
export interface Series {
  readonly id: string;
  readonly scope: string;
  readonly basis: TrendFigure['basis'];
  readonly unit: string;
  readonly worse: TrendFigure['worse'];
  readonly points: readonly Point[];
  /** Since the night before of the figure; null where there is none, or where the definition changed in between. */
  readonly sinceLast: Change | null;
  /** Since the first night that counted it as the last one did; null where that is the last one. */
  readonly sinceFirst: Change | null;
}

/** A night of the trend. `partial`: an account could not be read in full. */
export interface NightMark {
  readonly dt: string;
  readonly run: string;
  readonly clock: string;
  readonly accounts: NightAccounts;
  readonly partial: boolean;
  /** Judged again later from its recorded answers. */
  readonly backfilled?: true;
}

/** A stretch of time without nights that is longer than the nights' usual distance; `failed`: those begun in it. */
export interface TimeGap {
  readonly after: string;
  readonly before: string;
  /** Nights that are not there, by the usual distance. */
  readonly missing: number;
  readonly failed: readonly Absence[];
}

export interface Trend {
  readonly nights: readonly NightMark[];
  readonly gaps: readonly TimeGap[];
  readonly failed: readonly Absence[];
  readonly series: readonly Series[];
}

const day = 86_400_000;

/** The figures of the nights of one scope, one series per metric, scope and basis, in the order of the last night that has them. */
export function trendOf(nights: readonly TrendNight[], failed: readonly Absence[] = []): Trend {
  const inTime = [...nights].sort((a, b) => Date.parse(a.clock) - Date.parse(b.clock));
  const gaps = gapsBetween(inTime, failed);
  const cuts = new Set(gaps.map(({ before }) => before));
  const building = new Map<string, Building>();
  for (const [at, night] of inTime.entries())
    for (const figure of night.figures) {
      const key = `${figure.id}|${figure.scope}|${figure.basis}`;
      const past = building.get(key);
      building.delete(key); // the order is that of the last night
      building.set(key, grown(past, figure, { night, at, cut: cuts.has(dateOf(night)) }));
    }
  return {
    nights: inTime.map(markOf),
    gaps,
    failed: [...failed],
    series: [...building.values()].map(({ figure, points }) => seriesOf(figure, points)),
  };
}

/** A series while nights are added to it: its newest figure, and the number of the night that had it. */
interface Building {
  readonly figure: TrendFigure;
  readonly at: number;
  readonly rules: Rules;
  readonly points: Point[];
}

/** A series with one point more. `cut`: the nights' usual distance was passed before this night. */
function grown(
  past: Building | undefined,
  figure: TrendFigure,
  { night, at, cut }: { readonly night: TrendNight; readonly at: number; readonly cut: boolean },
): Building {
  const { rules } = night;
  if (past === undefined) return { figure, at, rules, points: [pointOf(night, figure, 'first', [])] };
  const changes = definitionChanges({ ...past.figure, rules: past.rules }, { ...figure, rules });
  const link = changes.length > 0 ? 'definition' : cut || past.at < at - 1 ? 'gap' : 'joined';
  past.points.push(pointOf(night, figure, link, changes));
  return { figure, at, rules, points: past.points };
}

/** A series of a trend, or undefined where no night has the figure. */
export const seriesIn = (
  { series }: Pick<Trend, 'series'>,
  id: string,
  scope = 'organization',
  basis: TrendFigure['basis'] = 'effective',
): Series | undefined => series.find((it) => it.id === id && it.scope === scope && it.basis === basis);

const dateOf = ({ clock }: { readonly clock: string }): string => clock.slice(0, 10);

const markOf = ({ run, clock, accounts, backfilled }: TrendNight): NightMark => ({
  dt: clock.slice(0, 10),
  run,
  clock,
  accounts,
  partial: accounts.partial + accounts.failed > 0,
  ...(backfilled === undefined ? {} : { backfilled }),
});

function pointOf({ run, clock }: TrendNight, it: TrendFigure, link: Link, changes: readonly string[]): Point {
  const { version, numerator, denominator, untrackable, unread, lower, upper, pessimistic, open } = it;
  return {
    dt: clock.slice(0, 10),
    run,
    clock,
    version,
    numerator,
    denominator,
    untrackable,
    unread,
    population: denominator + untrackable + unread,
    lower,
    upper,
    pessimistic,
    open,
    partial: open || unread > 0,
    link,
    changes,
  };
}

function seriesOf({ id, scope, basis, unit, worse }: TrendFigure, points: readonly Point[]): Series {
  const last = points.at(-1);
  const start = points.findLastIndex(({ link }) => link === 'first' || link === 'definition');
  const since = (at: number): Change | null => {
    const from = points[at];
    return last === undefined || from === undefined || at < start || from === last
      ? null
      : changeBetween(from, last, worse);
  };
  return { id, scope, basis, unit, worse, points, sinceLast: since(points.length - 2), sinceFirst: since(start) };
}

/** What became of a figure between two points of one definition. */
export function changeBetween(from: Point, to: Point, worse: Series['worse']): Change {
  const [verdict, why] = verdictOf(from, to, worse);
  return {
    from,
    to,
    verdict,
    why,
    pessimistic: to.pessimistic - from.pessimistic,
    numerator: to.numerator - from.numerator,
    population: to.population - from.population,
  };
}

/**
 * Better or worse only where both ends of the bounds say so. A night on which somebody could not be read is never better than another, nor
 * another better than it; worse it is where even its better end is worse than the other's worse one (design §3).
 */
function verdictOf(from: Point, to: Point, worse: Series['worse']): readonly [Verdict, string | null] {
  const [before, after] = [badness(from, worse), badness(to, worse)];
  if (from.partial || to.partial) {
    if (after.best > before.worst) return ['worse', null];
    return ['not-known', unreadWords(from, to)];
  }
  const [best, worst] = [Math.sign(after.best - before.best), Math.sign(after.worst - before.worst)];
  if (best === 0 && worst === 0) return ['same', null];
  if (best <= 0 && worst <= 0) return ['better', null];
  if (best >= 0 && worst >= 0) return ['worse', null];
  return ['not-known', 'the bounds moved in opposite directions: AWS tracks the use of more of them, or of fewer'];
}

/** How bad a figure may be, 0 to 1; an open one may be anything. */
function badness(
  { lower, upper, open }: Point,
  worse: Series['worse'],
): { readonly best: number; readonly worst: number } {
  if (open) return { best: 0, worst: 1 };
  return worse === 'higher' ? { best: lower, worst: upper } : { best: 1 - upper, worst: 1 - lower };
}

function unreadWords(from: Point, to: Point): string {
  const of = (it: Point, when: string): string[] => {
    if (!it.partial) return [];
    return [it.open ? `accounts were never measured on ${when}` : `${it.unread} could not be read on ${when}`];
  };
  return [...of(from, from.dt), ...of(to, to.dt)].join(' and ');
}

/** Stretches that are longer than the nights' usual distance, which is the median, a day at least. */
function gapsBetween(nights: readonly TrendNight[], failed: readonly Absence[]): TimeGap[] {
  const distances = nights.slice(1).map((night, at) => daysBetween(nights[at], night));
  const usual = Math.max(1, [...distances].sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? 1);
  return distances.flatMap((distance, at): TimeGap[] => {
    const [after, before] = [dateOf(nights[at] as TrendNight), dateOf(nights[at + 1] as TrendNight)];
    const within = failed.filter(({ dt }) => dt > after && dt < before);
    if (distance < usual * 1.5 && within.length === 0) return [];
    const missing = Math.max(within.length, Math.round(distance / usual) - 1);
    return [{ after, before, missing, failed: within }];
  });
}

/** By dates: a night may begin some minutes earlier or later. */
const daysBetween = (from: TrendNight | undefined, to: TrendNight): number =>
  (Date.parse(dateOf(to)) - Date.parse(dateOf(from ?? to))) / day;
