import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import { ActionSet, addTo, bitsOf, hasBit, type Mask } from '../iam/action-set.ts';
import { evaluate } from '../iam/evaluate.ts';
import { type Held, heldOf } from '../iam/held.ts';
import { type Holder, hasLimits } from '../iam/holder.ts';
import type { Policy } from '../iam/policy.ts';
import { requestOf } from '../iam/request.ts';
import { layersOfWitness, proveReach } from '../iam/witness.ts';
import type { Universe } from './universe.ts';
import type { Kept, Usage } from './usage.ts';

/** What became of a permission that an identity holds today. */
export type Fate = 'removed' | `kept-${Kept}`;
export const fates = [
  'removed',
  'kept-used',
  'kept-untrackable',
  'kept-not-measured',
] as const satisfies readonly Fate[];

/** What evaluation says of one holder before and after, over every action asked, on the resources of its own account. */
export interface Change {
  readonly lost: readonly string[];
  /** Open after and not before, or in more contexts: must be none. */
  readonly gained: readonly string[];
}

export interface Proof {
  /** Actions asked: all that AWS lists, and what the policies and the report name beside. */
  readonly asked: number;
  /** By the identity's own policies, boundary, SCPs and RCPs aside. */
  readonly nominal: Change;
  /** With boundary, SCPs and RCPs, as far as they were read. */
  readonly effective: Change;
  /** Used actions for which a request that passes today was found, and passes under the new policies as well. */
  readonly requests: number;
  readonly diff: Readonly<Record<Fate, readonly string[]>>;
}

/** A proposal that takes something away that was not unused, or adds something: a bug, so that nothing may come of it. */
export class ProofError extends Error {
  override readonly name = 'ProofError';
}

export interface Claim {
  readonly nominal: Holder;
  readonly effective: Holder;
  readonly policies: readonly Policy[];
  readonly universe: Universe;
  readonly usage: Usage;
}

/** Evaluates today's and the new policies over every action. Throws `ProofError` where more is lost than was unused, or anything gained. */
export function proofOf({ nominal, effective, policies, universe, usage }: Claim): Proof {
  const own = changeOf(nominal, policies, universe);
  const limited = hasLimits(effective) ? changeOf(effective, policies, universe) : own;
  const diff = diffOf(nominal.identity, policies, universe, usage);
  const wrong = [...diff.removed, ...own.lost, ...limited.lost].filter((action) => usage.of(action) !== 'unused');
  if (wrong.length > 0) throw new ProofError(`the new policy would take away what was not unused: ${some(wrong)}`);
  const gained = [...own.gained, ...limited.gained];
  if (gained.length > 0) throw new ProofError(`the new policy would open more than today's: ${some(gained)}`);
  return {
    asked: universe.sets.reduce((sum, { names }) => sum + names.length, 0),
    nominal: { lost: own.lost, gained: own.gained },
    effective: { lost: limited.lost, gained: limited.gained },
    requests: requestsThatPass(effective, policies, diff['kept-used']),
    diff,
  };
}

/**
 * Today's grants by what becomes of them: of the Allows alone, also on resources of other accounts, which no reach over the own account
 * shows, and whatever a Deny takes back.
 */
function diffOf(
  before: readonly Policy[],
  after: readonly Policy[],
  universe: Universe,
  usage: Usage,
): Record<Fate, string[]> {
  const diff: Record<Fate, string[]> = {
    removed: [],
    'kept-used': [],
    'kept-untrackable': [],
    'kept-not-measured': [],
  };
  for (const set of universe.sets) {
    const [was, is] = [allowedIn(before, set), allowedIn(after, set)];
    const either = was.slice();
    addTo(either, is);
    for (const at of bitsOf(either)) {
      const action = set.names[at];
      if (action === undefined) break; // a NotAction sets the bits behind the last action too
      if (!hasBit(was, at)) throw new ProofError(`the new policy would name ${action} anew`);
      const use = usage.of(action);
      if (!hasBit(is, at)) diff.removed.push(action);
      else if (use === 'unused') throw new ProofError(`the new policy would keep ${action}, which was not used`);
      else diff[`kept-${use}` as const].push(action);
    }
  }
  return diff;
}

function allowedIn(policies: readonly Policy[], set: ActionSet): Mask {
  const mask = set.empty();
  for (const { statements } of policies)
    for (const statement of statements) if (statement.effect === 'Allow') addTo(mask, set.maskOf(statement));
  return mask;
}

const some = (actions: readonly string[]): string => actions.slice(0, 5).join(', ');

function changeOf(holder: Holder, policies: readonly Policy[], { sets }: Universe): Change {
  const after = { ...holder, identity: policies };
  const found = sets.map((set) => compared(set, heldOf(holder, set), heldOf(after, set)));
  return {
    lost: found.flatMap(({ lost }) => lost),
    gained: found.flatMap(({ gained }) => gained),
  };
}

function compared({ names }: ActionSet, before: Held, after: Held): Change {
  const [lost, gained]: [string[], string[]] = [[], []];
  for (const at of differingIn(before, after)) {
    const [name = '', was, is] = [names[at], degree(before, at), degree(after, at)];
    if (is > was) gained.push(name);
    else if (is < was) lost.push(name);
  }
  return { lost, gained };
}

/** The places at which two answers may differ. */
function differingIn(before: Held, after: Held): Iterable<number> {
  const mask = before.allowed.slice();
  for (let at = 0; at < mask.length; at++)
    mask[at] =
      ((before.allowed[at] ?? 0) ^ (after.allowed[at] ?? 0)) |
      ((before.conditional[at] ?? 0) ^ (after.conditional[at] ?? 0));
  return bitsOf(mask);
}

/** 0 denied, 1 under conditions, 2 allowed: less of it counts as lost. */
const degree = ({ allowed, conditional }: Held, at: number): number =>
  hasBit(allowed, at) ? 2 : hasBit(conditional, at) ? 1 : 0;

/** For each action a concrete request that passes today: it must pass after. Where none was found, nothing is proven by it. */
function requestsThatPass(holder: Holder, policies: readonly Policy[], actions: readonly string[]): number {
  let found = 0;
  for (const action of actions) {
    const { witness } = proveReach(holder, new ActionSet([action], resourceSpaceOf), null);
    if (witness === null) continue;
    const request = requestOf({
      principal: holder.caller.arn,
      action,
      resource: witness.resource,
      resourceAccount: holder.caller.account,
      context: holder.knowledge.with(witness.context),
    });
    const layers = layersOfWitness({ ...holder, identity: policies }, witness);
    if (evaluate({ ...request, managementAccount: '' }, layers).decision !== 'Allowed')
      throw new ProofError(`the new policy would stop a request for ${action} that passes today`);
    found++;
  }
  return found;
}
