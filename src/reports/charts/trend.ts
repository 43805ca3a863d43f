import { scaleLinear } from 'd3-scale';
import type { Point, Series } from '../../history/trend.ts';
import { escapeText, type Markup, markup } from '../markup.ts';
import { day, percent } from '../numbers.ts';

/** A figure over the nights. */
export interface TrendChart {
  /** Says what the chart shows, in words: the text alternative. */
  readonly label: string;
  readonly series: Pick<Series, 'points' | 'worse'>;
  readonly size: 'small' | 'large';
  /** A value that must not be passed, as a labelled hairline. */
  readonly threshold?: { readonly at: number; readonly label: string };
  /** Dates of nights without figures, marked on the axis. */
  readonly failed?: readonly string[];
}

/** Where things lie, in the units of the drawing. */
interface Frame {
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
  readonly axis: boolean;
}

const frames: Readonly<Record<TrendChart['size'], Frame>> = {
  small: { width: 200, height: 50, left: 4, right: 150, top: 12, bottom: 44, axis: false },
  large: { width: 640, height: 176, left: 44, right: 548, top: 18, bottom: 148, axis: true },
};

/**
 * Line of the worse bound, hatched between the bounds. A night on which somebody could not be read is a hollow point with its bounds as a
 * stroke; no line leads to or from it that would show progress. Where the definition changed, and where nights are missing, there is no line.
 */
export function trendChart({ label, series, size, threshold, failed = [] }: TrendChart): Markup {
  const frame = frames[size];
  const place = placing(series.points, frame, threshold?.at);
  return markup(
    [
      `<svg class="trend-chart ${size}" role="img" aria-label="${escapeText(label)}" width="100%" viewBox="0 0 ${frame.width} ${frame.height}">`,
      `<title>${escapeText(label)}</title>`,
      frame.axis ? axes(series.points, frame, place) : '',
      ...failed.map((dt) => failedNight(place.date(dt), frame)),
      threshold === undefined ? '' : hairline(threshold, frame, place),
      ...series.points.map((point, at) => segment(series.points[at - 1], point, series.worse, frame, place)),
      ...series.points.map((point) => mark(point, series.worse, place)),
      endLabel(series.points, frame, place),
      '</svg>',
    ].join(''),
  );
}

/** Scales of one chart. Values outside the drawn range lie on its edge: an open figure may be anything. */
interface Place {
  x(point: Point): number;
  y(value: number): number;
  date(dt: string): number;
  readonly range: readonly [number, number];
}

function placing(points: readonly Point[], { left, right, top, bottom }: Frame, threshold?: number): Place {
  const times = points.map(({ clock }) => Date.parse(clock));
  const [first, last] = [Math.min(...times), Math.max(...times)];
  const x = scaleLinear([first, first === last ? first + 1 : last], [left, right]).clamp(true);
  const range = rangeOf(points, threshold);
  const y = scaleLinear(range, [bottom, top]).clamp(true);
  return {
    x: ({ clock }) => tenth(x(Date.parse(clock))),
    y: (value) => tenth(y(value)),
    date: (dt) => tenth(x(Date.parse(`${dt}T12:00:00Z`))),
    range,
  };
}

/** Whole tens of percent around every bound that is known, two of them at least. */
function rangeOf(points: readonly Point[], threshold?: number): readonly [number, number] {
  const known = points.flatMap(({ lower, upper }) => [lower, upper]);
  const values = threshold === undefined ? known : [...known, threshold];
  const low = Math.floor((Math.min(...values) - 0.02) * 10) / 10;
  const high = Math.ceil((Math.max(...values) + 0.02) * 10) / 10;
  const [from, to] = [Math.max(0, low), Math.min(1, high)];
  return to - from >= 0.2 ? [from, to] : [Math.max(0, to - 0.2), Math.min(1, Math.max(to, 0.2))];
}

const tenth = (value: number): number => Math.round(value * 10) / 10;

/** How a point may be joined with the one before it. */
export type Join = 'line' | 'dashed' | 'none';

/** A full line leads between nights that were read whole; a dashed one may lead to or from another, and only upward in badness. */
export function joinOf(before: Point | undefined, after: Point, worse: Series['worse']): Join {
  if (before === undefined || after.link !== 'joined') return 'none';
  if (!before.partial && !after.partial) return 'line';
  const change = after.pessimistic - before.pessimistic;
  return (worse === 'higher' ? change : -change) < 0 ? 'none' : 'dashed';
}

