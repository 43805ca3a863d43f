import type { NightSummary } from '../../domain/summary.ts';
import type { MatrixCell } from '../charts/matrix.ts';
import { findFigure } from '../figures.ts';
import { gradeCell, guardrailWords } from '../guardrail-words.ts';
import { type Markup, name } from '../markup.ts';
import { integer, plural } from '../numbers.ts';
import { practiceStatus } from '../practice-words.ts';
import { type PracticeView, practiceViews, wordsOf } from '../practices.ts';
import type { StatusView } from '../status.ts';
import type { HrefOf } from './matrix-view.ts';
import { ouName } from './matrix-view.ts';
import { type GradeEntry, held, type PracticeEntry, type PracticeLedger } from './practice-ledger.ts';
import { first } from './top.ts';

/** One account in the table of a practice. */
export interface PracticeAccount {
  readonly name: Markup;
  readonly account: string;
  readonly href: string | null;
  readonly status: StatusView;
  readonly management: boolean;
  readonly parts: readonly { readonly status: StatusView; readonly evidence: string }[];
}

/** A practice with its accounts, worst first. */
export interface PracticePage extends PracticeView {
  readonly columns: readonly string[];
  readonly accounts: readonly PracticeAccount[];
  readonly rest: string | null;
}

export interface GuardrailMatrix {
  readonly columns: readonly { readonly short: string; readonly title: string; readonly value: string }[];
  readonly groups: readonly { readonly name: Markup; readonly rows: readonly GuardrailRowView[] }[];
  readonly width: number;
  readonly rest: string | null;
}

export interface GuardrailRowView {
  readonly name: Markup;
  readonly account: string | null;
  readonly href: string | null;
  readonly cells: readonly MatrixCell[];
  readonly held: string;
}

/** The three practices, and where every guardrail stands. */
export interface PracticesView {
  readonly pages: readonly PracticePage[];
  readonly matrix: GuardrailMatrix | null;
}

export const practicesView = (summary: NightSummary, ledger: PracticeLedger, hrefOf: HrefOf): PracticesView => ({
  pages: practiceViews(summary).map((view) => pageOf(view, ledger, hrefOf)),
  matrix: matrixOf(summary, ledger, hrefOf),
});

function pageOf(view: PracticeView, { practices }: PracticeLedger, hrefOf: HrefOf): PracticePage {
  const list = practices[view.id];
  const entries = first(list);
  const parts = entries[0]?.practice.parts ?? [];
  return {
    ...view,
    columns: parts.map(({ part }) => wordsOf(part).name),
    accounts: entries.map((entry) => accountOf(entry, hrefOf)),
    rest:
      list.total > entries.length
        ? `${integer(entries.length)} of ${integer(list.total)} accounts are listed here, the worst first; table results/practices holds all.`
        : null,
  };
}

const accountOf = ({ row, practice }: PracticeEntry, hrefOf: HrefOf): PracticeAccount => ({
  name: name(row.name ?? row.account),
  account: row.account,
  href: hrefOf(row.account),
  status: practiceStatus[practice.state],
  management: practice.management,
  parts: practice.parts.map(({ state, evidence }) => ({ status: practiceStatus[state], evidence })),
});

/** Accounts × guardrails, by organisational unit, those with the fewest held first. Null where none was judged. */
function matrixOf(summary: NightSummary, { grades }: PracticeLedger, hrefOf: HrefOf): GuardrailMatrix | null {
  const entries = first(grades);
  if (entries.length === 0) return null;
  const judged = new Set(entries.flatMap((entry) => [...entry.grades.keys()]));
  const ids = [...Object.keys(guardrailWords).filter((id) => judged.has(id)), ...[...judged].filter(isNew)];
  const units = Map.groupBy(entries, ({ row }) => row.ou.at(-1) ?? '');
  return {
    columns: ids.map((id) => ({
      ...(guardrailWords[id] ?? { short: id, title: id }),
      value: coverage(summary, id),
    })),
    groups: [...units].map(([ou, members]) => ({
      name: name(ouName(summary, ou)),
      rows: members.map((entry) => matrixRow(entry, ids, hrefOf)),
    })),
    width: ids.length + 2,
    rest:
      grades.total > entries.length
        ? `${integer(entries.length)} of ${integer(grades.total)} accounts are listed here, those with the fewest guardrails first; table results/guardrails holds all.`
        : null,
  };
}

/** `5 of 22 accounts`, or why there is no such number. */
function coverage(summary: NightSummary, id: string): string {
  const found = findFigure(summary, `guardrail.coverage:${id}`);
  if (found.state !== 'known') return found.state === 'nobody' ? 'it applies nowhere' : 'not measured';
  const { numerator, denominator, unknown } = found.metric;
  const dark = unknown === 0 ? '' : `, ${integer(unknown)} not measured`;
  return `${integer(numerator)} of ${plural(denominator + unknown, 'account')}${dark}`;
}

const isNew = (id: string): boolean => guardrailWords[id] === undefined;

const matrixRow = (entry: GradeEntry, ids: readonly string[], hrefOf: HrefOf): GuardrailRowView => ({
  name: name(entry.row.name ?? entry.row.account),
  account: entry.row.name === null ? null : entry.row.account,
  href: hrefOf(entry.row.account),
  cells: ids.map((id) => gradeCell[entry.grades.get(id) ?? 'not-measured']),
  held: `${integer(held(entry))} of ${integer(ids.length)}`,
});
