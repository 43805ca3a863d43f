import type { ChangeRow } from '../domain/change-table.ts';
import { severities } from '../domain/tables.ts';
import type { WeekSummary } from '../domain/week.ts';
import type { StoredSeal } from '../evidence/chain.ts';
import { reportFolder } from '../pipeline/keys.ts';
import { type WeekInput, weekAudiences } from '../reports/week/input.ts';
import { kindWords, othersWords, periodWords, shownKinds, weekHeadline } from '../reports/week/words.ts';
import { ExitCode } from './exit-code.ts';
import { printable } from './printable.ts';
import { placeOf } from './sealed-night.ts';

/** The exit code that a sealed week deserves: gaps of its last night, what was open and not measured again, a document that failed. */
export function weekExitOf({ nights, changes }: WeekSummary, { seal }: StoredSeal): ExitCode {
  const accounts = nights.at(-1)?.accounts ?? {};
  const dark = (accounts['partial'] ?? 0) + (accounts['failed'] ?? 0) > 0;
  const failed = seal.reports.some(({ status }) => status === 'failed');
  return dark || changes.counts['not-re-measured'] > 0 || failed ? ExitCode.Gaps : ExitCode.Ok;
}

/** The closing block of a week: the answer, what changed by kind, the nights, paths. */
export function weekClosing(
  input: WeekInput,
  { stored, root, seconds }: { readonly stored: StoredSeal; readonly root: string; readonly seconds: number | null },
): string {
  const { week } = input;
  const lines = [
    `week ${week.period.from} to ${week.period.to}  run ${week.run.id}  clock ${week.run.clock}`,
    '',
    weekHeadline(input),
    periodWords(week),
    '',
    ...countLines(week),
    ...week.failed.map(({ dt, why }) => `  no figures of ${dt}: ${why}`),
    ...(week.missing.length === 0
      ? []
      : [`  no night on ${week.missing.slice(0, 10).join(', ')}${week.missing.length > 10 ? ' and more' : ''}`]),
    '',
    ...pathLines(stored, root),
    seconds === null ? 'this week was sealed before: nothing was done again' : `done in ${seconds.toFixed(1)} s`,
  ];
  return `${lines.map(printable).join('\n')}\n`;
}

/** `new 3: 1 critical, 2 high (and 4 others: 4 passed)`, kind by kind. */
function countLines({ base, changes: { counts, bySeverity, others } }: WeekSummary): string[] {
  if (base === null) return [];
  const lines = shownKinds.map((kind) => {
    const parts = severities.flatMap((severity) => {
      const count = bySeverity[severity][kind];
      return count === 0 ? [] : [`${count} ${severity}`];
    });
    const detail = parts.length === 0 ? '' : `: ${parts.join(', ')}`;
    const quiet = othersWords(others[kind]);
    const beside = quiet === null ? '' : ` (and ${quiet})`;
    return `  ${kindWords[kind].short.toLowerCase().padEnd(16)}${counts[kind]}${detail}${beside}`;
  });
  return ['findings that are open or were', ...lines];
}

function pathLines({ seal, key, digest }: StoredSeal, root: string): string[] {
  const place = placeOf({ seal, key, digest });
  const documents = weekAudiences.flatMap((audience) =>
    seal.reports
      .filter((report) => report.audience === audience)
      .map(({ format, status, reason }) =>
        status === 'rendered'
          ? `  ${audience.padEnd(10)}${root}/${reportFolder(place, audience)}${format === 'html' ? 'index.html' : 'report.pdf'}`
          : `  ${audience} ${format} was not rendered: ${reason ?? ''}`,
      ),
  );
  return [
    'reports',
    `  ${'portal'.padEnd(10)}${root}/index.html`,
    ...documents,
    `seal ${seal.seq}  ${root}/${key}`,
    `  head ${digest}`,
  ];
}

/** Streams a week as one JSON object: its summary, then the rows of its table. */
export async function writeWeekJson(
  out: (text: string) => void,
  { summary, stored, exit }: { readonly summary: WeekSummary; readonly stored: StoredSeal; readonly exit: ExitCode },
  rows: AsyncIterable<ChangeRow>,
): Promise<void> {
  const seal = { seq: stored.seal.seq, key: stored.key, head: stored.digest };
  const head = { ...summary, schema: 'assay/week-report/1', exitCode: exit, seal };
  out(`${JSON.stringify(head).slice(0, -1)},"rows":`);
  let separator = '[';
  for await (const row of rows) {
    out(separator + JSON.stringify(row));
    separator = ',';
  }
  out(separator === '[' ? '[]}\n' : ']}\n');
}
