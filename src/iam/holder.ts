import type { ResourceSpace } from '../domain/resource-space.ts';
import { type ActionSet, addTo, bitsOf, hasBit, type Mask, setBit } from './action-set.ts';
import type { Knowledge } from './knowledge.ts';
import type { Policy } from './policy.ts';
import type { Caller } from './principal.ts';
import { supportsRcp } from './rcp-services.ts';
import { holdsPolicies, type Layers, listsAllows } from './request.ts';
import { type View, viewsOf } from './view.ts';

/** A principal and everything that limits it. */
export interface Holder {
  readonly caller: Caller;
  readonly knowledge: Knowledge;
  readonly identity: readonly Policy[];
  readonly boundary: readonly Policy[] | null;
  /** Empty where no SCP binds: the management account, service-linked roles, no organisation. */
  readonly scps: Layers['scps'];
  /** Of the account's own resources. */
  readonly rcps: Layers['rcps'];
}

/** Whether anything but its own policies limits a holder. */
export const hasLimits = ({ boundary, scps, rcps }: Holder): boolean =>
  boundary !== null || scps.length > 0 || rcps.length > 0;

/** The views of one layer that must allow; an SCP level is a layer of its own. */
export interface Gate {
  readonly layer: View['layer'];
  readonly level: number | null;
  readonly allows: readonly View[];
}

/** What speaks on one action: the gates that must each allow, and every Deny. */
export interface Spoken {
  readonly gates: readonly Gate[];
  readonly denies: readonly View[];
  /** What the action acts on; null where that is not known. */
  readonly space: ResourceSpace | null;
}

/** A holder's statements, seen once: which of them matter to an action is then a matter of bits. */
export class Position {
  readonly holder: Holder;
  readonly #gates: readonly Gate[];
  readonly #rcpGates: readonly Gate[];
  readonly #denies: readonly View[];
  readonly #rcpDenies: readonly View[];

  constructor(holder: Holder) {
    this.holder = holder;
    const { identity, boundary, scps, rcps } = holder;
    const owns = holdsPolicies(holder.caller);
    const see = (policies: readonly Policy[], layer: View['layer'], level: number | null = null) => ({
      layer,
      level,
      views: viewsOf(policies, { layer, level }, holder.knowledge, holder.caller.account),
    });
    const own = [
      ...(owns ? [see(identity, 'identity')] : []),
      ...(owns && boundary !== null ? [see(boundary, 'boundary')] : []),
      ...scps.map((level, at) => see(level, 'scp', at)),
    ];
    const onResources = rcps.map((level, at) => see(level, 'rcp', at));
    this.#gates = own.map(gateOf);
    this.#rcpGates = listsAllows(rcps) ? onResources.map(gateOf) : [];
    this.#denies = own.flatMap(deniesOf);
    this.#rcpDenies = onResources.flatMap(deniesOf);
  }

  /** What speaks on an action of a set. */
  on(set: ActionSet, at: number): Spoken {
    const bound = hasBit(rcpBound(set), at);
    const speaks = ({ statement }: View): boolean => hasBit(set.maskOf(statement), at);
    const gates = bound ? [...this.#gates, ...this.#rcpGates] : this.#gates;
    const denies = bound ? [...this.#denies, ...this.#rcpDenies] : this.#denies;
    return {
      gates: gates.map((gate) => ({ ...gate, allows: gate.allows.filter(speaks) })),
      denies: denies.filter(speaks),
      space: set.spaceAt(at),
    };
  }

  /** The actions of a set that the holder's own policies allow at all; for root all of them. */
  nominated(set: ActionSet): Mask {
    const mask = set.empty();
    const identity = this.#gates.find(({ layer }) => layer === 'identity');
    if (identity === undefined) return mask.fill(0xffffffff);
    for (const { statement } of identity.allows) addTo(mask, set.maskOf(statement));
    return mask;
  }

  /**
   * Actions of a set on which the very same statements speak, together: whatever is found of one holds for all. Only those that the
   * holder's own policies allow at all.
   */
  groups(set: ActionSet): number[][] {
    const views = [...this.#gates, ...this.#rcpGates]
      .flatMap(({ allows }) => allows)
      .concat(this.#denies, this.#rcpDenies);
    const masks = [rcpBound(set), ...new Set(views.map(({ statement }) => set.maskOf(statement)))];
    const groups = new Map<string | number, number[]>();
    for (const at of bitsOf(this.nominated(set))) {
      if (at >= set.names.length) break;
      const key = signature(masks, at);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [at]);
      else group.push(at);
    }
    return [...groups.values()];
  }
}

const boundOf = new WeakMap<ActionSet, Mask>();

/** The actions of a set that RCPs speak on, found once. */
function rcpBound(set: ActionSet): Mask {
  let mask = boundOf.get(set);
  if (mask === undefined) {
    mask = set.empty();
    for (const [at, name] of set.names.entries()) if (supportsRcp(name.toLowerCase())) setBit(mask, at);
    boundOf.set(set, mask);
  }
  return mask;
}

/** Which masks have a bit, as one value: a number where there are few of them. */
function signature(masks: readonly Mask[], at: number): string | number {
  const [word, bit] = [at >>> 5, at & 31];
  let [part, text] = [0, ''];
  for (const [place, mask] of masks.entries()) {
    part = part * 2 + (((mask[word] ?? 0) >>> bit) & 1);
    if (place % wordBits !== wordBits - 1) continue;
    text += `${part},`;
    part = 0;
  }
  return text === '' ? part : text + part;
}

/** So many bits stay a small integer. */
const wordBits = 30;

interface Seen {
  readonly layer: View['layer'];
  readonly level: number | null;
  readonly views: readonly View[];
}

const gateOf = ({ layer, level, views }: Seen): Gate => ({
  layer,
  level,
  allows: views.filter(({ statement }) => statement.effect === 'Allow'),
});

const deniesOf = ({ views }: Seen): readonly View[] => views.filter(({ statement }) => statement.effect === 'Deny');
