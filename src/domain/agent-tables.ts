import { z } from 'zod';
import { identityKinds } from './identity.ts';
import { account, agentWords, deputyGrades, guardrailGrades, pairCounts, pairStates } from './table-parts.ts';

// The tables of agent identities (docs/agents.md).

/**
 * One role that an AI service may act as: an agent identity. `services`: AI service principals that its trust policy lets in; `audiences`:
 * AI audiences of web identity tokens; `witness`: a request on behalf of somebody else that gets through; `sourceless`: whether one that
 * names no source does; `sensitive`: of sensitive permissions on effective policies; `classes`: those of them that are held.
 */
export const agentRow = z.strictObject({
  id: z.string(),
  account,
  arn: z.string(),
  name: z.string(),
  kind: z.enum(identityKinds),
  services: z.array(z.string()),
  audiences: z.array(z.string()),
  deputy: z.enum(deputyGrades),
  why: z.string(),
  sourceless: z.boolean(),
  witness: z
    .strictObject({
      principal: z.string(),
      action: z.string(),
      resource: z.string(),
      context: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    })
    .nullable(),
  activity: z.enum(['used', 'unused', 'unread']),
  tooNew: z.boolean(),
  sensitive: pairCounts.nullable(),
  classes: z.array(z.string()),
});
export type AgentRow = z.infer<typeof agentRow>;

/**
 * One identity that can change what AI agents of its account do (class *agent takeover*, effective). `objects`: what it changes; `owns`: what
 * makes it an owner, agent roles that it may pass and workspaces that it administers; `unowned`: the actions on what it does not own.
 */
export const takeoverRow = z.strictObject({
  id: z.string(),
  account,
  arn: z.string(),
  name: z.string(),
  kind: z.enum(identityKinds),
  agent: z.enum(agentWords),
  actions: z.array(z.string()),
  objects: z.array(z.string()),
  certainty: z.enum(['allowed', 'conditional', 'unread']),
  state: z.enum(pairStates),
  owns: z.array(z.string()),
  unowned: z.array(z.string()),
});
export type TakeoverRow = z.infer<typeof takeoverRow>;

/** Identities by what they can do with a workspace; `listed`: whether all of the account were; `unread`: those whose policies leave it open; `named`: the first 20. */
const reachers = z.strictObject({
  listed: z.boolean(),
  allowed: z.number().int(),
  conditional: z.number().int(),
  unread: z.number().int(),
  named: z.array(z.string()),
});

/** Where a workspace was seen: Cloud Control lists it, a recorded management event or an ARN in a policy names it. */
export const workspaceSources = ['cloud-control', 'event', 'policy'] as const;
export type WorkspaceSource = (typeof workspaceSources)[number];

/**
 * One workspace of Claude Platform. `sources`: where it was seen; `region` null where only a policy with an open Region names it; `admins` and
 * `users`: identities of the account that may change it, or run models and agents in it or read their content; `fence`: the grade of the allow-list guardrails.
 */
export const workspaceRow = z.strictObject({
  id: z.string(),
  account,
  region: z.string().nullable(),
  workspace: z.string(),
  name: z.string().nullable(),
  sources: z.array(z.enum(workspaceSources)),
  lastEvent: z.string().nullable().describe('newest recorded management event on it, in 90 days'),
  admins: reachers,
  users: reachers,
  fence: z.strictObject({ data: z.enum(guardrailGrades), admin: z.enum(guardrailGrades) }),
});
export type WorkspaceRow = z.infer<typeof workspaceRow>;
