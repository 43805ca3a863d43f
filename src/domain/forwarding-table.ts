import { z } from 'zod';
import { account } from './table-parts.ts';

/** What becomes of events once they are recorded, from the best. */
export const forwardingGrades = ['monitored', 'forwarded', 'stored-only', 'not-recorded', 'not-measured'] as const;
export type ForwardingGrade = (typeof forwardingGrades)[number];

export const routeKinds = [
  'alarm',
  'metric-filter',
  'subscription',
  'subscription-policy',
  'event-rule',
  'log-group',
  'event-data-store',
  'bucket',
] as const;

const number = z.number().int();

/**
 * One AI event class of one account (docs/forwarding.md). `grade`: the worst over the Regions where it is recorded; `regions`: how many have
 * which; `routes`: where its events go in the worst of them; `missing`: the one piece that would make the class monitored, with `command`.
 */
export const forwardingRow = z.strictObject({
  id: z.string(),
  account,
  eventClass: z.string(),
  core: z.boolean(),
  grade: z.enum(forwardingGrades),
  regions: z.strictObject({
    monitored: number,
    forwarded: number,
    'stored-only': number,
    'not-recorded': number,
    'not-measured': number,
  }),
  routes: z.array(
    z.strictObject({
      kind: z.enum(routeKinds),
      name: z.string(),
      to: z.array(z.string()).describe('what it tells or sends to'),
    }),
  ),
  why: z.string().nullable().describe('why it is not known, or how much better it may be'),
  missing: z.string().nullable(),
  target: z
    .string()
    .nullable()
    .describe('what the command changes: ARN of a log group or trail, name of a rule; null = it makes something new'),
  runIn: account.nullable().describe('whose credentials the command needs; null = it is one of assay, which tells'),
  command: z.string().nullable(),
});
export type ForwardingRow = z.infer<typeof forwardingRow>;
