import { type GuardrailRow, guardrailGrades } from '../domain/tables.ts';
import type { Guardrail } from '../guardrails/define.ts';
import { plural } from '../reports/numbers.ts';
import { printable } from './printable.ts';

type Grade = GuardrailRow['grade'];

/** A column's account: its id, and the name the organisation gives it. */
export interface NamedAccount {
  readonly account: string;
  readonly name: string | null;
}

/** What is shown of a grade in a cell, and what it means: to be told apart without colour. */
const marks: Readonly<Record<Grade, readonly [mark: string, meaning: string]>> = {
  enforced: ['held', 'enforced: nobody gets through'],
  'enforced-with-exceptions': ['held*', 'enforced with exceptions: only the named principals get through'],
  partial: ['part', 'partial: some of the requests are stopped, or under some conditions'],
  absent: ['none', 'absent: nothing stops them'],
  'not-applicable': ['-', 'not applicable: the management account, which no SCP binds'],
  'not-measured': ['?', 'not measured: a policy on the path could not be read'],
};

/** The matrix accounts × guardrails with its legend and a line of counts. `changed`: cells to point at. */
export function matrixLines(
  accounts: readonly NamedAccount[],
  guardrails: readonly Guardrail[],
  cells: readonly GuardrailRow[],
  changed: ReadonlySet<string> = new Set(),
): string[] {
  const byId = new Map(cells.map((cell) => [cell.id, cell]));
  const mark = (account: string, { id }: Guardrail): string => {
    const cell = byId.get(`${account}/${id}`);
    return cell === undefined ? '' : `${marks[cell.grade][0]}${changed.has(cell.id) ? '<' : ''}`;
  };
  const width = Math.max(12, ...accounts.map((it) => labelOf(it).length)) + 2;
  const row = (label: string, values: readonly string[]): string =>
    `${label.padEnd(width)}${values.map((it) => it.padEnd(7)).join('')}`.trimEnd();
  const present = new Set(cells.map(({ grade }) => grade));
  return [
    row(
      '',
      guardrails.map((_, at) => String(at + 1)),
    ),
    ...accounts.map((it) =>
      row(
        labelOf(it),
        guardrails.map((guardrail) => mark(it.account, guardrail)),
      ),
    ),
    '',
    ...guardrails.map(({ id, title }, at) => `${String(at + 1).padStart(2)}  ${id}: ${title}`),
    '',
    ...guardrailGrades
      .filter((grade) => present.has(grade))
      .map((grade) => `${marks[grade][0].padEnd(6)}${marks[grade][1]}`),
    ...(changed.size > 0 ? ['<     what the SCPs on trial would change'] : []),
    '',
    countLine(cells),
  ];
}

const labelOf = ({ account, name }: NamedAccount): string => printable(`${account} ${(name ?? '').slice(0, 24)}`);

/** How many cells have which grade. */
export function countLine(cells: readonly GuardrailRow[]): string {
  const counts = guardrailGrades.map((grade) => ({ grade, count: cells.filter((it) => it.grade === grade).length }));
  const told = counts.filter(({ count }) => count > 0).map(({ grade, count }) => `${count} ${gradeWords(grade)}`);
  return `${plural(cells.length, 'cell')}: ${told.join(', ')}`;
}

/** A grade in words. */
export const gradeWords = (grade: Grade): string => grade.replaceAll('-', ' ');
