import type { Metric, NightSummary } from '../domain/summary.ts';
import type { Basis } from '../domain/tables.ts';
import { type RateBar, type Reference, rateBar } from './charts/rate-bar.ts';
import type { Markup } from './markup.ts';
import { integer, percentRange, plural } from './numbers.ts';

/** Below this many cases a percentage misleads: the count comes first. */
const few = 20;

export interface ShareView {
  /** `61–64 %`, or `3 of 7` where cases are few. */
  readonly value: string;
  /** `1 204 of 1 930`; the population includes what could not be measured. */
  readonly count: string;
  /** `88 not measured`, `101 untrackable, 19 unread` where AWS keeps no data on some, or null. */
  readonly unknown: string | null;
}

const isFew = ({ denominator, unknown }: Counts): boolean => denominator + unknown < few;

type Counts = Pick<Metric, 'numerator' | 'denominator' | 'untrackable' | 'unread' | 'unknown' | 'lower' | 'upper'> & {
  readonly id?: string;
};

/** Figures on permissions speak of the states of their pairs, word for word. */
const isOnPermissions = (id: string | undefined): boolean => id?.startsWith('permission.') === true;

/** A share as text, formatted once for every page. */
export function shareView(it: Counts): ShareView {
  const { numerator, denominator, unknown, lower, upper } = it;
  const population = denominator + unknown;
  const range = percentRange(lower, upper);
  const least = unknown === 0 ? integer(numerator) : `${integer(numerator)}–${integer(numerator + unknown)}`;
  return {
    value: isFew(it) ? `${least} of ${integer(population)}` : range,
    count: isFew(it) ? range : `${integer(numerator)} of ${integer(population)}`,
    unknown: unknown === 0 ? null : unknownWords(it),
  };
}

function unknownWords({ id, untrackable, unread }: Counts): string {
  if (untrackable === 0) return `${integer(unread)} ${isOnPermissions(id) ? 'unread' : 'not measured'}`;
  return `${integer(untrackable)} untrackable${unread === 0 ? '' : `, ${integer(unread)} unread`}`;
}

/** `61–64 % of identities`, `3 of 7 identities`; an open share says of whom: `61–64 % of the identities we could count`. */
export function shareOf(
  { value }: Pick<ShareView, 'value'>,
  what: string,
  openTo: 'count' | 'see' | null = null,
): string {
  const whom = openTo === null ? what : `${what} we could ${openTo}`;
  if (value.includes(' of ')) return `${value} ${whom}`;
  return openTo === null ? `${value} of ${whom}` : `${value} of the ${whom}`;
}

export type Found =
  | { readonly state: 'known'; readonly metric: Metric }
  /** `metric`: what stands in the summary all the same, a population of which nothing at all is known. */
  | { readonly state: 'not-measured'; readonly accounts: readonly string[]; readonly metric: Metric | null }
  | { readonly state: 'nobody' }
  | { readonly state: 'not-built' };

/** A metric of which nothing at all is known has no value. */
export const foundOf = (metric: Metric): Exclude<Found, { state: 'nobody' | 'not-built' }> =>
  metric.denominator === 0
    ? { state: 'not-measured', accounts: metric.accountsNotMeasured, metric }
    : { state: 'known', metric };

/** A figure of the summary, or why there is none. A figure without a value is never 0 %. */
export function findFigure(
  summary: NightSummary,
  id: string,
  scope = 'organization',
  basis: Basis = 'effective',
): Found {
  const metric = summary.metrics.find((it) => it.id === id && it.scope === scope && it.basis === basis);
  if (metric !== undefined) return foundOf(metric);
  const left = summary.leftOut.find((it) => it.id === id);
  if (left === undefined) return { state: 'not-built' };
  const { measured, partial } = summary.completeness.accounts;
  const hidden = left.accountsNotMeasured.length > 0 || measured + partial === 0;
  return hidden ? { state: 'not-measured', accounts: left.accountsNotMeasured, metric: null } : { state: 'nobody' };
}

/** Whether a figure has a population in this scope, be it that nothing of it is known. */
export const isCountedIn = (summary: NightSummary, id: string, scope: string, basis: Basis = 'effective'): boolean =>
  summary.metrics.some((it) => it.id === id && it.scope === scope && it.basis === basis);

