import type { Metric, NightSummary } from '../domain/summary.ts';
import { type Reference, rateBar } from './charts/rate-bar.ts';
import type { Markup } from './markup.ts';
import { integer, percentRange, plural } from './numbers.ts';

/** Below this many cases a percentage misleads: the count comes first. */
const few = 20;

export interface ShareView {
  /** `61–64 %`, or `3 of 7` where cases are few. */
  readonly value: string;
  /** `1 204 of 1 930`; the population includes what could not be measured. */
  readonly count: string;
  /** `88 not measured`, or null. */
  readonly unknown: string | null;
}

const isFew = ({ denominator, unknown }: Counts): boolean => denominator + unknown < few;

type Counts = Pick<Metric, 'numerator' | 'denominator' | 'unknown' | 'lower' | 'upper'>;

/** A share as text, formatted once for every page. */
export function shareView(it: Counts): ShareView {
  const { numerator, denominator, unknown, lower, upper } = it;
  const population = denominator + unknown;
  const range = percentRange(lower, upper);
  const least = unknown === 0 ? integer(numerator) : `${integer(numerator)}–${integer(numerator + unknown)}`;
  return {
    value: isFew(it) ? `${least} of ${integer(population)}` : range,
    count: isFew(it) ? range : `${integer(numerator)} of ${integer(population)}`,
    unknown: unknown === 0 ? null : `${integer(unknown)} not measured`,
  };
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

/** A figure of the summary, or why there is none. A figure without a value is never 0 %. */
export function findFigure(summary: NightSummary, id: string, scope = 'organization'): Found {
  const metric = summary.metrics.find((it) => it.id === id && it.scope === scope);
  if (metric?.denominator === 0) return { state: 'not-measured', accounts: metric.accountsNotMeasured, metric };
  if (metric !== undefined) return { state: 'known', metric };
  const left = summary.leftOut.find((it) => it.id === id);
  if (left === undefined) return { state: 'not-built' };
  const { measured, partial } = summary.completeness.accounts;
  const hidden = left.accountsNotMeasured.length > 0 || measured + partial === 0;
  return hidden ? { state: 'not-measured', accounts: left.accountsNotMeasured, metric: null } : { state: 'nobody' };
}

/** Whether a figure has a population in this scope, be it that nothing of it is known. */
export const isCountedIn = (summary: NightSummary, id: string, scope: string): boolean =>
  summary.metrics.some((it) => it.id === id && it.scope === scope);

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
  readonly bar: Markup;
}

export interface FigureAsked {
  readonly id: string;
  /** What the figure is, for the bar's text alternative. */
  readonly what: string;
  readonly scope?: string;
  readonly reference?: Reference;
}

const absent = { count: null, unknown: null, open: null, unit: null };
const absentWords = {
  'not-measured': 'not measured',
  nobody: 'nobody to count',
  'not-built': 'not built yet',
} as const;

export function figureView(
  summary: NightSummary,
  { id, what, scope = 'organization', reference }: FigureAsked,
): FigureView {
  const found = findFigure(summary, id, scope);
  const ticked = reference === undefined ? {} : { reference };
  if (found.state !== 'known') {
    const value = absentWords[found.state];
    const bar = rateBar({
      label: `${what}: ${value}`,
      bounds: null,
      open: false,
      empty: found.state === 'nobody',
      ...ticked,
    });
    return { id, state: found.state, value, ...absent, open: hiddenWords(found), bar };
  }
  const { metric } = found;
  const share = shareView(metric);
  const open = metric.open ? openWords(metric) : null;
  const label = [`${what}: ${share.value}`, share.count, share.unknown, open]
    .filter((part) => part !== null)
    .join(', ');
  const bar = rateBar({ label, bounds: [metric.lower, metric.upper], open: metric.open, ...ticked });
  return { id, state: metric.open ? 'open' : 'known', ...share, open, unit: isFew(metric) ? null : metric.unit, bar };
}

function hiddenWords(found: Exclude<Found, { state: 'known' }>): string | null {
  if (found.state !== 'not-measured' || found.metric === null || found.metric.unknown === 0) return null;
  if (found.metric.unknown === 1) return 'the only one was not read';
  return `none of ${integer(found.metric.unknown)} ${found.metric.unit} was read`;
}

function openWords({ accountsNotMeasured }: Metric): string {
  const many = accountsNotMeasured.length;
  return many === 0 ? 'open: accounts could not be listed' : `open: ${plural(many, 'account')} not counted in full`;
}
