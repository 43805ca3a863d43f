import { pastNight } from '../pipeline/past-night.ts';
import type { PrincipalSource } from '../pipeline/principals.ts';
import { type Io, UsageError } from './io.ts';
import { openNight } from './sealed-night.ts';
import type { SourceOptions } from './source-options.ts';

export interface OpenSource {
  readonly source: PrincipalSource;
  /** What was asked, for a person and for JSON. */
  readonly name: string;
}

/** Opens what the options name; null where a past night does not verify (the faults are told). */
export async function openSource(command: string, options: SourceOptions, io: Io): Promise<OpenSource | null> {
  if (options.snapshot !== undefined) {
    const { openSnapshot } = await import('../adapters/files/snapshot/open.ts');
    const { readers } = await openSnapshot(options.snapshot);
    const source = { organization: readers, accounts: readers.accounts(), readersOf: async () => readers };
    return { source, name: `snapshot ${options.snapshot}` };
  }
  const opened = await openNight(command, options, io);
  if (opened === null) return null;
  const { seal } = opened.stored;
  return { source: await pastNight(opened.store, opened.place), name: `night ${seal.clock}, run ${seal.run}` };
}

/** Refuses an account that the source does not know, so that a slip of the pen is not read as "nobody". */
export function checkAccounts(command: string, asked: readonly string[] = [], seen: ReadonlySet<string>): void {
  const strange = asked.filter((account) => !seen.has(account));
  if (strange.length > 0) throw new UsageError(`${command}: no account ${strange.join(', ')} in what was asked`);
}
