import { type ActionSet, type Mask, setBit } from './action-set.ts';
import { type Holder, Position, type Spoken } from './holder.ts';
import { reachOf, type Verdict } from './reach.ts';
import type { View } from './view.ts';

/** What a holder can do of a set of actions: whatever is in neither mask is denied. */
export interface Held {
  readonly allowed: Mask;
  readonly conditional: Mask;
}

/** The reach of a holder over a whole set of actions: as `reach` of each, found once for all that cannot differ. */
export function heldOf(holder: Holder, set: ActionSet): Held {
  const held = { allowed: set.empty(), conditional: set.empty() };
  for (const { verdict, group } of verdictsOf(holder, set))
    if (verdict !== 'denied') for (const at of group) setBit(held[verdict], at);
  return held;
}

/** Whether a holder can do anything of a set at all, on some condition or none: found with the first that is not denied. */
export function holdsAny(holder: Holder, set: ActionSet): boolean {
  for (const { verdict } of verdictsOf(holder, set)) if (verdict !== 'denied') return true;
  return false;
}

interface Found {
  readonly verdict: Verdict;
  readonly group: readonly number[];
}

/** Groups of actions and their verdict: the same statements speak on them, and they act on the same or no statement tells resources apart. */
function* verdictsOf(holder: Holder, set: ActionSet): Generator<Found> {
  const position = new Position(holder);
  const where = { caller: holder.caller, resource: null };
  for (const group of position.groups(set)) {
    const spoken = position.on(set, group[0] ?? 0);
    const parts = isOfAnything(spoken) ? [group] : Map.groupBy(group, (at) => set.spaceAt(at)).values();
    for (const part of parts) {
      const space = set.spaceAt(part[0] ?? 0);
      yield { verdict: reachOf({ ...spoken, space }, holder.knowledge, where).verdict, group: part };
    }
  }
}

/** Whether every statement speaks of every resource, so that it does not matter on what an action acts. */
const isOfAnything = ({ gates, denies }: Spoken): boolean =>
  gates.every(({ allows }) => allows.every(speaksOfAnything)) && denies.every(speaksOfAnything);

const speaksOfAnything = ({ statement, patterns }: View): boolean => !statement.notResource && patterns.includes('*');
