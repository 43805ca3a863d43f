import type { Command } from 'commander';
import type { ReportFormat } from '../../reports/input.ts';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { formatOption } from './night-options.ts';

/** What `assay report` can be told. */
export interface ReportOptions {
  readonly archive: string;
  readonly outputDir?: string;
  readonly format?: readonly ReportFormat[];
  /** A date, a run id, or true for the newest. */
  readonly week?: string | true;
}

/** `assay report`: the documents of a past night again, from its sealed results, outside the archive. */
export function addReport(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('report')
    .argument('[night]', 'run id, date, or `latest`', 'latest')
    .summary('render the reports of a past night, or of a week, again')
    .description(
      'Renders the three documents of a sealed night from its result tables into a directory outside the archive; with --week the two documents of a week of nights (docs/weekly.md).',
    )
    .option('--archive <dir>', 'archive that holds the night', 'out')
    .option('--output-dir <dir>', 'where the documents go (default: report-<run>)')
    .option(
      '--week [date]',
      'the report of the week that ends with that night (default: the newest); one that is not sealed yet is made, as by `assay week`',
    )
    .addOption(formatOption())
    .action(async (night: string, options: ReportOptions) => {
      const { report } = await import('../bodies/report.ts');
      end(await report(night, options, io));
    });
}
