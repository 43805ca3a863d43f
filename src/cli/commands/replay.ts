import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';

/** What `assay replay` can be told. */
export interface ReplayOptions {
  readonly archive: string;
  readonly outputDir?: string;
  readonly config?: string;
  readonly exceptions?: string;
}

/** `assay replay`: a past night judged again from its recorded answers. */
export function addReplay(program: Command, io: Io, end: (code: ExitCode) => void): void {
  program
    .command('replay')
    .argument('[night]', 'run id, date, or `latest`', 'latest')
    .summary('judge a past night again from its recorded answers')
    .description(
      'Runs the nightly workflow over the recorded answers of a sealed night, into an archive of its own, and compares the result tables and the summary. With the code, configuration and exceptions of that night they are the same, byte for byte, or the command ends 3; with others it tells which tables differ. No AWS, no reports.',
    )
    .option('--archive <dir>', 'archive that holds the night', 'out')
    .option('--output-dir <dir>', 'a new directory for the night as it is judged now (default: replay-<run>)')
    .option('--config <file>', 'the configuration, as the night had it')
    .option('--exceptions <file>', 'the exceptions, as the night had them')
    .action(async (night: string, options: ReplayOptions) => {
      const { replay } = await import('../bodies/replay.ts');
      end(await replay(night, options, io));
    });
}
