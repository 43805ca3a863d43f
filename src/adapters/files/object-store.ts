import { randomUUID } from 'node:crypto';
import { constants, type Dirent } from 'node:fs';
import { link, mkdir, open, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Area, ObjectStore } from '../../ports/object-store.ts';

export type FilesErrorCode = 'KEY_REFUSED' | 'NOT_A_FILE' | 'KEY_FILE_OPEN' | 'KEY_FILE_MALFORMED';

/** A file that Assay will not read or write. */
export class FilesError extends Error {
  readonly code: FilesErrorCode;
  constructor(code: FilesErrorCode, message: string) {
    super(message);
    this.name = 'FilesError';
    this.code = code;
  }
}

const archiveFolders = ['evidence', 'results', 'reports', 'seals'];
const incoming = '.incoming'; // half-written files, in work/

/** Refuses a key that could leave its area, or that `sha256sum` would have to escape: ASCII, no backslash, no empty, `.` or `..` segment. */
export function checkKey(area: Area, key: string): void {
  const segments = key.split('/');
  const shaped = /^[ -[\]-~]+$/.test(key) && !segments.some((it) => it === '' || it === '.' || it === '..');
  if (!shaped || !belongs(area, segments)) throw new FilesError('KEY_REFUSED', `not a key of the ${area}: \`${key}\``);
}

function belongs(area: Area, [first = '', ...rest]: readonly string[]): boolean {
  if (area === 'archive') return archiveFolders.includes(first) && rest.length > 0;
  if (area === 'work') return first !== incoming;
  // lower case, because some disks do not tell cases apart
  return ![...archiveFolders, 'work'].includes(first.toLowerCase());
}

/** The three areas side by side in one directory: archive and portal under `root`, work under `root/work`. */
export function localObjectStore(root: string): ObjectStore {
  const work = join(root, 'work');
  const home = (area: Area): string => (area === 'work' ? work : root);
  const path = (area: Area, key: string): string => {
    checkKey(area, key);
    return join(home(area), key);
  };
  const staged = async (area: Area, bytes: Uint8Array): Promise<string> => {
    const file = join(work, incoming, randomUUID());
    const flush = area === 'archive'; // evidence survives a power cut as well
    await inFolderOf(file, () => writeFile(file, bytes, { flush }));
    return file;
  };
  return {
    get: async (area, key) => readPlain(path(area, key)),
    async putIfAbsent(area, key, bytes) {
      const target = path(area, key);
      const file = await staged(area, bytes);
      try {
        return await inFolderOf(target, () => create(file, target, bytes));
      } finally {
        await rm(file, { force: true });
      }
    },
    async put(area, key, bytes) {
      const target = path(area, key);
      const file = await staged(area, bytes);
      await inFolderOf(target, () => rename(file, target));
    },
    list: (area, prefix) => walk(home(area), area, '', prefix),
    async *folders(area, prefix) {
      const entries = await entriesOf(join(home(area), prefix));
      yield* entries
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort();
    },
  };
}

/** Does something with a file, whose folder is made where it is missing: of most files it is there. */
async function inFolderOf<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (!isCode(error, 'ENOENT')) throw error;
    await mkdir(dirname(file), { recursive: true });
    return act();
  }
}

/** Reads a plain file. A link, pipe or directory is an error: what it holds is not the archive's. */
async function readPlain(path: string): Promise<Uint8Array | undefined> {
  try {
    const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    try {
      if (!(await file.stat()).isFile()) throw new FilesError('NOT_A_FILE', `not a plain file: \`${path}\``);
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return undefined;
    if (isCode(error, 'ELOOP')) throw new FilesError('NOT_A_FILE', `a symbolic link: \`${path}\``);
    throw error;
  }
}

/** Gives a finished file its final name; where the disk has no hard links, writes it there once more (a crash may then leave half). */
async function create(file: string, target: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
  try {
    await link(file, target);
    return 'created';
  } catch (error) {
    if (isCode(error, 'EEXIST')) return 'exists';
    if (!isCode(error, 'EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK')) throw error;
    return createDirectly(target, bytes);
  }
}

/** Creates a file without a hard link. Exported for its test: no disk of ours refuses links. */
export async function createDirectly(target: string, bytes: Uint8Array): Promise<'created' | 'exists'> {
  try {
    await writeFile(target, bytes, { flag: 'wx', flush: true });
    return 'created';
  } catch (error) {
    if (isCode(error, 'EEXIST')) return 'exists';
    throw error;
  }
}

/** Every name under a directory, in order of whole keys. Links and folders that cannot be read are named too: `get` then says why. */
async function* walk(home: string, area: Area, folder: string, prefix: string): AsyncGenerator<string> {
  for (const { entry, key } of await inKeyOrder(home, folder)) {
    if (folder === '' && isElsewhere(area, entry.name)) continue;
    if (!`${key}/`.startsWith(prefix) && !prefix.startsWith(`${key}/`)) continue;
    if (entry.isDirectory()) yield* walkInto(home, area, key, prefix);
    else if (key.startsWith(prefix)) yield key;
  }
}

async function* walkInto(home: string, area: Area, key: string, prefix: string): AsyncGenerator<string> {
  try {
    yield* walk(home, area, key, prefix);
  } catch (error) {
    if (!isCode(error, 'EACCES', 'EPERM')) throw error;
    if (key.startsWith(prefix)) yield key;
  }
}

/** Entries of a folder; a directory sorts with its slash, as its keys do. */
async function inKeyOrder(home: string, folder: string): Promise<readonly { entry: Dirent; key: string }[]> {
  const entries = await entriesOf(join(home, folder));
  return entries
    .map((entry) => ({ entry, key: folder === '' ? entry.name : `${folder}/${entry.name}` }))
    .map((it) => ({ ...it, order: it.entry.isDirectory() ? `${it.key}/` : it.key }))
    .sort((a, b) => (a.order < b.order ? -1 : 1));
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (isCode(error, 'ENOENT', 'ENOTDIR')) return [];
    throw error;
  }
}

function isElsewhere(area: Area, name: string): boolean {
  if (area === 'work') return name === incoming;
  return area === 'archive' ? !archiveFolders.includes(name) : [...archiveFolders, 'work'].includes(name);
}

function isCode(error: unknown, ...codes: readonly string[]): boolean {
  return typeof error === 'object' && error !== null && 'code' in error && codes.includes(String(error.code));
}
