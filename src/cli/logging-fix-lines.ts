import { invocationClass } from '../catalogue/ai-event-classes.ts';
import type { LoggingFixRow } from '../domain/tables.ts';
import { className } from '../reports/charts/matrix.ts';
import { plural } from '../reports/numbers.ts';

/** What closes the gaps: each command once, however many accounts it helps, the most helpful first. */
export function fixLines(fixes: readonly LoggingFixRow[]): string[] {
  const same = [...Map.groupBy(fixes, ({ runIn, steps }) => `${runIn}\n${steps.join('\n')}`).values()];
  const cellsOf = (rows: readonly LoggingFixRow[]): number =>
    rows.flatMap(({ closes }) => closes).reduce((sum, { regions }) => sum + regions.length, 0);
  const sorted = same.toSorted((a, b) => cellsOf(b) - cellsOf(a));
  const bodies = sorted.filter(([first]) => first?.target === invocationClass);
  const shown = sorted.filter((rows) => rows[0]?.target !== invocationClass || rows === bodies[0]);
  const more = bodies.length - 1;
  const lines = shown.flatMap((rows, at) => {
    const [first] = rows;
    if (first === undefined) return [];
    const accounts = rows.length === 1 ? `account ${first.account}` : `${rows.length} accounts`;
    return [
      '',
      `fix ${at + 1}: ${targetWords(first)}; run in account ${first.runIn}; closes ${plural(cellsOf(rows), 'cell')} of ${accounts}`,
      ...(first.costDriver === null ? [] : [`  the most events, and so the cost: ${costWords(rows)}`]),
      ...first.steps.flatMap((step) => step.split('\n')).map((line) => `  ${line}`),
    ];
  });
  if (more <= 0) return lines;
  return [...lines, `  (model call bodies alike in ${more} other accounts: --account shows theirs, --json all)`];
}

function targetWords({ target }: LoggingFixRow): string {
  if (target === null) return 'a new trail';
  return target.startsWith('arn:') ? target : className(target);
}

function costWords(rows: readonly LoggingFixRow[]): string {
  const [first] = rows;
  const cost = rows.flatMap(({ costs }) => costs).find(({ eventClass }) => eventClass === first?.costDriver);
  return `${className(first?.costDriver ?? '')}, one event for each ${cost?.oneEventPer}`;
}
