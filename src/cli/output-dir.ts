import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import type { InputSource } from '../domain/night.ts';
import { readChain } from '../evidence/chain.ts';
import type { ObjectStore } from '../ports/object-store.ts';
import { UsageError } from './io.ts';

/** Refuses a directory that a night could not use or should not touch, before anything is written into it. */
export function openOutputDir(root: string): void {
  try {
    if (existsSync(root) && !statSync(root).isDirectory())
      throw new UsageError(`--output-dir: not a directory: \`${root}\``);
    if (isForeign(root))
      throw new UsageError(
        `--output-dir: \`${root}\` holds other files and no night of Assay; choose an empty or a new directory`,
      );
    makeDir(root);
    accessSync(root, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw asUsage(error, `--output-dir: cannot write to \`${root}\``);
  }
}

/** Makes a directory and its parents one by one: Node's recursive form never returns where the file system refuses new entries (`/proc`). */
function makeDir(path: string): void {
  if (existsSync(path)) return;
  makeDir(dirname(path));
  mkdirSync(path, { mode: 0o700 }); // an inventory of identities is not for everybody on this machine
}

/** Something is there, and neither seals nor the work of a night that was cut off. */
function isForeign(root: string): boolean {
  if (!existsSync(root)) return false;
  const names = readdirSync(root).filter((name) => !name.startsWith('.'));
  return names.length > 0 && !names.includes('seals') && !names.includes('work');
}

/** Nights of the simulated organisation and real ones never share an archive: its newest night would be taken for the other's. */
export async function assertSameWorld(store: ObjectStore, source: InputSource, root: string): Promise<void> {
  const simulated = source === 'simulator';
  const other = (await readChain(store)).find(({ seal }) => (seal.input.source === 'simulator') !== simulated);
  if (other === undefined) return;
  const holds = simulated ? 'nights of a real input' : 'nights of the simulated organisation';
  throw new UsageError(`--output-dir: \`${root}\` holds ${holds}; choose another directory`);
}

/** An error of the file system as the person's to mend; anything else stays what it is. */
export function asUsage(error: unknown, doing: string): unknown {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' && /^E[A-Z]+$/.test(code) ? new UsageError(`${doing}: ${code}`) : error;
}

/**
 * Keeps two runs from writing one archive at the same time; gives the function that lets go. A lock whose process is gone is taken over.
 * In AWS the claim does this; here it cannot, because a night that was cut off must be able to take up its own claim.
 */
export function lockOutputDir(root: string): () => void {
  const file = join(root, 'work/running.pid');
  makeDir(dirname(file));
  const holder = holderOf(file);
  if (holder !== undefined)
    throw new UsageError(`--output-dir: \`${root}\` is in use by process ${holder}; wait for it to end`);
  rmSync(file, { force: true });
  try {
    writeFileSync(file, `${process.pid}\n`, { flag: 'wx' });
  } catch (error) {
    throw asUsage(error, `--output-dir: another run has just begun in \`${root}\``);
  }
  return () => rmSync(file, { force: true });
}

/** The living process that holds a lock, or undefined. */
function holderOf(file: string): number | undefined {
  if (!existsSync(file)) return undefined;
  const pid = Number(readFileSync(file, 'utf8'));
  try {
    if (!Number.isInteger(pid) || pid <= 0) return undefined;
    process.kill(pid, 0); // asks, and does not kill
    return pid;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? pid : undefined; // somebody else's process, alive
  }
}
