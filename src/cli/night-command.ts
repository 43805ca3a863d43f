import { resolve } from 'node:path';
import { localObjectStore } from '../adapters/files/object-store.ts';
import type { CallSummary } from '../domain/calls.ts';
import type { Exception } from '../domain/exception.ts';
import { guardrailSettings } from '../domain/guardrail-settings.ts';
import type { ExecutionInput, InputSource, Selection } from '../domain/night.ts';
import { type NightSummary, summarySchema } from '../domain/summary.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { verifyNight } from '../evidence/verify-night.ts';
import type { Dependencies, Settings } from '../pipeline/dependencies.ts';
import { plainCause } from '../pipeline/plain-cause.ts';
import { fromJson } from '../pipeline/stored.ts';
import { versions } from '../pipeline/versions.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import { callsText } from './calls-text.ts';
import { clockOf } from './clock.ts';
import { closingBlock, exitCodeOf } from './closing.ts';
import { defaultWindow, type NightOptions } from './commands/night-options.ts';
import { ExitCode } from './exit-code.ts';
import { type Io, UsageError } from './io.ts';
import { localDependencies } from './local-dependencies.ts';
import { type LocalOutcome, runLocalNight, unfinishedNight } from './local-night.ts';
import { writeNightJson } from './night-json.ts';
import { lockOutputDir } from './output-dir.ts';
import { progressTo } from './progress.ts';
import { keepYoungHeapSmall } from './small-heap.ts';

/** Where a night's answers come from. */
export interface Source {
  readonly kind: InputSource;
  readonly digest: string | null;
  readonly readers: AwsReaders;
  /** Role to assume in member accounts; null where nothing has to be assumed. */
  readonly readerRole: string | null;
  /** The account whose credentials are used, where they are not the management account's. */
  readonly own?: Settings['own'];
  readonly selection?: Selection;
  /** What was asked of AWS so far, where that is asked at all. */
  readonly calls?: () => CallSummary;
  /** ARNs of identities kept for emergencies: counted apart. */
  readonly breakGlass?: readonly string[];
  /** Thresholds of controls that are not the defaults. */
  readonly thresholds?: Settings['thresholds'];
  /** What is asked of guardrails, where that is not the defaults. */
  readonly guardrails?: Settings['guardrails'];
  /** Findings that were agreed to be lived with. */
  readonly exceptions?: readonly Exception[];
  /** The file they are from; null or absent without one. */
  readonly exceptionsFile?: Uint8Array | null;
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
  keepYoungHeapSmall();
  const started = performance.now();
  const root = resolve(options.outputDir);
  const begun = options.resume === true ? await unfinished(root, options) : null;
  const clock = begun?.scheduledTime ?? clockOf(options.clock, new Date());
  const source = await sourceAt(clock);
  const breakGlass = source.breakGlass ?? [];
  const thresholds = source.thresholds ?? {};
  const guardrails = source.guardrails ?? guardrailSettings;
  const exceptions = source.exceptions ?? [];
  const settings = {
    readerRole: source.readerRole,
    own: source.own ?? null,
    special: { readerRoles: [roleName(source.readerRole ?? 'AssayReader')], breakGlass },
    formats: options.format ?? (['html', 'pdf'] as const),
    thresholds,
    guardrails,
    exceptions,
    versions: versions(
      { readerRole: source.readerRole, breakGlass, thresholds },
      exceptions,
      guardrails,
      source.exceptionsFile ?? null,
    ),
  };
  const dependencies = await localDependencies({
    root,
    settings,
    readers: source.readers,
    source: source.kind,
    live: source.kind === 'aws',
  });
  const progress = progressTo(io, options.quiet === true || !options.progress, {
    now: () => performance.now() / 1_000,
    calls: () => source.calls?.().calls ?? null,
    every: everySecond,
  });
  const letGo = lockOutputDir(root);
  const outcome = await runLocalNight({
    input: {
      scheduledTime: clock,
      kind: 'night',
      input: { source: source.kind, digest: source.digest },
      selection: begun?.selection ?? source.selection ?? { accounts: [], skip: [], ous: [] },
      windowDays: begun?.windowDays ?? options.window ?? defaultWindow,
    },
    dependencies,
    ...(io.stop === undefined ? {} : { stop: io.stop }),
    onEvent: progress.onEvent,
    onAccount: progress.onAccount,
    sleep: source.kind === 'aws' ? dependencies.pause : async () => {}, // simulated and recorded answers do not get better by waiting
  }).finally(letGo);
  progress.end();
  const calls = source.calls?.() ?? null;
  if (calls !== null && options.quiet !== true) io.err(callsText(calls));
  return tell(outcome, {
    dependencies,
    root,
    kind: source.kind,
    options,
    io,
    calls,
    seconds: (performance.now() - started) / 1_000,
  });
}

/** Does something every second until told to stop; keeps no process alive. */
function everySecond(what: () => void): () => void {
  const timer = setInterval(what, 1_000).unref();
  return () => clearInterval(timer);
}

/** A role may be given with its path; its name is what identities are known by. */
const roleName = (role: string): string => role.slice(role.lastIndexOf('/') + 1);

/** The night of a directory that was begun and not sealed. It has its clock and window: the options may repeat them, not change them. */
async function unfinished(root: string, { clock, window }: NightOptions): Promise<ExecutionInput> {
  const begun = await unfinishedNight(localObjectStore(root));
  if (begun === null) throw new UsageError(`--resume: \`${root}\` holds no night that was begun and not finished`);
  const { scheduledTime, windowDays } = begun;
  if (clock !== undefined && clockOf(clock, new Date()) !== scheduledTime)
    throw new UsageError(`--resume: the night it goes on with has the clock ${scheduledTime}; leave --clock out`);
  if (window !== undefined && window !== windowDays)
    throw new UsageError(`--resume: the night it goes on with has a window of ${windowDays} days; leave --window out`);
  return begun;
}

interface Telling {
  readonly dependencies: Dependencies;
  readonly root: string;
  readonly kind: Source['kind'];
  readonly options: NightOptions;
  readonly io: Io;
  readonly calls: CallSummary | null;
  readonly seconds: number;
}

async function tell(
  outcome: LocalOutcome,
  { dependencies, root, kind, options, io, calls, seconds }: Telling,
): Promise<FinishedNight> {
  if (outcome.status === 'stopped') {
    io.err(
      `stopped: what was answered is kept${kind === 'simulator' ? '' : `; go on with \`assay run --resume --output-dir ${root}\` and the same options`}\n`,
    );
    return { exit: ExitCode.Stopped, summary: null };
  }
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
  if (options.json === true)
    await writeNightJson(io.out, { summary, stored: seal, exit, calls }, night, dependencies.store);
  if (options.quiet !== true)
    (options.json === true ? io.err : io.out)(closingBlock(summary, seal, night, root, already ? null : seconds));
  return { exit, summary };
}
