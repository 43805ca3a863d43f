import { servicesOpenedBy } from '../catalogue/credential-services.ts';
import { guardrailSettings } from '../domain/guardrail-settings.ts';
import type { KeyUse } from '../domain/tables.ts';
import type { Probe } from '../guardrails/define.ts';
import { isPrincipalKey } from '../guardrails/exemption.ts';
import { type Fence, holderOf } from '../guardrails/fence.ts';
import { noLongTermAiKeyUse } from '../guardrails/index.ts';
import { prove } from '../guardrails/prove.ts';
import { ActionSet } from '../iam/action-set.ts';
import { type Knowledge, variablesIn } from '../iam/knowledge.ts';
import { reach } from '../iam/reach.ts';
import type { AccountFence } from './fences.ts';

/** Who signs with a key, as far as it was read. */
export interface KeyUser {
  /** Null where only a listing of credentials names the user. */
  readonly arn: string | null;
  /** Null where they were not read. */
  readonly tags: Readonly<Record<string, string>> | null;
}

/**
 * Whether the policies on an account's path deny a long-term key to its own user: every call with it, on every prefix that the key opens
 * (design §3). `open` where some call may get through; unknown where that hangs on what was not read of the user or of the policies.
 */
export function keyUseOf(service: string, user: KeyUser, { account, bound, fence, doubts }: AccountFence): KeyUse {
  if (!bound) return 'open';
  const opened = new Set(servicesOpenedBy(service));
  const probes = noLongTermAiKeyUse
    .probes({ account, partition: fence.partition, ...guardrailSettings })
    .filter(({ action }) => opened.has(action.slice(0, action.indexOf(':'))));
  if (probes.length === 0) return 'not-measured'; // what such a key opens is not known to the guardrail
  const uses = probes.map((probe) => useOf(probe, user, fence));
  if (uses.every((use) => use === 'denied')) return 'denied';
  // A policy that was not read may deny what the others let through.
  return doubts.length === 0 && uses.includes('open') ? 'open' : 'not-measured';
}

function useOf(probe: Probe, { arn, tags }: KeyUser, fence: Fence): KeyUse {
  if (prove(probe, fence, { witness: false }).state === 'closed') return 'denied';
  const anybody = holderOf(probe, fence, arn);
  const holder = tags === null ? anybody : { ...anybody, knowledge: withTags(anybody.knowledge, tags) };
  const { verdict, conditions } = reach(holder, new ActionSet([probe.action]), probe.resource);
  if (verdict === 'denied') return 'denied';
  const asked = conditions.flatMap(({ condition: { key, values } }) => [key, ...values.flatMap(variablesIn)]);
  const hangsOnUser = asked.some((key) => isPrincipalKey(key) && !holder.knowledge.isFixed(key));
  return hangsOnUser ? 'not-measured' : 'open';
}

/** A user's requests carry its tags and no others. */
const withTags = (knowledge: Knowledge, tags: Readonly<Record<string, string>>): Knowledge =>
  knowledge.fixing(
    Object.fromEntries(Object.entries(tags).map(([key, value]) => [`aws:PrincipalTag/${key}`, [value]])),
    ['aws:principaltag/'],
  );
