import type { Metric } from '../../../src/domain/summary.ts';

// A figure in the words of the reports, without spaces, and read back from them: by rules of the tests alone.

const allOf = ({ denominator, untrackable, unread }: Metric): number => denominator + untrackable + unread;
const fewerThan20 = (metric: Metric): boolean => allOf(metric) < 20;

/** `172of332`; of fewer than 20 cases the share, for their count is the value. */
export const countText = (metric: Metric): string =>
  fewerThan20(metric) ? shareText(metric) : `${metric.numerator}of${allOf(metric)}`;

/** `51–89%`; of fewer than 20 cases the counts. */
export const rangeText = (metric: Metric): string => {
  const most = metric.numerator + metric.untrackable + metric.unread;
  const counts = most === metric.numerator ? `${most}` : `${metric.numerator}–${most}`;
  return fewerThan20(metric) ? `${counts}of${allOf(metric)}` : shareText(metric);
};

/** A share in percent: one decimal where the bounds meet or lie close, else whole and rounded outwards. */
function shareText({ lower, upper }: Metric): string {
  const trimmed = (value: number): string => value.toFixed(1).replace(/\.0$/, '');
  if (lower === upper) return `${trimmed(Math.round(lower * 1000) / 10)}%`;
  const scale = upper - lower < 0.02 ? 1000 : 100;
  const [from, to] = [Math.floor(lower * scale), Math.ceil(upper * scale)].map((value) => (value * 100) / scale);
  return `${trimmed(from ?? 0)}–${trimmed(to ?? 0)}%`;
}

/** A count, whatever its unit, and what stands behind it of what was not measured. */
export function countAndDoubt(metric: Metric): RegExp {
  const { id, untrackable, unread } = metric;
  const plain = id.startsWith('permission.') ? 'unread' : 'notmeasured';
  const doubts = [
    ...(untrackable === 0 ? [] : [`${untrackable}untrackable`]),
    ...(unread === 0 ? [] : [`${unread}${untrackable === 0 ? plain : 'unread'}`]),
  ];
  const end = doubts.length === 0 ? '(?!\\d)' : `[^\\d]{0,60}?,${doubts.join(',')}`;
  return new RegExp(countText(metric) + (countText(metric).endsWith('%') ? end.replace('(?!\\d)', '') : end));
}

/** The figures that the auditor's report sets out one by one. */
export function sheetsIn(text: string, figures: readonly Metric[]) {
  const starts = [...new Set(figures.map(({ id, version }) => `${id}definition${version}`))].map((head) =>
    text.indexOf(head),
  );
  expect(starts).not.toContain(-1);
  const numbers =
    /Numerator(\d+)Denominator\(known\)(\d+)Untrackable(\d+)Unread(\d+)Bounds.*?\((\d\.\d+)to(\d\.\d+)\).*?Basis(effective|nominal)/g;
  return starts.flatMap((start) => {
    const end = Math.min(text.length, ...starts.filter((it) => it > start));
    const part = text.slice(start, end);
    const id = figures.find((it) => part.startsWith(`${it.id}definition`))?.id;
    return [...part.matchAll(numbers)].map(([, n, d, untrackable, unread, lower, upper, basis]) => ({
      ...{ id, basis, numerator: Number(n), denominator: Number(d) },
      ...{ untrackable: Number(untrackable), unread: Number(unread), lower, upper },
    }));
  });
}
