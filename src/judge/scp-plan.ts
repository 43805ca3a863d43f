import { isDeepStrictEqual } from 'node:util';
import type { AccountId } from '../domain/ids.ts';
import type { Unit } from '../guardrails/closing.ts';
import type { Closing } from '../guardrails/define.ts';
import { type DenyStatement, type Entry, packed, type ScpDocument, statementsFrom } from '../guardrails/statements.ts';
import type { UnitState } from './closing-gaps.ts';

/** One account as the plan sees it. An account that was not looked at keeps everything: no SCP is planned above it. */
export interface PlannedFence {
  readonly account: AccountId;
  /** OU ids from below the root down to the account's parent. */
  readonly ou: readonly string[];
  /** By unit. */
  readonly states: readonly UnitState[];
  /** By unit: principals that used what it closes. */
  readonly spared: readonly (readonly string[])[];
}

/** What Organizations leaves room for. */
export interface Room {
  /** Characters of one SCP. */
  readonly characters: number;
  /** SCPs that can still be attached to a target. */
  free(target: string): number;
}

/** An SCP to make, and where to attach it. */
export interface PlannedScp {
  readonly document: ScpDocument;
  readonly targets: readonly string[];
}

/** Gaps that no SCP of the plan closes, and why. */
export interface Unplaced {
  readonly target: string;
  readonly guardrail: string;
  readonly why: string;
}

export interface ScpPlan {
  readonly scps: readonly PlannedScp[];
  /** The units that stand on each target, by their place in the list. */
  readonly placed: ReadonlyMap<string, ReadonlySet<number>>;
  readonly unplaced: readonly Unplaced[];
}

/** The id under which the organisation's root is planned for. */
export const rootTarget = 'root';

/**
 * Plans SCPs that close exactly the gaps found: each unit is attached as high as nobody below keeps what it takes, and as low as its size
 * and the room on its target demand. Principals that used it are exempt; of which accounts does not matter, for an ARN names its account.
 */
export function planScps(units: readonly Unit[], accounts: readonly PlannedFence[], room: Room): ScpPlan {
  const plan = new Plan(units, accounts, room);
  for (const at of units.keys()) plan.place(at, rootTarget);
  return plan.fit();
}

/**
 * The plan for the first of some rooms, the narrowest first, that leaves no gap open and closes each of them where the plan for the last
 * does: what has to move down for a narrower room would miss accounts that come later.
 */
export function planWithin(
  units: readonly Unit[],
  accounts: readonly PlannedFence[],
  [room, ...wider]: readonly [Room, ...Room[]],
): ScpPlan {
  const plan = planScps(units, accounts, room);
  const [next, ...others] = wider;
  if (next === undefined) return plan;
  const wide = planWithin(units, accounts, [next, ...others]);
  return plan.unplaced.length === 0 && isDeepStrictEqual(plan.placed, wide.placed) ? plan : wide;
}

class Plan {
  readonly #units: readonly Unit[];
  readonly #closings: readonly Closing[];
  readonly #below = new Map<string, PlannedFence[]>();
  readonly #children = new Map<string, Set<string>>();
  readonly #room: Room;
  /** By target, in the order of units. */
  readonly #placed = new Map<string, Set<number>>();
  readonly #unplaced: Unplaced[] = [];

  constructor(units: readonly Unit[], accounts: readonly PlannedFence[], room: Room) {
    this.#units = units;
    this.#closings = [...new Set(units.map(({ closing }) => closing))];
    this.#room = room;
    for (const account of accounts) {
      const path = [rootTarget, ...account.ou, account.account];
      for (const [at, node] of path.entries()) {
        this.#below.set(node, [...(this.#below.get(node) ?? []), account]);
        const child = path[at + 1];
        if (child !== undefined) this.#children.set(node, (this.#children.get(node) ?? new Set()).add(child));
      }
    }
  }

  /** Places a unit on a target, or below it where somebody there keeps what it takes. */
  place(at: number, target: string): void {
    const below = this.#below.get(target) ?? [];
    const has = (state: UnitState): boolean => below.some(({ states }) => states[at] === state);
    if (!has('open')) return;
    const children = this.#children.get(target);
    if (children !== undefined && has('kept')) for (const child of children) this.place(at, child);
    else this.#placed.set(target, (this.#placed.get(target) ?? new Set()).add(at));
  }

