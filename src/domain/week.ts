import { z } from 'zod';
import { periodKinds, type QuietStatus } from './change-table.ts';
import { summarySchema } from './summary.ts';
import { severities } from './tables.ts';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const count = z.number().int().nonnegative();

/** A sealed night that a week is made from, with the digests that lead to every byte of it. */
export const nightRefSchema = z.strictObject({
  run: z.string(),
  dt: date,
  clock: z.string(),
  seq: count.describe('number of its seal'),
  seal: digest.describe('SHA-256 of its seal.json'),
  summary: digest.nullable().describe('SHA-256 of its summary.json'),
  accounts: z.record(z.string(), count).describe('accounts by status'),
});
export type NightRef = z.infer<typeof nightRefSchema>;

/** What `SelectNights` found in the chain of seals. */
export const selectedNightsSchema = z.strictObject({
  period: z.strictObject({ from: date, to: date, days: count }),
  nights: z.array(nightRefSchema).describe('the last night of each date of the period that did not fail'),
  base: nightRefSchema.nullable().describe('what they are compared with'),
  baseIn: z
    .enum(['before', 'period'])
    .describe('`before`: the last night before the period; `period`: there is none, so the first night of the period'),
  failed: z
    .array(z.strictObject({ dt: date, run: z.string(), why: z.string() }))
    .describe('dates of the period with failed nights alone, with the last one'),
  missing: z.array(date).describe('dates of the period without any night, failed ones included'),
  lastWeek: z.strictObject({ run: z.string(), seq: count, seal: digest, to: date }).nullable(),
  history: z
    .array(nightRefSchema)
    .describe('nights before the one compared with, newest first: where reopened is looked for'),
});
export type SelectedNights = z.infer<typeof selectedNightsSchema>;

/** One value for each kind of change. */
const byKind = <Value extends z.ZodType>(value: Value) =>
  z.strictObject(
    Object.fromEntries(periodKinds.map((kind) => [kind, value])) as Record<(typeof periodKinds)[number], Value>,
  );

/** How many findings there are of each kind. */
export const kindCounts = byKind(count);
export type KindCounts = z.infer<typeof kindCounts>;

const statusCounts = z.strictObject({ pass: count, 'not-measured': count, 'not-applicable': count });
export type StatusCounts = Readonly<Record<QuietStatus, number>>;

/** A figure of the organisation on one night: counts of items, bounds as fractions. */
const end = z.strictObject({
  version: count,
  numerator: count,
  denominator: count,
  untrackable: count,
  unread: count,
  lower: z.number(),
  upper: z.number(),
  pessimistic: z.number(),
  open: z.boolean(),
});

/** A figure of the organisation at both ends of the period; null where nobody was counted or nothing was known. */
const figure = z.strictObject({
  id: z.string(),
  basis: z.enum(['effective', 'nominal']),
  unit: z.string(),
  worse: z.enum(['higher', 'lower']),
  from: end.nullable(),
  to: end.nullable(),
  verdict: z.enum(['better', 'worse', 'same', 'not-known']).describe('never better while somebody could not be read'),
  why: z.string().nullable().describe('why it is not known which way it went'),
});
export type WeekFigure = z.infer<typeof figure>;

/** `results/weeks/dt=…/run=…/summary.json`: a week of nights. Its changes are in table `changes`. */
export const weekSchema = z.strictObject({
  schema: z.literal('assay/week/1'),
  run: z.strictObject({
    id: z.string(),
    kind: z.literal('week'),
    clock: z.string(),
    versions: z.record(z.string(), z.string()),
  }),
  scope: summarySchema.shape.scope,
  ...selectedNightsSchema.omit({ history: true }).shape,
  lookedBackTo: date
    .nullable()
    .describe('date of the oldest night that was looked at to tell reopened from new; null = none before'),
  accounts: z
    .strictObject({
      joined: count,
      left: count,
      named: z
        .array(z.strictObject({ account: z.string(), change: z.enum(['joined', 'left']) }))
        .describe('the first 50'),
    })
    .describe('accounts of the last night that the night compared with has not, and the other way round'),
  changes: z.strictObject({
    counts: kindCounts.describe('rows of table `changes` by kind, of findings that are open or were (`open`)'),
    bySeverity: z.strictObject(
      Object.fromEntries(severities.map((severity) => [severity, kindCounts])) as Record<
        (typeof severities)[number],
        typeof kindCounts
      >,
    ),
    others: byKind(statusCounts).describe(
      'rows of findings that were never seen open, by kind and by their status where they were last measured',
    ),
    newInJoined: count.describe('of the new ones, those in accounts that joined'),
  }),
  findings: z.strictObject({
    from: summarySchema.shape.findings.nullable(),
    to: summarySchema.shape.findings,
  }),
  figures: z.array(figure),
});
export type WeekSummary = z.infer<typeof weekSchema>;
