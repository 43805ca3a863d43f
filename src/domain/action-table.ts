import { z } from 'zod';

const count = z.number().int();

/** What a person would do, from what it does to figures. The first five are applied to the rows and counted again; the others close findings. */
export const changeKinds = [
  'delete-identity',
  'take-back-permissions',
  'deactivate-ai-key',
  'attach-scp',
  'record-events',
  'open-reading',
  'retire-credentials',
  'delete-phantom-user',
  'restrict-trust',
  'restrict-policy',
  'tell-of-events',
  'setting',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

/** What a change adds to a figure of the organisation, on effective permissions: the difference of two counts. */
export const effectSchema = z.strictObject({
  metric: z.string(),
  numerator: count,
  denominator: count,
  untrackable: count,
  unread: count,
});
export type Effect = z.infer<typeof effectSchema>;

/** Who and what a change touches. */
export const blastSchema = z.strictObject({
  accounts: count,
  identities: count,
  used: count.nullable().describe('identities that used in the window what it takes away; null = it cannot be told'),
  words: z.string(),
});
export type Blast = z.infer<typeof blastSchema>;

/**
 * One change that a person would make (docs/actions.md). `account` is `organization` where it is made once for many accounts. `findings`:
 * failing findings that it closes, alone or with the other changes that name them.
 */
export const actionRow = z.strictObject({
  id: z.string(),
  account: z.string(),
  kind: z.enum(changeKinds),
  owner: z.string().describe('tag `owner` of the account, else its OU, else its name'),
  what: z.string(),
  command: z.string().nullable(),
  policy: z.record(z.string(), z.unknown()).nullable().describe('a policy document, ready to be used'),
  blast: blastSchema,
  severity: z.enum(['critical', 'high', 'medium', 'low']).nullable().describe('the worst of its findings'),
  findings: z.array(z.string()),
  effects: z
    .array(effectSchema)
    .describe('on figures of the organisation; none = it moves no headline figure, or it cannot be told'),
});
export type ActionRow = z.infer<typeof actionRow>;

/** A change as one account tells it, before it is known who owns it and which findings it closes. `key` is the same for all that tell of it. */
export interface Change extends Omit<ActionRow, 'owner' | 'severity' | 'findings' | 'id'> {
  readonly key: string;
  /** Other names of findings that it closes: `control/resource`, or the resource alone. */
  readonly closes: readonly string[];
  /** Principals that keep what it takes from everybody else, because they used it. */
  readonly spared?: readonly string[];
  /** The parts of `command`, where accounts that tell of it may each tell of others. */
  readonly commands?: readonly string[];
  /** What a policy of it is written for; left out where it is not known. */
  readonly partition?: string;
}

/** Everything that one account has to change, and what all changes of a kind do together: counted, not added up. */
export interface AccountChanges {
  readonly changes: readonly Change[];
  readonly together: readonly { readonly kind: ChangeKind; readonly effects: readonly Effect[] }[];
  /** Guardrails that do not hold here, and those that hold with exceptions: what decides where an SCP may be attached. */
  readonly fences: readonly { readonly guardrail: string; readonly state: 'open' | 'kept' }[];
}

export const noChanges: AccountChanges = { changes: [], together: [], fences: [] };
