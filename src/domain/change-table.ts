import { z } from 'zod';
import { type FindingStatus, findingRow, findingStatuses } from './tables.ts';

/** What became of a finding over a period, worst first (docs/weekly.md). Other words alone are no change. */
export const periodKinds = [
  'new',
  'reopened',
  'exception-ended',
  'not-re-measured',
  'rule-changed',
  'excepted',
  'resolved',
  'gone',
  'measured-again',
  'appeared',
] as const;
export type PeriodKind = (typeof periodKinds)[number];

/** How a finding stands that is not open. */
export const quietStatuses = ['pass', 'not-measured', 'not-applicable'] as const satisfies FindingStatus[];
export type QuietStatus = (typeof quietStatuses)[number];

/** The columns of a finding that a change repeats. */
const { id, account, control, severity, resourceType, resource, region, exception, remedy } = findingRow.shape;

/**
 * One finding that changed within a week; the id is the finding's own. `before` and `after`: its status on the night before the period and on
 * the last one, null where it was not there; `steps`: what happened to it on the nights between, oldest first.
 */
export const changeRow = z.strictObject({
  id,
  account,
  control,
  severity,
  resourceType,
  resource,
  region,
  kind: z.enum(periodKinds),
  cause: z.string(),
  before: z.enum(findingStatuses).nullable(),
  after: z.enum(findingStatuses).nullable(),
  open: z
    .boolean()
    .describe('whether it is open or was, at either end or between; for a resolved one, where it was last measured'),
  exception,
  remedy,
  steps: z.array(z.strictObject({ dt: z.string(), kind: z.enum(periodKinds), cause: z.string() })),
});
export type ChangeRow = z.infer<typeof changeRow>;

/** The tables of a week, by folder name under `results/`; those of a night are in `tables.ts`. */
export const weekTables = { changes: changeRow } as const;
export type WeekTableName = keyof typeof weekTables;
