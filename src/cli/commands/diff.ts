import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** What `assay diff` can be told. */
export interface DiffOptions {
  readonly archive: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

/** `assay diff`: what became of the findings between two nights. */
export function addDiff(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('diff')
    .argument('[earlier]', 'run id or date of the earlier night (default: the one before the later)')
    .argument('[later]', 'run id, date, or `latest`', 'latest')
    .summary('what changed between two nights, and why')
    .description(
      'Compares the findings of two sealed nights of one scope: new, reopened, resolved, gone, not re-measured, or judged by another rule, each with its cause (docs/diff.md). What was not measured again is never told as resolved. Ends 2 when something open before was not re-measured, 3 when the evidence of a night does not verify.',
    )
    .option('--archive <dir>', 'archive that holds the nights', 'out')
    .option(
      '--all',
      'list what is only counted as well: findings that were never seen open, and those whose words alone changed',
    )
    .option('--json', 'print one JSON object')
    .action(async (earlier: string | undefined, later: string, options: DiffOptions) => {
      const { diff } = await import('../bodies/diff.ts');
      end(await diff(earlier, later, options, io));
    });
}
