import { type ActionSet, type Mask, setBit } from './action-set.ts';
import { type Holder, Position } from './holder.ts';
import { reachOf } from './reach.ts';

/** What a holder can do of a set of actions: whatever is in neither mask is denied. */
export interface Held {
  readonly allowed: Mask;
  readonly conditional: Mask;
}

/** The reach of a holder over a whole set of actions: as `reach` of each, found once for all on which the same statements speak. */
export function heldOf(holder: Holder, set: ActionSet): Held {
  const held = { allowed: set.empty(), conditional: set.empty() };
  const position = new Position(holder);
  for (const group of position.groups(set)) {
    const [first = 0] = group;
    const where = { account: holder.caller.account, resource: null };
    const { verdict } = reachOf(position.on(set, first), holder.knowledge, where);
    if (verdict === 'denied') continue;
    for (const at of group) setBit(held[verdict], at);
  }
  return held;
}

/** Whether a holder can do anything of a set at all, on some condition or none: found with the first that is not denied. */
export function holdsAny(holder: Holder, set: ActionSet): boolean {
  const position = new Position(holder);
  const where = { account: holder.caller.account, resource: null };
  return position
    .groups(set)
    .some(([first = 0]) => reachOf(position.on(set, first), holder.knowledge, where).verdict !== 'denied');
}
