import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { localObjectStore } from '../../adapters/files/object-store.ts';
import { readChain } from '../../evidence/chain.ts';
import { clockOf } from '../clock.ts';
import type { DemoOptions } from '../commands/demo.ts';
import { ExitCode } from '../exit-code.ts';
import type { Io } from '../io.ts';
import { type FinishedNight, nightCommand } from '../night-command.ts';
import { exceptionsOf, type GivenExceptions } from '../settings-files.ts';
import { week as weekReport } from './week.ts';

type Demo = typeof import('../../simulator/demo/index.ts');

/** Runs the demo's nights, the earlier weeks first, and compares each with its truth; then the report of the last week. */
export async function demo(options: DemoOptions, io: Io): Promise<ExitCode> {
  const clock = clockOf(options.clock, new Date());
  const exit = await nights(clock, options, io);
  if (exit === ExitCode.Stopped)
    io.err(`go on with \`assay demo --clock ${clock} --output-dir ${options.outputDir}\` and the same options\n`);
  return exit;
}

async function nights(clock: string, options: DemoOptions, io: Io): Promise<ExitCode> {
  const given = options.exceptions === undefined ? null : await exceptionsOf(options.exceptions);
  const simulator = await import('../../simulator/demo/index.ts');
  const staging = {
    options,
    io,
    simulator,
    given: given ?? { exceptions: simulator.demoExceptions(clock), exceptionsFile: null },
  };
  for (const week of await weeksToRun(clock, options)) {
    const exit = await earlierNight(week, clock, staging);
    if (exit !== null) return exit;
  }
  const { summary, exit } = await demoNight(clock, 0, staging);
  if (summary === null) return exit;
  const differences = [
    ...simulator.compareWithTruth(summary, simulator.demoTruth),
    ...(given === null ? simulator.compareExceptions(summary, simulator.demoExceptionTruth) : []),
  ];
  if (differences.length > 0) return differ('the figures', differences, io);
  if (options.quiet !== true) io.err('every figure and gap equals the planted truth\n');
  return options.weeks > 0 ? weekOf(clock, options, io) : ExitCode.Ok;
}

/** The report of the week that ends tonight; gaps are part of the demo. */
async function weekOf(clock: string, options: DemoOptions, io: Io): Promise<ExitCode> {
  const { outputDir: archive, json = false } = options;
  const exit = await weekReport({ ...options, archive, clock, json: false }, json ? { ...io, out: io.err } : io);
  return exit === ExitCode.Gaps ? ExitCode.Ok : exit;
}

interface Staging {
  readonly options: DemoOptions;
  readonly io: Io;
  readonly simulator: Demo;
  /** Of all its nights: an exception that is over tonight held some weeks ago. */
  readonly given: GivenExceptions;
}

/** The weeks before tonight, the earliest first. An archive with nights of another demo keeps them: no week is put between them. */
async function weeksToRun(clock: string, { outputDir, weeks }: DemoOptions): Promise<number[]> {
  const all = Array.from({ length: weeks }, (_, at) => weeks - at);
  if (!existsSync(resolve(outputDir, 'seals'))) return all;
  const ours = new Set([0, ...all].map((week) => clockIn(week, clock)));
  const chain = await readChain(localObjectStore(resolve(outputDir)));
  return chain.every(({ seal }) => ours.has(seal.clock)) ? all : [];
}

/** The clock of a night some weeks before another. */
const clockIn = (week: number, clock: string): string =>
  clockOf(new Date(Date.parse(clock) - week * 7 * 86_400_000).toISOString(), new Date());

/** Runs one night of the demo. */
const demoNight = (
  clock: string,
  week: number,
  { options, io, given, simulator: { simulatorReaders, demoOrganization, demoBreakGlass } }: Staging,
): Promise<FinishedNight> =>
  nightCommand(
    async () => ({
      kind: 'simulator',
      digest: null,
      readers: simulatorReaders(demoOrganization(clock, week)),
      readerRole: 'AssayReader',
      breakGlass: demoBreakGlass,
      ...given,
    }),
    { ...options, clock },
    io,
  );

/** Runs a night of an earlier week, without reports; null where it gave its truth, else what the demo ends with. */
async function earlierNight(week: number, tonight: string, staging: Staging): Promise<ExitCode | null> {
  const { options, io, simulator } = staging;
  const clock = clockIn(week, tonight);
  const silent = { ...options, quiet: true, json: false, format: [], window: simulator.windowIn(week) };
  const { summary, exit } = await demoNight(clock, week, { ...staging, options: silent });
  if (summary === null) return exit;
  const differences = simulator.compareWithWeek(summary, simulator.weekTruth(week));
  if (differences.length > 0) return differ(`the figures of ${clock}`, differences, io);
  const ago = week === 1 ? '1 week ago' : `${week} weeks ago`;
  if (options.quiet !== true && options.progress)
    io.err(`${ago}: sealed, every headline figure equals the planted truth\n`);
  return null;
}

function differ(what: string, differences: readonly string[], io: Io): ExitCode {
  io.err(`${what} differ from the planted truth:\n${differences.map((line) => `  ${line}\n`).join('')}`);
  return ExitCode.Internal;
}
