import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { runId } from '../../domain/ids.ts';
import { type TableName, tables } from '../../domain/tables.ts';
import { dtOf } from '../../evidence/chain.ts';
import { summaryKey } from '../../evidence/run-files.ts';
import { tableFolder } from '../../pipeline/keys.ts';
import { type NightReplay, nightReplay } from '../../pipeline/replay-night.ts';
import { rowsUnder } from '../../pipeline/table-writer.ts';
import { versions } from '../../pipeline/versions.ts';
import type { ObjectStore } from '../../ports/object-store.ts';
import type { ReplayOptions } from '../commands/replay.ts';
import { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { localDependencies } from '../local-dependencies.ts';
import { runLocalNight } from '../local-night.ts';
import { openNight, type SealedNight } from '../sealed-night.ts';
import { configurationOf, exceptionsOf } from '../settings-files.ts';

/** Judges a past night again and tells what differs. */
export async function replay(night: string, options: ReplayOptions, io: Io): Promise<ExitCode> {
  const opened = await openNight('replay', { archive: options.archive, night }, io);
  if (opened === null) return ExitCode.EvidenceInvalid;
  const { run } = opened.stored.seal;
  const root = resolve(options.outputDir ?? `replay-${run}`);
  if (existsSync(root)) throw new UsageError(`replay: \`${root}\` is there already; choose a new directory`);
  const again = await runAgain(await nightReplay(opened.store, opened.place), root, options);
  const differing = await differingTables(opened, again);
  const place = `${root}, run ${again.run}`;
  if (differing.length === 0) {
    io.out(`the same, byte for byte: every result table and the summary of ${run}, judged again in ${place}\n`);
    return ExitCode.Ok;
  }
  if (again.run === run) {
    io.out(`not the same by the same rules: ${differing.join(', ')}; judged again in ${place}\n`);
    return ExitCode.EvidenceInvalid;
  }
  io.out(`judged by other code, configuration or exceptions than ${run}: ${differing.join(', ')} differ; ${place}\n`);
  return ExitCode.Ok;
}

interface Again {
  readonly store: ObjectStore;
  readonly run: string;
  readonly dt: string;
}

/** The nightly workflow over recorded answers, into a new archive. */
async function runAgain(night: NightReplay, root: string, options: ReplayOptions): Promise<Again> {
  const { breakGlass, thresholds, guardrails, exceptions, exceptionsFile } = await settingsFor(night, options);
  const { readerRole, own, readers, input, populations } = night;
  const settings = {
    readerRole,
    own,
    special: { readerRoles: [(readerRole ?? 'AssayReader').replace(/^.*\//, '')], breakGlass },
    formats: [],
    thresholds,
    guardrails,
    exceptions,
    versions: versions({ readerRole, breakGlass, thresholds }, exceptions, guardrails, exceptionsFile),
  };
  const world = await localDependencies({ root, settings, readers, source: input.input.source, live: false });
  const dependencies = { ...world, populations };
  const outcome = await runLocalNight({ input, dependencies, onEvent: () => {}, sleep: async () => {} });
  if (outcome.status !== 'sealed')
    throw new Error(`the replay did not end: ${outcome.status === 'failed' ? outcome.cause : outcome.status}`);
  return { store: world.store, run: outcome.night.run, dt: outcome.night.dt };
}

/** What was set for the night: of the demo's newest night it is known, of any other it is what is given. */
async function settingsFor({ input }: NightReplay, { config, exceptions }: ReplayOptions) {
  const { breakGlass, controls: thresholds, guardrails } = await configurationOf(config);
  const given = { breakGlass, thresholds, guardrails, ...(await exceptionsOf(exceptions)) };
  if (input.input.source !== 'simulator') return given;
  const { demoBreakGlass, demoExceptions } = await import('../../simulator/demo/index.ts');
  return {
    ...given,
    ...(config === undefined ? { breakGlass: demoBreakGlass } : {}),
    ...(exceptions === undefined ? { exceptions: demoExceptions(input.scheduledTime) } : {}),
  };
}

/** Tables whose lines differ, and `summary`; the run's own id apart. */
async function differingTables({ store, stored, place }: SealedNight, again: Again): Promise<string[]> {
  const [was, is] = [place, { dt: again.dt, run: runId(again.run) }];
  const differing: string[] = [];
  for (const table of Object.keys(tables) as TableName[]) {
    const before = await digestOf(store, tableFolder(was, table), (line) => line.replaceAll(was.run, is.run));
    if (before !== (await digestOf(again.store, tableFolder(is, table)))) differing.push(table);
  }
  const before = await store.get('archive', summaryKey({ dt: dtOf(stored.seal.clock), run: was.run }));
  const after = await again.store.get('archive', summaryKey(is));
  const text = (bytes: Uint8Array | undefined): string => Buffer.from(bytes ?? []).toString('utf8');
  return text(before).replaceAll(was.run, is.run) === text(after) ? differing : [...differing, 'summary'];
}

/** A digest of the lines of a table, unpacked: gzip may differ between machines. `as`: how each is read. */
async function digestOf(store: ObjectStore, folder: string, as = (line: string): string => line): Promise<string> {
  const digest = createHash('sha256');
  for await (const row of rowsUnder(store, folder)) digest.update(`${as(JSON.stringify(row))}\n`);
  return digest.digest('hex');
}
