import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { InputError } from '../input-error.ts';
import { onDisk } from './disk.ts';

/** A file of the snapshot: its path inside it (what evidence names), and where it lies (what messages name). */
export interface FoundFile {
  readonly path: string;
  readonly location: string;
}

/** The files of a snapshot: laid out in account folders, or each to be recognised by its content. */
export interface FoundFiles {
  readonly shape: 'folders' | 'files';
  readonly files: readonly FoundFile[];
}

/** Files that people and machines leave beside data; never read. */
const ignored = /^(\..*|README.*|LICEN[CS]E.*|NOTICE.*|Thumbs\.db|desktop\.ini)$/i;
const ownerFolder = /^(\d{12}|organization)$/;

export async function findFiles(path: string): Promise<FoundFiles> {
  const found = await onDisk(path, () => stat(path));
  if (found.isFile()) return { shape: 'files', files: [{ path: basename(path), location: path }] };
  if (!found.isDirectory()) throw notAFile(path);
  const { folders, files } = await entriesOf({ path: '', location: path });
  if (folders.some(({ path }) => ownerFolder.test(path)))
    return { shape: 'folders', files: await inFolders(folders, files) };
  if (folders[0] !== undefined) throw unknownFolder(folders[0]);
  if (files.length === 0) throw holdsNothing(path);
  return { shape: 'files', files };
}

/** Two levels of folders, owner and Region; any file above them is a stray one. */
async function inFolders(owners: readonly FoundFile[], strays: readonly FoundFile[]): Promise<FoundFile[]> {
  refuseStrays(strays);
  const all: FoundFile[] = [];
  for (const owner of owners) {
    if (!ownerFolder.test(owner.path)) throw unknownFolder(owner);
    const { folders, files } = await entriesOf(owner);
    refuseStrays(files);
    if (folders.length === 0) throw holdsNothing(owner.location);
    for (const region of folders) all.push(...(await filesOf(region)));
  }
  return all;
}

async function filesOf(region: FoundFile): Promise<readonly FoundFile[]> {
  const { folders, files } = await entriesOf(region);
  if (folders[0] !== undefined) throw unknownFolder(folders[0]);
  if (files.length === 0) throw holdsNothing(region.location);
  return files;
}

/** What a folder holds, by name, without the ignored files. Links to files are read, links to folders refused: they could loop. */
async function entriesOf({ path, location }: FoundFile): Promise<{ folders: FoundFile[]; files: FoundFile[] }> {
  const entries = await onDisk(location, () => readdir(location, { withFileTypes: true }));
  const folders: FoundFile[] = [];
  const files: FoundFile[] = [];
  for (const entry of entries.sort(byName)) {
    const child = { path: path === '' ? entry.name : `${path}/${entry.name}`, location: join(location, entry.name) };
    if (entry.isDirectory()) {
      if (!entry.name.startsWith('.')) folders.push(child);
    } else if (!ignored.test(entry.name)) {
      if (!entry.isFile()) await refuseOther(child.location, entry);
      files.push(child);
    }
  }
  return { folders, files };
}

const byName = (a: Dirent, b: Dirent): number => (a.name < b.name ? -1 : 1);

async function refuseOther(location: string, entry: Dirent): Promise<void> {
  const target = entry.isSymbolicLink() ? await onDisk(location, () => stat(location)) : undefined;
  if (target?.isDirectory())
    throw new InputError(
      'WRONG_PLACE',
      { file: location },
      'a link to a folder is not followed',
      'copy the folder instead',
    );
  if (target === undefined || !target.isFile()) throw notAFile(location);
}

const layout =
  'a snapshot has folders `<12-digit account>` or `organization`, in them `global` or a Region, in those the files';
const notAFile = (file: string): InputError =>
  new InputError('UNREADABLE', { file }, 'neither a regular file nor a folder', 'give a file or a folder');
const holdsNothing = (file: string): InputError =>
  new InputError('EMPTY', { file }, 'the folder holds no files', 'put the answers of AWS into it, or remove it');
const unknownFolder = ({ location }: FoundFile): InputError =>
  new InputError('WRONG_PLACE', { file: location }, 'unknown folder', layout);
function refuseStrays([stray]: readonly FoundFile[]): void {
  if (stray !== undefined) throw new InputError('WRONG_PLACE', { file: stray.location }, 'a stray file', layout);
}
