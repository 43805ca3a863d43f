import { z } from 'zod';
import { changeRow } from './change-table.ts';
import { weekSchema } from './week.ts';

/** What `assay week --json` prints: the summary of the week with the rows of its table. */
export const weekJsonSchema = weekSchema.omit({ schema: true }).extend({
  schema: z.literal('assay/week-report/1'),
  seal: z.strictObject({ seq: z.number().int(), key: z.string(), head: z.string() }),
  exitCode: z.number().int(),
  rows: z.array(changeRow),
});
