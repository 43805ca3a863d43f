import type { Command } from 'commander';
import type { ReportFormat } from '../../reports/input.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { formatOption } from './night-options.ts';

/** What `assay week` can be told. */
export interface WeekOptions {
  readonly archive: string;
  readonly clock?: string;
  readonly night?: string;
  readonly format?: readonly ReportFormat[];
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly progress: boolean;
}

/** `assay week`: the weekly report of the nights of an archive, sealed beside them. */
export function addWeek(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('week')
    .summary('make, seal and publish the report of a week of nights')
    .description(
      'Runs the weekly workflow over the sealed nights of an archive: what is new, resolved, reopened or not measured again since the week before, and the figures at both ends (docs/weekly.md). The documents are sealed into the archive; nothing is asked of AWS. A week that is sealed already is told, not repeated. Ends 2 when the last night has gaps or something open was not measured again, 3 when the evidence of a night does not verify.',
    )
    .option('--archive <dir>', 'archive that holds the nights', 'out')
    .option('--clock <moment>', 'end of the week, e.g. 2026-09-30T06:00:00Z (default: the clock of the newest night)')
    .option('--night <run>', 'a night of the scope to report on, by run id or date (default: the newest)')
    .addOption(formatOption())
    .option('--json', 'print the whole result as one JSON object on standard output')
    .option('--quiet', 'no progress and no closing block')
    .option('--no-progress', 'no progress on standard error')
    .action(async (options: WeekOptions) => {
      const { week } = await import('../bodies/week.ts');
      end(await week(options, io));
    });
}
