import type { ActionSet } from './action-set.ts';
import type { Condition } from './condition.ts';
import { type Gate, type Holder, Position, type Spoken } from './holder.ts';
import type { Knowledge } from './knowledge.ts';
import type { Caller } from './principal.ts';
import type { Layer } from './request.ts';
import { samplesOfAll, shared, type Zone, zonesOf } from './space.ts';
import { mayMeet, surelyCovers, truthOn, type View } from './view.ts';

export type Verdict = 'allowed' | 'conditional' | 'denied';

/**
 * What a principal can do with an action over all contexts, with what the principal fixes held fixed, and over the account's resources
 * of the types that the action acts on (`*` where it acts on none); over all its resources where the types are not known.
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

/** The reach of one holder and the first action of a set, on what the action can act on in the account or on one resource. */
export function reach(holder: Holder, action: ActionSet, resource: string | null = null): Reach {
  return reachOf(new Position(holder).on(action, 0), holder.knowledge, { caller: holder.caller, resource });
}

export interface Where {
  readonly caller: Caller;
  /** Null = any resource of the caller's account that the action can act on. */
  readonly resource: string | null;
}

/** Classifies what speaks on an action. */
export function reachOf({ gates, denies, space }: Spoken, knowledge: Knowledge, { caller, resource }: Where): Reach {
  const zones = resource === null ? zonesOf(space, caller) : [{ pattern: resource, single: true }];
  const on = (view: View): boolean => zones.some((zone) => maySpeakOn(view, zone, knowledge));
  const open = gates.map((gate) => ({ ...gate, allows: gate.allows.filter(on) }));
  const missing = open.filter(({ allows }) => allows.length === 0).map(({ layer, level }) => ({ layer, level }));
  if (missing.length > 0) return { ...nothing, missing };
  const stopping = denies.filter(on);
  const live = zones.flatMap((zone) => (zone.single ? liveOne : livePatterns)(zone, open, stopping, knowledge));
  if (live.length === 0)
    return { ...nothing, because: stopping.filter(({ truth, firm }) => truth === 'always' && firm) };
  for (const sample of samplesIn(live, caller.account)) {
    const carrying = carryingOn(sample, open, stopping, knowledge);
    if (carrying !== null) return { ...nothing, verdict: 'allowed', because: carrying, resource: sample };
  }
  return conditional(open, stopping);
}

const maySpeakOn = (view: View, { pattern, single }: Zone, knowledge: Knowledge): boolean =>
  single ? truthOn(view, pattern, knowledge) !== 'never' : mayMeet(view, pattern);

/** What may get through: one resource, or what some patterns all name. */
type Live = { readonly single: string } | { readonly single?: never; readonly patterns: readonly string[] };

/** Found one by one: the first is nearly always enough. */
function* samplesIn(live: readonly Live[], account: string): Generator<string> {
  for (const place of live)
    if (place.single === undefined) yield* samplesOfAll(place.patterns, account);
    else yield place.single;
}

/** One resource, where every gate may open and no Deny surely speaks. */
function liveOne({ pattern }: Zone, gates: readonly Gate[], denies: readonly View[], knowledge: Knowledge): Live[] {
  const opens = gates.every(({ allows }) => allows.some((view) => truthOn(view, pattern, knowledge) !== 'never'));
  return opens && !denies.some((view) => truthOn(view, pattern, knowledge) === 'always') ? [{ single: pattern }] : [];
}

/** What the patterns of the first gate share with a zone, as far as every other gate may meet it and no Deny surely covers it. */
function livePatterns({ pattern }: Zone, gates: readonly Gate[], denies: readonly View[]): Live[] {
  const [first, ...others] = gates;
  const named = first === undefined ? ['*'] : patternsOf(first.allows); // no gate at all: a root user whom nothing limits
  return named
    .map((it) => shared(it, pattern))
    .filter(
      (patterns) =>
        patterns.length > 0 &&
        others.every(({ allows }) => allows.some((view) => patterns.every((it) => mayMeet(view, it)))) &&
        !denies.some((view) => patterns.some((it) => surelyCovers(view, it))),
    )
    .map((patterns) => ({ patterns }));
}

/** What the Allows of a gate name: a `NotResource` may name anything. */
const patternsOf = (allows: readonly View[]): string[] => [
  ...new Set(allows.flatMap(({ statement, patterns }) => (statement.notResource ? ['*'] : patterns))),
];

const nothing: Reach = { verdict: 'denied', because: [], conditions: [], missing: [], resource: null };

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
