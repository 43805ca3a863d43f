import { z } from 'zod';

// What several result tables share.

/** An account id. */
export const account = z.string().regex(/^\d{12}$/);

/** Whether an AI service may act as an identity: `unread` where a trust policy could not be read. */
export const agentWords = ['yes', 'no', 'unread'] as const;
export type AgentWord = (typeof agentWords)[number];

/** Sensitive permissions of one identity by state; `held` counts those of a too-new identity as well. */
export const pairCounts = z.strictObject({
  held: z.number().int(),
  used: z.number().int(),
  unused: z.number().int(),
  untrackable: z.number().int(),
  unread: z.number().int(),
});
export type PairCounts = z.infer<typeof pairCounts>;

export const pairStates = ['used', 'unused', 'untrackable', 'unread', 'too-new'] as const;
export type PairState = (typeof pairStates)[number];

/** Where a guardrail stands in an account (design §4). */
export const guardrailGrades = [
  'enforced',
  'enforced-with-exceptions',
  'partial',
  'absent',
  'not-applicable',
  'not-measured',
] as const;

/** On whose behalf an AI service may act as a role, from the narrowest to the widest; subjects are those of web identity tokens. */
export const deputyGrades = [
  'own-account',
  'organization',
  'named-subjects',
  'named-accounts',
  'any-subject',
  'any-account',
  'not-measured',
] as const;
export type DeputyGrade = (typeof deputyGrades)[number];
