import { z } from 'zod';

/** One recorded AWS call: a line of an evidence file (design §2). Secrets are dropped before it is made. */
export const transcriptLineSchema = z.strictObject({
  at: z.string().optional().describe('wall clock of a live call; absent where the moment is unknown'),
  region: z.string(),
  operation: z.string().describe('service:Operation, e.g. iam:GetAccountSummary'),
  input: z.record(z.string(), z.unknown()),
  output: z.unknown().optional(),
  error: z.strictObject({ name: z.string(), message: z.string() }).optional(),
  source: z.string().optional().describe('file of the snapshot that held the answer'),
});
export type TranscriptLine = z.infer<typeof transcriptLineSchema>;
