import { resolve } from 'node:path';
import type { InputSource } from '../domain/night.ts';
import { type NightSummary, summarySchema } from '../domain/summary.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { verifyNight } from '../evidence/verify-night.ts';
import type { Dependencies } from '../pipeline/dependencies.ts';
import { plainCause } from '../pipeline/plain-cause.ts';
import { fromJson } from '../pipeline/stored.ts';
import { versions } from '../pipeline/versions.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { clockOf } from './clock.ts';
import { closingBlock, exitCodeOf } from './closing.ts';
import { defaultWindow, type NightOptions } from './commands/night-options.ts';
import { ExitCode } from './exit-code.ts';
import type { Io } from './io.ts';
import { localDependencies } from './local-dependencies.ts';
import { type LocalOutcome, runLocalNight } from './local-night.ts';
import { writeNightJson } from './night-json.ts';
import { lockOutputDir } from './output-dir.ts';
import { progressTo } from './progress.ts';

/** Where a night's answers come from. */
export interface Source {
  readonly kind: InputSource;
  readonly digest: string | null;
  readonly readers: AwsReaders;
  /** Role to assume in member accounts; null where nothing has to be assumed. */
  readonly readerRole: string | null;
  /** ARNs of identities kept for emergencies: counted apart. */
  readonly breakGlass?: readonly string[];
}

export interface FinishedNight {
  readonly exit: ExitCode;
  /** Null where the night failed before it had figures. */
  readonly summary: NightSummary | null;
}

/** Runs a night on this machine and tells how it went: the body of `demo` and `run`. */
export async function nightCommand(
  sourceAt: (clock: string) => Promise<Source>,
  options: NightOptions,
  io: Io,
): Promise<FinishedNight> {
  const started = performance.now();
  const clock = clockOf(options.clock, new Date());
  const source = await sourceAt(clock);
  const root = resolve(options.outputDir);
  const breakGlass = source.breakGlass ?? [];
  const settings = {
    readerRole: source.readerRole,
    special: { readerRoles: [source.readerRole ?? 'AssayReader'], breakGlass },
    formats: options.format ?? (['html', 'pdf'] as const),
    versions: versions({ readerRole: source.readerRole, breakGlass }),
  };
  const dependencies = await localDependencies({
    root,
    settings,
    readers: source.readers,
    source: source.kind,
    live: source.kind === 'aws',
  });
  const progress = progressTo(io, options.quiet === true || !options.progress);
  const letGo = lockOutputDir(root);
  const outcome = await runLocalNight({
    input: {
      scheduledTime: clock,
      kind: 'night',
      input: { source: source.kind, digest: source.digest },
      selection: { accounts: [], skip: [] },
      windowDays: options.window ?? defaultWindow,
    },
    dependencies,
    onEvent: progress.onEvent,
    sleep: source.kind === 'aws' ? dependencies.pause : async () => {}, // simulated and recorded answers do not get better by waiting
  }).finally(letGo);
  progress.end();
  return tell(outcome, { dependencies, root, options, io, seconds: (performance.now() - started) / 1_000 });
}

interface Telling {
  readonly dependencies: Dependencies;
  readonly root: string;
  readonly options: NightOptions;
  readonly io: Io;
  readonly seconds: number;
}

async function tell(
  outcome: LocalOutcome,
  { dependencies, root, options, io, seconds }: Telling,
): Promise<FinishedNight> {
  if (outcome.status === 'failed') {
    io.err(`the night failed: ${plainCause(outcome.cause) || outcome.error}\n`);
    return { exit: ExitCode.Internal, summary: null };
  }
  const { night, seal, already } = outcome;
  if (already && (await verifyNight(dependencies.store, seal)).length > 0) {
    io.err(`this night is sealed, and does not verify any more: run assay verify ${root}\n`);
    return { exit: ExitCode.EvidenceInvalid, summary: null };
  }
  const bytes = await dependencies.store.get('archive', summaryKey(night));
  if (bytes === undefined) {
    io.err(`this night failed before and is sealed as failed: ${root}/${seal.key}\n`);
    return { exit: ExitCode.Internal, summary: null };
  }
  const summary = summarySchema.parse(fromJson(bytes));
  const exit = exitCodeOf(summary, seal);
  if (options.json === true) await writeNightJson(io.out, { summary, stored: seal, exit }, night, dependencies.store);
  if (options.quiet !== true)
    (options.json === true ? io.err : io.out)(closingBlock(summary, seal, night, root, already ? null : seconds));
  return { exit, summary };
}
