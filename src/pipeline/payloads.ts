import { z } from 'zod';
import { accountId, runId } from '../domain/ids.ts';
import { reportStatusSchema } from '../domain/seal.ts';

// Payloads of the workflow's states, parsed once at the door of each task.

const moment = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'not a moment in whole seconds, UTC');
const source = z.strictObject({ source: z.enum(['aws', 'snapshot', 'simulator']), digest: z.string().nullable() });
const selection = z.strictObject({
  accounts: z.array(z.string()),
  skip: z.array(z.string()),
  ous: z.array(z.string()).default([]),
  tags: z.array(z.string()).optional(),
  states: z.array(z.string()).optional(),
});
const kind = z.enum(['night', 'week']);
const run = z.string().transform(runId);
const account = z.string().transform(accountId);

export const pointer = z.strictObject({ key: z.string(), sha256: z.string() });

export const executionInput = z.strictObject({
  scheduledTime: moment,
  kind,
  input: source,
  selection,
  windowDays: z.number().int().positive(),
});

export const night = z.strictObject({
  run,
  kind,
  clock: moment,
  dt: z.string(),
  windowDays: z.number().int().positive(),
  input: source,
  selection,
  scopeDigest: z.string(),
});

export const planned = z.strictObject({
  account,
  name: z.string().nullable(),
  state: z.string(),
  ou: z.array(z.string()),
  owner: z.string().nullable(),
  ownerRead: z.boolean(),
  action: z.enum(['collect', 'skip']),
  reason: z.enum(['suspended', 'not-selected']).nullable(),
  role: z.string().nullable(),
  lastPopulation: z.record(z.string(), z.number()).nullable(),
});

const place = z.number().int().nonnegative();
export const batch = z.strictObject({ number: z.number().int().positive(), from: place, to: place });
export const receipt = z.strictObject({ account, attempt: z.number().int(), evidence: z.array(pointer) });

/** A failure as Step Functions hands it to a catcher. */
export const failure = z.looseObject({ Error: z.string(), Cause: z.string().default('') });

export const sealReceipt = z.strictObject({
  key: z.string(),
  seq: z.number().int(),
  digest: z.string(),
  kind: z.string(),
});

export const reports = z.array(reportStatusSchema);
