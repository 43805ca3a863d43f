import { type PracticeId, type PracticeState, practiceIds } from '../../domain/practice.ts';
import type { AccountRow, GuardrailRow, PracticeRow } from '../../domain/tables.ts';
import type { AccountRows } from '../accounts.ts';
import { add, compare, type Top, top } from './top.ts';

/** One practice in one account. */
export interface PracticeEntry {
  readonly row: AccountRow;
  readonly practice: PracticeRow;
}

/** The grades of one account, by guardrail. */
export interface GradeEntry {
  readonly row: AccountRow;
  readonly grades: ReadonlyMap<string, GuardrailRow['grade']>;
}

/** What the first page keeps of practices and guardrails: accounts, the worst first. */
export interface PracticeLedger {
  readonly practices: Readonly<Record<PracticeId, Top<PracticeEntry>>>;
  readonly grades: Top<GradeEntry>;
}

const kept = { practices: 36, grades: 60 } as const;

const rank: Readonly<Record<PracticeState, number>> = {
  open: 0,
  partly: 1,
  'not-measured': 2,
  'not-applicable': 3,
  'in-place': 4,
};

const newTop = (): Top<PracticeEntry> =>
  top(
    kept.practices,
    (a, b) => rank[a.practice.state] - rank[b.practice.state] || compare(a.row.account, b.row.account),
  );

export const newPracticeLedger = (): PracticeLedger => ({
  practices: Object.fromEntries(practiceIds.map((id) => [id, newTop()])) as Record<PracticeId, Top<PracticeEntry>>,
  grades: top(kept.grades, (a, b) => held(a) - held(b) || compare(a.row.account, b.row.account)),
});

/** Guardrails proven without exception; unknown counts as not. */
export const held = ({ grades }: GradeEntry): number =>
  [...grades.values()].filter((grade) => grade === 'enforced').length;

export function enterPractices(ledger: PracticeLedger, { row, practices, guardrails }: AccountRows): void {
  for (const practice of practices) add(ledger.practices[practice.practice], { row, practice });
  if (guardrails.length === 0) return;
  add(ledger.grades, { row, grades: new Map(guardrails.map(({ guardrail, grade }) => [guardrail, grade])) });
}
