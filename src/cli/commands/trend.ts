import { type Command, Option } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** What `assay trend` can be told. */
export interface TrendOptions {
  readonly archive: string;
  readonly night: string;
  readonly metric?: string;
  readonly scope: string;
  readonly basis: 'effective' | 'nominal';
  readonly backfilled?: string;
  readonly json?: boolean;
}

/** `assay trend`: figures over the nights of an archive. */
export function addTrend(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('trend')
    .summary('how figures went over the nights of an archive')
    .description(
      'Prints figures over the sealed nights of one scope: course, value, change since the night before and since the first that counted alike (docs/trend.md). A night that was not read whole is never told as progress. Ends 3 when the evidence of the newest night does not verify.',
    )
    .option('--archive <dir>', 'archive that holds the nights', 'out')
    .option('--night <night>', 'run id, date or `latest`: the last night of the trend', 'latest')
    .option('--metric <id>', 'one figure, e.g. identity.unused-rate (default: those that reports draw)')
    .option('--scope <scope>', 'organization, ou:<id>, kind:<kind> or class:<class>', 'organization')
    .addOption(
      new Option('--basis <basis>', 'of permission figures').choices(['effective', 'nominal']).default('effective'),
    )
    .option(
      '--backfilled <dir>',
      'nights that `assay replay` judged again: they stand in for those of their dates, and are named',
    )
    .option('--json', 'print one JSON object')
    .action(async (options: TrendOptions) => {
      const { trend } = await import('../bodies/trend.ts');
      end(await trend(options, io));
    });
}
