import { isBeyondUs } from '../domain/gap.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { AccountStatus, GapRow } from '../domain/tables.ts';
import { byKey } from './counts.ts';

interface Opening {
  readonly operations: readonly string[];
  readonly accounts: number;
  /** Of these accounts, those of which nothing was read. */
  readonly dark: number;
}

/** What an `OpeningTally` is written down as. */
export type OpeningTallyData = readonly (readonly [remedy: string, opening: Opening])[];

/**
 * What opens the accounts that are not measured in full, remedy by remedy: an account counts once for each remedy that it needs, however many
 * calls that is about. Addition is associative and commutative.
 */
export class OpeningTally {
  readonly #openings = new Map<string, Opening>();

  /** Adds all gaps of one account. */
  add(status: AccountStatus, gaps: readonly GapRow[]): void {
    if (status !== 'failed' && status !== 'partial') return;
    const own = gaps.filter(({ gap }) => !isBeyondUs(gap));
    for (const [remedy, rows] of Map.groupBy(own, (row) => row.remedy.replaceAll(row.operation, '*')))
      this.#add(remedy, {
        operations: rows.map(({ operation }) => operation),
        accounts: 1,
        dark: status === 'failed' ? 1 : 0,
      });
  }

  #add(remedy: string, { operations, accounts, dark }: Opening): void {
    const there = this.#openings.get(remedy) ?? { operations: [], accounts: 0, dark: 0 };
    const all = [...new Set([...there.operations, ...operations])].sort();
    this.#openings.set(remedy, { operations: all, accounts: there.accounts + accounts, dark: there.dark + dark });
  }

  /** Adds another part of the night, as `toJSON` wrote it down. */
  merge(data: OpeningTallyData): void {
    for (const [remedy, opening] of data) this.#add(remedy, opening);
  }

  toJSON(): OpeningTallyData {
    return [...this.#openings].sort(byKey);
  }

  /** Remedies, those of most accounts first, of these the ones that open most of whole accounts. */
  summary(): NightSummary['completeness']['openings'] {
    return this.toJSON()
      .toSorted(([, a], [, b]) => b.accounts - a.accounts || b.dark - a.dark)
      .map(([remedy, { operations, accounts }]) => ({ remedy, operations: [...operations], accounts }));
  }
}
