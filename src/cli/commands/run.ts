import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { nightCommand } from '../night-command.ts';
import { addNightOptions, addWindow, type NightOptions } from './night-options.ts';

type RunOptions = NightOptions & { readonly snapshot?: string };

/** `assay run`: a night over what the user has. */
export function addRun(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addWindow(addNightOptions(program.command('run'), 'assay-nights'))
    .summary('run a night over a snapshot')
    .description(
      'Runs the nightly pipeline over a snapshot: a directory of recorded answers, or single files such as the output of `aws iam get-account-authorization-details` or a credential report. What a snapshot does not hold is reported as a gap.',
    )
    .option('--snapshot <path>', 'file or directory to read in place of AWS (docs/snapshots.md)')
    .action(async (options: RunOptions) => end(await run(options, io)));
}

async function run({ snapshot, ...options }: RunOptions, io: Io): Promise<ExitCode> {
  if (snapshot === undefined)
    throw new UsageError('run: nights over a live organisation are not built yet; give --snapshot <path>');
  const { openSnapshot } = await import('../../adapters/files/snapshot/open.ts');
  const { readers, digest } = await openSnapshot(snapshot);
  const { exit } = await nightCommand(
    async () => ({ kind: 'snapshot', digest, readers, readerRole: null }),
    options,
    io,
  );
  return exit;
}
