import type { Command } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addNightOptions, type NightOptions } from './night-options.ts';

/** `assay demo`: a simulated organisation whose truth is known, through the whole pipeline. */
export function addDemo(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addNightOptions(program.command('demo'), 'out')
    .summary('run a night over a simulated organisation with planted truth')
    .description(
      'Runs the nightly pipeline over a simulated organisation of 24 accounts, without AWS. The figures are compared with the truth planted in it: the command ends 0 when they are equal, else 70.',
    )
    .action(async (options: NightOptions) => {
      const { demo } = await import('../bodies/demo.ts');
      end(await demo(options, io));
    });
}
