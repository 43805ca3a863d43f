import type { Effect } from '../domain/action-table.ts';
import { noShare, type Share } from '../domain/share.ts';
import type { Items, Metric } from '../metrics/define.ts';
import { wholeShare } from '../metrics/figures.ts';

/** Items of one account by what metrics count. */
export type ItemLists = { readonly [Over in keyof Items]?: readonly Items[Over][] };

/** Some items as they are, and as they would be: what is in neither list stays as it is. */
export interface Applied {
  readonly before: ItemLists;
  readonly after: ItemLists;
}

/** What a change does to each figure: its items are counted before and after by the metric itself. Figures it does not move are left out. */
export const effectsOf = (metrics: readonly Metric[], { before, after }: Applied): Effect[] =>
  metrics.flatMap((metric) => {
    const [was, is] = [wholeShare(metric, before), wholeShare(metric, after)];
    return moved(metric.id, minus(is, was));
  });

const parts = ['numerator', 'denominator', 'untrackable', 'unread'] as const;

const minus = (a: Share, b: Share): Share =>
  Object.fromEntries(parts.map((part) => [part, a[part] - b[part]])) as unknown as Share;

const moved = (metric: string, share: Share): Effect[] =>
  parts.some((part) => share[part] !== 0) ? [{ metric, ...share }] : [];

/** Effects of changes that touch different items add up. */
export function addEffects(lists: Iterable<readonly Effect[]>): Effect[] {
  const sums = new Map<string, Share>();
  for (const list of lists)
    for (const { metric, ...share } of list) {
      const there = sums.get(metric) ?? noShare;
      sums.set(metric, Object.fromEntries(parts.map((part) => [part, there[part] + share[part]])) as unknown as Share);
    }
  return [...sums].sort(([a], [b]) => (a < b ? -1 : 1)).flatMap(([metric, share]) => moved(metric, share));
}

/** A figure after a change. */
export const applied = (share: Share, effect: Share | undefined): Share =>
  effect === undefined
    ? share
    : (Object.fromEntries(parts.map((part) => [part, share[part] + effect[part]])) as unknown as Share);