/** `at least ` where a count leaves out what was not read, nothing where it is whole. */
export const leastOf = ({ open, unknown }: Pick<Metric, 'open' | 'unknown'>): string =>
  open || unknown > 0 ? 'at least ' : '';

/** A figure ready to be placed: value, counts, doubt and bar. Texts that do not apply are null. */
export interface FigureView {
  readonly id: string;
  readonly state: Found['state'] | 'open';
  readonly value: string;
  readonly count: string | null;
  readonly unknown: string | null;
  readonly open: string | null;
  readonly unit: string | null;
  /** Where it would stand with its exceptions: `with exceptions 12.1 %, 16 of 132`; null where it has none. */
  readonly excepted: string | null;
  readonly bar: Markup;
}

export interface FigureAsked {
  readonly id: string;
  /** What the figure is, for the bar's text alternative. */
  readonly what: string;
  readonly scope?: string;
  readonly basis?: Basis;
  readonly reference?: Reference;
}

const absent = { count: null, unknown: null, open: null, unit: null, excepted: null };
const absentWords = {
  'not-measured': 'not measured',
  nobody: 'nobody to count',
  'not-built': 'not built yet',
} as const;

export const figureView = (summary: NightSummary, asked: FigureAsked): FigureView =>
  figureOf(findFigure(summary, asked.id, asked.scope, asked.basis), asked);

/** The same for a figure that was found elsewhere than in the summary. */
export function figureOf(found: Found, { id: metricId, what, basis, reference }: FigureAsked): FigureView {
  const id = basis === 'nominal' ? `${metricId}@nominal` : metricId;
  const bar = rateBar({
    label: labelOf(found, what),
    ...barOf(found),
    ...(reference === undefined ? {} : { reference }),
  });
  if (found.state !== 'known') {
    return { id, state: found.state, value: absentWords[found.state], ...absent, open: hiddenWords(found), bar };
  }
  const { metric } = found;
  const open = metric.open ? openWords(metric) : null;
  const unit = isFew(metric) ? null : metric.unit;
  return {
    id,
    state: metric.open ? 'open' : 'known',
    ...shareView(metric),
    open,
    unit,
    excepted: exceptedWords(metric),
    bar,
  };
}

/** Where a figure would stand with its exceptions: the same population, what is covered on the better side. */
export function exceptedWords(metric: Metric): string | null {
  if (metric.excepted === 0) return null;
  const { value, count } = shareView({ ...metric, ...metric.withExceptions });
  return `with exceptions ${value}, ${count}`;
}

/** What a bar draws of a figure. */
export function barOf(found: Found): Pick<RateBar, 'bounds' | 'open' | 'empty'> {
  if (found.state !== 'known') return { bounds: null, open: false, empty: found.state === 'nobody' };
  const { lower, upper, open } = found.metric;
  return { bounds: [lower, upper], open };
}

/** A figure in one line: the text alternative of its bar. */
export function labelOf(found: Found, what: string): string {
  if (found.state !== 'known') return `${what}: ${absentWords[found.state]}`;
  const share = shareView(found.metric);
  const open = found.metric.open ? openWords(found.metric) : null;
  return [`${what}: ${share.value}`, share.count, share.unknown, open].filter((part) => part !== null).join(', ');
}

const hiddenWords = (found: Exclude<Found, { state: 'known' }>): string | null =>
  found.state !== 'not-measured' || found.metric === null || found.metric.unknown === 0 ? null : noneRead(found.metric);

/** What a figure without a value says of its population: `none of 39 identities was read`. */
export function noneRead(metric: Pick<Metric, 'id' | 'unknown' | 'unit' | 'open' | 'accountsNotMeasured'>): string {
  const { id, unknown, unit, open } = metric;
  const judged = isOnPermissions(id); // what they hold may be read, and the limits on it not
  const [listed, rest] = open ? [' that was listed', `; ${openWords(metric)}`] : ['', '']; // there may be others
  if (unknown === 1) return `the only one${listed} was not ${judged ? 'judged' : 'read'}${rest}`;
  return `none of ${integer(unknown)} ${unit} ${judged ? 'could be judged' : 'was read'}${rest}`;
}

function openWords({ accountsNotMeasured }: Pick<Metric, 'accountsNotMeasured'>): string {
  const many = accountsNotMeasured.length;
  return many === 0 ? 'open: accounts could not be listed' : `open: ${plural(many, 'account')} not counted in full`;
}
