import { z } from 'zod';

const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().nonnegative();

/** What became of one document of the night. */
export const reportStatusSchema = z.strictObject({
  audience: z.enum(['executive', 'team', 'auditor']),
  format: z.enum(['html', 'pdf']),
  status: z.enum(['rendered', 'failed']),
  reason: z.string().nullable(),
});
export type ReportStatus = z.infer<typeof reportStatusSchema>;

/** `seals/seq=NNNNNN/seal.json`, canonical JSON (RFC 8785): what is signed (design §5). Frozen. */
export const sealSchema = z.strictObject({
  schema: z.literal('assay/seal/1'),
  kind: z.enum(['night', 'week', 'failed', 'sign-off']),
  run: z.string(),
  seq: z.number().int().positive(),
  previous: digest.nullable().describe('SHA-256 of the previous seal.json'),
  sums: digest.describe('SHA-256 of SHA256SUMS'),
  summary: digest.nullable().describe('SHA-256 of summary.json'),
  files: count.describe('lines of SHA256SUMS'),
  clock: z.string(),
  sealedAt: z.string(),
  scope: z.string(),
  scopeDigest: digest,
  completeness: z.record(z.string(), count).nullable().describe('accounts by status'),
  counts: z.record(z.string(), count).nullable(),
  versions: z.record(z.string(), z.string()),
  input: z.strictObject({ source: z.enum(['aws', 'snapshot', 'simulator']), digest: z.string().nullable() }),
  reports: z.array(reportStatusSchema),
  failure: z
    .strictObject({ error: z.string(), cause: z.string() })
    .nullable()
    .describe('why the night failed, for kind failed'),
  key: z.strictObject({
    sha256: digest.describe('SHA-256 of key.pem'),
    next: digest.nullable().describe('SHA-256 of the next key, announced'),
  }),
});
export type Seal = z.infer<typeof sealSchema>;
