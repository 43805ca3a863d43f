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

  constructor(names: readonly string[]) {
    this.names = names;
    this.#lower = names.map((name) => name.toLowerCase());
  }

  empty(): Mask {
    return new Uint32Array((this.names.length + 31) >>> 5);
  }

  /** The actions a statement speaks of. */
  maskOf(statement: Statement): Mask {
    const kept = this.#byStatement.get(statement);
    if (kept !== undefined) return kept;
    const mask = this.empty();
    for (const pattern of statement.actions) addTo(mask, this.#maskOfPattern(pattern));
    if (statement.notAction) this.#invert(mask);
    this.#byStatement.set(statement, mask);
    return mask;
  }

  #maskOfPattern(pattern: string): Mask {
    let mask = this.#byPattern.get(pattern);
    if (mask === undefined) {
      mask = this.empty();
      for (const [at, name] of this.#lower.entries()) if (matchesAction(pattern, name)) setBit(mask, at);
      this.#byPattern.set(pattern, mask);
    }
    return mask;
  }

  #invert(mask: Mask): void {
    for (let at = 0; at < this.names.length; at++) mask[at >>> 5] = (mask[at >>> 5] ?? 0) ^ (1 << (at & 31));
  }
}

export function setBit(mask: Mask, at: number): void {
  mask[at >>> 5] = (mask[at >>> 5] ?? 0) | (1 << (at & 31));
}

export const hasBit = (mask: Mask, at: number): boolean => (((mask[at >>> 5] ?? 0) >>> (at & 31)) & 1) === 1;

export function addTo(mask: Mask, more: Mask): void {
  for (const [at, word] of more.entries()) mask[at] = (mask[at] ?? 0) | word;
}

export function* bitsOf(mask: Mask): Generator<number> {
  for (const [at, word] of mask.entries())
    for (let left = word; left !== 0; left &= left - 1) yield (at << 5) + (31 - Math.clz32(left & -left));
}
