import { z } from 'zod';
import { countedKinds, identityKinds } from './identity.ts';

// The result tables (design §5): one line per row, columns frozen by schema, a stable row id first. Rows come in plan order.

const account = z.string().regex(/^\d{12}$/);
const moment = z.string().nullable();

/** A gap as it stands in tables and JSON: the code, and whatever fields belong to that code. */
export const gapSchema = z.looseObject({ code: z.string() });

/** One IAM user or role. `lastUsed` is the latest last-use date any source gave; `unread` says why activity is not known. */
export const identityRow = z.strictObject({
  id: z.string(),
  account,
  arn: z.string(),
  name: z.string(),
  kind: z.enum(identityKinds),
  created: moment,
  tooNew: z.boolean(),
  activity: z.enum(['used', 'unused', 'unread']),
  lastUsed: moment,
  lastUsedSource: z.string().nullable(),
  unread: gapSchema.nullable(),
});
export type IdentityRow = z.infer<typeof identityRow>;

/** One service-specific credential. `status` is AWS's own word; `live` = Active and not past its expiry; `expires` null = never. */
export const credentialRow = z.strictObject({
  id: z.string(),
  account,
  user: z.string(),
  service: z.string(),
  credentialId: z.string(),
  status: z.string(),
  created: moment,
  expires: moment,
  phantom: z.boolean(),
  ai: z.boolean(),
  live: z.boolean(),
});
export type CredentialRow = z.infer<typeof credentialRow>;

export const coverageStatuses = ['covered', 'partial', 'not-covered', 'not-measured'] as const;
export type CoverageStatus = (typeof coverageStatuses)[number];

/** One cell account × Region × event class. `by`: the trails and stores that give it its status; `why`: what narrows or hides it. */
export const loggingRow = z.strictObject({
  id: z.string(),
  account,
  region: z.string(),
  eventClass: z.string(),
  core: z.boolean(),
  status: z.enum(coverageStatuses),
  by: z.array(z.string()),
  why: z.string().nullable(),
});
export type LoggingRow = z.infer<typeof loggingRow>;

export const accountStatuses = ['measured', 'partial', 'failed', 'suspended', 'skipped'] as const;
export type AccountStatus = (typeof accountStatuses)[number];

/**
 * One figure of one account, by kind of identity where it has kinds. A population that could not be listed tonight counts as unread,
 * as large as it was when last measured; one that was never measured leaves the figure open (design §3).
 */
export const figureSchema = z.strictObject({
  id: z.string(),
  kind: z.enum(['all', ...countedKinds]),
  population: z.enum(['enumerated', 'last-measured', 'never-measured']),
  numerator: z.number().int(),
  denominator: z.number().int(),
  untrackable: z.number().int(),
  unread: z.number().int(),
});
export type Figure = z.infer<typeof figureSchema>;

/** One account of the plan, with its figures. */
export const accountRow = z.strictObject({
  id: z.string(),
  account,
  name: z.string().nullable(),
  ou: z.array(z.string()),
  state: z.string(),
  status: z.enum(accountStatuses),
  reason: z.string().nullable(),
  attempt: z.number().int().nullable(),
  regions: z.number().int(),
  regionsAssumed: z.boolean(),
  untrackedRegions: z.array(z.string()),
  credentialReportAt: moment,
  gaps: z.number().int(),
  figures: z.array(figureSchema),
});
export type AccountRow = z.infer<typeof accountRow>;

/** One thing that could not be read: where, why, and what to do. */
export const gapRow = z.strictObject({
  id: z.string(),
  account: z.string(),
  region: z.string(),
  collector: z.string(),
  operation: z.string(),
  gap: gapSchema,
  cause: z.string(),
  remedy: z.string(),
});
export type GapRow = z.infer<typeof gapRow>;

/** The tables of this version, by folder name under `results/`. */
export const tables = {
  accounts: accountRow,
  identities: identityRow,
  credentials: credentialRow,
  logging: loggingRow,
  gaps: gapRow,
} as const;
export type TableName = keyof typeof tables;
export type TableRow<Name extends TableName> = z.infer<(typeof tables)[Name]>;
