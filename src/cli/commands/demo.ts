import type { Command } from 'commander';
import { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { nightCommand } from '../night-command.ts';
import { addNightOptions, type NightOptions } from './night-options.ts';

/** `assay demo`: a simulated organisation whose truth is known, through the whole pipeline. */
export function addDemo(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addNightOptions(program.command('demo'), 'out')
    .summary('run a night over a simulated organisation with planted truth')
    .description(
      'Runs the nightly pipeline over a simulated organisation of 24 accounts, without AWS. The figures are compared with the truth planted in it: the command ends 0 when they are equal, else 70.',
    )
    .action(async (options: NightOptions) => end(await demo(options, io)));
}

async function demo(options: NightOptions, io: Io): Promise<ExitCode> {
  const { demoBreakGlass, demoOrganization, demoTruth, compareWithTruth, simulatorReaders } = await import(
    '../../simulator/demo/index.ts'
  );
  const { summary, exit } = await nightCommand(
    async (clock) => ({
      kind: 'simulator',
      digest: null,
      readers: simulatorReaders(demoOrganization(clock)),
      readerRole: 'AssayReader',
      breakGlass: demoBreakGlass,
    }),
    options,
    io,
  );
  if (summary === null) return exit;
  const differences = compareWithTruth(summary, demoTruth);
  if (differences.length === 0) {
    if (options.quiet !== true) io.err('every figure and gap equals the planted truth\n');
    return ExitCode.Ok;
  }
  io.err(`the figures differ from the planted truth:\n${differences.map((line) => `  ${line}\n`).join('')}`);
  return ExitCode.Internal;
}