function segment(before: Point | undefined, after: Point, worse: Series['worse'], frame: Frame, place: Place): string {
  if (before === undefined) return '';
  const [from, to] = [place.x(before), place.x(after)];
  if (after.link === 'definition') return breakMark((from + to) / 2, frame);
  const join = joinOf(before, after, worse);
  if (join === 'none') return '';
  const line = `<line class="${join === 'line' ? 'course' : 'course doubt'}" x1="${from}" y1="${place.y(before.pessimistic)}" x2="${to}" y2="${place.y(after.pessimistic)}"/>`;
  return `${band(before, after, worse, place)}${line}`;
}

/** Between the bounds: what is not known, hatched as everywhere. */
function band(before: Point, after: Point, worse: Series['worse'], place: Place): string {
  const [from, to] = [endsOf(before, worse), endsOf(after, worse)];
  if (from.low === from.high && to.low === to.high) return '';
  const corners = [
    [place.x(before), place.y(from.low)],
    [place.x(after), place.y(to.low)],
    [place.x(after), place.y(to.high)],
    [place.x(before), place.y(from.high)],
  ];
  return `<polygon class="band" points="${corners.map((corner) => corner.join(',')).join(' ')}"/>`;
}

/** Between which values the figure lies; an open one reaches to the worst there is. */
function endsOf(
  { lower, upper, open }: Point,
  worse: Series['worse'],
): { readonly low: number; readonly high: number } {
  if (!open) return { low: lower, high: upper };
  return worse === 'higher' ? { low: lower, high: 1 } : { low: 0, high: upper };
}

const breakMark = (x: number, { top, bottom }: Frame): string =>
  `<line class="break" x1="${tenth(x)}" x2="${tenth(x)}" y1="${top - 6}" y2="${bottom}"/>`;

const failedNight = (x: number, { bottom }: Frame): string =>
  `<path class="failed" d="M${x - 3} ${bottom - 3}l6 6m0-6l-6 6"/>`;

function mark(point: Point, worse: Series['worse'], place: Place): string {
  const [x, y] = [place.x(point), place.y(point.pessimistic)];
  if (!point.partial) return `<circle class="whole" cx="${x}" cy="${y}" r="2.2"/>`;
  const { low, high } = endsOf(point, worse);
  return `<line class="whisker" x1="${x}" x2="${x}" y1="${place.y(low)}" y2="${place.y(high)}"/><circle class="hollow" cx="${x}" cy="${y}" r="3.2"/>`;
}

/** The last value, beside its point: no legend is needed. */
function endLabel(points: readonly Point[], { right }: Frame, place: Place): string {
  const last = points.at(-1);
  if (last === undefined) return '';
  const words = last.open ? 'open' : percent(last.pessimistic);
  return `<text class="last" x="${right + 10}" y="${tenth(place.y(last.pessimistic) + 4)}">${escapeText(words)}</text>`;
}

function axes(points: readonly Point[], { left, right, bottom }: Frame, place: Place): string {
  const lines = place.range.map(
    (value) =>
      `<line class="grid" x1="${left}" x2="${right}" y1="${place.y(value)}" y2="${place.y(value)}"/><text class="scale" x="${left - 8}" y="${place.y(value) + 4}" text-anchor="end">${escapeText(percent(value))}</text>`,
  );
  const [first, last] = [points[0], points.at(-1)];
  const date = (point: Point | undefined, anchor: string): string =>
    point === undefined
      ? ''
      : `<text class="date" x="${place.x(point)}" y="${bottom + 18}" text-anchor="${anchor}">${day(point.clock)}</text>`;
  return [...lines, date(first, 'start'), first === last ? '' : date(last, 'end')].join('');
}

function hairline(threshold: NonNullable<TrendChart['threshold']>, { left, right }: Frame, place: Place): string {
  const y = place.y(threshold.at);
  return `<line class="threshold" x1="${left}" x2="${right}" y1="${y}" y2="${y}"/><text class="scale" x="${left + 4}" y="${y - 4}">${escapeText(threshold.label)}</text>`;
}