  /** Units only ever move down, so this ends. */
  fit(): ScpPlan {
    for (let moved = true; moved; ) {
      moved = false;
      for (const target of [...this.#placed.keys()])
        while (this.#documentsOf([target]) === null) {
          this.#shrink(target);
          moved = true;
        }
    }
    const placed = new Map([...this.#placed].filter(([, units]) => units.size > 0));
    return { scps: this.#documents(placed), placed, unplaced: this.#unplaced };
  }

  /** Moves the largest closing of a target to what lies below it. */
  #shrink(target: string): void {
    const placed = this.#placed.get(target) ?? new Set<number>();
    const largest = this.#largest(target, placed);
    const units = [...placed].filter((at) => this.#units[at]?.closing === largest);
    for (const at of units) placed.delete(at);
    this.#moveDown(target, units);
  }

  #largest(target: string, placed: ReadonlySet<number>): Closing | undefined {
    const sizes = new Map<Closing, number>();
    for (const [closing, entries] of Map.groupBy(this.#entries([target], placed), (it) => it.closing))
      sizes.set(closing, JSON.stringify(statementsFrom(entries)).length);
    return [...sizes].toSorted(([, a], [, b]) => b - a)[0]?.[0];
  }

  #moveDown(target: string, units: readonly number[]): void {
    const children = this.#children.get(target);
    if (children !== undefined) for (const child of children) for (const at of units) this.place(at, child);
    const guardrail = this.#units[units[0] ?? -1]?.guardrail.id ?? '';
    const told = this.#unplaced.some((it) => it.target === target && it.guardrail === guardrail);
    if (children !== undefined || told) return;
    const full = this.#room.free(target) < 1;
    const why = full ? 'no more SCPs can be attached there' : 'it needs more room than is left there';
    this.#unplaced.push({ target, guardrail, why });
  }

  /** Targets that need the same share SCPs where those then still find room. */
  #documents(placed: ScpPlan['placed']): PlannedScp[] {
    const alike = Map.groupBy(placed, ([, units]) => JSON.stringify([...units].sort((a, b) => a - b)));
    return [...alike.values()].flatMap((group) => {
      const together = group.map(([target]) => target);
      const shared = this.#documentsOf(together);
      if (shared !== null) return shared.map((document) => ({ document, targets: together }));
      return together.flatMap((target) =>
        (this.#documentsOf([target]) ?? []).map((document) => ({ document, targets: [target] })),
      );
    });
  }

  /** The documents for some targets that need the same; null where they find no room on each. */
  #documentsOf(targets: readonly string[]): ScpDocument[] | null {
    const [first = ''] = targets;
    const documents = packed(this.#statements(targets, this.#placed.get(first) ?? new Set()), this.#room.characters);
    // More may be attached already than there is room for: nothing to add fits all the same.
    const fits =
      documents !== null && targets.every((target) => documents.length <= Math.max(0, this.#room.free(target)));
    return fits ? documents : null;
  }

  #statements(targets: readonly string[], placed: ReadonlySet<number>): DenyStatement[] {
    return statementsFrom(this.#entries(targets, placed));
  }

  /** The actions of each closing, by who keeps them. */
  #entries(targets: readonly string[], placed: ReadonlySet<number>): Entry[] {
    const below = targets.flatMap((target) => this.#below.get(target) ?? []);
    const found = new Map<string, { closing: Closing; actions: string[]; exempt: string[] }>();
    for (const at of [...placed].sort((a, b) => a - b)) {
      const unit = this.#units[at];
      if (unit === undefined) continue;
      const exempt = [...new Set(below.flatMap(({ spared }) => spared[at] ?? []))].sort();
      const key = JSON.stringify([this.#closings.indexOf(unit.closing), exempt]);
      const entry = found.get(key);
      if (entry === undefined) found.set(key, { closing: unit.closing, actions: [unit.action], exempt });
      else entry.actions.push(unit.action);
    }
    return [...found.values()];
  }
}
