import { type PracticeId, type PracticeState, practiceStates } from '../../domain/practice.ts';
import type { NightSummary } from '../../domain/summary.ts';
import type { PracticeRow } from '../../domain/tables.ts';
import { plural } from '../numbers.ts';
import { practiceStatus } from '../practice-words.ts';
import { type PracticeView, practiceViews } from '../practices.ts';
import type { StatusView } from '../status.ts';

/** A practice as an auditor reads it: the same headings as a figure, with gap and fix. */
export interface PracticeSheet extends PracticeView {
  readonly sheet: string;
  /** Accounts by state, by id. */
  readonly accounts: readonly { readonly status: StatusView; readonly text: string }[];
}

const listed = 30;

export async function practiceSheets(
  summary: NightSummary,
  rows: AsyncIterable<PracticeRow>,
): Promise<PracticeSheet[]> {
  const found = new Map<PracticeId, Map<PracticeState, string[]>>();
  for await (const { practice, state, account } of rows) {
    const states = found.get(practice) ?? new Map<PracticeState, string[]>();
    found.set(practice, states);
    states.set(state, [...(states.get(state) ?? []), account]);
  }
  return practiceViews(summary).map((view) => ({
    ...view,
    sheet: `6.${view.number}`,
    accounts: practiceStates.flatMap((state) => {
      const accounts = found.get(view.id)?.get(state) ?? [];
      return accounts.length === 0 ? [] : [{ status: practiceStatus[state], text: named(accounts) }];
    }),
  }));
}

function named(accounts: readonly string[]): string {
  const more = accounts.length - listed;
  const rest = more > 0 ? `, and ${more} more: table results/practices` : '';
  return `${plural(accounts.length, 'account')}: ${accounts.slice(0, listed).join(', ')}${rest}`;
}
