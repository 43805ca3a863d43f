import { byNightlyOrder } from '../catalogue/ai-event-classes.ts';
import type { NightSummary } from '../domain/summary.ts';
import { type ForwardingGrade, type ForwardingRow, forwardingGrades } from '../domain/tables.ts';
import { byKey, summed, zeroes } from './counts.ts';

interface Line {
  readonly core: boolean;
  readonly accounts: Readonly<Record<ForwardingGrade, number>>;
}

/** What a `ForwardingTally` is written down as, by event class. */
export type ForwardingTallyData = readonly (readonly [eventClass: string, line: Line])[];

/** Accounts by AI event class and grade; addition is associative and commutative. */
export class ForwardingTally {
  readonly #lines = new Map<string, Line>();

  add(rows: readonly ForwardingRow[]): void {
    for (const { eventClass, core, grade } of rows) this.#add(eventClass, { core, accounts: { ...zero, [grade]: 1 } });
  }

  merge(data: ForwardingTallyData): void {
    for (const [eventClass, line] of data) this.#add(eventClass, line);
  }

  #add(eventClass: string, { core, accounts }: Line): void {
    const there = this.#lines.get(eventClass)?.accounts ?? zero;
    this.#lines.set(eventClass, { core, accounts: summed(there, accounts) });
  }

  toJSON(): ForwardingTallyData {
    return [...this.#lines].sort(byKey);
  }

  /** Classes of every night in their order, then the others by name. */
  summary(): NightSummary['forwarding'] {
    return [...this.#lines]
      .sort(([a], [b]) => byNightlyOrder(a, b))
      .map(([eventClass, { core, accounts }]) => ({ eventClass, core, accounts: { ...accounts } }));
  }
}

const zero = zeroes(forwardingGrades);
