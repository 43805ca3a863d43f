import { escalationSets } from '../catalogue/escalation.ts';
import { resourceSpaceOf } from '../catalogue/resource-spaces.ts';
import { ActionSet, type Mask } from '../iam/action-set.ts';
import { type Held, heldOf } from '../iam/held.ts';
import type { Holder } from '../iam/holder.ts';

/** Every action that some escalation set needs. */
const needed = new ActionSet([...new Set(escalationSets.flatMap(({ needs }) => needs))].sort(), resourceSpaceOf);
const places = new Map(needed.names.map((name, at) => [name, at]));
const masks = escalationSets.map(({ id, needs }) => ({ id, mask: maskOf(needs) }));

function maskOf(actions: readonly string[]): Mask {
  const mask = needed.empty();
  for (const action of actions) {
    const at = places.get(action) ?? 0;
    mask[at >>> 5] = (mask[at >>> 5] ?? 0) | (1 << (at & 31));
  }
  return mask;
}

/** The escalation sets of which a holder holds every permission, at least under conditions. */
export function openEscalations(holder: Holder): string[] {
  const held = heldOf(holder, needed);
  return masks.filter(({ mask }) => isWithin(mask, held)).map(({ id }) => id);
}

const isWithin = (mask: Mask, { allowed, conditional }: Held): boolean =>
  mask.every((word, at) => (word & ~((allowed[at] ?? 0) | (conditional[at] ?? 0))) === 0);
