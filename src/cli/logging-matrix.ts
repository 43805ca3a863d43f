import { type CoverageStatus, coverageStatuses, type LoggingRow } from '../domain/tables.ts';
import { className } from '../reports/charts/matrix.ts';
import { plural } from '../reports/numbers.ts';
import { printable } from './printable.ts';

/** A row of the matrix. */
export interface LoggedAccount {
  readonly account: string;
  readonly name: string | null;
}

type Counts = Readonly<Record<CoverageStatus, number>>;

const count = (rows: readonly LoggingRow[]): Counts => {
  const of = (status: CoverageStatus): number => rows.filter((row) => row.status === status).length;
  return {
    covered: of('covered'),
    partial: of('partial'),
    'not-covered': of('not-covered'),
    'not-measured': of('not-measured'),
  };
};

/** What is shown of an account's Regions, and what it means: to be told apart without colour. */
const marks = [
  ['all', 'covered in every Region'],
  ['some', 'covered in some Regions only'],
  ['part', 'partly covered at best: a selector narrows it'],
  ['-', 'not covered'],
  ['?', 'not measured'],
] as const;
type Mark = (typeof marks)[number][0];

function markOf(rows: readonly LoggingRow[]): Mark {
  const { covered, partial, 'not-measured': unknown } = count(rows);
  if (covered === rows.length) return 'all';
  if (covered > 0) return 'some';
  if (unknown > 0) return '?';
  return partial > 0 ? 'part' : '-';
}

/** The matrix accounts × event classes over all Regions, with its legend. */
export function loggingMatrix(
  accounts: readonly LoggedAccount[],
  classes: readonly string[],
  rows: readonly LoggingRow[],
): string[] {
  const cells = Map.groupBy(rows, ({ account, eventClass }) => `${account} ${eventClass}`);
  const label = ({ account, name }: LoggedAccount): string => printable(`${account} ${(name ?? '').slice(0, 20)}`);
  const width = Math.max(12, ...accounts.map((it) => label(it).length)) + 2;
  const line = (head: string, values: readonly string[]): string =>
    `${head.padEnd(width)}${values.map((it) => it.padEnd(5)).join('')}`.trimEnd();
  const used = new Set<Mark>();
  const body = accounts.map((it) =>
    line(
      label(it),
      classes.map((eventClass) => {
        const mark = markOf(cells.get(`${it.account} ${eventClass}`) ?? []);
        used.add(mark);
        return mark;
      }),
    ),
  );
  return [
    line(
      '',
      classes.map((_, at) => String(at + 1)),
    ),
    ...body,
    '',
    ...marks.filter(([mark]) => used.has(mark)).map(([mark, meaning]) => `${mark.padEnd(6)}${meaning}`),
  ];
}

/** Each class with its cells, what narrows or stops it, and an event that leaves no trace. */
export function classLines(classes: readonly string[], rows: readonly LoggingRow[]): string[] {
  const byClass = Map.groupBy(rows, ({ eventClass }) => eventClass);
  return classes.flatMap((eventClass, at) => {
    const own = byClass.get(eventClass) ?? [];
    const counts = count(own);
    const told = coverageStatuses.filter((status) => counts[status] > 0);
    const words = told.map((status) => `${counts[status]} ${status.replaceAll('-', ' ')}`).join(', ');
    return [
      `${String(at + 1).padStart(3)}  ${className(eventClass)} (${eventClass}): ${words || 'no cell'}`,
      ...reasons(own).map((reason) => `       ${reason}`),
    ];
  });
}

/** The first three reasons of a class, each with how many cells it holds for. */
function reasons(rows: readonly LoggingRow[]): string[] {
  const whys = [
    ...Map.groupBy(
      rows.filter(({ why }) => why !== null),
      ({ status, why }) => `${status} ${why}`,
    ).values(),
  ];
  whys.sort(([a], [b]) => rank(a) - rank(b));
  const lines = whys.slice(0, 3).map((same) => {
    const [{ status, why, witness } = { status: 'partial', why: '', witness: null }] = same;
    const missed = status === 'partial' && witness !== null ? `; not recorded: ${witnessWords(witness)}` : '';
    return `${status.replaceAll('-', ' ')} in ${same.length}: ${why}${missed}`;
  });
  return whys.length > 3
    ? [...lines, `${plural(whys.length - 3, 'more reason')}; --account shows them by account`]
    : lines;
}

/** What narrows a class is told before what hides it. */
const rank = (row: LoggingRow | undefined): number => (row === undefined ? 0 : coverageStatuses.indexOf(row.status));

/** An event that leaves no trace, in a few words. */
export function witnessWords(witness: Readonly<Record<string, unknown>>): string {
  const { eventSource, eventName, readOnly, resources, userIdentity, errorCode } = witness;
  const [resource] = (resources ?? []) as { ARN?: string }[];
  const extras = [
    `readOnly ${readOnly}`,
    ...(resource?.ARN === undefined ? [] : [`on ${resource.ARN}`]),
    ...((userIdentity as { arn?: string } | undefined)?.arn === undefined ? ['without a principal ARN'] : []),
    ...(errorCode === undefined ? [] : [`error ${errorCode}`]),
  ];
  return `${eventName} of ${eventSource} (${extras.join(', ')})`;
}
