import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { localObjectStore } from '../adapters/files/object-store.ts';
import type { ExecutionInput } from '../domain/night.ts';
import type { SelectedNights, WeekSummary } from '../domain/week.ts';
import { findSealOfRun, readChain, type StoredSeal } from '../evidence/chain.ts';
import { summaryKey } from '../evidence/run-files.ts';
import { verifyNight } from '../evidence/verify-night.ts';
import { nightOf, scopeDigestOf } from '../pipeline/claim-night.ts';
import type { Settings } from '../pipeline/dependencies.ts';
import { planIn } from '../pipeline/past-night.ts';
import { plainCause } from '../pipeline/plain-cause.ts';
import { weekInput } from '../pipeline/render-week.ts';
import { NoNights, selectionFor } from '../pipeline/select-nights.ts';
import { versions } from '../pipeline/versions.ts';
import type { AwsReaders } from '../ports/aws-reader.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import type { WeekInput } from '../reports/week/input.ts';
import { clockOf } from './clock.ts';
import type { WeekOptions } from './commands/week.ts';
import { ExitCode } from './exit-code.ts';
import { type Io, UsageError } from './io.ts';
import { localDependencies } from './local-dependencies.ts';
import { runLocalNight } from './local-night.ts';
import { lockOutputDir } from './output-dir.ts';
import { printable } from './printable.ts';
import { progressTo } from './progress.ts';
import { placeOf, sealOf } from './sealed-night.ts';

/** A sealed week and all that its documents are made from. */
export interface MadeWeek {
  readonly summary: WeekSummary;
  readonly seal: StoredSeal;
  readonly input: WeekInput;
  /** Whether it was sealed before. */
  readonly already: boolean;
}

/** A week asks nothing of AWS. */
const nobody: AwsReaders = {
  for: () => {
    throw new Error('a week reads sealed nights alone');
  },
  accounts: () => [],
};

/**
 * Runs the weekly workflow over the nights of an archive, or finds the week that is sealed already; an exit code where there is none, with the
 * reason told. Nothing is written before the nights were found and their evidence verified.
 */
export async function makeWeek(options: WeekOptions, io: Io): Promise<MadeWeek | ExitCode> {
  const { archive, quiet, progress, format } = options;
  if (!existsSync(archive)) throw new UsageError(`week: no such archive: \`${archive}\``);
  const root = resolve(archive);
  const store = localObjectStore(root);
  const execution = await executionOf(store, options);
  const settings: Settings = {
    readerRole: null,
    own: null,
    special: { readerRoles: [], breakGlass: [] },
    formats: format ?? ['html', 'pdf'],
    versions: versions({}),
  };
  const night = nightOf(execution, settings.versions);
  const standing = await findSealOfRun(store, night.run);
  if (standing === undefined && !(await nightsVerify(store, await chosen(store, night), io)))
    return ExitCode.EvidenceInvalid;
  const source = execution.input.source;
  const dependencies = await localDependencies({ root, settings, readers: nobody, source, live: false });
  const told = progressTo(io, quiet === true || !progress, {
    now: () => performance.now() / 1_000,
    calls: () => null,
    every: () => () => {},
  });
  const letGo = lockOutputDir(root);
  const outcome = await runLocalNight({
    input: execution,
    dependencies,
    onEvent: told.onEvent,
    sleep: async () => {},
  }).finally(letGo);
  told.end();
  if (outcome.status !== 'sealed' || outcome.seal.seal.kind !== 'week') {
    io.err(
      `the week failed: ${outcome.status === 'failed' ? plainCause(outcome.cause) || outcome.error : 'it is sealed as failed'}\n`,
    );
    return ExitCode.Internal;
  }
  const { seal, already } = outcome;
  if (already && (await verifyNight(store, seal)).length > 0) {
    io.err(`this week is sealed, and does not verify any more: run assay verify ${root}\n`);
    return ExitCode.EvidenceInvalid;
  }
  const input = await weekInput(night, { key: summaryKey(night, 'week'), sha256: seal.seal.summary ?? '' }, store);
  return { summary: input.week, seal, input, already };
}

/** A week that is sealed already, by whatever version: the one of a run id, or the newest that ends with the clock of a night. */
export async function sealedWeek(
  store: ObjectStore,
  { night = 'latest' }: Pick<WeekOptions, 'night'>,
): Promise<StoredSeal | undefined> {
  const weeks = (await readChain(store)).filter(({ seal }) => seal.kind === 'week');
  const named = weeks.findLast(({ seal }) => seal.run === night);
  if (named !== undefined) return named;
  const execution = await executionOf(store, { night });
  const scope = scopeDigestOf(execution);
  return weeks.findLast(({ seal }) => seal.scopeDigest === scope && seal.clock === execution.scheduledTime);
}

/** The execution's input: the scope of a night of the archive, and a clock. */
async function executionOf(
  store: ObjectStore,
  { clock, night = 'latest' }: Pick<WeekOptions, 'clock' | 'night'>,
): Promise<ExecutionInput> {
  const seal = await sealOf('week', store, night);
  const { plan } = await planIn(store, placeOf(seal));
  return {
    scheduledTime: clock === undefined ? seal.seal.clock : clockOf(clock, new Date()),
    kind: 'week',
    input: { source: seal.seal.input.source, digest: null },
    selection: plan.night.selection,
    windowDays: plan.night.windowDays,
  };
}

async function chosen(store: ObjectStore, night: Parameters<typeof selectionFor>[1]): Promise<SelectedNights> {
  try {
    return await selectionFor(store, night);
  } catch (error) {
    if (error instanceof NoNights) throw new UsageError(`week: ${error.message}; choose another --clock`);
    throw error;
  }
}

/** Whether the evidence of every night of the week verifies; what does not is told. */
async function nightsVerify(store: ObjectStore, { base, nights }: SelectedNights, io: Io): Promise<boolean> {
  for (const { run } of base === null ? nights : [base, ...nights]) {
    const seal = await findSealOfRun(store, run);
    const faults = seal === undefined ? [] : await verifyNight(store, seal);
    for (const { file, code, problem } of faults.slice(0, 20)) io.err(`${printable(file)}: ${code}: ${problem}\n`);
    if (faults.length === 0) continue;
    io.err(`week: the evidence of night ${run} does not verify: nothing was made from it\n`);
    return false;
  }
  return true;
}
