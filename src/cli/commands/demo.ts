import { type Command, InvalidArgumentError } from 'commander';
import type { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { addNightOptions, type NightOptions } from './night-options.ts';

/** What `assay demo` can be told. */
export interface DemoOptions extends NightOptions {
  readonly weeks: number;
}

/** As many earlier weeks as have planted figures. */
const mostWeeks = 12;

function weeks(value: string): number {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 0 || number > mostWeeks)
    throw new InvalidArgumentError(`choose a whole number of weeks from 0 to ${mostWeeks}.`);
  return number;
}

/** `assay demo`: a simulated organisation whose truth is known, through the whole pipeline. */
export function addDemo(program: Command, io: Io, end: (code: ExitCode) => void): void {
  addNightOptions(program.command('demo'), 'out')
    .summary('run a night over a simulated organisation with planted truth')
    .description(
      'Runs the nightly pipeline over a simulated organisation of 24 accounts, without AWS: one night for each of the weeks before, so that there is a trend, without reports, then tonight, then the report of the last week. The figures of every night are compared with the truth planted in it: the command ends 0 when they are equal, else 70. An archive that holds other nights already gets tonight alone.',
    )
    .option('--weeks <number>', 'earlier weeks to run first, 0 to 12', weeks, mostWeeks)
    .action(async (options: DemoOptions) => {
      const { demo } = await import('../bodies/demo.ts');
      end(await demo(options, io));
    });
}
