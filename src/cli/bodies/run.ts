import type { RunOptions } from '../commands/run.ts';
import type { ExitCode } from '../exit-code.ts';
import { type Io, UsageError } from '../io.ts';
import { nightCommand, type Source } from '../night-command.ts';
import { selectionOf } from '../selection.ts';
import { configurationOf, exceptionsOf } from '../settings-files.ts';

/** Runs a night over AWS, or over a snapshot. */
export async function run(options: RunOptions, io: Io): Promise<ExitCode> {
  const { breakGlass, controls: thresholds, guardrails } = await configurationOf(options.config);
  const given = await exceptionsOf(options.exceptions);
  if (options.dryRun === true) return (await import('../dry-run.ts')).dryRun(options, io);
  const source =
    options.snapshot === undefined
      ? await (await import('../live-source.ts')).liveSource(options, io)
      : await snapshotSource(options.snapshot, options);
  return (await nightCommand(async () => ({ ...source, breakGlass, thresholds, guardrails, ...given }), options, io))
    .exit;
}

async function snapshotSource(path: string, options: RunOptions): Promise<Source> {
  const wire = (['profile', 'region', 'externalId', 'maxRate'] as const).filter((key) => options[key] !== undefined);
  if (wire.length > 0)
    throw new UsageError(`run: --${kebab(wire[0] ?? '')} is about AWS, and --snapshot asks nothing of it`);
  const { openSnapshot } = await import('../../adapters/files/snapshot/open.ts');
  const { readers, digest } = await openSnapshot(path);
  return { kind: 'snapshot', digest, readers, readerRole: null, selection: selectionOf(options) };
}

const kebab = (name: string): string => name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
