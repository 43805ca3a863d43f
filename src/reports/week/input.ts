import type { ChangeRow } from '../../domain/change-table.ts';
import type { NightSummary } from '../../domain/summary.ts';
import type { WeekSummary } from '../../domain/week.ts';
import type { History } from '../../history/history.ts';

/** Who reads about a week: auditors read the nights, which lie under seals of their own. */
export const weekAudiences = ['executive', 'team'] as const;
export type WeekAudience = (typeof weekAudiences)[number];

/** All that the documents of a week are made from. */
export interface WeekInput {
  readonly week: WeekSummary;
  /** The night that the period is compared with; null where there is none. */
  readonly first: NightSummary | null;
  /** The last night of the period. */
  readonly last: NightSummary;
  /** Names of accounts, where they have one. */
  readonly names: ReadonlyMap<string, string | null>;
  /** The nights of the scope up to the last of the period. */
  readonly history: History;
  /** Table `changes`, in plan order. */
  changes(): AsyncIterable<ChangeRow>;
}

/** The last night's summary under the name of the week, for what every report says at its top and foot. */
export const asWeek = ({ week, last }: Pick<WeekInput, 'week' | 'last'>): NightSummary => ({
  ...last,
  run: { ...last.run, id: week.run.id, kind: 'week', clock: week.run.clock },
});
