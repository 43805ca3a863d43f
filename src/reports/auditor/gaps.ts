import type { NightSummary } from '../../domain/summary.ts';
import type { GapRow } from '../../domain/tables.ts';
import { integer } from '../numbers.ts';
import { causeKey } from '../team/ledger.ts';

type Gap = NightSummary['completeness']['gaps'][number];

/** One cause with the accounts it hides: the first few by id, the rest by number. */
export interface GapLine extends Omit<Gap, 'count' | 'accounts'> {
  readonly count: string;
  readonly accounts: string;
  readonly named: string;
}

/** How many accounts a cause names. */
const named = 5;

export async function gapLines({ completeness }: NightSummary, rows: AsyncIterable<GapRow>): Promise<GapLine[]> {
  const places = new Map(completeness.gaps.map((gap) => [causeKey(gap), [] as string[]]));
  for await (const row of rows) {
    const known = places.get(causeKey(row));
    if (known !== undefined && known.length < named && !known.includes(row.account)) known.push(row.account);
  }
  return completeness.gaps.map((gap) => gapLine(gap, places.get(causeKey(gap)) ?? []));
}

function gapLine(gap: Gap, accounts: readonly string[]): GapLine {
  const more = gap.accounts - accounts.length;
  const rest = more > 0 ? [`and ${integer(more)} more: table gaps`] : [];
  return {
    ...gap,
    count: integer(gap.count),
    accounts: integer(gap.accounts),
    named: [...accounts, ...rest].join(', ') || '–',
  };
}
