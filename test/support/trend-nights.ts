import { guardrailVersionsIn } from '../../src/domain/guardrail-settings.ts';
import { bounds, pessimisticBound, type Share } from '../../src/domain/share.ts';
import type { Rules, TrendFigure, TrendNight } from '../../src/history/trend-night.ts';

// Nights for tests of the trend: they state only what the test is about.

export const rules: Rules = {
  window: 90,
  sensitive: 'assay version 1',
  actions: '2026-10',
  services: 'aa',
  guardrails: guardrailVersionsIn({}),
};
const accounts = { discovered: 10, measured: 10, partial: 0, failed: 0, suspended: 0, skipped: 0 };

/** A figure out of its counts, as the merge makes it. */
export function figureOf(
  { numerator = 0, denominator = 0, untrackable = 0, unread = 0 }: Partial<Share>,
  more: Partial<TrendFigure> = {},
): TrendFigure {
  const share = { numerator, denominator, untrackable, unread };
  const { worse = 'higher', open = false } = more;
  const [lower, upper] = bounds(share) ?? [0, 0];
  return {
    id: 'identity.unused-rate',
    version: 1,
    unit: 'identities',
    scope: 'organization',
    basis: 'effective',
    worse,
    ...share,
    lower,
    upper,
    pessimistic: pessimisticBound(share, worse, open) ?? 1,
    open,
    ...more,
  };
}

/** A night that began at 02:00 UTC. */
export const nightOn = (dt: string, figures: readonly TrendFigure[], more: Partial<TrendNight> = {}): TrendNight => ({
  run: dt.replaceAll('-', '').padEnd(12, '0'),
  clock: `${dt}T02:00:00Z`,
  accounts,
  rules,
  figures,
  ...more,
});
