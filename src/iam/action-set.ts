import type { ResourceSpace, ResourceSpaceOf } from '../domain/resource-space.ts';
import type { Statement } from './policy.ts';
import { matchesAction } from './wildcard.ts';

/** One bit for each action of a set. */
export type Mask = Uint32Array;

/** A fixed list of actions, so that what statements say of all of them is a handful of words. Masks are kept by pattern and by statement. */
export class ActionSet {
  /** As AWS spells them. */
  readonly names: readonly string[];
  readonly #lower: readonly string[];
  readonly #byPattern = new Map<string, Mask>();
  readonly #byStatement = new WeakMap<Statement, Mask>();
  readonly #spaceOf: ResourceSpaceOf;
  readonly #spaces: (ResourceSpace | null)[] = [];
  #places: Places | undefined;

  /** `spaceOf` tells what each action acts on; without it nothing is known of that, and every resource is asked about. */
  constructor(names: readonly string[], spaceOf: ResourceSpaceOf = () => null) {
    this.#spaceOf = spaceOf;
    this.names = names;
    this.#lower = names.map((name) => name.toLowerCase());
  }

  empty(): Mask {
    return new Uint32Array((this.names.length + 31) >>> 5);
  }

  /** What an action acts on, looked up when it is first asked for. */
  spaceAt(at: number): ResourceSpace | null {
    let space = this.#spaces[at];
    if (space === undefined) {
      space = this.#spaceOf(this.names[at] ?? '');
      this.#spaces[at] = space;
    }
    return space;
  }

  /** The actions a statement speaks of. */
  maskOf(statement: Statement): Mask {
    const kept = this.#byStatement.get(statement);
    if (kept !== undefined) return kept;
    const mask = this.empty();
    for (const pattern of statement.actions) this.#add(mask, pattern);
    if (statement.notAction) this.#invert(mask);
    this.#byStatement.set(statement, mask);
    return mask;
  }

  /** Adds what a pattern names: one action by its place, what others share by a mask made once. */
  #add(mask: Mask, pattern: string): void {
    if (this.names.length <= few) {
      for (const [at, name] of this.#lower.entries()) if (matchesAction(pattern, name)) setBit(mask, at);
      return;
    }
    if (!isWild(pattern)) {
      const at = this.#placed().byName.get(pattern.toLowerCase());
      if (at !== undefined) setBit(mask, at);
      return;
    }
    let shared = this.#byPattern.get(pattern);
    if (shared === undefined) {
      shared = this.empty();
      for (const at of this.#candidates(pattern)) if (matchesAction(pattern, this.#lower[at] ?? '')) setBit(shared, at);
      this.#byPattern.set(pattern, shared);
    }
    addTo(mask, shared);
  }

  /** Where to look for what a pattern matches: in its service, unless that is a pattern too. */
  #candidates(pattern: string): Iterable<number> {
    const service = prefixOf(pattern);
    return isWild(service) ? this.#lower.keys() : (this.#placed().byService.get(service.toLowerCase()) ?? []);
  }

  #placed(): Places {
    this.#places ??= {
      byName: new Map(this.#lower.map((name, at) => [name, at])),
      byService: Map.groupBy(this.#lower.keys(), (at) => prefixOf(this.#lower[at] ?? '')),
    };
    return this.#places;
  }

  #invert(mask: Mask): void {
    for (let at = 0; at < this.names.length; at++) mask[at >>> 5] = (mask[at >>> 5] ?? 0) ^ (1 << (at & 31));
  }
}

/** So many actions are matched one by one: sets of one are made for each question. */
const few = 8;

/** Where in a set an action is, and all those of a service, by lower-case name. */
interface Places {
  readonly byName: ReadonlyMap<string, number>;
  readonly byService: ReadonlyMap<string, readonly number[]>;
}

/** Whether an action or a part of one stands for several. */
export const isWild = (text: string): boolean => text.includes('*') || text.includes('?');

/** The service of an action; all of `*`, which is of every service. */
export const prefixOf = (action: string): string => {
  const colon = action.indexOf(':');
  return colon < 0 ? action : action.slice(0, colon);
};

export function setBit(mask: Mask, at: number): void {
  mask[at >>> 5] = (mask[at >>> 5] ?? 0) | (1 << (at & 31));
}

export const hasBit = (mask: Mask, at: number): boolean => (((mask[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;

export function addTo(mask: Mask, more: Mask): void {
  for (let at = 0; at < more.length; at++) mask[at] = (mask[at] ?? 0) | (more[at] ?? 0);
}

export function* bitsOf(mask: Mask): Generator<number> {
  for (let at = 0; at < mask.length; at++)
    for (let left = mask[at] ?? 0; left !== 0; left &= left - 1) yield (at << 5) + (31 - Math.clz32(left & -left));
}
