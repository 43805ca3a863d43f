import type { NightOptions } from '../commands/night-options.ts';
import { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { nightCommand } from '../night-command.ts';
import { exceptionsOf } from '../settings-files.ts';

/** Runs the demo night and compares it with its truth. */
export async function demo(options: NightOptions, io: Io): Promise<ExitCode> {
  const { demoBreakGlass, demoOrganization, demoTruth, compareWithTruth, simulatorReaders } = await import(
    '../../simulator/demo/index.ts'
  );
  const exceptions = exceptionsOf(options.exceptions);
  const { summary, exit } = await nightCommand(
    async (clock) => ({
      kind: 'simulator',
      digest: null,
      readers: simulatorReaders(demoOrganization(clock)),
      readerRole: 'AssayReader',
      breakGlass: demoBreakGlass,
      exceptions,
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
