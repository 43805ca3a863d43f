import {
  type PartState,
  type PracticeId,
  type PracticeState,
  partStates,
  practiceIds,
  practiceParts,
  practiceStates,
  together,
} from '../domain/practice.ts';
import type { NightSummary } from '../domain/summary.ts';
import type { AccountStatus, PracticeRow } from '../domain/tables.ts';
import { summed, zeroes } from './counts.ts';

type Counts<State extends string> = Record<State, number>;

/** What a `PracticeTally` is written down as: every count there can be, so that equal sums are equal bytes. */
export interface PracticeTallyData {
  readonly unseen: number;
  readonly practices: Readonly<Record<PracticeId, Counted>>;
}

interface Counted {
  readonly accounts: Counts<PracticeState>;
  /** Of the management account, once its part of the night is in. */
  readonly management: PracticeState | null;
  readonly parts: Readonly<Record<string, Counts<PartState>>>;
}

const nothing = (practice: PracticeId): Counted => ({
  accounts: zeroes(practiceStates),
  management: null,
  parts: Object.fromEntries(practiceParts[practice].map((part) => [part, zeroes(partStates)])),
});

/** The practices of all accounts, added up account by account and part by part, in any order. */
export class PracticeTally {
  readonly #practices = Object.fromEntries(practiceIds.map((id) => [id, nothing(id)])) as Record<PracticeId, Counted>;
  #unseen = 0;

  add(status: AccountStatus, rows: readonly PracticeRow[]): void {
    if (status === 'skipped') this.#unseen += 1; // nobody looked
    for (const { practice, state, management, parts } of rows) {
      const there = this.#practices[practice];
      there.accounts[state] += 1;
      if (management) this.#practices[practice] = { ...there, management: state };
      if (state === 'not-applicable') continue; // nobody can close what no SCP binds
      for (const { part, state: found } of parts) {
        const counts = there.parts[part];
        if (counts !== undefined) counts[found] += 1;
      }
    }
  }

  merge({ unseen, practices }: PracticeTallyData): void {
    this.#unseen += unseen;
    for (const id of practiceIds) {
      const [own, more] = [this.#practices[id], practices[id]];
      this.#practices[id] = {
        accounts: summed(own.accounts, more.accounts),
        management: own.management ?? more.management,
        parts: summed(own.parts, more.parts),
      };
    }
  }

  toJSON(): PracticeTallyData {
    return { unseen: this.#unseen, practices: this.#practices };
  }

  /** `accountsListed` false: accounts may exist that nobody could list. */
  summary(accountsListed: boolean): NightSummary['practices'] {
    return practiceIds.map((practice) => {
      const { accounts, management, parts } = this.#practices[practice];
      const known = partStates.filter((state) => accounts[state] > 0);
      const hidden: PartState[] = this.#unseen > 0 || !accountsListed ? ['not-measured'] : [];
      return {
        practice,
        state: together([...known, ...hidden]),
        accounts: { ...accounts },
        management,
        parts: practiceParts[practice].map((part) => ({ part, accounts: { ...zeroes(partStates), ...parts[part] } })),
      };
    });
  }
}
