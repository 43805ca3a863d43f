import type { Movement } from './flow.ts';
import type { Trend } from './trend.ts';

/** What a night's reports say of the nights before it. The trend ends with the night itself. */
export interface History {
  readonly trend: Trend;
  /** Since the night before, by metric: who came and went, and who stands otherwise than then; none where that cannot be told. */
  readonly movements: ReadonlyMap<string, Movement>;
}
