import { constants } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { InputError } from '../input-error.ts';

/** A file's text, and the digest of its bytes as they lie on the disk. */
export interface FileText {
  readonly text: string;
  readonly sha256: string;
}

export async function readText(file: string): Promise<FileText> {
  const bytes = await onDisk(file, () => readFile(file));
  const text = decoded(file, unpacked(file, bytes));
  if (!/\S/.test(text)) throw new InputError('EMPTY', { file }, 'the file is empty', 'export it again, or remove it');
  return { text, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** Does something with the disk; its refusals become input errors. */
export async function onDisk<T>(file: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error; // a bug of ours
    if (code === 'ENOENT' || code === 'ENOTDIR')
      throw new InputError('MISSING', { file }, 'no such file or folder', 'check the path');
    if (code === 'EACCES' || code === 'EPERM')
      throw new InputError('UNREADABLE', { file }, 'permission denied', 'allow yourself to read it');
    if (code === 'EISDIR') throw new InputError('UNREADABLE', { file }, 'a folder, not a file', 'name the files in it');
    if (code === 'ERR_FS_FILE_TOO_LARGE') throw tooLarge(file);
    throw new InputError('UNREADABLE', { file }, `cannot be read (${code})`, 'check the path and the disk');
  }
}

function unpacked(file: string, bytes: Buffer): Buffer {
  const isGzip = bytes[0] === 0x1f && bytes[1] === 0x8b;
  if (!isGzip && bytes.length > 0 && file.endsWith('.gz'))
    throw new InputError('UNREADABLE', { file }, 'named `.gz`, but not gzip', 'rename the file, or pack it again');
  if (!isGzip) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: constants.MAX_STRING_LENGTH });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(file);
    const problem = code === 'Z_BUF_ERROR' ? 'the gzip data ends too early' : 'the gzip data is damaged';
    throw new InputError('UNREADABLE', { file }, problem, 'copy or pack the file again');
  }
}

/** UTF-8, or the UTF-16 that a `>` of Windows PowerShell writes; without byte order mark. */
function decoded(file: string, bytes: Buffer): string {
  if (bytes.length > constants.MAX_STRING_LENGTH) throw tooLarge(file);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError('UNREADABLE', { file }, 'not text in UTF-8', 'save it as UTF-8, or pack it with gzip');
  }
}

const tooLarge = (file: string): InputError =>
  new InputError('UNREADABLE', { file }, 'more than half a gigabyte of text', 'split it by account');
