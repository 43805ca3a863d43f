import type { PolicyChains } from '../domain/facts.ts';
import type { AccountId } from '../domain/ids.ts';
import type { PlannedAccount } from '../domain/night.ts';
import type { Fence } from '../guardrails/prove.ts';
import { fullAccess } from '../iam/full-access.ts';
import type { Policy } from '../iam/policy.ts';
import { type Doubt, limitsOf } from './holders.ts';

/** What stands around one account. */
export interface AccountFence {
  readonly account: AccountId;
  /** False for the management account: no SCP binds it. */
  readonly bound: boolean;
  readonly fence: Fence;
  /** Policies on the path that could not be read: they may stop more. */
  readonly doubts: readonly Doubt[];
  /** The level of SCPs that are not attached yet. */
  readonly trying: number | null;
}

/** The policies on an account's path. `more`: SCPs that are not attached yet, as if they were. */
export function accountFence(
  shared: PolicyChains,
  { account, ou }: Pick<PlannedAccount, 'account' | 'ou'>,
  more: readonly Policy[] = [],
): AccountFence {
  const { scps, rcps, doubts } = limitsOf(shared, { account, ou });
  const { organization, managementAccount, roots, partition } = shared;
  const id = organization.kind === 'known' ? organization.value : null;
  const root = roots.kind === 'known' ? roots.value[0] : undefined;
  const orgPath = id === null || root === undefined ? null : `${[id, root, ...ou].join('/')}/`;
  const bound = managementAccount.kind === 'unknown' || managementAccount.value !== account;
  const trying = bound && more.length > 0 ? scps.length : null;
  return {
    account,
    bound,
    trying,
    fence: { account, partition, organization: id, orgPath, scps: withMore(scps, bound ? more : []), rcps },
    doubts,
  };
}

/**
 * An SCP chain with more policies. They stand beside AWS's FullAWSAccess on a level of their own, so that only what they deny counts: an
 * Allow adds nothing where everything is allowed already.
 */
export const withMore = (scps: Fence['scps'], more: readonly Policy[]): Fence['scps'] =>
  more.length === 0 ? scps : [...scps, [fullAccess, ...more]];

/** An account that nothing is known of but that some SCPs are attached above it, and perhaps its partition. */
export const fenceAlone = (account: AccountId, scps: readonly Policy[], partition?: string): AccountFence => ({
  account,
  bound: true,
  trying: 0,
  fence: { account, partition, organization: null, scps: withMore([], scps), rcps: [] },
  doubts: [],
});
