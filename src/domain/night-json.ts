import { z } from 'zod';
import { callSummarySchema } from './calls.ts';
import { metricSchema, summarySchema } from './summary.ts';
import { credentialRow, gapRow, guardrailRow, keyHolderRow, keyPowerRow, loggingRow, practiceRow } from './tables.ts';

const completeness = summarySchema.shape.completeness;

/** What `--json` prints: the summary with rows in place of counts, and with the figures of each account (design §6). */
export const nightJsonSchema = summarySchema
  .omit({ schema: true, completeness: true, logging: true, metrics: true })
  .extend({
    schema: z.literal('assay/night/2'),
    completeness: completeness.omit({ gaps: true }).extend({
      gaps: z.array(gapRow.omit({ id: true })),
      gapsByCause: completeness.shape.gaps,
    }),
    metrics: z.array(metricSchema),
    aiKeys: z.array(credentialRow.omit({ id: true, ai: true, live: true })),
    keyHolders: z.array(keyHolderRow.omit({ id: true })),
    keyPowers: z.array(keyPowerRow.omit({ id: true })),
    guardrails: z.array(guardrailRow.omit({ id: true })),
    practicesByAccount: z.array(practiceRow.omit({ id: true })),
    logging: z.array(loggingRow.omit({ id: true })),
    loggingByClass: summarySchema.shape.logging,
    seal: z.strictObject({ seq: z.number().int(), key: z.string(), head: z.string() }),
    exitCode: z.number().int(),
    calls: callSummarySchema.nullable(),
  });
