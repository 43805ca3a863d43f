import { z } from 'zod';
import { changeKinds } from './action-table.ts';

const count = z.number().int().nonnegative();

/** Where a figure of the organisation stands; null = nobody is left to count. */
const endsSchema = z
  .strictObject({ numerator: count, denominator: count, lower: z.number(), upper: z.number() })
  .nullable();
export type Ends = z.infer<typeof endsSchema>;

/** What some changes do to one figure, counted again as if they were made. `gain`: by how much its worse end gets better; less than 0 = worse. */
const moveSchema = z.strictObject({
  metric: z.string(),
  before: endsSchema,
  after: endsSchema,
  gain: z.number(),
  open: z.boolean().describe('accounts hide more of the population: before and after are of what could be counted'),
});
export type Move = z.infer<typeof moveSchema>;

/** Changes of one kind by one owner, or one change made once for many accounts. */
const entrySchema = z.strictObject({
  id: z.string(),
  kind: z.enum(changeKinds),
  owner: z.string(),
  central: z.boolean().describe('made once, for many accounts'),
  what: z.string().nullable().describe('of a central change; null = the changes are rows of table actions'),
  command: z.string().nullable(),
  policy: z.record(z.string(), z.unknown()).nullable(),
  where: z.string().nullable().describe('of an SCP: where to attach it'),
  changes: count,
  accounts: count,
  identities: count,
  used: count.describe('identities that used in the window what it takes away'),
  usedUnknown: count.describe('changes of which that cannot be told'),
  words: z.string(),
  severity: z.enum(['critical', 'high', 'medium', 'low']).nullable(),
  findings: count.describe('failing findings that it closes'),
  moves: z.array(moveSchema),
  first: z.array(z.strictObject({ account: z.string(), what: z.string(), command: z.string().nullable() })),
});
export type QueueEntry = z.infer<typeof entrySchema>;

/** What to do, and what it does to the figures. */
export const actionSummarySchema = z.strictObject({
  changes: count.describe('rows of table actions'),
  entries: count,
  queue: z.array(entrySchema).describe('critical findings first, then the biggest effect; the first 200'),
  kinds: z
    .array(
      z.strictObject({
        kind: z.enum(changeKinds),
        changes: count,
        owners: count,
        accounts: count.describe('accounts by change kind and owner; one with several counts several times'),
        findings: count,
        moves: z.array(moveSchema),
      }),
    )
    .describe('all changes of a kind together'),
  figures: z
    .array(
      z.strictObject({
        metric: z.string(),
        before: endsSchema,
        open: z.boolean(),
        best: z.array(z.strictObject({ id: z.string(), after: endsSchema, gain: z.number() })),
      }),
    )
    .describe('for each headline figure the three entries that move it most'),
});
export type ActionSummary = z.infer<typeof actionSummarySchema>;
