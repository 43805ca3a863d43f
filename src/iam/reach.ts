import { ActionSet } from './action-set.ts';
import type { Condition } from './condition.ts';
import { type Gate, type Holder, Position, type Spoken } from './holder.ts';
import type { Knowledge } from './knowledge.ts';
import { sampleOf } from './patterns.ts';
import type { Layer } from './request.ts';
import { mayMeet, surelyCovers, truthOn, type View } from './view.ts';

export type Verdict = 'allowed' | 'conditional' | 'denied';

/**
 * What a principal can do with an action over the account's resources and all contexts, with what the principal fixes held fixed.
 *
 * `allowed`: some resource in every context; `conditional`: something may get through, or nothing could be proven; `denied`: nothing
 * does. Sound: never `denied` when some such request is allowed. Policies of resources take no part: they can open more, or less.
 */
export interface Reach {
  readonly verdict: Verdict;
  /** Allowed: the Allows that carry it. Denied: the Denies that stop it. Conditional: both kinds, as far as they matter. */
  readonly because: readonly View[];
  /** Conditions that decide, of Allows (must hold) and of Denies (must not). */
  readonly conditions: readonly { readonly effect: 'Allow' | 'Deny'; readonly condition: Condition }[];
  /** The layers that allow nothing of it. */
  readonly missing: readonly { readonly layer: Layer; readonly level: number | null }[];
  /** A resource on which `allowed` holds. */
  readonly resource: string | null;
}

/** The reach of one holder and one action, on any resource of the account or on one. */
export function reach(holder: Holder, action: string, resource: string | null = null): Reach {
  const set = new ActionSet([action]);
  const spoken = new Position(holder).on(set, 0);
  return reachOf(spoken, holder.knowledge, { account: holder.caller.account, resource });
}

export interface Where {
  readonly account: string;
  /** Null = any resource of the account. */
  readonly resource: string | null;
}

/** Classifies what speaks on an action. */
export function reachOf({ gates, denies }: Spoken, knowledge: Knowledge, where: Where): Reach {
  const { resource } = where;
  const on = (view: View): boolean => resource === null || truthOn(view, resource, knowledge) !== 'never';
  const open = gates.map((gate) => ({ ...gate, allows: gate.allows.filter(on) }));
  const missing = open.filter(({ allows }) => allows.length === 0).map(({ layer, level }) => ({ layer, level }));
  if (missing.length > 0) return { ...nothing, missing };
  const stopping = denies.filter(on);
  const live = livePatterns(open, stopping, resource);
  if (live.length === 0)
    return { ...nothing, because: stopping.filter(({ truth, firm }) => truth === 'always' && firm) };
  for (const pattern of live) {
    const sample = resource ?? sampleOf(pattern, where.account);
    const carrying = sample === undefined ? null : carryingOn(sample, open, stopping, knowledge);
    if (carrying !== null) return { ...nothing, verdict: 'allowed', because: carrying, resource: sample ?? null };
  }
  return conditional(open, stopping);
}

const nothing: Reach = { verdict: 'denied', because: [], conditions: [], missing: [], resource: null };

/** The patterns of the first gate that every other gate may meet and no Deny surely covers. */
function livePatterns(gates: readonly Gate[], denies: readonly View[], resource: string | null): string[] {
  const [first, ...others] = gates;
  const named = first === undefined ? ['*'] : patternsOf(first.allows); // no gate at all: a root user whom nothing limits
  const patterns = resource === null ? named : [resource];
  return patterns.filter(
    (pattern) =>
      others.every(({ allows }) => allows.some((view) => mayMeet(view, pattern))) &&
      !denies.some((view) => surelyCovers(view, pattern)),
  );
}

/** What the Allows of a gate name: a `NotResource` may name anything. */
const patternsOf = (allows: readonly View[]): string[] => [
  ...new Set(allows.flatMap(({ statement, patterns }) => (statement.notResource ? ['*'] : patterns))),
];

/** The Allows by which every context lets one resource through: null where some gate or Deny depends on the context. */
function carryingOn(
  resource: string,
  gates: readonly Gate[],
  denies: readonly View[],
  knowledge: Knowledge,
): View[] | null {
  if (denies.some((view) => truthOn(view, resource, knowledge) !== 'never')) return null;
  const carrying: View[] = [];
  for (const { allows } of gates) {
    const firm = allows.find((view) => truthOn(view, resource, knowledge) === 'always');
    if (firm === undefined) return null;
    carrying.push(firm);
  }
  return carrying;
}

/** What it depends on: the conditions of Allows, of a gate that has none without, and of Denies. */
function conditional(gates: readonly Gate[], denies: readonly View[]): Reach {
  const deciding = [...gates.flatMap(({ allows }) => allows), ...denies];
  const conditions = deciding.flatMap(({ statement, truth }) =>
    truth === 'maybe' ? statement.conditions.map((condition) => ({ effect: statement.effect, condition })) : [],
  );
  return { ...nothing, verdict: 'conditional', because: deciding, conditions };
}
